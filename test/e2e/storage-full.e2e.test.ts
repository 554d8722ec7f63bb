/**
 * The disk of the database fills up: a small tmpfs holds the data directory, a file takes what is left of it. Needs the
 * right to mount, so it runs as root on Linux and is skipped with its reason elsewhere.
 */
import { execFileSync } from 'node:child_process';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer, temporaryFolder } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { eventOf, postOne, storedIds, verdictOf } from './wire.ts';

/** A fresh cluster takes about 40 MB, its first segments of write-ahead log 16 MB each. */
const DISK_SIZE = '160m';
const TEST_TIMEOUT_MS = 180_000;
/** The product promises 30 s; the rest is for a machine that runs other tests. */
const RESUME_TIMEOUT_MS = 60_000;
/** Random text, so that compression does not stretch the disk. */
const NOTE_LENGTH = 60_000;

const mounted = await mountSmallDisk();

async function mountSmallDisk(): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = await temporaryFolder('comptoir-full-');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_SIZE},mode=755`, 'tmpfs', folder], {
      stdio: 'pipe',
    });
    return folder;
  } catch {
    await rm(folder, { recursive: true, force: true });
    return null;
  }
}

if (mounted === null)
  console.warn('storage-full: skipped, because mounting a small disk needs root on Linux');

describe.skipIf(mounted === null)('the disk is full', () => {
  let server: ServerProcess;
  const filler = join(mounted ?? '', 'filler');
  beforeAll(async () => {
    server = await startServer({ dataDir: join(mounted ?? '', 'data') });
  }, TEST_TIMEOUT_MS);
  afterAll(async () => {
    await server?.dispose();
    if (mounted === null) return;
    execFileSync('umount', [mounted]);
    await rm(mounted, { recursive: true, force: true });
  });

  it(
    'writes get 507, nothing acknowledged is lost, reads go on, writes resume when there is space again',
    async () => {
      const acknowledged: string[] = [];
      let number = 0;
      const write = async (): Promise<string> => {
        const id = `full-${number++}`;
        const verdict = verdictOf(await postOne(server, eventOf(id, { data: { note: noise() } })));
        if (verdict === '201') acknowledged.push(id);
        return verdict;
      };
      expect(await write()).toBe('201');
      await fillDisk(filler);
      const seen = new Set<string>();
      await until('507 STORAGE_FULL', async () => seen.add(await write()).has('507 STORAGE_FULL'), {
        timeoutMs: RESUME_TIMEOUT_MS,
        explain: () => `${[...seen].join(', ')}\n${server.logs().slice(-3_000)}`,
      });
      expect([...seen].filter((verdict) => /^(?:500|4)/.test(verdict))).toEqual([]);
      const during = await until('reads', () => storedIds(server).catch(() => null), {
        timeoutMs: RESUME_TIMEOUT_MS,
      });
      expect(during).toEqual(expect.arrayContaining(acknowledged));
      await rm(filler);
      await until('a write to be accepted', async () => (await write()) === '201', {
        timeoutMs: RESUME_TIMEOUT_MS,
        intervalMs: 200,
        explain: () => server.logs().slice(-3_000),
      });
      const stored = await storedIds(server);
      expect(stored).toEqual(expect.arrayContaining(acknowledged));
      expect(new Set(stored).size).toBe(stored.length);
    },
    TEST_TIMEOUT_MS,
  );
});

function noise(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(NOTE_LENGTH))).toString('base64');
}

/** Writes until nothing more fits. */
async function fillDisk(path: string): Promise<void> {
  const file = await open(path, 'w');
  const block = Buffer.alloc(1_048_576);
  try {
    for (;;) await file.write(block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await file.close();
  }
  expect((await statfs(path)).bavail).toBe(0);
}
