/** CPU and memory as the operating system books them, read from /proc (proc(5)); Linux only. */
import { readFileSync, readdirSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Clock ticks of 10 ms: all threads of the process, living and ended. */
  readonly ownTicks: number;
  /** Of the children that ended and were waited for, and theirs. */
  readonly waitedTicks: number;
}

/** Ticks a second in /proc; USER_HZ is 100 on every Linux that Node runs on. */
export const TICKS_PER_SECOND = 100;

export const POSTGRES_NAME = 'postgres';

/** CPU seconds since the processes began. */
export interface CpuReading {
  readonly serverSeconds: number;
  readonly postgresSeconds: number;
}

/** Reads one line of /proc/PID/stat; undefined when it is cut short. */
export function parseStat(text: string): ProcessEntry | undefined {
  // The name stands in brackets and may itself hold brackets and blanks, hence the last one.
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const fields = text
    .slice(close + 2)
    .trimEnd()
    .split(' ');
  if (open < 0 || close < open || fields.length < 15) return undefined;
  const field = (index: number): number => Number(fields[index - 3]);
  return {
    pid: Number(text.slice(0, open)),
    name: text.slice(open + 1, close),
    parent: field(4),
    ownTicks: field(14) + field(15),
    waitedTicks: field(16) + field(17),
  };
}

export function readProcesses(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => parseStat(readOrEmpty(`/proc/${pid}/stat`)) ?? []);
}

export interface CpuRoots {
  /** The server; its descendants count, except PostgreSQL's. */
  readonly server?: number | undefined;
  /** Postmasters that are no descendants of the server. */
  readonly postmasters?: readonly number[];
}

/**
 * Sums a server and its PostgreSQL. A postmaster is a process of that name whose parent has another; backends that
 * ended are in its waited-for ticks. What the server waited for is left out, since that may be a whole PostgreSQL.
 */
export function cpuOf(processes: readonly ProcessEntry[], roots: CpuRoots): CpuReading {
  const tree = roots.server === undefined ? [] : descendantsOf(processes, roots.server);
  const postmasters = new Set(roots.postmasters);
  for (const entry of tree) if (entry.name === POSTGRES_NAME) postmasters.add(entry.pid);
  const postgres = new Map<number, ProcessEntry>();
  for (const pid of postmasters)
    for (const entry of descendantsOf(processes, pid)) postgres.set(entry.pid, entry);
  const server = tree.filter((entry) => !postgres.has(entry.pid));
  return {
    serverSeconds: server.reduce((sum, entry) => sum + entry.ownTicks, 0) / TICKS_PER_SECOND,
    postgresSeconds:
      [...postgres.values()].reduce((sum, entry) => sum + entry.ownTicks + entry.waitedTicks, 0) /
      TICKS_PER_SECOND,
  };
}

/** The process itself and everything below it. */
export function descendantsOf(processes: readonly ProcessEntry[], root: number): ProcessEntry[] {
  const found = processes.filter((entry) => entry.pid === root);
  for (let index = 0; index < found.length; index += 1) {
    const parent = found[index]?.pid;
    found.push(...processes.filter((entry) => entry.parent === parent && entry.pid !== parent));
  }
  return found;
}

/** Resident memory of a process in MB (10^6 bytes); 0 when it has ended. */
export function residentMb(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1];
  return (Number(kibibytes ?? 0) * 1024) / 1e6;
}

/** Empty when the process ended since it was listed. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
