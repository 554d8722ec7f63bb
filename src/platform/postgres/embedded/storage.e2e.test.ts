import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, open, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../../core/logger.ts';
import type { Database } from '../database.ts';
import { startEmbedded, type EmbeddedPostgres } from '../embedded.ts';
import { openDatabase } from '../pool.ts';
import { signal } from './stale-postmaster.ts';

/** A disk of our own, so that filling it hurts nobody; needs root and a kernel that lets us mount. */
const DISK_BYTES = 160 * 1024 * 1024;
const SLOW_MS = 120_000;

let disk: string;
let mounted: boolean;
let server: EmbeddedPostgres | undefined;
let database: Database | undefined;

beforeEach(async () => {
  disk = await realpath(await mkdtemp(path.join(tmpdir(), 'comptoir-disk-')));
  await chmod(disk, 0o711);
  const options = `size=${DISK_BYTES},mode=0711`;
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status === 0;
});

afterEach(async () => {
  await database?.close();
  await server?.stop();
  if (mounted) spawnSync('umount', [disk]);
  await rm(disk, { recursive: true, force: true });
});

async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w');
  const chunk = Buffer.alloc(64 * 1024);
  try {
    for (;;) await handle.write(chunk);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  } finally {
    await handle.close();
  }
}

test(
  'on a full disk writes are to be refused, reads go on, and all resumes by itself',
  async (context) => {
    if (!mounted) context.skip('no file system can be mounted here');
    const dataDir = path.join(disk, 'data');
    server = await startEmbedded({ dataDir, dataDirExplicit: true, logger: silentLogger });
    const options = { connectionsMax: 2, connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 };
    const pool = openDatabase({ url: server.url, ...options });
    database = pool;
    const read = (): Promise<unknown> =>
      pool.query({ text: 'select answer from thing' }).then(
        ({ rows }) => rows,
        () => undefined,
      );
    await pool.query({ text: 'create table thing as select 42 as answer' });
    expect(server.storageFull).toBe(false);

    await fill(path.join(disk, 'filler'));
    await expect.poll(() => server?.storageFull).toBe(true);
    expect(await read()).toEqual([{ answer: 42 }]);

    // Not a byte is left: recovery lives on the reserve.
    const { pid } = server;
    if (pid !== undefined) signal(pid, 'SIGKILL');
    await expect.poll(() => server?.pid).not.toBe(pid);
    await expect.poll(read).toEqual([{ answer: 42 }]);
    expect(server.storageFull).toBe(true);

    await rm(path.join(disk, 'filler'));
    await expect.poll(() => server?.storageFull).toBe(false);
    await pool.query({ text: 'insert into thing values (43)' });
  },
  SLOW_MS,
);
