/** qpdf as a program that is run with arguments. Its build has shortened all names to letters. */
import { EmscriptenHost, type HostOptions, type Names } from './emscripten-host.ts';
import type { ThrowingExports } from './emscripten-machine.ts';
import type { LimitedModule } from './limited-wasm.ts';
import { Ended } from './emscripten-system.ts';

/** Of version 0.3.0 of the package, in the order of the letters: a module of another build is refused by its shape. */
const IMPORTS = (
  '__cxa_throw invoke_ii invoke_iii __cxa_find_matching_catch_2 invoke_vi invoke_vii __resumeException invoke_iiii ' +
  'invoke_v __cxa_find_matching_catch_3 invoke_viii invoke_viiii invoke_iiiii __cxa_begin_catch __assert_fail ' +
  'invoke_iiiiiii __cxa_end_catch invoke_viiiiiii invoke_viiiiiiiiii exit invoke_viiiiiiiiiiiiiii ' +
  'invoke_iiiiiiiiiiii __syscall_fcntl64 invoke_iiiiiiii invoke_iiiiij invoke_iiiiii llvm_eh_typeid_for ' +
  '__cxa_rethrow fd_close __syscall_ioctl __syscall_openat emscripten_date_now invoke_dii _tzset_js invoke_iij ' +
  'invoke_iiiiid __cxa_find_matching_catch_4 invoke_viiiii _emscripten_throw_longjmp proc_exit ' +
  '_emscripten_runtime_keepalive_clear _setitimer_js _abort_js __cxa_uncaught_exceptions emscripten_resize_heap ' +
  '__syscall_unlinkat __syscall_stat64 __syscall_renameat _localtime_js fd_seek environ_get environ_sizes_get ' +
  'fd_write fd_read'
).split(' ');
const EXPORTS = (
  'memory __wasm_call_ctors main __indirect_function_table _emscripten_timeout setThrew _emscripten_tempret_set ' +
  '_emscripten_stack_restore _emscripten_stack_alloc emscripten_stack_get_current ' +
  '__cxa_decrement_exception_refcount __cxa_increment_exception_refcount __cxa_can_catch __cxa_get_exception_ptr'
).split(' ');
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$'.split('');
const NAME = 'qpdf';

interface Qpdf extends ThrowingExports {
  main(count: number, args: number): number;
}

/** A class because it owns an instance. One run at a time. */
export class QpdfProgram {
  readonly #host: EmscriptenHost<Qpdf>;

  constructor(module: LimitedModule, options: Omit<HostOptions, 'names'>) {
    const names = {
      imports: named(LETTERS, IMPORTS),
      exports: named(
        LETTERS.slice(0, EXPORTS.length).map((letter) => `${letter}a`),
        EXPORTS,
      ),
    };
    this.#host = new EmscriptenHost(module, { ...options, names });
  }

  get files() {
    return this.#host.files;
  }

  /** Of the instance, as it is now. */
  memory(): Uint8Array {
    return this.#host.machine.heap;
  }

  /** A fresh instance without files; the one before is given up. */
  renew(): void {
    this.#host.renew();
  }

  /** The exit status. Throws what the program itself does not catch, after which it must be renewed. */
  run(args: readonly string[]): number {
    const { machine } = this.#host;
    const { exports } = machine;
    const stack = exports.emscripten_stack_get_current();
    const texts = [NAME, ...args].map((text) => Buffer.from(`${text}\0`));
    const list = exports._emscripten_stack_alloc(4 * (texts.length + 1));
    const pointers = texts.map((text) => {
      const at = exports._emscripten_stack_alloc(text.length);
      machine.heap.set(text, at);
      return at;
    });
    machine.words.set([...pointers, 0], list >> 2);
    try {
      return exports.main(texts.length, list);
    } catch (error) {
      if (error instanceof Ended) return error.code;
      throw error;
    } finally {
      // Whoever ends by `exit` leaves its frames, and forty such runs fill the stack.
      exports._emscripten_stack_restore(stack);
    }
  }
}

function named(letters: readonly string[], names: readonly string[]): Names {
  return Object.fromEntries(letters.map((letter, index) => [letter, names[index] ?? letter]));
}
