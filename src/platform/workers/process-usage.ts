/** What a process uses, asked from outside so that a process that is stuck or hostile cannot lie about it. Linux only. */
import { readFile } from 'node:fs/promises';

export interface ProcessUsage {
  readonly residentBytes: number;
  readonly cpuMs: number;
}

/** Of x86-64 and arm64 kernels in use; proc(5) calls it sysconf(_SC_CLK_TCK). */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
/** Fields of proc(5) /proc/pid/stat, counted from the one behind the name in parentheses. */
const UTIME = 11;
const STIME = 12;
const RSS = 21;

/** Null where the system does not tell, or the process has ended. */
export async function usageOf(pid: number): Promise<ProcessUsage | null> {
  if (process.platform !== 'linux') return null;
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[UTIME]) + Number(fields[STIME]);
    return {
      residentBytes: Number(fields[RSS]) * PAGE_BYTES,
      cpuMs: (ticks * 1000) / TICKS_PER_SECOND,
    };
  } catch {
    return null;
  }
}
