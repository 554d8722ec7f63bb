import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../core/logger.ts';
import { backupTo, BackupError } from './backup.ts';
import { startEmbedded, type EmbeddedPostgres } from './embedded.ts';
import { openDatabase } from './pool.ts';
import { restoreFrom } from './restore.ts';

let home: string;
let running: EmbeddedPostgres[];

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'comptoir-backup-'));
  await chmod(home, 0o711);
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  await rm(home, { recursive: true, force: true });
});

const at = (name: string): string => path.join(home, name);

async function start(name: string): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({
    dataDir: at(name),
    dataDirExplicit: true,
    logger: silentLogger,
  });
  running.push(server);
  return server;
}

async function sql(server: EmbeddedPostgres, text: string): Promise<Record<string, unknown>[]> {
  const options = { connectionsMax: 1, connectTimeoutMs: 5_000, statementTimeoutMs: 20_000 };
  const database = openDatabase({ url: server.url, ...options });
  try {
    return (await database.query({ text })).rows;
  } finally {
    await database.close();
  }
}

const DIGEST =
  "select count(*) as rows, md5(string_agg(t::text, ',' order by id)) as digest from thing t";

async function backedUp(): Promise<{ server: EmbeddedPostgres; expected: unknown }> {
  const server = await start('source');
  await sql(server, 'create table thing (id bigint primary key, data bytea)');
  await sql(
    server,
    "insert into thing select n, decode(repeat(md5(n::text), 20), 'hex') from generate_series(1, 20000) n",
  );
  return { server, expected: await sql(server, DIGEST) };
}

test('a restored backup has every row and runs as a server', async () => {
  const { server, expected } = await backedUp();
  const marker = await backupTo({ url: server.url, directory: at('backup') });
  await sql(server, 'delete from thing');
  expect((await readdir(at('backup'))).toSorted()).toEqual([
    'backup.json',
    'backup_manifest',
    'base.tar.zst',
  ]);
  expect((await stat(at('backup'))).mode & 0o777).toBe(0o700);

  const restored = await restoreFrom({
    directory: at('backup'),
    dataDir: at('target'),
    dataDirExplicit: true,
  });
  expect(restored.marker).toEqual(marker);
  const copy = await start('target');
  expect(await sql(copy, DIGEST)).toEqual(expected);
  await sql(copy, "insert into thing values (0, '')");
  // The password is the copy's own, and the lead of the next start finds the mark of the restore.
  expect(new URL(copy.url).password).not.toBe(new URL(server.url).password);
  expect(await readFile(at('target/restored.json'), 'utf8')).toContain(marker.systemId);
});

test('rows committed while the backup runs do not damage it', async () => {
  const { server } = await backedUp();
  const writing = new AbortController();
  const writer = (async (): Promise<void> => {
    for (let id = 100_000; !writing.signal.aborted; id++) {
      await sql(server, `insert into thing select ${id}, decode(repeat(md5('${id}'), 500), 'hex')`);
    }
  })();
  await backupTo({ url: server.url, directory: at('backup') }).finally(() => {
    writing.abort();
  });
  await writer;
  await restoreFrom({ directory: at('backup'), dataDir: at('target'), dataDirExplicit: true });
  const copy = await start('target');
  const [row] = await sql(
    copy,
    "select count(*) filter (where id <= 20000) as old, bool_and(id <= 20000 or data = decode(repeat(md5(id::text), 500), 'hex')) as whole from thing",
  );
  expect(row).toEqual({ old: 20_000n, whole: true });
});

test('a folder that is not empty takes no backup, an interrupted one is replaced', async () => {
  const server = await start('source');
  await mkdir(at('backup'));
  await writeFile(at('backup/note.txt'), 'mine');
  await expect(backupTo({ url: server.url, directory: at('backup') })).rejects.toThrow(BackupError);
  expect(await readFile(at('backup/note.txt'), 'utf8')).toBe('mine');
  await mkdir(at('other.partial'));
  await writeFile(at('other.partial/base.tar.zst'), 'cut');
  await backupTo({ url: server.url, directory: at('other') });
  expect(await readdir(home)).not.toContain('other.partial');
});

test('where a restore was killed no server begins anew, and a restore does', async () => {
  const { server, expected } = await backedUp();
  await backupTo({ url: server.url, directory: at('backup') });
  await mkdir(at('target'));
  await mkdir(at('target/postgres.0123abcd.partial'));
  await writeFile(at('target/restoring.json'), '{}');
  await expect(start('target')).rejects.toThrow(/A restore into .* was cut off/);
  expect(await readdir(at('target'))).not.toContain('postgres');
  await restoreFrom({ directory: at('backup'), dataDir: at('target'), dataDirExplicit: true });
  expect(await readdir(at('target'))).not.toContain('restoring.json');
  expect(await sql(await start('target'), DIGEST)).toEqual(expected);
});

test('of two backups into one folder at once one is refused, and the other is whole', async () => {
  const { server } = await backedUp();
  const both = [1, 2].map(() => backupTo({ url: server.url, directory: at('backup') }));
  const ended = await Promise.allSettled(both);
  const refused = ended.filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject([{ reason: { message: expect.stringMatching(/under way/) } }]);
  expect((await readdir(at('backup'))).toSorted()).toEqual([
    'backup.json',
    'backup_manifest',
    'base.tar.zst',
  ]);
  await restoreFrom({ directory: at('backup'), dataDir: at('target'), dataDirExplicit: true });
});

test('a damaged backup and a used data directory are refused and leave nothing', async () => {
  const { server } = await backedUp();
  await backupTo({ url: server.url, directory: at('good') });
  const flipMiddle = (bytes: Buffer): Buffer => {
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = bytes[middle]! ^ 1;
    return bytes;
  };
  const damages: [string, (bytes: Buffer) => Buffer][] = [
    ['base.tar.zst', flipMiddle],
    ['base.tar.zst', (bytes) => bytes.subarray(0, bytes.length - 1000)],
    ['backup_manifest', flipMiddle],
    ['backup.json', (bytes) => bytes.subarray(0, 20)],
  ];
  for (const [name, damage] of damages) {
    await rm(at('bad'), { recursive: true, force: true });
    await mkdir(at('bad'));
    for (const file of await readdir(at('good')))
      await copyFile(at(`good/${file}`), at(`bad/${file}`));
    await writeFile(at(`bad/${name}`), damage(await readFile(at(`bad/${name}`))));
    const restoring = restoreFrom({
      directory: at('bad'),
      dataDir: at('target'),
      dataDirExplicit: true,
    });
    await expect(restoring, name).rejects.toThrow(BackupError);
    const left = await readdir(at('target')).catch(() => []);
    const data = left.filter((entry) => /^(postgres|restor)/.test(entry));
    expect(data).toEqual([]);
  }
  await server.stop();
  const onto = restoreFrom({ directory: at('good'), dataDir: at('source'), dataDirExplicit: true });
  await expect(onto).rejects.toThrow(/not empty/);
});
