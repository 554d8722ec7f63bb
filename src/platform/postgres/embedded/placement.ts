/**
 * Decides where programs and data of the embedded PostgreSQL are. Only root needs to think: the user that PostgreSQL
 * runs as then cannot enter a private home folder, which is where a checkout of root usually is.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { StartRefused } from '../start-refused.ts';
import { type Binaries, copyBinaries, ensureLinks, findBinaries } from './binaries.ts';
import { closedFolder, serverUser, type OsUser } from './os-user.ts';

export const SYSTEM_FOLDER = '/var/lib/comptoir';

export interface Placement {
  readonly binaries: Binaries;
  /** The folder whose `postgres` holds the cluster: the one asked for, or one below SYSTEM_FOLDER. */
  readonly dataDir: string;
  /** The user PostgreSQL runs as; undefined for ourselves. */
  readonly user: OsUser | undefined;
  /** What the operator should be told, in whole sentences. */
  readonly notices: readonly string[];
}

export interface PlacementOptions {
  readonly dataDir: string;
  /** Whether the operator named the folder: then it is that one or none. */
  readonly dataDirExplicit: boolean;
  readonly systemFolder?: string | undefined;
}

/** Throws StartRefused naming the folder that is closed, when the data directory was chosen by the operator. */
export async function place(options: PlacementOptions): Promise<Placement> {
  const user = await serverUser();
  const notices: string[] = [];
  const dataDir = await placeData(options, user, notices);
  const binaries = await placeBinaries({ ...options, dataDir }, user, notices);
  return { binaries, dataDir, user, notices };
}

/**
 * Where the data of these options is or would be, and the closed folder that is the reason when it is not where it was
 * asked for. Makes nothing.
 */
export async function dataDirOf(
  options: PlacementOptions,
  user: OsUser | undefined,
): Promise<{ dataDir: string; closed: string | undefined }> {
  const asked = path.resolve(options.dataDir);
  const closed = user === undefined ? undefined : await closedFolder(asked, user);
  if (user === undefined || closed === undefined) return { dataDir: asked, closed: undefined };
  if (options.dataDirExplicit) {
    throw new StartRefused(
      `The data directory ${asked} cannot be used: the folder ${closed} is closed to the user ${user.name}, as whom PostgreSQL runs because you are root. Open it (chmod o+x ${closed}), set COMPTOIR_DATA_DIR to another directory, or start as an ordinary user.`,
    );
  }
  // Two checkouts must not share one log, so the folder asked for is part of the name.
  const hash = createHash('sha256').update(asked).digest('hex').slice(0, 12);
  return { dataDir: path.join(options.systemFolder ?? SYSTEM_FOLDER, `data-${hash}`), closed };
}

async function placeData(
  options: PlacementOptions,
  user: OsUser | undefined,
  notices: string[],
): Promise<string> {
  if (user !== undefined) await openOwn(path.resolve(options.dataDir), user);
  const { dataDir, closed } = await dataDirOf(options, user);
  const created = await ensureFolder(dataDir, user);
  if (closed !== undefined) {
    notices.push(
      `The folder ${closed} is closed to the user ${user?.name ?? ''}, as whom PostgreSQL runs because you are root: its data is in ${created} instead of ${path.resolve(options.dataDir)}. Set COMPTOIR_DATA_DIR to choose another place.`,
    );
  }
  return created;
}

/** The data directory itself is ours to open when we own it, as after mkdtemp; its parents are not. */
async function openOwn(folder: string, user: OsUser): Promise<void> {
  if ((await closedFolder(folder, user)) !== folder) return;
  if ((await stat(folder)).uid === process.getuid?.()) await chmod(folder, 0o711);
}

async function ensureFolder(folder: string, user: OsUser | undefined): Promise<string> {
  let first: string | undefined;
  try {
    first = await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartRefused(`The data directory ${folder} cannot be made: ${String(error)}`, {
      cause: error,
    });
  }
  if (first !== undefined && user !== undefined) {
    // PostgreSQL's user may pass through to its own folder but not list ours, whatever our umask is.
    for (let made = folder; made.length >= first.length; made = path.dirname(made)) {
      await chmod(made, 0o711);
    }
  }
  return realpath(folder);
}

async function placeBinaries(
  options: PlacementOptions,
  user: OsUser | undefined,
  notices: string[],
): Promise<Binaries> {
  const binaries = await findBinaries();
  const closed = user === undefined ? undefined : await closedFolder(binaries.native, user);
  if (closed === undefined && (await ensureLinks(binaries.native))) return binaries;
  // Only root can write the system's folder; anybody else keeps the copy with the data.
  const parent = user === undefined ? options.dataDir : (options.systemFolder ?? SYSTEM_FOLDER);
  const copy = await copyBinaries(binaries, parent);
  const reason =
    closed === undefined
      ? `${binaries.native} cannot be written`
      : `the folder ${closed} is closed to the user ${user?.name ?? ''}`;
  notices.push(`The programs of PostgreSQL run from the copy ${copy.native}, because ${reason}.`);
  return copy;
}
