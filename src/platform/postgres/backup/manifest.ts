/**
 * The backup manifest that PostgreSQL writes (PostgreSQL manual, "Backup Manifest Format"): size and SHA-256 of every
 * file of the copy except the WAL, and a checksum of the manifest itself.
 */
import { createHash } from 'node:crypto';
import { BackupError, type FileSum } from './files.ts';

/** Left out of the manifest: WAL segments and timeline histories. WAL checks itself, record by record. */
const WITHOUT_ENTRY = /^pg_wal\/[0-9A-F]+(?:\.history)?$/;

export class Manifest {
  readonly #files: ReadonlyMap<string, FileSum>;
  readonly #seen = new Set<string>();

  /** Throws BackupError when the text is cut, altered or of a form that is not known. */
  constructor(text: string) {
    checkOwnChecksum(text);
    this.#files = readFiles(text);
  }

  get fileCount(): number {
    return this.#files.size;
  }

  /** Compares a file of the archive with its entry; throws BackupError naming the file that differs. */
  check(name: string, actual: FileSum): void {
    const expected = this.#files.get(name);
    if (expected === undefined) {
      if (WITHOUT_ENTRY.test(name)) return;
      throw new BackupError(`The manifest does not know ${name}.`);
    }
    if (expected.bytes !== actual.bytes || expected.sha256 !== actual.sha256) {
      throw new BackupError(`The file ${name} differs from the manifest: the copy is damaged.`);
    }
    this.#seen.add(name);
  }

  /** Throws BackupError unless every file of the manifest was checked. */
  checkComplete(): void {
    const missing = [...this.#files.keys()].find((name) => !this.#seen.has(name));
    if (missing !== undefined) throw new BackupError(`The archive lacks the file ${missing}.`);
  }
}

function checkOwnChecksum(text: string): void {
  // The last line holds the SHA-256 of all bytes before that line.
  const at = text.lastIndexOf('"Manifest-Checksum"');
  const expected = /"Manifest-Checksum": "(?<sum>[0-9a-f]{64})"/.exec(text.slice(Math.max(at, 0)));
  const actual = createHash('sha256')
    .update(text.slice(0, Math.max(at, 0)))
    .digest('hex');
  if (expected?.groups?.['sum'] !== actual) {
    throw new BackupError('The backup manifest is cut or altered.');
  }
}

function readFiles(text: string): Map<string, FileSum> {
  const parsed: unknown = JSON.parse(text);
  const list =
    typeof parsed === 'object' && parsed !== null && 'Files' in parsed ? parsed.Files : undefined;
  if (!Array.isArray(list)) throw new BackupError('The backup manifest lists no files.');
  const files = new Map<string, FileSum>();
  for (const item of list) files.set(...readFile(item));
  return files;
}

function readFile(item: unknown): [string, FileSum] {
  // safe because: each field is checked below before it is used.
  const file = item as Record<string, unknown>;
  const { Path: name, Size: bytes, Checksum: sha256, 'Checksum-Algorithm': algorithm } = file;
  const known = typeof name === 'string' && typeof bytes === 'number' && typeof sha256 === 'string';
  if (!known || algorithm !== 'SHA256') {
    throw new BackupError(`The backup manifest has an entry that cannot be read: ${String(name)}`);
  }
  return [name, { bytes, sha256 }];
}
