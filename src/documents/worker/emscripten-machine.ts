/** A running instance of a program that emscripten compiled, as its surroundings see it. */

export type Value = number | bigint;
export type Callable = (...args: readonly Value[]) => Value | undefined;
/** What a module imports: by name, whatever it takes. */
export type Calls = Readonly<Record<string, (...args: never[]) => Value | undefined | void>>;

/** What the surroundings call; `Program` adds what the program is for. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly __indirect_function_table: { get(index: number): Callable };
  /** Of builds that watch their stack. */
  readonly emscripten_stack_init?: () => void;
  __wasm_call_ctors(): void;
  setThrew(threw: number, value: number): void;
  _emscripten_stack_restore(pointer: number): void;
  _emscripten_stack_alloc(bytes: number): number;
  emscripten_stack_get_current(): number;
}

/** Of programs with exceptions. */
export interface ThrowingExports extends Exports {
  _emscripten_tempret_set(value: number): void;
  __cxa_decrement_exception_refcount(pointer: number): void;
  __cxa_increment_exception_refcount(pointer: number): void;
  __cxa_can_catch(caught: number, thrown: number, adjusted: number): number;
  __cxa_get_exception_ptr(pointer: number): number;
}

/** One object for the life of a process, of which each instance fills in all parts anew. */
export interface Machine<Program extends Exports = Exports> {
  exports: Program;
  /** The memory, as bytes and as words; made again when it grows. */
  heap: Uint8Array;
  words: Int32Array;
  /** Functions of the table that were called before. */
  functions: Callable[];
  /** Exceptions: those being handled, how many are under way, and the one that is. */
  caught: number[];
  underWay: number;
  last: number;
  /** What was said of errors since the last line end. */
  line: string;
}

export function lookAtMemory(machine: Machine): void {
  const { buffer } = machine.exports.memory;
  machine.heap = new Uint8Array(buffer);
  machine.words = new Int32Array(buffer);
}
