/** The most memory that the children of a server had, and the server itself: from proc(5), Linux only. */
import { readFileSync } from 'node:fs';
import { descendantsOf, POSTGRES_NAME, readProcesses } from '../bench/process-table.ts';

/** The system keeps the peak of a process until it ends, so that only what ends between two looks is missed. */
const LOOK_MS = 100;

export interface MemoryWatch {
  readonly serverMb: number;
  readonly childMb: number;
  stop(): void;
}

export function watchMemory(serverPid: number): MemoryWatch {
  let [server, child] = [0, 0];
  const look = (): void => {
    server = Math.max(server, peakMb(serverPid));
    for (const { pid, name } of descendantsOf(readProcesses(), serverPid))
      if (pid !== serverPid && name !== POSTGRES_NAME) child = Math.max(child, peakMb(pid));
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    get serverMb() {
      return server;
    },
    get childMb() {
      return child;
    },
    stop: () => clearInterval(timer),
  };
}

/** Peak of resident memory in MB (10^6 bytes); 0 when the process has ended. */
function peakMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return (Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}
