import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openPdfPool } from './pdf-pool.ts';

test('a worker has no network, no processes, and no files but code and those of its jobs', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-pdf-'));
  const script = new URL('worker/permissions.fixture.ts', import.meta.url);
  const pool = await openPdfPool({ folder: path.join(folder, 'jobs'), size: 1, script });
  try {
    const file = path.join(folder, 'master-key');
    await writeFile(file, 'secret');
    const outcome = await pool.run({
      task: { file },
      prepare: async () => undefined,
      collect: async (result) => result,
    });
    const denied = 'ERR_ACCESS_DENIED';
    expect(outcome).toEqual({
      kind: 'done',
      result: {
        connect: denied,
        fetch: denied,
        lookup: denied,
        spawn: denied,
        read: denied,
        passwords: denied,
      },
    });
  } finally {
    await pool.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
