import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../core/logger.ts';
import type { Database } from './database.ts';
import {
  lockDataDir,
  runningEmbeddedUrl,
  startEmbedded,
  type EmbeddedPostgres,
} from './embedded.ts';
import { isPostmasterOf, processesIn } from './embedded/process-table.ts';
import { signal } from './embedded/stale-postmaster.ts';
import { openDatabase } from './pool.ts';
import { StartRefused } from './start-refused.ts';

const AS_ROOT = process.getuid?.() === 0;
const ON_LINUX = process.platform === 'linux';
const EMBEDDED = new URL('embedded.ts', import.meta.url).href;
/** Several starts, stops and bounded waits in a row. */
const SLOW_MS = 120_000;

let home: string;
let servers: EmbeddedPostgres[];
let databases: Database[];
let children: ChildProcess[];

beforeEach(async () => {
  home = await realpath(await mkdtemp(path.join(tmpdir(), 'comptoir-embedded-')));
  await chmod(home, 0o711);
  servers = [];
  databases = [];
  children = [];
});

afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await Promise.all(servers.map((server) => server.stop()));
  for (const child of children) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

const at = (name: string): string => path.join(home, name);

async function start(dataDir = at('data')): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir, dataDirExplicit: true, logger: silentLogger });
  servers.push(server);
  return server;
}

function open(url: string): Database {
  const options = { connectionsMax: 2, connectTimeoutMs: 5_000, statementTimeoutMs: 60_000 };
  const database = openDatabase({ url, ...options });
  databases.push(database);
  return database;
}

/** A process that starts the server, prints its url and process id and lives on, as Comptoir does. */
async function startElsewhere(dataDir: string, then = ''): Promise<[ChildProcess, string, number]> {
  const code = `
    import { startEmbedded } from ${JSON.stringify(EMBEDDED)};
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const options = { dataDir: ${JSON.stringify(dataDir)}, dataDirExplicit: true, logger: quiet };
    const server = await startEmbedded(options);
    console.log(server.url + ' ' + server.pid);
    ${then}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve);
    child.once('exit', () => {
      reject(new Error('the process ended before its server was up'));
    });
  });
  const [url, pid] = line.split(' ');
  return [child, url!, Number(pid)];
}

const exit = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', resolve))
    : Promise.resolve();

const gone = (pid: number, dataDir = at('data')) =>
  expect.poll(() => isPostmasterOf(pid, path.join(dataDir, 'postgres'))).toBe(false);

test(
  'what was stored is there after a stop and a start',
  async () => {
    const first = await start();
    await open(first.url).query({ text: 'create table thing as select 42 as answer' });
    const { pid } = first;
    await databases.pop()!.close();
    await first.stop();
    await first.exited;
    expect(await isPostmasterOf(pid!, at('data/postgres'))).toBe(false);
    const second = await start();
    const { rows } = await open(second.url).query({ text: 'select answer from thing' });
    expect(rows).toEqual([{ answer: 42 }]);
  },
  SLOW_MS,
);

test('another process finds the address of a running server, and none of a stopped one', async () => {
  const options = { dataDir: at('data'), dataDirExplicit: true };
  expect(await runningEmbeddedUrl(options)).toBeUndefined();
  const server = await start();
  expect(await runningEmbeddedUrl(options)).toBe(server.url);
  await server.stop();
  expect(await runningEmbeddedUrl(options)).toBeUndefined();
});

test('password and cluster are closed to others', async () => {
  await start();
  expect((await stat(at('data/postgres-password'))).mode & 0o777).toBe(0o600);
  expect((await stat(at('data/postgres'))).mode & 0o777).toBe(0o700);
  if (AS_ROOT) expect((await stat(at('data/postgres'))).uid).not.toBe(0);
});

test('the machine itself reaches the database without the network', async () => {
  const { url, socketUrl } = await start();
  const text = 'select current_database() as name, inet_client_addr() is null as local';
  expect((await open(socketUrl).query({ text })).rows).toEqual([{ name: 'comptoir', local: true }]);
  expect((await open(url).query({ text })).rows).toEqual([{ name: 'comptoir', local: false }]);
});

test('a log is served by durable settings', async () => {
  const { url } = await start();
  const { rows } = await open(url).query({
    text: `select name, setting from pg_settings where name in
      ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses',
       'server_encoding', 'lc_messages', 'wal_level') order by name`,
  });
  expect(Object.fromEntries(rows.map((row) => [row['name'], row['setting']]))).toEqual({
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    lc_messages: 'C',
    listen_addresses: '127.0.0.1',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
    wal_level: 'replica',
  });
});

test('a second instance on the same data is refused, in this process and in another', async () => {
  await start();
  const again = startEmbedded({ dataDir: at('data'), dataDirExplicit: true, logger: silentLogger });
  await expect(again).rejects.toThrow(StartRefused);
  await expect(again).rejects.toThrow(at('data'));
  await expect(again).rejects.toThrow(`process ${process.pid}`);
  const code = `
    import { lockDataDir } from ${JSON.stringify(EMBEDDED)};
    await lockDataDir(${JSON.stringify(at('data'))}).then(() => process.exit(0), () => process.exit(7));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
  children.push(child);
  await exit(child);
  expect(child.exitCode).toBe(7);
});

test('of many that lock at once exactly one has the lock, and a release frees it', async () => {
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDir(at('one'))));
  const [winner, ...others] = results.filter((result) => result.status === 'fulfilled');
  expect(others).toEqual([]);
  await winner!.value.release();
  await (await lockDataDir(at('one'))).release();
});

