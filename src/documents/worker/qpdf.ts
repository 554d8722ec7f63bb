/**
 * qpdf as WebAssembly: each job has an instance of its own, with files in memory only. The runs of one job share it,
 * because making one costs as much as a run on a file of ten pages.
 */
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { RUN_FILES_BYTES_MAX, WASM_BYTES_MAX } from '../limits.ts';
import { compileLimited } from './limited-wasm.ts';
import type { Gap } from './memory-files.ts';
import { QpdfProgram } from './qpdf-program.ts';

/** What qpdf ends with when it gives up (its manual, "Exit Status"); 0 is success, 3 success with warnings. */
export const QPDF_FAILED = 2;

const MESSAGES_MAX = 50;

/**
 * qpdf takes no number of an object that is higher than a third of the bytes of the file: it drops what the table says
 * of it in silence (QPDF::initialize), where readers show it and run it. So files look as large as it takes for the
 * highest number there may be (ISO 32000-1, annex C), by lines before the place where nothing but the place of the table
 * follows. More would cost time where qpdf searches to the end of the file.
 */
const NUMBER_MAX = 8_388_607;
const SEEN_BYTES = 3 * (NUMBER_MAX + 1);
const TABLE_MARK = Buffer.from('startxref');

export interface QpdfRun {
  /** 0, QPDF_FAILED or 3. */
  readonly code: number;
  /** For judging the kind of failure only: they quote the file. */
  readonly messages: string;
  /** Null when there is no such file; files are gone with the next run. */
  read(path: string): Uint8Array | null;
  remove(path: string): void;
}

const binary = new URL(import.meta.resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm'));
let messages: string[] = [];
const program = compileLimited(binary, WASM_BYTES_MAX).then(
  (module) =>
    new QpdfProgram(module, {
      bytesMax: RUN_FILES_BYTES_MAX,
      note(line) {
        if (messages.length < MESSAGES_MAX) messages.push(line);
      },
    }),
);
let isFresh = false;

/** Before each job: what one file left in the memory of the module is not there for the next. */
export function forgetQpdf(): void {
  isFresh = false;
}

/**
 * Runs qpdf with these files. Errors: TaskRefused TOO_COMPLEX when it runs out of memory or breaks off.
 */
export async function runQpdf(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array>>,
): Promise<QpdfRun> {
  const qpdf = await program;
  messages = [];
  let code: number;
  try {
    if (!isFresh) qpdf.renew();
    isFresh = true;
    qpdf.files.clear();
    for (const [path, bytes] of Object.entries(files)) qpdf.files.put(path, bytes, gapIn(bytes));
    code = qpdf.run(args);
  } catch {
    // Nobody knows what state it is in.
    forgetQpdf();
    throw tooComplex();
  }
  const text = messages.join('\n');
  if (/bad_alloc|out of memory/i.test(text)) {
    forgetQpdf();
    throw tooComplex();
  }
  return {
    code,
    messages: text,
    read: (path) => qpdf.files.get(path),
    remove: (path) => void qpdf.files.remove(path),
  };
}

function gapIn(bytes: Uint8Array): Gap | undefined {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(TABLE_MARK);
  const missing = SEEN_BYTES - bytes.length;
  return at < 0 || missing <= 0 ? undefined : { at, bytes: missing };
}

function tooComplex(): TaskRefused {
  return new TaskRefused('TOO_COMPLEX', 'The file needs more memory or time than it may have.');
}
