/**
 * Room on the disk of the embedded server.
 *
 * PostgreSQL bears a full disk only half: a table that cannot grow fails one statement, but a write-ahead log that
 * cannot grow ends the whole server, which then cannot even recover, and reads end with it (tried on a tmpfs of
 * 120 MB). So writes are to be refused a little earlier, while `full` is true, and a reserve file is held that is
 * given up when the server ended on a full disk nevertheless, because something else took the room.
 */
import { open, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../../core/logger.ts';

const MEBIBYTE = 1024 * 1024;
/** Between two looks no more is written than the smallest margin holds, on the disks that small margins are for. */
const INTERVAL_MS = 100;
/** Writes stop below a tenth of a small disk, one segment of WAL (16 MB) and half as much again at least. */
const MARGIN_MIN_BYTES = 24 * MEBIBYTE;
const MARGIN_MAX_BYTES = 256 * MEBIBYTE;
const MARGIN_SHARE = 0.1;
/** Writes resume with some room gained, so that the answer does not change with every batch. */
const RESUME_FACTOR = 1.25;
/** One segment of WAL for the end of recovery, and the small files that a start writes. */
const RESERVE_BYTES = 18 * MEBIBYTE;
const CHUNK = Buffer.alloc(MEBIBYTE);

export class StorageWatch {
  readonly #folder: string;
  readonly #logger: Logger;
  readonly #abort = new AbortController();
  #watching: Promise<void> = Promise.resolve();
  #full = false;

  constructor(folder: string, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  /** Whether writes are to be refused. At most a tenth of a second old. */
  get full(): boolean {
    return this.#full;
  }

  async start(): Promise<void> {
    await this.#look();
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#watching;
  }

  /** Gives the reserve up when the disk is full; to be called before each start of the server. */
  async makeRoom(): Promise<void> {
    const { free } = await this.#space();
    if (free >= RESERVE_BYTES) return;
    await rm(this.#reserve, { force: true });
  }

  get #reserve(): string {
    return path.join(this.#folder, 'postgres-reserve');
  }

  async #watch(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      await delay(INTERVAL_MS, undefined, { signal, ref: false }).catch(() => {});
      try {
        await this.#look();
      } catch (error) {
        this.#logger.error('the room on the disk cannot be learnt', { error, path: this.#folder });
        return;
      }
    }
  }

  async #look(): Promise<void> {
    const { free, margin } = await this.#space();
    const full = free < (this.#full ? margin * RESUME_FACTOR : margin);
    if (full !== this.#full) {
      this.#full = full;
      const message = full ? 'the disk is full, writes are refused' : 'the disk has room again';
      this.#logger.warn(message, { bytes: free, path: this.#folder });
    }
    if (free > margin * 2 + RESERVE_BYTES) await this.#ensureReserve();
  }

  async #space(): Promise<{ free: number; margin: number }> {
    const { bavail, blocks, bsize } = await statfs(this.#folder);
    const share = blocks * bsize * MARGIN_SHARE;
    const margin = Math.min(Math.max(share, MARGIN_MIN_BYTES), MARGIN_MAX_BYTES);
    return { free: bavail * bsize, margin };
  }

  async #ensureReserve(): Promise<void> {
    const present = await stat(this.#reserve).catch(() => undefined);
    if (present?.size === RESERVE_BYTES) return;
    // Written out, because a file that was only lengthened takes no room.
    const handle = await open(this.#reserve, 'w', 0o600);
    try {
      for (let bytes = 0; bytes < RESERVE_BYTES; bytes += CHUNK.length) await handle.write(CHUNK);
    } finally {
      await handle.close();
    }
  }
}
