/**
 * The files of the embedded cluster: made once by initdb, their configuration written at every start. A cluster
 * appears by rename, so a process killed during initdb leaves no half of one.
 *
 *     DATA_DIR/postgres/            the cluster, owned by the user PostgreSQL runs as, mode 0700
 *     DATA_DIR/postgres-password    password of the one database user, ours, mode 0600
 *     DATA_DIR/postgres-socket/     the unix socket; not in the cluster, where a backup would take its lock file along
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { StartRefused } from '../start-refused.ts';
import { giveTo, type OsUser } from './os-user.ts';
import type { Placement } from './placement.ts';
import { PG_HBA_CONF, postgresqlConf, type ClusterSettings } from './settings.ts';

export const DATABASE_USER = 'comptoir';
export const DATABASE_NAME = 'comptoir';

/** The address of a unix socket may be 108 bytes with its final zero (103 on macOS); PostgreSQL adds the file name. */
const SOCKET_PATH_MAX = 103;
const SOCKET_FILE_LENGTH = '/.s.PGSQL.65535.lock'.length;

export interface Cluster {
  /** PostgreSQL's data directory. */
  readonly folder: string;
  readonly password: string;
}

export const clusterFolder = (dataDir: string): string => path.join(dataDir, 'postgres');
export const passwordFile = (dataDir: string): string => path.join(dataDir, 'postgres-password');

/** In the data directory while a restore unpacks into it, and after one that was killed. */
export const RESTORING_FILE = 'restoring.json';

/** Makes the cluster when there is none, repairs ownership, and returns it with the password. */
export async function ensureCluster(placement: Placement): Promise<Cluster> {
  const folder = clusterFolder(placement.dataDir);
  await removePartial(placement.dataDir);
  const present = await stat(path.join(folder, 'PG_VERSION')).catch(() => undefined);
  if (present === undefined) {
    await refuseCutRestore(placement.dataDir);
    await refuseStrangeFolder(folder);
    return { folder, password: await initialise(placement, folder) };
  }
  await ensureOwner(folder, placement.user);
  const password = (await readPassword(placement.dataDir)) ?? (await resetPassword(placement));
  return { folder, password };
}

/** Whoever restores and is cut off would find an empty installation that takes events, and no place for the backup. */
async function refuseCutRestore(dataDir: string): Promise<void> {
  const file = path.join(dataDir, RESTORING_FILE);
  if ((await stat(file).catch(() => undefined)) === undefined) return;
  throw new StartRefused(
    `A restore into ${dataDir} was cut off. Restore again, or remove ${file} to begin with an empty installation.`,
  );
}

/** Writes postgresql.conf and pg_hba.conf. */
export async function writeConfiguration(
  cluster: Cluster,
  port: number,
  user: OsUser | undefined,
): Promise<void> {
  const settings: ClusterSettings = {
    port,
    cluster: cluster.folder,
    socketFolder: await ensureSocketFolder(socketFolderOf(cluster.folder), user),
  };
  await writePrivate(
    path.join(cluster.folder, 'postgresql.conf'),
    await postgresqlConf(settings),
    user,
  );
  await writePrivate(path.join(cluster.folder, 'pg_hba.conf'), PG_HBA_CONF, user);
}

/** Where the unix socket of a cluster is; undefined when the path is too long for one. */
export function socketFolderOf(cluster: string): string | undefined {
  const folder = `${cluster}-socket`;
  return Buffer.byteLength(folder) + SOCKET_FILE_LENGTH > SOCKET_PATH_MAX ? undefined : folder;
}

/** A folder of our own, emptied at each start. */
async function ensureSocketFolder(
  folder: string | undefined,
  user: OsUser | undefined,
): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
}

/** Removes what a process that was killed while it made or restored a cluster has left. */
export async function removePartial(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (/^postgres\.[0-9a-f]{8}\.partial$/.test(name)) {
      await rm(path.join(dataDir, name), { recursive: true, force: true });
    }
  }
}

async function refuseStrangeFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) {
    throw new StartRefused(
      `The folder ${folder} is not empty and holds no PostgreSQL cluster. Move it away or set COMPTOIR_DATA_DIR to another directory.`,
    );
  }
}

