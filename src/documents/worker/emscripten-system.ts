/** Files, time and the end of a program, as the C library asks for them (emscripten 4, libsyscall.js and libwasi.js). */
import { ERRNO, FileError, lengthOf, type MemoryFile, type MemoryFiles } from './memory-files.ts';
import { lookAtMemory, type Calls, type Machine } from './emscripten-machine.ts';

const PAGE_BYTES = 65_536;
/** As emscripten grows: by a fifth, and by 96 MiB at most. */
const GROWTH = 1.2;
const GROWTH_BYTES_MAX = 96 * 1024 * 1024;
const NOT_A_TERMINAL = 59;
const NOT_SUPPORTED = 52;
const STANDARD_ERROR = 2;
const REGULAR_FILE = 0o100_666;
const BLOCK_BYTES = 4_096;
const STAT_BYTES = 96;
const MS_PER_SECOND = 1_000;
const MS_PER_DAY = 86_400_000;

/** Thrown through the frames of the program when it ends itself. */
export class Ended {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

interface Surroundings {
  readonly files: MemoryFiles;
  /** Hears what is said of errors, line by line. */
  note(line: string): void;
}

export function systemCalls(machine: Machine, surroundings: Surroundings): Calls {
  return {
    ...streams(machine, surroundings),
    ...names(machine, surroundings.files),
    ...time(machine),
    ...program(machine),
  };
}

function streams(machine: Machine, { files, note }: Surroundings): Calls {
  const each = (list: number, count: number, work: (piece: Uint8Array) => number): number => {
    let total = 0;
    for (let index = 0; index < count; index += 1) {
      const at = machine.words[(list >> 2) + index * 2] ?? 0;
      const length = machine.words[(list >> 2) + index * 2 + 1] ?? 0;
      if (length === 0) continue;
      const done = work(machine.heap.subarray(at, at + length));
      total += done;
      if (done < length) break;
    }
    return total;
  };
  return {
    // oxlint-disable-next-line max-params -- the C library gives four
    fd_read: (descriptor: number, list: number, count: number, told: number) =>
      numbered(() => {
        const read = (piece: Uint8Array): number =>
          descriptor === 0 ? 0 : files.read(descriptor, piece);
        machine.words[told >> 2] = each(list, count, read);
      }),
    // oxlint-disable-next-line max-params -- the C library gives four
    fd_write: (descriptor: number, list: number, count: number, told: number) =>
      numbered(() => {
        const write = (piece: Uint8Array): number => {
          if (descriptor > STANDARD_ERROR) files.write(descriptor, piece);
          else if (descriptor === STANDARD_ERROR) hear(machine, piece, note);
          return piece.length;
        };
        machine.words[told >> 2] = each(list, count, write);
      }),
    // oxlint-disable-next-line max-params -- the C library gives four
    fd_seek: (descriptor: number, offset: bigint, from: number, told: number) =>
      numbered(() => {
        if (descriptor <= STANDARD_ERROR) throw new FileError(ERRNO.notSeekable);
        const position = files.seek(descriptor, Number(offset), from);
        machine.words[told >> 2] = position;
        machine.words[(told >> 2) + 1] = 0;
      }),
    fd_close: (descriptor: number) => numbered(() => files.close(descriptor)),
    fd_sync: () => 0,
    __syscall_ioctl: () => -NOT_A_TERMINAL,
    __syscall_fcntl64: () => 0,
  };
}

/** Lines of the standard error; bytes of other alphabets are of no interest here. */
function hear(machine: Machine, piece: Uint8Array, note: (line: string) => void): void {
  const lines = (machine.line + Buffer.from(piece).toString('latin1')).split('\n');
  machine.line = lines.pop() ?? '';
  for (const line of lines) note(line);
}

function names(machine: Machine, files: MemoryFiles): Calls {
  const pathAt = (at: number): string => {
    const { heap } = machine;
    return Buffer.from(heap.buffer, at, heap.indexOf(0, at) - at).toString();
  };
  const stat = (path: number, into: number): number =>
    -numbered(() => describe(machine, files.find(pathAt(path)), into));
  return {
    __syscall_openat: (_folder: number, path: number, flags: number) => {
      try {
        return files.open(pathAt(path), flags);
      } catch (error) {
        return -errnoOf(error);
      }
    },
    __syscall_stat64: stat,
    __syscall_lstat64: stat,
    __syscall_newfstatat: (_folder: number, path: number, into: number) => stat(path, into),
    __syscall_fstat64: (descriptor: number, into: number) =>
      -numbered(() => describe(machine, files.fileOf(descriptor), into)),
    __syscall_unlinkat: (_folder: number, path: number) =>
      files.remove(pathAt(path)) ? 0 : -ERRNO.noEntry,
    __syscall_renameat: () => -NOT_SUPPORTED,
    __syscall_ftruncate64: () => -NOT_SUPPORTED,
    __syscall_getdents64: () => -NOT_SUPPORTED,
    __syscall_rmdir: () => -NOT_SUPPORTED,
  };
}

/** `struct stat` of emscripten. */
function describe(machine: Machine, file: MemoryFile, into: number): void {
  const length = lengthOf(file);
  const view = new DataView(machine.heap.buffer, into, STAT_BYTES);
  for (let at = 0; at < STAT_BYTES; at += 4) view.setInt32(at, 0, true);
  view.setInt32(0, 1, true);
  view.setInt32(4, REGULAR_FILE, true);
  view.setInt32(8, 1, true);
  view.setBigInt64(24, BigInt(length), true);
  view.setInt32(32, BLOCK_BYTES, true);
  view.setInt32(36, Math.ceil(length / BLOCK_BYTES), true);
  view.setBigInt64(88, BigInt(file.inode), true);
}

/** Universal time: nobody knows where the file will be read. */
function time(machine: Machine): Calls {
  const told = (seconds: bigint, into: number): void => {
    const at = new Date(Number(seconds) * MS_PER_SECOND);
    const year = at.getUTCFullYear();
    const dayOfYear = Math.floor((at.getTime() - Date.UTC(year, 0, 1)) / MS_PER_DAY);
    const clock = [at.getUTCSeconds(), at.getUTCMinutes(), at.getUTCHours()];
    const date = [at.getUTCDate(), at.getUTCMonth(), year - 1900, at.getUTCDay(), dayOfYear];
    machine.words.set([...clock, ...date, 0, 0], into >> 2);
  };
  return {
    emscripten_date_now: () => Date.now(),
    _localtime_js: told,
    _gmtime_js: told,
    // oxlint-disable-next-line max-params -- the C library gives four
    _tzset_js: (offset: number, hasSummer: number, name: number, summerName: number) => {
      machine.words[offset >> 2] = 0;
      machine.words[hasSummer >> 2] = 0;
      for (const at of [name, summerName]) machine.heap.set(Buffer.from('UTC\0'), at);
    },
    /** Nothing comes by itself here. */
    _setitimer_js: () => 0,
  };
}

function program(machine: Machine): Calls {
  const end = (code: number): never => {
    throw new Ended(code);
  };
  const broken = (): never => {
    throw new TypeError('the program broke off');
  };
  return {
    exit: end,
    proc_exit: end,
    __assert_fail: broken,
    _abort_js: broken,
    _emscripten_runtime_keepalive_clear: () => undefined,
    environ_get: () => 0,
    environ_sizes_get: (count: number, bytes: number) => {
      machine.words[count >> 2] = 0;
      machine.words[bytes >> 2] = 0;
      return 0;
    },
    emscripten_resize_heap: (asked: number) => (isGrown(machine, asked >>> 0) ? 1 : 0),
  };
}

function isGrown(machine: Machine, asked: number): boolean {
  const held = machine.heap.length;
  const wanted = Math.min(held * GROWTH, held + GROWTH_BYTES_MAX);
  for (const bytes of [Math.max(asked, wanted), asked]) {
    try {
      machine.exports.memory.grow(Math.ceil((bytes - held) / PAGE_BYTES));
      lookAtMemory(machine);
      return true;
    } catch {
      // Less may do; what is asked for is the least.
    }
  }
  return false;
}

/** 0, or the number of the error. */
function numbered(work: () => void): number {
  try {
    work();
    return 0;
  } catch (error) {
    return errnoOf(error);
  }
}

function errnoOf(error: unknown): number {
  if (error instanceof FileError) return error.errno;
  throw error;
}
