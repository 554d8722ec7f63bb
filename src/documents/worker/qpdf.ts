/**
 * qpdf as WebAssembly: each job has an instance of its own, with files in memory only. The runs of one job share it,
 * because making one costs three times what a run on a file of ten pages does (9 ms of CPU and 3).
 */
import { constants } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TaskRefused } from '../../platform/workers/worker-messages.ts';
import { WASM_BYTES_MAX } from '../limits.ts';
import { compileLimited } from './limited-wasm.ts';
import { wasm } from './web-assembly.ts';

/** What qpdf ends with when it gives up (its manual, "Exit Status"); 0 is success, 3 success with warnings. */
export const QPDF_FAILED = 2;

const MESSAGES_MAX = 50;
/** The package reads its module for each instance, which is then not looked at: it may as well read something short. */
const SMALL_FILE = fileURLToPath(new URL('web-assembly.ts', import.meta.url));

export interface QpdfRun {
  /** 0, QPDF_FAILED or 3. */
  readonly code: number;
  /** For judging the kind of failure only: they quote the file. */
  readonly messages: string;
  /** Null when there is no such file; files are gone with the next run. */
  read(path: string): Uint8Array | null;
  remove(path: string): void;
}

interface FileSystem {
  writeFile(path: string, bytes: Uint8Array): void;
  readFile(path: string): Uint8Array;
  unlink(path: string): void;
  readdir(path: string): readonly string[];
}

interface Instance {
  readonly FS: FileSystem;
  callMain(args: readonly string[]): number;
}

type Create = (options: { readonly locateFile: () => string }) => Promise<Instance>;

const require = createRequire(import.meta.url);
const binary = require.resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm');
// safe because the package is CommonJS and its types do not know how to write a file
const create = require('@neslinesli93/qpdf-wasm') as Create;
// The package asks the runtime for these numbers in a way that is denied to a process with few permissions.
Object.defineProperty(process, 'binding', { value: () => ({ fs: constants }) });
const compiled = compileLimited(pathToFileURL(binary), WASM_BYTES_MAX);

/** What the package makes for itself. */
const OWN_FOLDERS: ReadonlySet<string> = new Set(['.', '..', 'dev', 'home', 'proc', 'tmp']);

interface Shared {
  readonly instance: Instance;
  /** Of the run under way. */
  messages: string[];
}
let shared: Shared | null = null;

/** Before each job: what one file left in the memory of the module is not there for the next. */
export function forgetQpdf(): void {
  shared = null;
}

/**
 * Runs qpdf with these files. Errors: TaskRefused TOO_COMPLEX when it runs out of memory or breaks off.
 */
export async function runQpdf(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array>>,
): Promise<QpdfRun> {
  const { instance, messages } = await begin();
  for (const [path, bytes] of Object.entries(files)) instance.FS.writeFile(path, bytes);
  let code: number;
  try {
    code = instance.callMain(args);
  } catch {
    // Nobody knows what state it is in.
    forgetQpdf();
    throw tooComplex();
  } finally {
    // The package sets it when qpdf warns or fails; it would become ours.
    process.exitCode = 0;
  }
  const text = messages.join('\n');
  if (/bad_alloc|out of memory/i.test(text)) {
    forgetQpdf();
    throw tooComplex();
  }
  return {
    code,
    messages: text,
    read(path) {
      try {
        return instance.FS.readFile(path);
      } catch {
        return null;
      }
    },
    remove: (path) => instance.FS.unlink(path),
  };
}

/** The instance of this job, with no files and no messages. */
async function begin(): Promise<Shared> {
  if (shared === null) {
    const made: { messages: string[] } = { messages: [] };
    const note = (line: string): void => {
      if (made.messages.length < MESSAGES_MAX) made.messages.push(line);
    };
    shared = Object.assign(made, { instance: await instantiate(note) });
    return shared;
  }
  const { FS } = shared.instance;
  for (const name of FS.readdir('/')) if (!OWN_FOLDERS.has(name)) FS.unlink(`/${name}`);
  shared.messages = [];
  return shared;
}

/**
 * The package compiles by itself, takes no module from outside and says what it has to say to the console: it is given
 * ours in the places where it asks.
 */
async function instantiate(note: (line: string) => void): Promise<Instance> {
  const module = await compiled;
  const { instantiate: original } = wasm;
  const { log, error } = console;
  console.log = () => undefined;
  console.error = note;
  wasm.instantiate = async (_bytes, imports) => ({
    module,
    instance: new wasm.Instance(module, imports),
  });
  try {
    return await create({ locateFile: () => SMALL_FILE });
  } finally {
    wasm.instantiate = original;
    console.log = log;
    console.error = error;
  }
}

function tooComplex(): TaskRefused {
  return new TaskRefused('TOO_COMPLEX', 'The file needs more memory or time than it may have.');
}
