/**
 * BASE_BACKUP of the streaming replication protocol, spoken through plain `pg` (PostgreSQL manual, "Streaming
 * Replication Protocol"): the server streams its data directory as one tar archive, with the WAL that makes the copy
 * consistent at its end, and then a manifest of checksums.
 *
 * CopyData messages carry one letter and then: `n` start of an archive (name, tablespace folder), `d` bytes of the
 * archive or manifest that began last, `m` start of the manifest, `p` progress.
 */
import { randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { PassThrough, type Readable } from 'node:stream';
import pg from 'pg';
import { BackupError } from './files.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const MEBIBYTE = 1024 * 1024;
/** About 150 bytes a file: this is a cluster of 400,000 files. The manifest is held in memory. */
const MANIFEST_BYTES_MAX = 64 * MEBIBYTE;
/** What the archive's reader may be behind before the socket is paused. */
const ARCHIVE_BUFFER_BYTES = 4 * MEBIBYTE;

export interface BaseBackupEnd {
  readonly startLsn: string;
  readonly endLsn: string;
  readonly manifest: string;
}

export interface BaseBackup {
  readonly systemId: string;
  /** The tar archive; must be read to its end. Destroying it ends the backup. */
  readonly archive: Readable;
  /** Settles after the archive was delivered. */
  readonly end: Promise<BaseBackupEnd>;
}

/** The part of pg's connection that its typings keep to themselves. */
interface RawConnection extends EventEmitter {
  readonly stream: Socket;
}

/** Begins a backup of the whole cluster that `url` leads to. Its user must have the right to replicate. */
export async function startBaseBackup(url: string): Promise<BaseBackup> {
  const config = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    replication: 'true',
  };
  const client = new pg.Client(config);
  client.on('error', () => {});
  await client.connect();
  try {
    const system = await client.query<{ systemid: string }>('IDENTIFY_SYSTEM');
    // The slot keeps the WAL of the backup from being recycled while it runs; it ends with this connection.
    const slot = `comptoir_${randomBytes(6).toString('hex')}`;
    await client.query(`CREATE_REPLICATION_SLOT "${slot}" TEMPORARY PHYSICAL (RESERVE_WAL)`);
    return { systemId: system.rows[0]?.systemid ?? '', ...stream(client) };
  } catch (error) {
    await client.end();
    throw error;
  }
}

function stream(client: pg.Client): Pick<BaseBackup, 'archive' | 'end'> {
  // safe because: every pg.Client has this connection; the typings do not show it.
  const { connection } = client as unknown as { connection: RawConnection };
  const archive = new PassThrough({ highWaterMark: ARCHIVE_BUFFER_BYTES });
  const manifest = new ManifestText();
  let archives = 0;
  let inManifest = false;
  connection.on('copyData', ({ chunk }: { chunk: Buffer }) => {
    const kind = String.fromCharCode(chunk[0] ?? 0);
    // The driver reads the next message into the same memory, hence the copies.
    const data = Buffer.from(chunk.subarray(1));
    if (kind === 'n') archives += 1;
    else if (kind === 'm') inManifest = true;
    else if (kind === 'd' && inManifest) manifest.add(data);
    else if (kind === 'd' && !archive.write(data)) connection.stream.pause();
  });
  archive.on('drain', () => connection.stream.resume());
  archive.once('close', () => {
    // The reader gave up: a paused socket would never learn that the backup is over.
    if (!archive.writableFinished) connection.stream.destroy();
  });
  const finished = async (): Promise<BaseBackupEnd> => {
    try {
      const lsns = await finish(client, () => archives);
      return { ...lsns, manifest: manifest.text() };
    } finally {
      await client.end();
    }
  };
  const end = finished();
  end.then(
    () => archive.end(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : undefined),
  );
  return { archive, end };
}

class ManifestText {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > MANIFEST_BYTES_MAX)
      throw new BackupError('The backup manifest is too large.');
    this.#chunks.push(chunk);
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

async function finish(
  client: pg.Client,
  archives: () => number,
): Promise<Omit<BaseBackupEnd, 'manifest'>> {
  const answer: unknown = await client.query(
    "BASE_BACKUP (LABEL 'comptoir', CHECKPOINT 'fast', WAL true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')",
  );
  if (archives() !== 1) {
    throw new BackupError('Clusters with tablespaces of their own cannot be backed up this way.');
  }
  // safe because: BASE_BACKUP answers with three result sets: start, tablespaces, end; the protocol says so.
  const results = answer as pg.QueryResult<{ recptr: string }>[];
  const startLsn = results[0]?.rows[0]?.recptr;
  const endLsn = results[2]?.rows[0]?.recptr;
  if (startLsn === undefined || endLsn === undefined) {
    throw new BackupError('The server ended the backup without saying where.');
  }
  return { startLsn, endLsn };
}
