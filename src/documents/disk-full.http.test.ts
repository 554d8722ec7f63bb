/** A disk that is full: 507, no half file, and all is well again once there is room. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf } from '../../test/support/pdf/write-pdf.ts';
import { documentFixture, type DocumentFixture } from './service.fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'comptoir-full-'));
const mounting = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
const isMounted = mounting.status === 0;
if (!isMounted)
  console.error(
    `skipped: a full disk, because none can be mounted here (${String(mounting.stderr).trim()})`,
  );

let it: DocumentFixture;
beforeAll(async () => {
  if (isMounted) it = await documentFixture({ blobFolder: folder });
});
afterAll(async () => {
  if (isMounted) {
    await it.close();
    spawnSync('umount', [folder]);
  }
  rmSync(folder, { recursive: true, force: true });
});

const files = (): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(path.join(folder, name)).isFile());

test.skipIf(!isMounted)('a full disk is 507 and leaves no half file', async () => {
  const small = await it.upload(documentOf({}));
  await it.judged(small);
  const before = files();
  const large = Buffer.concat([documentOf({}), Buffer.alloc(400_000, 0x20)]);
  const upload = () =>
    it.call('/v1/documents', {
      method: 'POST',
      body: new Uint8Array(large),
      headers: { 'content-type': 'application/pdf' },
    });
  for (let count = 0; count < 3; count += 1) {
    const answer = await upload();
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      507,
      'STORAGE_FULL',
    ]);
  }
  expect(files()).toEqual(before);
  expect((await it.json('/v1/documents')).body.items).toHaveLength(1);
  expect((await it.operated('rotate', [small], { angle: 90 })).status).toBe('done');
});
