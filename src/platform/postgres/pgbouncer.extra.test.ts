/** PgBouncer in transaction mode between us and PostgreSQL: a connection of ours is another backend at each transaction. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { jsonDraftOf } from '../../core/event.ts';
import { openPostgresLog } from '../../log/postgres/postgres-log.ts';
import type { Database } from './database.ts';
import { freePort } from './embedded/port.ts';
import { serverUser } from './embedded/os-user.ts';
import { waitUntil } from './embedded/stale-postmaster.ts';
import { checkExternalServer } from './external.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './pool.ts';

/** Fewer than the clients below, so that they share backends. */
const SERVER_CONNECTIONS = 3;
const CLIENTS = 12;
const START_MS = 10_000;

const missing = reasonToSkip();
if (missing !== undefined) console.error(`skipped: tests through PgBouncer, because ${missing}`);

function installed(): boolean {
  return spawnSync('pgbouncer', ['--version']).status === 0;
}

/** Installs the Debian package when it is absent and we may. */
function reasonToSkip(): string | undefined {
  if (installed()) return undefined;
  if (process.getuid?.() !== 0) return 'pgbouncer is not installed and this user is not root';
  // RUNLEVEL=1 keeps the package from starting a service of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  spawnSync('apt-get', ['update', '-q'], { env });
  const install = spawnSync('apt-get', ['install', '-y', '-q', 'pgbouncer'], { env });
  if (installed()) return undefined;
  return `apt-get install pgbouncer failed: ${install.error?.message ?? String(install.stderr).trim()}`;
}

let folder: string;
let home: TestDatabase;
let bouncer: ChildProcess;
let port: number;
let databases: Database[] = [];

beforeAll(async () => {
  if (missing !== undefined) return;
  home = await testDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'comptoir-pgbouncer-'));
  await chmod(folder, 0o755);
  port = await freePort();
  await startBouncer(new URL(home.url));
});

afterAll(async () => {
  if (missing !== undefined) return;
  await Promise.all(databases.map((database) => database.close()));
  bouncer.kill('SIGKILL');
  await home.drop();
  await rm(folder, { recursive: true, force: true });
});

async function startBouncer(target: URL): Promise<void> {
  const users = path.join(folder, 'users.txt');
  await writeFile(users, `"${target.username}" "${target.password}"\n`);
  const settings = path.join(folder, 'pgbouncer.ini');
  await writeFile(
    settings,
    `[databases]
* = host=127.0.0.1 port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${SERVER_CONNECTIONS}
max_client_conn = 200
`,
  );
  const user = await serverUser();
  bouncer = spawn('pgbouncer', ['-q', settings], {
    stdio: ['ignore', 'ignore', 'inherit'],
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  });
  const database = open(1);
  const answers = (): Promise<boolean> =>
    database.query({ text: 'select 1' }).then(
      () => true,
      () => false,
    );
  if (!(await waitUntil(answers, START_MS))) throw new Error('PgBouncer does not answer');
}

function open(connectionsMax: number, name?: string): Database {
  const url = new URL(home.url);
  url.port = String(port);
  if (name !== undefined) url.pathname = `/${name}`;
  const options = { connectionsMax, connectTimeoutMs: 5_000, statementTimeoutMs: 20_000 };
  const database = openDatabase({ url: url.href, ...options });
  databases = [...databases, database];
  return database;
}

test.skipIf(missing !== undefined)(
  'every migration applies, once, from two starts at once',
  async () => {
    const name = 'test_bounced';
    await home.database.query({ text: `create database ${name} template template0` });
    const results = await Promise.all([migrate(open(1, name)), migrate(open(1, name))]);
    const applied = results.flatMap((result) => result.applied);
    expect(applied.length).toBeGreaterThan(0);
    expect(new Set(applied).size).toBe(applied.length);
    expect(await migrate(open(1, name))).toEqual({ applied: [] });
  },
);

