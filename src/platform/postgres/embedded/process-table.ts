/**
 * Who is running on a cluster's files. On Linux the answer comes from /proc, elsewhere from `ps`. A process that has
 * ended but was not yet collected by its parent (a zombie) counts as gone.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ON_LINUX = process.platform === 'linux';

/** The process id in postmaster.pid, or undefined when there is no such file or it is cut short. */
export async function recordedPostmaster(cluster: string): Promise<number | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text.split('\n', 1)[0] ?? '', 10);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}

/** Whether process `pid` is alive and is a PostgreSQL server on this cluster, not somebody who got its number. */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (ON_LINUX) {
    const state = await processState(pid);
    if (state === undefined || state === 'Z') return false;
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.split('\0').includes(cluster);
  }
  const { stdout } = await run('ps', ['-o', 'stat=,command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.includes(cluster) && !stdout.trimStart().startsWith('Z');
}

/** Whether the process has ended but was not collected: PostgreSQL's own check of its lock file takes it for alive. */
export async function isZombie(pid: number): Promise<boolean> {
  if (ON_LINUX) return (await processState(pid)) === 'Z';
  const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.trimStart().startsWith('Z');
}

/**
 * Server processes that work in the cluster's folder. After the postmaster was killed its children leave by
 * themselves, but until the last one has left the shared memory is in use and no new server starts. Linux only; none
 * elsewhere, where the start is simply repeated.
 */
export async function processesIn(cluster: string): Promise<number[]> {
  if (!ON_LINUX) return [];
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isSafeInteger(pid)) continue;
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (cwd !== cluster) continue;
    const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (command.trim() === 'postgres' && (await processState(pid)) !== 'Z') found.push(pid);
  }
  return found;
}

/** One letter as in proc(5), field 3 of /proc/PID/stat: after the name, which may itself hold brackets. */
async function processState(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[0] || undefined;
}
