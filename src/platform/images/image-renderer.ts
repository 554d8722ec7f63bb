/**
 * Pictures in, responsive variants out, in children of their own. An upload is spooled before it asks for a child, so
 * that a slow sender holds a file and no worker.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../core/errors.ts';
import type { ImagePort, RenderedImage, VariantContent } from '../../core/images.ts';
import { openWorkerPool, type WorkerPool } from '../workers/worker-pool.ts';

/** Decoded pixels of the largest picture, a resized copy and the runtime. */
const RESIDENT_BYTES_MAX = 900 * 1024 * 1024;
const HEAP_MB = 64;
/** The largest picture takes some 4 s for its eight variants on a slow core. */
const TASK_MS_MAX = 30_000;
/** Uploads of a whole gallery may wait; each holds its file on disk only. */
const WAITING_MAX = 64;
/** Uploads that arrive or wait: each takes up to 25 MB of disk. */
const UPLOADS_MAX = 80;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

export interface ImageRenderer extends ImagePort {
  stop(): Promise<void>;
}

/** Two folders belong to it alone: `folder` for jobs and `folder-uploads`; what a crash left there goes at the start. */
export async function openImageRenderer(options: {
  readonly folder: string;
  readonly size: number;
}): Promise<ImageRenderer> {
  const uploads = `${options.folder}-uploads`;
  await rm(uploads, { recursive: true, force: true });
  await mkdir(uploads, { recursive: true, mode: FOLDER_MODE });
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
  let underWay = 0;
  return {
    async render(original, keep) {
      if (underWay >= UPLOADS_MAX)
        throw new Failure('OVERLOADED', 'Too many pictures arrive at once.', {
          retryAfterSeconds: 2,
        });
      underWay += 1;
      const upload = path.join(uploads, randomUUID());
      try {
        await spool(upload, original);
        return await pool.run({
          task: null,
          prepare: (folder) => rename(upload, path.join(folder, 'original')),
          collect: (result, folder) => collected(result, folder, keep),
        });
      } finally {
        underWay -= 1;
        await rm(upload, { force: true });
      }
    },
    async stop() {
      await pool.stop();
      await rm(uploads, { recursive: true, force: true });
    },
  };
}

/** Errors: STORAGE_FULL, and those of the content. */
async function spool(file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await writeFile(file, content, { mode: FILE_MODE, flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
      throw new Failure('STORAGE_FULL', 'No space is left for the picture.', { cause: error });
    throw error;
  }
}

function collected<Result>(
  result: unknown,
  folder: string,
  keep: (image: RenderedImage, variants: readonly VariantContent[]) => Promise<Result>,
): Promise<Result> {
  // safe because our own worker answers with this shape, and it ends a child that was broken into
  const image = result as RenderedImage;
  const variants = image.variants.map((variant) => ({
    ...variant,
    content: () => bytesOf(path.join(folder, path.basename(variant.file))),
  }));
  return keep(image, variants);
}

async function* bytesOf(file: string): AsyncIterable<Uint8Array> {
  // safe because a byte stream without an encoding gives buffers
  for await (const chunk of createReadStream(file)) yield chunk as Buffer;
}
