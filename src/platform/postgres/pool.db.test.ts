import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { DatabaseError, type Database, type DatabaseOptions } from './database.ts';
import { openDatabase } from './pool.ts';

let home: TestDatabase;
let opened: Database[];

beforeEach(async () => {
  home = await testDatabase();
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await home.drop();
});

function open(
  options: Partial<
    Pick<DatabaseOptions, 'connectionsMax' | 'connectTimeoutMs' | 'statementTimeoutMs' | 'url'>
  > &
    Pick<DatabaseOptions, 'keepsStatements' | 'isPatient'> = {},
) {
  const database = openDatabase({
    url: home.url,
    connectionsMax: 1,
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 10_000,
    ...options,
  });
  opened.push(database);
  return database;
}

async function failure(promise: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  // safe because: asserted in the line above.
  return error as DatabaseError;
}

async function backendOf(database: Database): Promise<number> {
  const { rows } = await database.query<{ pid: number }>({
    text: 'select pg_backend_pid() as pid',
  });
  return rows[0]!.pid;
}

const terminate = (pid: number) =>
  home.database.query({ text: 'select pg_terminate_backend($1::integer)', values: [pid] });

async function untilSleeping(pid: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await home.database.query<{ event: string | null }>({
        text: 'select wait_event as event from pg_stat_activity where pid = $1',
        values: [pid],
      });
      return rows[0]?.event;
    })
    .toBe('PgSleep');
}

test('values come as the port says', async () => {
  const { rows, rowCount } = await open().query({
    text: `select 9223372036854775807::int8 as big, array[1, null, 9007199254740993]::int8[] as bigs,
      $1::bytea as bytes, ''::bytea as nothing, '{"a": [1]}'::jsonb as json, 7::int4 as small,
      '2026-01-02T03:04:05.123456Z'::timestamptz as at, 0.1::numeric as exact, null::int8 as none`,
    values: [Buffer.from([0, 255, 92, 120])],
  });
  expect(rowCount).toBe(1);
  expect(rows[0]).toEqual({
    big: 9223372036854775807n,
    bigs: [1n, null, 9007199254740993n],
    bytes: Buffer.from([0, 255, 92, 120]),
    nothing: Buffer.alloc(0),
    json: { a: [1] },
    small: 7,
    at: '2026-01-02 03:04:05.123456+00',
    exact: '0.1',
    none: null,
  });
});

test('each connection is durable and read committed, whatever the role starts with', async () => {
  await home.database.query({
    text: `alter database ${new URL(home.url).pathname.slice(1)} set synchronous_commit = off`,
  });
  await home.database.query({
    text: `alter database ${new URL(home.url).pathname.slice(1)} set default_transaction_isolation = 'serializable'`,
  });
  const settings = {
    text: "select current_setting('synchronous_commit') as durable, current_setting('transaction_isolation') as isolation",
  };
  const expected = [{ durable: 'on', isolation: 'read committed' }];
  const database = open();
  expect((await database.query(settings)).rows).toEqual(expected);
  expect((await database.transaction((tx) => tx.query(settings))).rows).toEqual(expected);
});

test('a transaction that its process leaves standing ends by itself, whatever the role starts with', async () => {
  await home.database.query({
    text: `alter database ${new URL(home.url).pathname.slice(1)} set idle_in_transaction_session_timeout = 0`,
  });
  const text = "select current_setting('idle_in_transaction_session_timeout') as ends";
  const { rows } = await open().transaction((tx) => tx.query({ text }));
  expect(rows).toEqual([{ ends: '30s' }]);
});

test('a transaction keeps all or nothing', async () => {
  const database = open({ connectionsMax: 2 });
  await database.query({ text: 'create table thing (id integer primary key)' });
  await database.transaction((tx) => tx.query({ text: 'insert into thing values (1)' }));
  const stopped = database.transaction(async (tx) => {
    await tx.query({ text: 'insert into thing values (2)' });
    throw new Error('stop');
  });
  await expect(stopped).rejects.toThrow('stop');
  const { rows } = await database.query({ text: 'select id from thing' });
  expect(rows).toEqual([{ id: 1 }]);
});

test('a transaction whose failed statement was swallowed does not pass for committed', async () => {
  const database = open();
  await database.query({ text: 'create table thing (id integer primary key)' });
  const error = await failure(
    database.transaction(async (tx) => {
      await tx.query({ text: 'insert into thing values (1)' });
      await tx.query({ text: 'select 1/0' }).catch(() => {});
    }),
  );
  expect(error).toMatchObject({ kind: 'server', sqlstate: '25P02' });
  expect((await database.query({ text: 'select id from thing' })).rowCount).toBe(0);
});

test('an answer of the server carries its SQLSTATE and the connection stays', async () => {
  const database = open();
  const pid = await backendOf(database);
  const error = await failure(database.query({ text: 'select 1/0' }));
  expect(error).toMatchObject({ kind: 'server', sqlstate: '22012' });
  expect(await backendOf(database)).toBe(pid);
  expect(database.reachable).toBe(true);
});

test('a backend that ends in the middle of a statement leaves the outcome unknown', async () => {
  const database = open();
  const pid = await backendOf(database);
  const sleeping = failure(database.query({ text: 'select pg_sleep(30)' }));
  await untilSleeping(pid);
  await terminate(pid);
  expect(await sleeping).toMatchObject({ kind: 'lost', sqlstate: '' });
  expect(database.reachable).toBe(false);
  expect(await backendOf(database)).not.toBe(pid);
  expect(database.reachable).toBe(true);
});

