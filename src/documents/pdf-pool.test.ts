import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { codePlaces, openPdfPool } from './pdf-pool.ts';

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

test('packages that are linked from elsewhere may be read where they lie, and nothing beside them', async () => {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'comptoir-pdf-')));
  try {
    const root = path.join(folder, 'tree');
    const packages = path.join(folder, 'elsewhere', 'node_modules');
    await mkdir(path.join(root, 'src'), { recursive: true });
    await mkdir(packages, { recursive: true });
    await symlink(packages, path.join(root, 'node_modules'));
    expect(codePlaces(root)).toEqual([
      path.join(root, 'src'),
      path.join(root, 'node_modules'),
      path.join(root, 'package.json'),
      packages,
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
