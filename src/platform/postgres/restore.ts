/**
 * Unpacks a backup into an empty data directory. Everything is compared again with the checksums on the way in; the
 * cluster appears by rename, after restored.json, so a restored log never starts under its old incarnation: cursors
 * handed out after the backup was made point to events that this copy does not have. While it unpacks, restoring.json
 * keeps a server from beginning anew there, also after a restore that was killed.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import {
  ARCHIVE_FILE,
  BACKUP_FORMAT,
  BackupError,
  MANIFEST_FILE,
  MARKER_FILE,
  Measure,
  namesIn,
  sumOf,
  syncPath,
  type BackupMarker,
} from './backup/files.ts';
import { Manifest } from './backup/manifest.ts';
import { clusterFolder, removePartial, RESTORING_FILE } from './embedded/cluster.ts';
import { lockDataDir } from './embedded/instance-lock.ts';
import { giveTo } from './embedded/os-user.ts';
import { place, type Placement } from './embedded/placement.ts';

/** Written into the data directory by a restore; the next start gives the log a new incarnation and removes it. */
export const RESTORED_FILE = 'restored.json';

/** Files that may be in a data directory nobody has used yet. */
const NOT_DATA = [
  'instance.lock',
  'instance.json',
  'postgres-reserve',
  RESTORED_FILE,
  RESTORING_FILE,
];

export interface RestoreOptions {
  /** The folder that backupTo wrote. */
  readonly directory: string;
  readonly dataDir: string;
  readonly dataDirExplicit: boolean;
  readonly systemFolder?: string;
}

export interface Restored {
  readonly marker: BackupMarker;
  /** Where the cluster is now, as for startEmbedded. */
  readonly dataDir: string;
  readonly notices: readonly string[];
}

/**
 * Throws BackupError when the backup is damaged or of another version, or the data directory is not empty; StartRefused
 * when the data directory is in use or closed. Nothing is left in the data directory then.
 */
export async function restoreFrom(options: RestoreOptions): Promise<Restored> {
  const { marker, manifest } = await readBackup(options.directory);
  const placement = await place(options);
  checkVersion(marker, placement);
  const { dataDir } = placement;
  const lock = await lockDataDir(dataDir);
  const partial = `${clusterFolder(dataDir)}.${randomBytes(4).toString('hex')}.partial`;
  const restoring = path.join(dataDir, RESTORING_FILE);
  try {
    await removePartial(dataDir);
    const strange = (await namesIn(dataDir)).find((name) => !NOT_DATA.includes(name));
    if (strange !== undefined) {
      throw new BackupError(
        `The data directory ${dataDir} is not empty (it has ${strange}). Restore into an empty one.`,
      );
    }
    await writeFile(restoring, '{}\n', { mode: 0o600, flush: true });
    await mkdir(partial, { mode: 0o700 });
    await unpack(path.join(options.directory, ARCHIVE_FILE), partial, { marker, manifest });
    await handOver(partial, placement);
    await writeFile(
      path.join(dataDir, RESTORED_FILE),
      `${JSON.stringify({ restoredAt: new Date().toISOString(), backup: marker }, null, 2)}\n`,
      { mode: 0o600, flush: true },
    );
    await rename(partial, clusterFolder(dataDir));
    await syncPath(dataDir);
    return { marker, dataDir, notices: placement.notices };
  } finally {
    await rm(partial, { recursive: true, force: true });
    await rm(restoring, { force: true });
    await lock.release();
  }
}

interface Backup {
  readonly marker: BackupMarker;
  readonly manifest: Manifest;
}

async function readBackup(directory: string): Promise<Backup> {
  const marker = await readMarker(path.join(directory, MARKER_FILE));
  const text = await readFile(path.join(directory, MANIFEST_FILE), 'utf8').catch(
    (error: unknown) => {
      throw new BackupError(`The backup manifest cannot be read: ${String(error)}`);
    },
  );
  if (sumOf(text).sha256 !== marker.manifest.sha256) {
    throw new BackupError('The backup manifest is not the one that belongs to this backup.');
  }
  return { marker, manifest: new Manifest(text) };
}

async function readMarker(file: string): Promise<BackupMarker> {
  try {
    // safe because: the format is checked next, and sums that are missing or wrong never match.
    const marker = JSON.parse(await readFile(file, 'utf8')) as BackupMarker;
    if (marker.format === BACKUP_FORMAT) return marker;
  } catch (error) {
    throw new BackupError(`${file} cannot be read, so this is no backup: ${String(error)}`, {
      cause: error,
    });
  }
  throw new BackupError(`${file} is of a format that this version of Comptoir does not know.`);
}

function checkVersion(marker: BackupMarker, placement: Placement): void {
  const wanted = marker.postgres.split('.', 1)[0];
  const present = placement.binaries.version.split('.', 1)[0];
  if (wanted !== present) {
    throw new BackupError(
      `The backup is of PostgreSQL ${marker.postgres}, this Comptoir carries ${placement.binaries.version}. Restore it with the Comptoir that made it (${marker.comptoir}).`,
    );
  }
}

async function unpack(archive: string, target: string, { marker, manifest }: Backup) {
  const stored = new Measure();
  const reader = extract();
  const members = writeMembers(reader, target, manifest);
  await Promise.all([
    pipeline(createReadStream(archive), stored, createZstdDecompress(), reader),
    members.catch((error: unknown) => {
      reader.destroy(error instanceof Error ? error : new BackupError(String(error)));
      throw error;
    }),
  ]).catch((error: unknown) => {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`The archive cannot be unpacked: ${String(error)}`, { cause: error });
  });
  const { sha256 } = stored.sum();
  if (sha256 !== marker.archive.sha256) {
    throw new BackupError('The archive differs from its checksum in backup.json.');
  }
  manifest.checkComplete();
}

async function writeMembers(reader: Extract, target: string, manifest: Manifest): Promise<void> {
  for await (const member of reader) {
    const { name, type } = member.header;
    const file = path.join(target, name);
    if (path.isAbsolute(name) || (file !== target && !file.startsWith(target + path.sep))) {
      throw new BackupError(`The archive has a file outside of the cluster: ${name}`);
    }
    if (type === 'directory') await makeFolder(file, target);
    else if (type === 'file') await writeMember(member, file, manifest);
    else throw new BackupError(`The archive has an entry of the unexpected kind ${String(type)}.`);
    member.resume();
  }
}

type Entry = Extract extends AsyncIterable<infer Member> ? Member : never;

async function makeFolder(folder: string, target: string): Promise<void> {
  if (folder !== target) await mkdir(folder, { recursive: true, mode: 0o700 });
}

async function writeMember(member: Entry, file: string, manifest: Manifest): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const measure = new Measure();
  await pipeline(
    member,
    measure,
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
  );
  manifest.check(member.header.name, measure.sum());
}

/** The user PostgreSQL runs as here may be another than where the backup was made. */
async function handOver(folder: string, { user }: Placement): Promise<void> {
  if (user === undefined) return;
  await giveTo(folder, user);
  await chown(folder, user.uid, user.gid);
}
