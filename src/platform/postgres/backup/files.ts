/** The files of a backup and the small operations on them that backup and restore share. */
import { createHash, type Hash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';

/** A backup that cannot be made, or one that cannot be trusted. The message says which file and why. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

export const ARCHIVE_FILE = 'base.tar.zst';
export const MANIFEST_FILE = 'backup_manifest';
export const MARKER_FILE = 'backup.json';
export const BACKUP_FORMAT = 1;

/** backup.json: what the backup is of, and the checksums of the other two files. */
export interface BackupMarker {
  readonly format: typeof BACKUP_FORMAT;
  /** Version of Comptoir. */
  readonly comptoir: string;
  /** Version of PostgreSQL, such as 18.4. */
  readonly postgres: string;
  readonly systemId: string;
  /** Incarnation of the log that was backed up; null when there was none yet. */
  readonly incarnation: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Write-ahead log positions between which the copy was made; it is consistent as of `endLsn`. */
  readonly startLsn: string;
  readonly endLsn: string;
  /** Files of the cluster that the manifest lists. */
  readonly files: number;
  /** Bytes of the archive as unpacked. */
  readonly bytes: number;
  readonly archive: FileSum;
  readonly manifest: FileSum;
}

export interface FileSum {
  readonly bytes: number;
  readonly sha256: string;
}

/** Hands everything on and knows, after its end, the length and SHA-256 of what passed. */
export class Measure extends Transform {
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: string, done: (e: null, chunk: Buffer) => void) {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    done(null, chunk);
  }

  sum(): FileSum {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }
}

export function sumOf(text: string): FileSum {
  const bytes = Buffer.from(text);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Makes a file or folder (its list of names) durable. */
export async function syncPath(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Names in a folder; none when it does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  const entry = await stat(folder).catch(() => undefined);
  if (entry === undefined) return [];
  if (!entry.isDirectory()) throw new BackupError(`${folder} is not a folder.`);
  return readdir(folder);
}