test(
  'after a kill -9 of Comptoir its PostgreSQL is stopped and started anew at once',
  async () => {
    const [child, url, pid] = await startElsewhere(at('data'));
    await open(url).query({ text: 'create table thing as select 42 as answer' });
    await databases.pop()!.close();
    child.kill('SIGKILL');
    await exit(child);
    expect(await isPostmasterOf(pid, at('data/postgres'))).toBe(true);
    const next = await start();
    expect(next.pid).not.toBe(pid);
    expect(await isPostmasterOf(pid, at('data/postgres'))).toBe(false);
    const { rows } = await open(next.url).query({ text: 'select answer from thing' });
    expect(rows).toEqual([{ answer: 42 }]);
  },
  SLOW_MS,
);

test(
  'after a kill -9 of Comptoir and PostgreSQL the next start recovers',
  async () => {
    const [child, url, pid] = await startElsewhere(at('data'));
    await open(url).query({ text: 'create table thing as select 42 as answer' });
    await databases.pop()!.close();
    child.kill('SIGKILL');
    signal(pid, 'SIGKILL');
    await exit(child);
    const next = await start();
    const { rows } = await open(next.url).query({ text: 'select answer from thing' });
    expect(rows).toEqual([{ answer: 42 }]);
  },
  SLOW_MS,
);

test(
  'a lock file that names a stranger does not keep the server from starting',
  async () => {
    const first = await start();
    await first.stop();
    // The number of a process that lives and is no server of this cluster, as after a reboot.
    const text = `${process.ppid}\n${at('data/postgres')}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`;
    const file = at('data/postgres/postmaster.pid');
    await writeFile(file, text, { mode: 0o600 });
    const { uid, gid } = await stat(at('data/postgres'));
    await chown(file, uid, gid);
    const second = await start();
    expect(second.pid).toBeGreaterThan(0);
  },
  SLOW_MS,
);

test(
  'a server that dies comes back by itself on the same port',
  async () => {
    const server = await start();
    const database = open(server.url);
    await database.query({ text: 'create table thing as select 42 as answer' });
    for (const name of ['SIGKILL', 'SIGINT'] as const) {
      const { pid } = server;
      signal(pid!, name);
      await gone(pid!);
      // A backend that outlived the postmaster may still answer: the new server is what is waited for.
      await expect.poll(() => server.pid !== undefined && server.pid !== pid).toBe(true);
      await expect.poll(() => answer(database)).toBe(42);
    }
  },
  SLOW_MS,
);

async function answer(database: Database): Promise<unknown> {
  const result = await database.query({ text: 'select answer from thing' }).catch(() => undefined);
  return result?.rows[0]?.['answer'];
}

test.runIf(ON_LINUX)(
  'a computing backend that outlives its server does not block the next',
  async () => {
    const server = await start();
    const database = open(server.url);
    const busy = database
      .query({ text: 'select count(*) from generate_series(1, 1000000000) a' })
      .catch((error: unknown) => error);
    const cluster = at('data/postgres');
    await expect
      .poll(async () => {
        const { rows } = await database.query({
          text: "select count(*) as n from pg_stat_activity where state = 'active'",
        });
        return rows[0]!['n'];
      })
      .toBe(2n);
    const before = await processesIn(cluster);
    signal(server.pid!, 'SIGKILL');
    await expect
      .poll(() =>
        database.query({ text: 'select 1 as one' }).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    expect(await busy).toMatchObject({ kind: 'lost' });
    const after = await processesIn(cluster);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  },
  SLOW_MS,
);

test('stop wins over a restart that is under way', async () => {
  const server = await start();
  signal(server.pid!, 'SIGKILL');
  await server.stop();
  expect(server.pid).toBeUndefined();
  // Children of the killed one leave when they notice; a new server would be among them for good.
  await expect.poll(() => processesIn(at('data/postgres'))).toEqual([]);
  expect(server.pid).toBeUndefined();
  await (await lockDataDir(at('data'))).release();
});

test.runIf(ON_LINUX)('a signal to our process group does not reach the server', async () => {
  const server = await start();
  const group = async (pid: number | 'self'): Promise<string> => {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[2]!;
  };
  expect(await group(server.pid!)).toBe(String(server.pid));
  expect(await group('self')).not.toBe(String(server.pid));
});

test(
  'a process that ends without stopping its server takes it along',
  async () => {
    const [child, , pid] = await startElsewhere(
      at('data'),
      'setTimeout(() => process.exit(3), 10);',
    );
    await exit(child);
    expect(child.exitCode).toBe(3);
    await gone(pid);
  },
  SLOW_MS,
);

test.runIf(AS_ROOT)('a closed data directory that was asked for is refused by name', async () => {
  await mkdir(at('private'), { mode: 0o700 });
  const refused = startEmbedded({
    dataDir: at('private/data'),
    dataDirExplicit: true,
    logger: silentLogger,
  });
  await expect(refused).rejects.toThrow(StartRefused);
  await expect(refused).rejects.toThrow(`the folder ${at('private')} is closed`);
});

test.runIf(AS_ROOT)(
  'a closed default directory moves to the system folder, and says so',
  async () => {
    await mkdir(at('private'), { mode: 0o700 });
    const server = await startEmbedded({
      dataDir: at('private/.comptoir'),
      dataDirExplicit: false,
      systemFolder: at('system'),
      logger: silentLogger,
    });
    servers.push(server);
    expect(server.dataDir.startsWith(at('system/data-'))).toBe(true);
    expect(server.notices).toContainEqual(expect.stringContaining(server.dataDir));
    expect((await open(server.url).query({ text: 'select 1' })).rowCount).toBe(1);
  },
);

test('a folder that holds something else is left alone', async () => {
  await mkdir(at('data/postgres/mine'), { recursive: true });
  await expect(start()).rejects.toThrow(/holds no PostgreSQL cluster/);
  expect((await stat(at('data/postgres/mine'))).isDirectory()).toBe(true);
});
