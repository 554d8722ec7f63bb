import { execFile } from 'node:child_process';
import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyBinaries, ensureLinks, findBinaries } from './binaries.ts';

const run = promisify(execFile);

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'comptoir-binaries-'));
});

afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

async function removeLinks(native: string): Promise<number> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8');
  // safe because: the test would fail right away on another shape.
  const links = JSON.parse(text) as { target: string }[];
  for (const { target } of links) await rm(path.join(native, '..', target));
  return links.length;
}

test('the links that the install script would make are made when missing', async () => {
  const { native } = await copyBinaries(await findBinaries(), home);
  const postgres = path.join(native, 'bin/postgres');
  expect(await removeLinks(native)).toBeGreaterThan(0);
  await expect(run(postgres, ['--version'])).rejects.toThrow(/shared librar|Library not loaded/);
  // Two instances may do it at once.
  expect(await Promise.all([ensureLinks(native), ensureLinks(native)])).toEqual([true, true]);
  expect((await run(postgres, ['--version'])).stdout).toMatch(/PostgreSQL\) 18/);
});

test('a copy is made once, whole, and works from where it is', async () => {
  const binaries = await findBinaries();
  const copies = await Promise.all([copyBinaries(binaries, home), copyBinaries(binaries, home)]);
  expect(copies[0]).toEqual(copies[1]);
  expect(await readdir(home)).toEqual([`postgresql-${binaries.version}`]);
  const { native } = await copyBinaries(binaries, home);
  expect((await lstat(path.join(native, 'lib/libpq.so.5'))).isSymbolicLink()).toBe(
    process.platform === 'linux',
  );
  expect((await run(path.join(native, 'bin/initdb'), ['--version'])).stdout).toContain('18');
});
