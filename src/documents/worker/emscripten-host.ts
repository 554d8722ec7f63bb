/**
 * What a program that emscripten compiled stands on. It takes the place of the scripts that come with such programs,
 * which build their surroundings anew for each instance (6 of the 9 ms of one), ask for parts of the runtime that are denied
 * here, and talk to the console.
 *
 * The functions are made once for a process, so that the runtime translates them once; each instance has a table and
 * globals of its own, and a memory of zeros, so nothing of an earlier one is reachable from it. A module that asks for anything else than
 * what is here is refused when the process begins.
 */
import { exceptionCalls, invokes, longjmpCalls } from './emscripten-exceptions.ts';
import {
  lookAtMemory,
  type Calls,
  type Exports,
  type Machine,
  type ThrowingExports,
} from './emscripten-machine.ts';
import { systemCalls } from './emscripten-system.ts';
import { MemoryFiles } from './memory-files.ts';
import { MEMORY_IMPORT, type LimitedModule } from './limited-wasm.ts';
import { wasm, type WasmMemory, type WasmModule } from './web-assembly.ts';

const INVOKE = 'invoke_';

/** Names of a build that shortened them: what they stand for. */
export type Names = Readonly<Record<string, string>>;

export interface HostOptions {
  /** What all files of the program hold together. */
  readonly bytesMax: number;
  /** Of what it imports and exports; none by default. */
  readonly names?: { readonly imports: Names; readonly exports: Names };
  /** Hears what the program says of errors, line by line. */
  note(line: string): void;
}

/** A class because it owns an instance and its files. One use at a time. */
export class EmscriptenHost<Program extends Exports> {
  readonly files: MemoryFiles;
  readonly machine: Machine<Program>;
  readonly #limited: LimitedModule;
  readonly #imports: Readonly<Record<string, Calls>>;
  #memory: WasmMemory | null = null;
  readonly #exportNames: Names | undefined;

  /** Throws for a module that asks for what is not here. */
  constructor(limited: LimitedModule, { bytesMax, names, note }: HostOptions) {
    this.#limited = limited;
    this.#exportNames = names?.exports;
    this.files = new MemoryFiles(bytesMax);
    this.machine = {
      // safe because nothing runs before `renew` has put an instance here
      exports: {} as Program,
      heap: new Uint8Array(0),
      words: new Int32Array(0),
      functions: [],
      caught: [],
      underWay: 0,
      last: 0,
      line: '',
    };
    // safe because only a program with exceptions imports what calls more than every program exports
    const throwing = this.machine as Machine as Machine<ThrowingExports>;
    const calls: Calls = {
      ...exceptionCalls(throwing),
      ...longjmpCalls,
      ...systemCalls(this.machine, { files: this.files, note }),
    };
    this.#imports = importsOf(limited.module, {
      calls,
      invoke: invokes(this.machine),
      names: names?.imports ?? {},
    });
  }

  /** A fresh instance without files; the one before is given up. */
  renew(): Program {
    const { machine } = this;
    this.#memory = this.#limited.cleanMemory(this.#memory);
    const { module, name } = MEMORY_IMPORT;
    const given = { ...this.#imports[module], [name]: this.#memory };
    const imports = { ...this.#imports, [module]: given };
    const { exports } = new wasm.Instance(this.#limited.module, imports);
    // safe because the module is the one that whoever made this host has described
    machine.exports = renamed(exports, this.#exportNames) as Program;
    Object.assign(machine, { functions: [], caught: [], underWay: 0, last: 0, line: '' });
    this.files.clear();
    lookAtMemory(machine);
    machine.exports.emscripten_stack_init?.();
    machine.exports.__wasm_call_ctors();
    return machine.exports;
  }
}

interface Surroundings {
  readonly calls: Calls;
  readonly invoke: ReturnType<typeof invokes>;
  readonly names: Names;
}

function importsOf(
  module: WasmModule,
  { calls, invoke, names }: Surroundings,
): Readonly<Record<string, Calls>> {
  const imports: Record<string, Record<string, Calls[string]>> = {};
  for (const asked of wasm.Module.imports(module)) {
    if (asked.kind !== 'function') continue;
    const name = names[asked.name] ?? asked.name;
    const call = name.startsWith(INVOKE) ? invoke(name.slice(INVOKE.length)) : calls[name];
    if (call === undefined) throw new TypeError(`this build asks for ${name}, which is not here`);
    (imports[asked.module] ??= {})[asked.name] = call;
  }
  return imports;
}

function renamed(exports: object, names: Names | undefined): object {
  if (names === undefined) return exports;
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [names[name] ?? name, value]),
  );
}