test.skipIf(missing !== undefined)(
  'many clients share few backends and each transaction is whole',
  async () => {
    const database = open(CLIENTS);
    await database.query({ text: 'create table counted (client integer, number integer)' });
    const backends = new Set<unknown>();
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let number = 0; number < 10; number++) {
        await database.transaction(async (tx) => {
          const first = await tx.query({ text: 'select pg_backend_pid() as pid' });
          await tx.query({ text: 'insert into counted values ($1, $2)', values: [client, number] });
          const second = await tx.query({ text: 'select pg_backend_pid() as pid' });
          expect(second.rows).toEqual(first.rows);
          backends.add(first.rows[0]!['pid']);
        });
      }
    });
    await Promise.all(clients);
    expect(backends.size).toBeLessThanOrEqual(SERVER_CONNECTIONS);
    const { rows } = await database.query({ text: 'select count(*) as n from counted' });
    expect(rows).toEqual([{ n: BigInt(CLIENTS * 10) }]);
  },
);

test.skipIf(missing !== undefined)(
  'a transaction is durable and read committed on any backend',
  async () => {
    const name = new URL(home.url).pathname.slice(1);
    for (const setting of [
      'synchronous_commit = off',
      "default_transaction_isolation = 'serializable'",
    ]) {
      await home.database.query({ text: `alter database ${name} set ${setting}` });
    }
    // New backends, which start with the altered defaults and have not seen our session settings.
    await home.database.query({
      text: `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
    });
    const database = open(CLIENTS);
    const settings = await Promise.all(
      Array.from({ length: CLIENTS }, () =>
        database.transaction(async (tx) => {
          const { rows } = await tx.query({
            text: "select current_setting('synchronous_commit') as durable, current_setting('transaction_isolation') as isolation",
          });
          return rows[0];
        }),
      ),
    );
    expect(new Set(settings.map((row) => JSON.stringify(row)))).toEqual(
      new Set([JSON.stringify({ durable: 'on', isolation: 'read committed' })]),
    );
    const { notices } = await checkExternalServer(database);
    expect(notices).toHaveLength(2);
  },
);

test.skipIf(missing !== undefined)(
  'a backend that ends in the middle of a statement leaves it unknown',
  async () => {
    const database = open(1);
    const sleeping = database
      .query({ text: 'select pg_sleep(30)' })
      .catch((error: unknown) => error);
    const terminate = async (): Promise<number> => {
      const { rowCount } = await home.database.query({
        text: "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'",
      });
      return rowCount;
    };
    await expect.poll(terminate).toBe(1);
    expect(await sleeping).toMatchObject({ kind: 'lost' });
    expect((await database.query({ text: 'select 1' })).rowCount).toBe(1);
  },
);

test.skipIf(missing !== undefined)(
  'two logs append, deduplicate, decide, find and compact through transaction mode',
  async () => {
    const limits = { dedupeWindowSeconds: 60, dedupeKeysMax: 1_000, maintenance: false };
    const logs = await Promise.all(
      [open(4), open(4)].map((database) => openPostgresLog({ ...limits, database })),
    );
    const drafts = Array.from({ length: 60 }, (_, index) =>
      jsonDraftOf({ id: `e${index}`, source: '/pos', type: 'sold', subject: 'till/1' }, { index }),
    );
    const outcomes = await Promise.all(
      logs.flatMap((log) => drafts.map((draft) => log.appendReceived('shop', [draft]))),
    );
    const created = outcomes.flat().filter(({ status }) => status === 'created');
    expect(created).toHaveLength(drafts.length);
    expect(outcomes.flat().every(({ status }) => status !== 'conflict')).toBe(true);
    const decided = await Promise.all(
      logs.map((log) =>
        log.appendDecided({
          tenant: 'shop',
          streams: [{ stream: 'tills/1', expectedVersion: 0n, events: drafts.slice(0, 1) }],
        }),
      ),
    );
    expect(decided.map(({ status }) => status).sort()).toEqual(['appended', 'version-conflict']);
    await logs[0]?.maintain();
    const found = await logs[1]?.find({ tenant: 'shop', after: 0n, limit: 100, subject: 'till/1' });
    expect(found?.events).toHaveLength(drafts.length + 1);
    await Promise.all(logs.map((log) => log.close()));
  },
);
