/**
 * Time and turns of the event loop as values of the seed. While installed, setTimeout, setInterval, setImmediate, Date.now,
 * performance.now and Math.random of this Node process are ours, so the loops of the server run as they are, and always
 * in the same order:
 *
 *   microtasks end -> one ready turn, picked at random, runs -> microtasks end -> ...
 *   nothing is ready -> time jumps to the next timer, which becomes ready
 *
 * Every timer and turn belongs to whoever asked for it (AsyncLocalStorage); those of a process that died never come.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Random } from './random.ts';

/** A simulated process, or anything else whose work ends at once when it dies. */
export interface Owner {
  readonly alive: boolean;
}

export interface VirtualTime {
  /** Milliseconds since the run began. */
  readonly nowMs: number;
  /** Turns and timers that ran. */
  readonly steps: number;
  sleep(ms: number): Promise<void>;
  /** A turn of the event loop that comes whoever dies. */
  turn(): Promise<void>;
  /** Whatever `work` begins belongs to the owner; null is the world outside of all processes. */
  as<T>(owner: Owner | null, work: () => T): T;
  /** Runs until `isOver` says so. Throws when that takes too many steps or nothing is left to run. */
  drive(isOver: () => boolean, stepsMax: number): Promise<void>;
  /** Puts everything of Node back. */
  restore(): void;
}

interface Task {
  readonly owner: Owner | null;
  readonly run: () => void;
}

interface Timer extends Task {
  readonly dueMs: number;
  readonly order: number;
  cancelled: boolean;
}

/** When the simulated world began: any round date does. */
export const EPOCH_MS = Date.UTC(2026, 0, 1);

const owners = new AsyncLocalStorage<{ readonly owner: Owner | null }>();
const realImmediate = setImmediate;

export function installVirtualTime(random: Random): VirtualTime {
  const ready: Task[] = [];
  const timers = new TimerQueue();
  let nowMs = 0;
  let steps = 0;
  let order = 0;

  const current = (): Owner | null => owners.getStore()?.owner ?? null;
  const as = <T>(owner: Owner | null, work: () => T): T => owners.run({ owner }, work);

  function schedule(run: () => void, ms: number, owner: Owner | null): Timer {
    // A little late, never early, as real timers are: so those of equal length do not keep step.
    const dueMs = nowMs + Math.max(1, ms) + random.next();
    const timer = { owner, run, dueMs, order: (order += 1), cancelled: false };
    if (owner?.alive !== false) timers.add(timer);
    return timer;
  }

  const restore = patch({
    current,
    schedule,
    soon: (task) => {
      if (task.owner?.alive !== false) ready.push(task);
    },
    nowMs: () => nowMs,
    random,
  });

  function step(): void {
    steps += 1;
    if (ready.length === 0) {
      const timer = timers.take();
      if (timer === null) throw new Error('nothing is left to run and the run is not over');
      nowMs = Math.max(nowMs, timer.dueMs);
      ready.push(timer);
    }
    const index = random.below(ready.length);
    const [task] = ready.splice(index, 1);
    if (task === undefined || task.owner?.alive === false) return;
    as(task.owner, task.run);
  }

  return {
    get nowMs() {
      return nowMs;
    },
    get steps() {
      return steps;
    },
    sleep: (ms) => new Promise((resolve) => void schedule(resolve, ms, null)),
    turn: () => new Promise((resolve) => void ready.push({ owner: null, run: resolve })),
    as,
    async drive(isOver, stepsMax) {
      const end = steps + stepsMax;
      for (;;) {
        await new Promise<void>((resolve) => void realImmediate(resolve));
        if (isOver()) return;
        if (steps >= end) throw new Error(`the run was not over after ${stepsMax} steps`);
        step();
      }
    },
    restore,
  };
}

interface Patches {
  readonly current: () => Owner | null;
  readonly schedule: (run: () => void, ms: number, owner: Owner | null) => Timer;
  readonly soon: (task: Task) => void;
  readonly nowMs: () => number;
  readonly random: Random;
}

function patch({ current, schedule, soon, nowMs, random }: Patches): () => void {
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = globalThis;
  const [dateNow, mathRandom, monotonic] = [Date.now, Math.random, performance.now];
  const later = (run: () => void, ms = 0): Handle => new Handle(schedule(run, ms, current()));
  const clear = (handle: unknown): void => {
    if (handle instanceof Handle) handle.cancel();
  };
  Object.assign(globalThis, {
    setTimeout: later,
    clearTimeout: clear,
    setInterval(run: () => void, ms: number) {
      const owner = current();
      const again = (): void => {
        handle.timer = schedule(again, ms, owner);
        run();
      };
      const handle = new Handle(schedule(again, ms, owner));
      return handle;
    },
    clearInterval: clear,
    setImmediate: (run: () => void) => soon({ owner: current(), run }),
  });
  Date.now = () => EPOCH_MS + Math.floor(nowMs());
  Math.random = () => random.next();
  performance.now = nowMs;
  return () => {
    Object.assign(globalThis, {
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      setImmediate,
    });
    Date.now = dateNow;
    Math.random = mathRandom;
    performance.now = monotonic;
  };
}

/** What setTimeout and setInterval give: only cancelling means anything here. */
class Handle {
  timer: Timer;

  constructor(timer: Timer) {
    this.timer = timer;
  }

  cancel(): void {
    this.timer.cancelled = true;
  }

  unref(): this {
    return this;
  }

  ref(): this {
    return this;
  }
}

/** A binary heap by time, then by order. */
class TimerQueue {
  readonly #heap: Timer[] = [];

  add(timer: Timer): void {
    const heap = this.#heap;
    heap.push(timer);
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  /** The next that is to run, taken out; null when there is none. */
  take(): Timer | null {
    for (;;) {
      const timer = this.#pop();
      if (timer === undefined) return null;
      if (!timer.cancelled && timer.owner?.alive !== false) return timer;
    }
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = right < heap.length && this.#isBefore(right, left) ? right : left;
      if (child >= heap.length || !this.#swapIfBefore(child, index)) return first;
      index = child;
    }
  }

  #isBefore(index: number, other: number): boolean {
    const [one, two] = [this.#heap[index], this.#heap[other]];
    if (one === undefined || two === undefined) return false;
    return one.dueMs < two.dueMs || (one.dueMs === two.dueMs && one.order < two.order);
  }

  #swapIfBefore(index: number, other: number): boolean {
    const [one, two] = [this.#heap[index], this.#heap[other]];
    if (one === undefined || two === undefined || !this.#isBefore(index, other)) return false;
    this.#heap[index] = two;
    this.#heap[other] = one;
    return true;
  }
}
