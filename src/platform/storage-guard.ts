import { statfs } from 'node:fs/promises';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';

/**
 * Space that is kept free on the disk of the embedded database. PostgreSQL ends itself when it cannot write its log,
 * so appends are refused before that: what is left takes the write-ahead log of everything under way, a checkpoint
 * and the background work.
 */
const RESERVE_BYTES = 48 * 1024 * 1024;
/** On small disks the reserve is this share of the whole, so that some of it can be used. */
const RESERVE_SHARE = 0.25;
const CHECK_MS = 250;

export interface StorageGuard {
  /** The refusal to give while the disk is full, else undefined. */
  refusal(): Failure | undefined;
  readonly freeBytes: number;
  close(): void;
}

/** Watches the free space of the folder's disk. */
export async function guardStorage(folder: string, logger: Logger): Promise<StorageGuard> {
  let free = Number.POSITIVE_INFINITY;
  let full = false;
  const check = async (): Promise<void> => {
    try {
      const { bavail, blocks, bsize } = await statfs(folder);
      free = bavail * bsize;
      const reserve = Math.min(RESERVE_BYTES, blocks * bsize * RESERVE_SHARE);
      // Half as much again must be free before writing resumes: no flapping at the edge.
      const nowFull = free < (full ? Math.min(reserve * 1.5, blocks * bsize * 0.5) : reserve);
      if (nowFull !== full)
        logger.warn(
          nowFull ? 'the disk is full, appends are refused' : 'the disk has space again',
          {
            bytes: free,
          },
        );
      full = nowFull;
    } catch (error) {
      logger.warn('the free space of the disk cannot be read', { error });
    }
  };
  await check();
  const timer = setInterval(() => void check(), CHECK_MS);
  timer.unref();
  return {
    refusal: () =>
      full
        ? new Failure('STORAGE_FULL', 'The disk of the database is full; nothing was stored.', {
            retryAfterSeconds: 5,
          })
        : undefined,
    get freeBytes() {
      return free;
    },
    close: () => {
      clearInterval(timer);
    },
  };
}
