/** The processes of an embedded PostgreSQL, found from outside: through its pid file and the process table. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Where the embedded server keeps its cluster below COMPTOIR_DATA_DIR. */
export function postgresFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** The pid in postmaster.pid, or null when there is no such file. The process may be dead. */
export function postmasterPid(dataDir: string): number | null {
  try {
    const pid = Number.parseInt(
      readFileSync(join(postgresFolder(dataDir), 'postmaster.pid'), 'utf8'),
      10,
    );
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** The living postmaster and its children, the postmaster first. A pid that now belongs to another program is left out. */
export function postgresProcesses(dataDir: string): number[] {
  const postmaster = postmasterPid(dataDir);
  if (postmaster === null) return [];
  const rows = processTable().filter((row) => /postgres/.test(row.command));
  const alive = rows.some((row) => row.pid === postmaster);
  const children = rows.filter((row) => row.parent === postmaster).map((row) => row.pid);
  return alive ? [postmaster, ...children] : children;
}

/** SIGKILL to each; one that is gone already is no error. */
export function killEach(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      if (pid > 1) process.kill(pid, 'SIGKILL');
    } catch {
      // Gone before us: that is what was wanted.
    }
  }
}

/** /proc where there is one (Linux, also without procps), else ps (macOS). Zombies do not count as living. */
function processTable(): ProcessRow[] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs();
}

function fromProc(): ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const row = procRow(Number(entry));
    if (row !== null) rows.push(row);
  }
  return rows;
}

/** The command stands in brackets and may itself hold blanks and brackets: proc(5). */
function procRow(pid: number): ProcessRow | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = stat.lastIndexOf(')');
    const [state, parent] = stat.slice(close + 2).split(' ');
    if (state === 'Z' || state === 'X') return null;
    return { pid, parent: Number(parent), command: stat.slice(stat.indexOf('(') + 1, close) };
  } catch {
    return null;
  }
}

function fromPs(): ProcessRow[] {
  const text = execFileSync('ps', ['-axo', 'pid=,ppid=,stat=,comm='], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    if (match === null || (match[3] ?? '').startsWith('Z')) return [];
    return [{ pid: Number(match[1]), parent: Number(match[2]), command: match[4] ?? '' }];
  });
}
