/** Pictures in, responsive variants out, in children of their own. */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openWorkerPool, type JobOutcome, type WorkerPool } from '../workers/worker-pool.ts';
import type { RenderedImage, RenderedVariant } from './image-limits.ts';

/** Decoded pixels of the largest picture, a resized copy and the runtime. */
const RESIDENT_BYTES_MAX = 900 * 1024 * 1024;
const HEAP_MB = 64;
/** The largest picture takes some 4 s for its eight variants on a slow core. */
const TASK_MS_MAX = 30_000;
/** Uploads of a whole gallery may wait; each holds its file on disk only. */
const WAITING_MAX = 64;

export interface VariantContent extends RenderedVariant {
  content(): AsyncIterable<Uint8Array>;
}

export interface ImageRenderer {
  /**
   * Renders the variants and hands them to `keep` while their files exist. Answers with what `keep` gave, or why the
   * picture was not taken (`IMAGE_UNREADABLE`, `IMAGE_TOO_LARGE`, or a cap). Errors: OVERLOADED, UNAVAILABLE, and those
   * of `original` and `keep`.
   */
  render<Result>(
    original: AsyncIterable<Uint8Array>,
    keep: (image: RenderedImage, variants: readonly VariantContent[]) => Promise<Result>,
  ): Promise<JobOutcome<Result>>;
  stop(): Promise<void>;
}

export async function openImageRenderer(options: {
  readonly folder: string;
  readonly size: number;
}): Promise<ImageRenderer> {
  const pool: WorkerPool = await openWorkerPool({
    script: new URL('image-worker.ts', import.meta.url),
    caps: {
      taskMsMax: TASK_MS_MAX,
      cpuMsMax: TASK_MS_MAX,
      residentBytesMax: RESIDENT_BYTES_MAX,
      heapMb: HEAP_MB,
    },
    nodeOptions: [],
    size: options.size,
    waitingMax: WAITING_MAX,
    folder: options.folder,
  });
  return {
    render: (original, keep) =>
      pool.run({
        task: null,
        prepare: (folder) => writeFile(path.join(folder, 'original'), original, { mode: 0o600 }),
        collect(result, folder) {
          // safe because our own worker answers with this shape, and it ends a child that was broken into
          const image = result as RenderedImage;
          const variants = image.variants.map((variant) => ({
            ...variant,
            content: () => bytesOf(path.join(folder, path.basename(variant.file))),
          }));
          return keep(image, variants);
        },
      }),
    stop: () => pool.stop(),
  };
}

async function* bytesOf(file: string): AsyncIterable<Uint8Array> {
  // safe because a byte stream without an encoding gives buffers
  for await (const chunk of createReadStream(file)) yield chunk as Buffer;
}
