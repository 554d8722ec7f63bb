/**
 * Exceptions of C++ as JavaScript carries them (emscripten 4, src/lib/libexceptions.js): a throw is a number thrown, the
 * address of the object; a function that may throw is called by one of `invoke_*`, which says with setThrew that it did.
 */
import type { Calls, Machine, ThrowingExports, Value } from './emscripten-machine.ts';

/** Machines of programs without exceptions never call what needs more than their exports. */
type Throwing = Machine<ThrowingExports>;

/** The account of an exception lies before it; where its parts stand from there. */
const ACCOUNT_BYTES = 24;
const ACCOUNT = { type: 4, destructor: 8, isCaught: 12, isRethrown: 13, adjusted: 16 } as const;

/** Arguments of those that are written out. */
const SHORT_MAX = 4;

/**
 * `invoke_*` by the letters of its shape, the first of which is what it gives: `viii` takes three. Those of few arguments
 * are most of all calls and are written out: gathering arguments costs more than the call. They give four to what may
 * take less, which a function of WebAssembly ignores.
 */
export function invokes(machine: Machine): (shape: string) => Calls[string] {
  const failed = (error: unknown, stack: number): undefined => {
    machine.exports._emscripten_stack_restore(stack);
    // Everything else is the end of the program, or a defect.
    if (typeof error !== 'number') throw error;
    machine.exports.setThrew(1, 0);
    return undefined;
  };
  // oxlint-disable-next-line max-params -- one array less for each of a million calls
  const short = (at: number, a: Value, b: Value, c: Value, d: Value): Value | undefined => {
    const stack = machine.exports.emscripten_stack_get_current();
    try {
      return (machine.functions[at] ?? looked(machine, at))(a, b, c, d);
    } catch (error) {
      return failed(error, stack);
    }
  };
  const long = (at: number, ...args: Value[]): Value | undefined => {
    const stack = machine.exports.emscripten_stack_get_current();
    try {
      return (machine.functions[at] ?? looked(machine, at))(...args);
    } catch (error) {
      return failed(error, stack);
    }
  };
  return (shape) => (shape.length - 1 <= SHORT_MAX ? short : long);
}

export function exceptionCalls(machine: Throwing): Calls {
  return { ...handling(machine), ...throwing(machine) };
}

/** setjmp and longjmp of C: the same, told apart by the program. */
export const longjmpCalls: Calls = {
  _emscripten_throw_longjmp(): never {
    throw Infinity;
  },
};

/** The table makes a function for each question; here it is asked once. */
function looked({ functions, exports }: Machine, at: number) {
  const found = exports.__indirect_function_table.get(at);
  functions[at] = found;
  return found;
}

function handling(machine: Throwing): Calls {
  return {
    __cxa_begin_catch(thrown: number): number {
      const { heap, caught, exports } = machine;
      const account = thrown - ACCOUNT_BYTES;
      if (heap[account + ACCOUNT.isCaught] === 0) {
        heap[account + ACCOUNT.isCaught] = 1;
        machine.underWay -= 1;
      }
      heap[account + ACCOUNT.isRethrown] = 0;
      caught.push(thrown);
      exports.__cxa_increment_exception_refcount(thrown);
      return exports.__cxa_get_exception_ptr(thrown);
    },
    __cxa_end_catch(): void {
      const { caught, exports } = machine;
      exports.setThrew(0, 0);
      exports.__cxa_decrement_exception_refcount(caught.pop() ?? 0);
      machine.last = 0;
    },
    __cxa_find_matching_catch_2: () => matching(machine, []),
    __cxa_find_matching_catch_3: (type: number) => matching(machine, [type]),
    __cxa_find_matching_catch_4: (a: number, b: number) => matching(machine, [a, b]),
    llvm_eh_typeid_for: (type: number) => type,
    __cxa_uncaught_exceptions: () => machine.underWay,
  };
}

function matching(machine: Throwing, types: readonly number[]): number {
  const { last: thrown, words, exports } = machine;
  if (thrown === 0) {
    exports._emscripten_tempret_set(0);
    return 0;
  }
  const account = thrown - ACCOUNT_BYTES;
  words[(account + ACCOUNT.adjusted) >> 2] = thrown;
  const type = words[(account + ACCOUNT.type) >> 2] ?? 0;
  const found = types.find(
    (each) =>
      each === 0 ||
      each === type ||
      exports.__cxa_can_catch(each, type, account + ACCOUNT.adjusted) !== 0,
  );
  // A clause for everything, or none: the type of the exception itself is told.
  exports._emscripten_tempret_set(found === undefined || found === 0 ? type : found);
  return thrown;
}

function throwing(machine: Throwing): Calls {
  return {
    __cxa_throw(thrown: number, type: number, destructor: number): never {
      const account = thrown - ACCOUNT_BYTES;
      machine.words[(account + ACCOUNT.adjusted) >> 2] = 0;
      machine.words[(account + ACCOUNT.type) >> 2] = type;
      machine.words[(account + ACCOUNT.destructor) >> 2] = destructor;
      machine.underWay += 1;
      return raised(machine, thrown);
    },
    __cxa_rethrow(): never {
      const { caught, heap } = machine;
      const thrown = caught.pop();
      if (thrown === undefined) throw new TypeError('nothing was caught that could be thrown on');
      const account = thrown - ACCOUNT_BYTES;
      if (heap[account + ACCOUNT.isRethrown] === 0) {
        caught.push(thrown);
        heap[account + ACCOUNT.isRethrown] = 1;
        heap[account + ACCOUNT.isCaught] = 0;
        machine.underWay += 1;
      }
      return raised(machine, thrown);
    },
    __resumeException: (thrown: number): never =>
      raised(machine, machine.last === 0 ? thrown : machine.last),
  };
}

function raised(machine: Throwing, thrown: number): never {
  machine.last = thrown;
  throw thrown;
}
