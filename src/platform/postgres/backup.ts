/**
 * A backup of the embedded cluster: a folder with the archive of the data directory (base.tar.zst, the WAL that makes
 * it consistent included), PostgreSQL's manifest of checksums and backup.json. It is made beside a running server,
 * written to DIR.partial, compared file by file with the manifest while it is written, and only then renamed to DIR:
 * a folder named DIR is a whole backup.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import pg from 'pg';
import { extract, type Extract } from 'tar-stream';
import { startBaseBackup } from './backup/base-backup.ts';
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
  type FileSum,
} from './backup/files.ts';
import { Manifest } from './backup/manifest.ts';
import { lockDataDir, type DataDirLock } from './embedded/instance-lock.ts';

export { BackupError, type BackupMarker } from './backup/files.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Backs the cluster behind `url` up into `directory`, which must be absent or empty, and returns what backup.json
 * says. Takes no lock that anybody waits for. Throws BackupError, or the driver's error when the server cannot be
 * reached; nothing named `directory` exists then.
 */
export async function backupTo(options: {
  readonly url: string;
  readonly directory: string;
}): Promise<BackupMarker> {
  const directory = path.resolve(options.directory);
  if ((await namesIn(directory)).length > 0) {
    throw new BackupError(`The folder ${directory} is not empty. Name a new one for each backup.`);
  }
  const partial = `${directory}.partial`;
  await refuseStrange(partial);
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const lock = await lockPartial(partial, directory);
  try {
    for (const name of OWN_FILES) await rm(path.join(partial, name), { force: true });
    const marker = await writeBackup(options.url, partial);
    await rename(partial, directory);
    // Held until here: whoever took the lock before the rename would clear a folder that is whole.
    for (const name of LOCK_FILES) await rm(path.join(directory, name), { force: true });
    await syncPath(path.dirname(directory));
    return marker;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await lock.release();
  }
}

const OWN_FILES = [ARCHIVE_FILE, MANIFEST_FILE, MARKER_FILE];
const LOCK_FILES = ['instance.lock', 'instance.json'];

/** Of two backups into one folder the second would write into what the first is about to give its name. */
async function lockPartial(partial: string, directory: string): Promise<DataDirLock> {
  try {
    return await lockDataDir(partial);
  } catch (error) {
    throw new BackupError(
      `Another backup into ${directory} is under way, or its folder cannot be written.`,
      { cause: error },
    );
  }
}

/** What an interrupted backup left is written over; nothing else that happens to have the name. */
async function refuseStrange(partial: string): Promise<void> {
  const own = [...OWN_FILES, ...LOCK_FILES];
  const strange = (await namesIn(partial)).find((name) => !own.includes(name));
  if (strange !== undefined) {
    throw new BackupError(`The folder ${partial} holds ${strange}, which is no part of a backup.`);
  }
}

async function writeBackup(url: string, folder: string): Promise<BackupMarker> {
  const startedAt = new Date().toISOString();
  const about = await describe(url);
  const { systemId, archive, end } = await startBaseBackup(url);
  // Both are awaited; whichever fails first ends the other.
  const [written, { manifest, ...lsns }] = await Promise.all([
    writeArchive(archive, path.join(folder, ARCHIVE_FILE)),
    end,
  ]);
  const expected = new Manifest(manifest);
  for (const [name, sum] of written.files) expected.check(name, sum);
  expected.checkComplete();
  await writeDurably(path.join(folder, MANIFEST_FILE), manifest);
  const marker: BackupMarker = {
    format: BACKUP_FORMAT,
    comptoir: await ownVersion(),
    ...about,
    systemId,
    startedAt,
    endedAt: new Date().toISOString(),
    ...lsns,
    files: expected.fileCount,
    bytes: written.inflated.bytes,
    archive: written.stored,
    manifest: sumOf(manifest),
  };
  await writeDurably(path.join(folder, MARKER_FILE), `${JSON.stringify(marker, null, 2)}\n`);
  await syncPath(folder);
  return marker;
}

interface WrittenArchive {
  readonly files: ReadonlyMap<string, FileSum>;
  readonly inflated: FileSum;
  readonly stored: FileSum;
}

/** Compresses the archive into `file`; the members are read and summed on the way. */
async function writeArchive(archive: Readable, file: string): Promise<WrittenArchive> {
  const inflated = new Measure();
  const stored = new Measure();
  const reader = extract();
  const members = sumMembers(reader);
  const output = createWriteStream(file, { mode: 0o600 });
  const copy = copyInto(reader);
  await Promise.all([
    pipeline(archive, inflated, copy, createZstdCompress(), stored, output).catch(
      (error: unknown) => {
        reader.destroy();
        throw error;
      },
    ),
    members.catch((error: unknown) => {
      copy.destroy(error instanceof Error ? error : new BackupError(String(error)));
      throw error;
    }),
  ]);
  await syncPath(file);
  return { files: await members, inflated: inflated.sum(), stored: stored.sum() };
}

/** Hands everything on and gives the same to `reader`, at the pace of the slower of the two. */
function copyInto(reader: Extract): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (reader.write(chunk)) {
        done(null, chunk);
      } else {
        reader.once('drain', () => {
          done(null, chunk);
        });
      }
    },
    flush(done) {
      reader.end(undefined);
      done();
    },
  });
}

async function sumMembers(reader: Extract): Promise<Map<string, FileSum>> {
  const sums = new Map<string, FileSum>();
  for await (const member of reader) {
    const measure = new Measure();
    measure.resume();
    await pipeline(member, measure);
    if (member.header.type === 'file') sums.set(member.header.name, measure.sum());
  }
  return sums;
}

async function describe(url: string): Promise<{ postgres: string; incarnation: string | null }> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; has_log: boolean }>(
      "select current_setting('server_version') as version, to_regclass('log_info') is not null as has_log",
    );
    const log = rows[0]?.has_log
      ? await client.query<{ incarnation: string }>('select incarnation from log_info')
      : undefined;
    return {
      postgres: rows[0]?.version ?? '',
      incarnation: log?.rows[0]?.incarnation ?? null,
    };
  } finally {
    await client.end();
  }
}

async function ownVersion(): Promise<string> {
  const file = new URL('../../../package.json', import.meta.url);
  // safe because: it is our own package.json, which npm requires to have a version.
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

async function writeDurably(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flush: true });
}