test('a connection that breaks between the statements of a transaction commits nothing', async () => {
  const database = open();
  await database.query({ text: 'create table thing (id integer primary key)' });
  const error = await failure(
    database.transaction(async (tx) => {
      await tx.query({ text: 'insert into thing values (1)' });
      const { rows } = await tx.query<{ pid: number }>({ text: 'select pg_backend_pid() as pid' });
      await terminate(rows[0]!.pid);
      await expect.poll(() => isAlive(rows[0]!.pid)).toBe(false);
    }),
  );
  expect(['not-sent', 'lost']).toContain(error.kind);
  expect((await database.query({ text: 'select id from thing' })).rowCount).toBe(0);
});

async function isAlive(pid: number): Promise<boolean> {
  const { rowCount } = await home.database.query({
    text: 'select 1 from pg_stat_activity where pid = $1',
    values: [pid],
  });
  return rowCount === 1;
}

test('an idle connection that is ended does no harm', async () => {
  const database = open();
  const pid = await backendOf(database);
  await terminate(pid);
  await expect.poll(() => database.reachable).toBe(false);
  expect(await backendOf(database)).not.toBe(pid);
});

test('a statement past its time limit is unknown and its connection is not used again', async () => {
  const database = open({ statementTimeoutMs: 2_000 });
  const pid = await backendOf(database);
  const error = await failure(database.query({ text: 'select pg_sleep(30)' }));
  expect(error.kind).toBe('timeout');
  expect(await backendOf(database)).not.toBe(pid);
  // The server notices that nobody waits for the statement any more.
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a statement may have a longer limit of its own', async () => {
  const database = open({ statementTimeoutMs: 50 });
  await database.query({ text: 'select pg_sleep(0.2)', timeoutMs: 10_000 });
});

test('a statement is kept by its connection where it says so and no pooler is between, and nowhere else', async () => {
  const keptBy = async (database: Database): Promise<readonly unknown[]> => {
    for (const value of [1, 2, 3]) {
      const text = 'select $1::integer + 40 as sum';
      const { rows } = await database.query({ text, values: [value], prepared: true });
      expect(rows).toEqual([{ sum: value + 40 }]);
      await database.query({ text: 'select $1::text as unkept', values: ['a'] });
    }
    const { rows } = await database.query<{ statement: string }>({
      text: 'select statement from pg_prepared_statements',
    });
    return rows.map(({ statement }) => statement);
  };
  expect(await keptBy(open({ keepsStatements: true }))).toEqual(['select $1::integer + 40 as sum']);
  expect(await keptBy(open())).toEqual([]);
});

test('a statement that cannot be prepared says why, each time, and its connection stays', async () => {
  const database = open({ keepsStatements: true });
  const pid = await backendOf(database);
  const statement = { text: 'select $1::integer from missing_table', values: [1], prepared: true };
  for (let time = 0; time < 2; time += 1)
    expect((await failure(database.query(statement))).sqlstate).toBe('42P01');
  expect(await backendOf(database)).toBe(pid);
});

test('without a server nothing is sent', async () => {
  const database = open({ url: `postgres://nobody:nothing@127.0.0.1:${await closedPort()}/none` });
  expect(database.reachable).toBe(false);
  const error = await failure(database.query({ text: 'select 1' }));
  expect(error).toMatchObject({ kind: 'not-sent', sqlstate: '' });
  expect(error.message).not.toContain('nothing@');
});

test('a server that accepts and stays silent counts as not reached', async () => {
  const silent = createServer((socket) => socket.resume().on('error', () => {}));
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address();
      resolve(typeof address === 'object' ? address!.port : 0);
    });
  });
  const database = open({ url: `postgres://a:b@127.0.0.1:${port}/c`, connectTimeoutMs: 500 });
  expect((await failure(database.query({ text: 'select 1' }))).kind).toBe('not-sent');
  await new Promise((resolve) => silent.close(resolve));
});

test('a connection that was not made in time is asked for again while there is patience', async () => {
  const { hostname, port } = new URL(home.url);
  let asked = 0;
  const slow = createServer((socket) => {
    socket.on('error', () => {});
    asked += 1;
    // The first two are never answered.
    if (asked <= 2) return void socket.resume();
    const through = connect(Number(port), hostname).on('error', () => socket.destroy());
    socket.pipe(through).pipe(socket);
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const address = slow.address();
  const url = new URL(home.url);
  url.host = `127.0.0.1:${typeof address === 'object' ? address!.port : 0}`;
  const given = { url: url.href, connectTimeoutMs: 3_000 };
  expect((await failure(open(given).query({ text: 'select 1' }))).kind).toBe('not-sent');
  let patience = 1;
  const patient = open({ ...given, isPatient: () => patience-- > 0 });
  expect((await patient.query({ text: 'select 1' })).rowCount).toBe(1);
  expect(asked).toBe(3);
  await patient.close();
  await new Promise((resolve) => slow.close(resolve));
});

test('a wrong password is not a statement that failed', async () => {
  const url = new URL(home.url);
  url.password = 'wrong';
  const error = await failure(open({ url: url.href }).query({ text: 'select 1' }));
  expect(error.kind).toBe('not-sent');
});

test('when every connection is in use the wait is bounded and says nothing about the server', async () => {
  const database = open({ connectTimeoutMs: 1_000 });
  const pid = await backendOf(database);
  const holder = database.query({ text: 'select pg_sleep(2.5)' });
  const error = await failure(database.query({ text: 'select 1' }));
  expect(error.kind).toBe('not-sent');
  expect(error.message).toContain('in use');
  expect(database.reachable).toBe(true);
  await holder;
  expect(await backendOf(database)).toBe(pid);
});

test('closing twice is closing once, and nothing is sent afterwards', async () => {
  const database = open();
  await Promise.all([database.close(), database.close()]);
  expect((await failure(database.query({ text: 'select 1' }))).kind).toBe('not-sent');
});

async function closedPort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' ? address!.port : 0);
      });
    });
  });
}
