import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { DatabaseError, type Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './pool.ts';
import { StartRefused } from './start-refused.ts';

let folder: string;
let home: TestDatabase;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'comptoir-migrations-'));
  home = await testDatabase();
  // The clone carries the real migrations; these tests bring their own.
  await home.database.query({ text: 'drop table if exists schema_migrations' });
});

afterEach(async () => {
  await home.drop();
  await rm(folder, { recursive: true, force: true });
});

async function add(name: string, sql: string): Promise<void> {
  await writeFile(path.join(folder, name), sql);
}

async function recorded(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>({
    text: 'select name from schema_migrations order by version',
  });
  return rows.map((row) => row.name);
}

test('migrations are applied in order, once, and recorded', async () => {
  await add('0002_fill.sql', 'insert into thing values (1); insert into thing values (2);');
  await add('0001_thing.sql', 'create table thing (id integer primary key);');
  expect(await migrate(home.database, { folder })).toEqual({
    applied: ['0001_thing.sql', '0002_fill.sql'],
  });
  expect(await migrate(home.database, { folder })).toEqual({ applied: [] });
  expect(await recorded(home.database)).toEqual(['0001_thing.sql', '0002_fill.sql']);
});

test('processes that migrate at once apply each migration once between them', async () => {
  await add('0001_thing.sql', 'create table thing (id integer); select pg_sleep(0.05);');
  await add('0002_fill.sql', 'insert into thing values (1);');
  const options = { connectionsMax: 1, connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 };
  const others = Array.from({ length: 4 }, () => openDatabase({ url: home.url, ...options }));
  const results = await Promise.all(others.map((database) => migrate(database, { folder })));
  await Promise.all(others.map((database) => database.close()));
  expect(results.flatMap((result) => result.applied).toSorted()).toEqual([
    '0001_thing.sql',
    '0002_fill.sql',
  ]);
  const { rowCount } = await home.database.query({ text: 'select id from thing' });
  expect(rowCount).toBe(1);
});

test('a failing migration leaves nothing behind and names itself', async () => {
  await add('0001_thing.sql', 'create table thing (id integer);');
  await add('0002_broken.sql', 'create table other (id integer); select 1/0;');
  const failure = await migrate(home.database, { folder }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DatabaseError);
  expect(failure).toMatchObject({ kind: 'server', sqlstate: '22012' });
  expect(String(failure)).toContain('0002_broken.sql');
  expect(await recorded(home.database)).toEqual(['0001_thing.sql']);
  const { rows } = await home.database.query<{ other: string | null }>({
    text: "select to_regclass('other')::text as other",
  });
  expect(rows[0]!.other).toBeNull();
});

test('an applied migration that was altered stops the start by name', async () => {
  await add('0001_thing.sql', 'create table thing (id integer);');
  await migrate(home.database, { folder });
  await add('0001_thing.sql', 'create table thing (id bigint);');
  await expect(migrate(home.database, { folder })).rejects.toThrow(StartRefused);
  await expect(migrate(home.database, { folder })).rejects.toThrow('0001_thing.sql');
});

test('line ends of another system are not an alteration', async () => {
  await add('0001_thing.sql', 'create table thing (\n id integer\n);\n');
  await migrate(home.database, { folder });
  await add('0001_thing.sql', 'create table thing (\r\n id integer\r\n);\r\n');
  expect(await migrate(home.database, { folder })).toEqual({ applied: [] });
});

test('a database that is ahead of the program is refused', async () => {
  await add('0001_thing.sql', 'create table thing (id integer);');
  await add('0002_more.sql', 'create table more (id integer);');
  await migrate(home.database, { folder });
  await rm(path.join(folder, '0002_more.sql'));
  await expect(migrate(home.database, { folder })).rejects.toThrow(/newer than this program/);
});

test('a migration put before applied ones is refused', async () => {
  await add('0002_thing.sql', 'create table thing (id integer);');
  await migrate(home.database, { folder });
  await add('0001_late.sql', 'create table late (id integer);');
  await add('0003_next.sql', 'create table next (id integer);');
  await expect(migrate(home.database, { folder })).rejects.toThrow(StartRefused);
  expect(await recorded(home.database)).toEqual(['0002_thing.sql']);
});

test('a file with a wrong name is refused rather than left out', async () => {
  await add('1_thing.sql', 'create table thing (id integer);');
  await expect(migrate(home.database, { folder })).rejects.toThrow('1_thing.sql');
});
