/** Files in memory for a WebAssembly program that thinks it has a disk: flat, named by absolute paths, gone with the run. */
import { randomFillSync } from 'node:crypto';

/** Numbers of errors as the C library of emscripten has them (wasi). */
export const ERRNO = {
  badFile: 8,
  noEntry: 44,
  noSpace: 51,
  invalid: 28,
  notSeekable: 70,
} as const;

const WRITE_ONLY = 1;
const READ_WRITE = 2;
const CREATE = 64;
const TRUNCATE = 512;
const APPEND = 1024;
/** 0, 1 and 2 are the standard streams. */
const FIRST_DESCRIPTOR = 3;
const RANDOM: ReadonlySet<string> = new Set(['/dev/urandom', '/dev/random']);

/**
 * What a program reads in a file before its byte `at`, though nobody holds it: closing braces on a line each, `bytes` in
 * all. Not blanks, which whoever is sent there by a wrong table would skip to the end, nor values, which would be gathered into
 * whatever is not ended: a brace is an error wherever it stands.
 */
export interface Gap {
  readonly at: number;
  readonly bytes: number;
}

export interface MemoryFile {
  readonly inode: number;
  bytes: Uint8Array;
  /** Of `bytes`, which may have room behind it. */
  length: number;
  readonly gap: Gap;
}

const NO_GAP: Gap = { at: 0, bytes: 0 };
const GAP_LINES = Buffer.alloc(8_192, '}\n');

interface Opened {
  /** Null for a source of random bytes. */
  readonly file: MemoryFile | null;
  readonly isAppending: boolean;
  position: number;
}

/** Thrown by calls that fail; the host turns it into the number. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly errno: number;

  constructor(errno: number) {
    super(`errno ${errno}`);
    this.errno = errno;
  }
}

/** A class because it owns what is open. All of it together holds `bytesMax` bytes at most. */
export class MemoryFiles {
  readonly #files = new Map<string, MemoryFile>();
  readonly #open = new Map<number, Opened>();
  readonly #bytesMax: number;
  #held = 0;
  #inodes = 1;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Not copied: whoever gives the bytes leaves them alone. What has a gap is for reading only. */
  put(path: string, bytes: Uint8Array, gap: Gap = NO_GAP): void {
    this.remove(path);
    this.#held += bytes.length;
    this.#files.set(path, { inode: (this.#inodes += 1), bytes, length: bytes.length, gap });
  }

  get(path: string): Uint8Array | null {
    const file = this.#files.get(path);
    return file === undefined ? null : file.bytes.subarray(0, file.length);
  }

  find(path: string): MemoryFile {
    const file = this.#files.get(path);
    if (file === undefined) throw new FileError(ERRNO.noEntry);
    return file;
  }

  /** Behind a descriptor. */
  fileOf(descriptor: number): MemoryFile {
    const { file } = this.#opened(descriptor);
    if (file === null) throw new FileError(ERRNO.badFile);
    return file;
  }

  remove(path: string): boolean {
    this.#held -= this.#files.get(path)?.bytes.length ?? 0;
    return this.#files.delete(path);
  }

  clear(): void {
    this.#files.clear();
    this.#open.clear();
    this.#held = 0;
  }

  open(path: string, flags: number): number {
    const opened: Opened = {
      file: RANDOM.has(path) ? null : this.#fileFor(path, flags),
      isAppending: (flags & APPEND) !== 0,
      position: 0,
    };
    let descriptor = FIRST_DESCRIPTOR;
    while (this.#open.has(descriptor)) descriptor += 1;
    this.#open.set(descriptor, opened);
    return descriptor;
  }

  close(descriptor: number): void {
    if (!this.#open.delete(descriptor) && descriptor >= FIRST_DESCRIPTOR)
      throw new FileError(ERRNO.badFile);
  }

  /** How many bytes were put into `into`; 0 at the end. */
  read(descriptor: number, into: Uint8Array): number {
    const opened = this.#opened(descriptor);
    const { file } = opened;
    if (file === null) {
      randomFillSync(into);
      return into.length;
    }
    const count = readAt(file, opened.position, into);
    opened.position += count;
    return count;
  }

  write(descriptor: number, bytes: Uint8Array): void {
    const opened = this.#opened(descriptor);
    const { file } = opened;
    if (file === null) return;
    if (file.gap !== NO_GAP) throw new FileError(ERRNO.badFile);
    const at = opened.isAppending ? file.length : opened.position;
    const end = at + bytes.length;
    if (end > file.bytes.length) this.#grow(file, end);
    file.bytes.set(bytes, at);
    file.length = Math.max(file.length, end);
    opened.position = end;
  }

  /** The new position; `from` is 0 for the beginning, 1 for where it is, 2 for the end. */
  seek(descriptor: number, offset: number, from: number): number {
    const opened = this.#opened(descriptor);
    if (opened.file === null) throw new FileError(ERRNO.notSeekable);
    const base = [0, opened.position, lengthOf(opened.file)][from];
    const position = (base ?? Number.NaN) + offset;
    if (!(position >= 0)) throw new FileError(ERRNO.invalid);
    opened.position = position;
    return position;
  }

  #opened(descriptor: number): Opened {
    const opened = this.#open.get(descriptor);
    if (opened === undefined) throw new FileError(ERRNO.badFile);
    return opened;
  }

  #fileFor(path: string, flags: number): MemoryFile {
    const isWriting = (flags & (WRITE_ONLY | READ_WRITE)) !== 0;
    const known = this.#files.get(path);
    if (known === undefined && !(isWriting && (flags & CREATE) !== 0))
      throw new FileError(ERRNO.noEntry);
    if (known !== undefined && !(isWriting && (flags & TRUNCATE) !== 0)) return known;
    this.put(path, new Uint8Array(0));
    return this.find(path);
  }

  /** Twice as much as before, or what is asked where that is more. */
  #grow(file: MemoryFile, length: number): void {
    const size = Math.max(file.bytes.length * 2, length);
    if (this.#held - file.bytes.length + size > this.#bytesMax) throw new FileError(ERRNO.noSpace);
    const bytes = new Uint8Array(size);
    bytes.set(file.bytes.subarray(0, file.length));
    this.#held += size - file.bytes.length;
    file.bytes = bytes;
  }
}

/** As a program sees it. */
export function lengthOf({ length, gap }: MemoryFile): number {
  return length + gap.bytes;
}

/** Up to the next border of the gap at most: programs ask again for what is missing. */
function readAt({ bytes, length, gap }: MemoryFile, position: number, into: Uint8Array): number {
  const gapEnd = gap.at + gap.bytes;
  if (position >= gap.at && position < gapEnd) {
    const odd = (position - gap.at) % 2;
    const count = Math.min(into.length, gapEnd - position, GAP_LINES.length - odd);
    into.set(GAP_LINES.subarray(odd, odd + count));
    return count;
  }
  const isBehind = position >= gapEnd;
  const from = isBehind ? position - gap.bytes : position;
  const to = isBehind ? length : gap.at;
  const count = Math.max(0, Math.min(into.length, to - from));
  into.set(bytes.subarray(from, from + count));
  return count;
}