async function initialise(placement: Placement, folder: string): Promise<string> {
  const { dataDir, user } = placement;
  const partial = `${folder}.${randomBytes(4).toString('hex')}.partial`;
  await mkdir(partial, { mode: 0o700 });
  if (user !== undefined) await chown(partial, user.uid, user.gid);
  const password = randomBytes(24).toString('hex');
  const forInitdb = path.join(partial, 'password');
  await writePrivate(forInitdb, `${password}\n`, user);
  const target = path.join(partial, 'cluster');
  const account = ['-U', DATABASE_USER, `--pwfile=${forInitdb}`];
  const form = ['--encoding=UTF8', '--locale=C', '--data-checksums'];
  const access = ['--auth-local=scram-sha-256', '--auth-host=scram-sha-256'];
  const args = ['-D', target, ...account, ...form, ...access];
  await runProgram(placement, { name: 'initdb', args });
  // The password first: without it a cluster of that name would have to be given another one.
  await writePrivate(passwordFile(dataDir), `${password}\n`, undefined);
  await rename(target, folder);
  await rm(partial, { recursive: true, force: true });
  return password;
}

async function ensureOwner(folder: string, user: OsUser | undefined): Promise<void> {
  const { uid } = await stat(folder);
  const expected = user?.uid ?? process.getuid?.();
  if (uid !== expected) {
    if (user === undefined) {
      throw new StartRefused(
        `The folder ${folder} belongs to another user (number ${uid}). Start Comptoir as the user who made it, or give it to yourself.`,
      );
    }
    await giveTo(folder, user);
  }
  await chmod(folder, 0o700);
}

async function readPassword(dataDir: string): Promise<string | undefined> {
  const text = await readFile(passwordFile(dataDir), 'utf8').catch(() => undefined);
  return text?.trim() || undefined;
}

/** After a restore there is no password of ours: a server in single-user mode, which asks for none, sets a new one. */
async function resetPassword(placement: Placement): Promise<string> {
  const password = randomBytes(24).toString('hex');
  const folder = clusterFolder(placement.dataDir);
  const output = await runProgram(placement, {
    name: 'postgres',
    args: ['--single', '-D', folder, '-c', 'log_min_messages=warning', 'postgres'],
    input: `alter user ${DATABASE_USER} password '${password}';\n`,
  });
  if (/^.*ERROR:/m.test(output)) {
    throw new StartRefused(`The password of the database in ${folder} could not be set: ${output}`);
  }
  await writePrivate(passwordFile(placement.dataDir), `${password}\n`, undefined);
  return password;
}

/** Writes a whole file by rename, mode 0600, owned by `user`. */
async function writePrivate(
  file: string,
  content: string,
  user: OsUser | undefined,
): Promise<void> {
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  const handle = await open(partial, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    if (user !== undefined) await handle.chown(user.uid, user.gid);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(partial, file);
}

/** A private environment: nothing of ours (secrets above all) is handed on, messages come in English. */
export const PROGRAM_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' } as const;

export function programOptions(user: OsUser | undefined) {
  // The current folder may be closed to the other user.
  const common = { cwd: '/', env: PROGRAM_ENVIRONMENT };
  return user === undefined ? common : { ...common, uid: user.uid, gid: user.gid };
}

interface Program {
  readonly name: 'initdb' | 'postgres';
  readonly args: readonly string[];
  /** What it reads from standard input. */
  readonly input?: string;
}

/** Runs a program of PostgreSQL to its end and returns what it wrote. */
async function runProgram(placement: Placement, { name, args, input }: Program): Promise<string> {
  const program = path.join(placement.binaries.native, 'bin', name);
  const child = spawn(program, args, { ...programOptions(placement.user), stdio: 'pipe' });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // A program that ends before it has read everything is reported by its exit code.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signalName) => {
      resolve(status ?? signalName);
    });
  });
  if (code !== 0) {
    throw new StartRefused(`PostgreSQL's ${name} failed (${String(code)}): ${output.trim()}`);
  }
  return output;
}
