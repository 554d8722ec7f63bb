/** The pool of workers that read PDFs, with their caps and what they may touch. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { openWorkerPool, type WorkerPool } from '../platform/workers/worker-pool.ts';
import { HEAP_MB, RESIDENT_BYTES_MAX, TASK_CPU_MS_MAX, TASK_MS_MAX } from './limits.ts';

const WORKER = new URL('worker/pdf-worker.ts', import.meta.url);
const ROOT = path.resolve(import.meta.dirname, '../..');
/** Threads for the collector cost a fifth of the CPU of a job (30 ms against 24), and there is a worker for each core. */
const RUNTIME: readonly string[] = ['--single-threaded-gc'];
/** The queue holds what waits; the pool only what is about to run. */
const WAITING_MAX = 16;

export interface PdfPoolOptions {
  /** For the private folders of jobs; belongs to this pool alone. */
  readonly folder: string;
  /** Children at most. */
  readonly size: number;
  /** Another worker under the same permissions and caps: for tests. */
  readonly script?: URL;
  /** Other than those of `limits.ts`: for tests, which do not wait that long. */
  readonly taskMsMax?: number;
}

/** Children read code and their own job's folder, write there only, and have neither network nor processes. */
export async function openPdfPool({
  folder,
  size,
  script = WORKER,
  taskMsMax = TASK_MS_MAX,
}: PdfPoolOptions): Promise<WorkerPool> {
  const pool = await openWorkerPool({
    script,
    caps: {
      taskMsMax,
      cpuMsMax: TASK_CPU_MS_MAX,
      residentBytesMax: RESIDENT_BYTES_MAX,
      heapMb: HEAP_MB,
    },
    nodeOptions: [...RUNTIME, ...permissions(folder)],
    size,
    waitingMax: WAITING_MAX,
    folder,
  });
  return pool;
}

/** Node's permission model: whatever is not named is denied, network included. */
function permissions(folder: string): readonly string[] {
  const readable = [...codePlaces(ROOT), folder].flatMap((place) => [place, `${place}/*`]);
  return [
    '--permission',
    ...readable.map((place) => `--allow-fs-read=${place}`),
    `--allow-fs-write=${folder}/*`,
  ];
}

/**
 * The code of an installation at `root`, by the names it is asked for and where it lies: Node checks a path as it is
 * written and again where links lead, and installations link node_modules, which then lies outside the tree.
 */
export function codePlaces(root: string): readonly string[] {
  const named = ['src', 'node_modules', 'package.json'].map((name) => path.join(root, name));
  const places = named.filter((place) => existsSync(place)).map((place) => realpathSync(place));
  return [...new Set([...named, ...places])];
}
