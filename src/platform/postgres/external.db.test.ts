import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { silentLogger } from '../../core/logger.ts';
import { startEmbedded } from './embedded.ts';
import { checkExternalServer } from './external.ts';
import { openDatabase } from './pool.ts';
import { StartRefused } from './start-refused.ts';

const OPTIONS = { connectionsMax: 1, connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 };

test('a server with durable settings is accepted', async () => {
  const home = await testDatabase();
  expect(await checkExternalServer(home.database)).toEqual({
    version: expect.stringMatching(/^18\./),
    notices: [],
  });
  await home.drop();
});

test('defaults that Comptoir sets itself are remarked upon', async () => {
  const home = await testDatabase();
  const name = new URL(home.url).pathname.slice(1);
  await home.database.query({ text: `alter database ${name} set synchronous_commit = off` });
  const database = openDatabase({ url: home.url, ...OPTIONS });
  const { notices } = await checkExternalServer(database);
  expect(notices).toEqual([expect.stringContaining('synchronous_commit = off')]);
  await database.close();
  await home.drop();
});

test('a database in another encoding is refused', async () => {
  const home = await testDatabase();
  await home.database.query({
    text: "create database test_latin encoding 'LATIN1' locale 'C' template template0",
  });
  const url = new URL(home.url);
  url.pathname = '/test_latin';
  const database = openDatabase({ url: url.href, ...OPTIONS });
  await expect(checkExternalServer(database)).rejects.toThrow(/LATIN1/);
  await database.close();
  await home.database.query({ text: 'drop database test_latin with (force)' });
  await home.drop();
});

test.each(['fsync', 'full_page_writes'])('a server with %s off is refused', async (name) => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'comptoir-external-'));
  await chmod(dataDir, 0o711);
  const options = { dataDir, dataDirExplicit: true, logger: silentLogger };
  // The file is the operator's and is kept, so the first start only makes the folder.
  const first = await startEmbedded(options);
  await writeFile(path.join(dataDir, 'postgres/custom.conf'), `${name} = off\n`, { mode: 0o644 });
  await first.stop();
  const server = await startEmbedded(options);
  const database = openDatabase({ url: server.url, ...OPTIONS });
  const refusal = checkExternalServer(database);
  await expect(refusal).rejects.toThrow(StartRefused);
  await expect(refusal).rejects.toThrow(`${name} = off`);
  await database.close();
  await server.stop();
  expect(await readFile(path.join(dataDir, 'postgres/custom.conf'), 'utf8')).toContain(name);
  await rm(dataDir, { recursive: true, force: true });
});
