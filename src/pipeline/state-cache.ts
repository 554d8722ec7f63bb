/**
 * States of the streams used last, so that a command on a busy stream reads nothing. Bounded by count and weight.
 *
 *   put -> once -> used again -> often        the oldest of `once` goes first, unless `often` has outgrown its share
 *
 * A quick sale leaves two streams that nobody asks for again. In one order of use they put the members out whom the next
 * hour's sales are for; this way they put out one another (2Q, Johnson and Shasha 1994).
 */
import type { FoldedStream } from './fold.ts';

/** Small states are what most streams have: twenty thousand of 500 bytes are 10 MB. */
const STATES_MAX = 20_000;
/** Of a process that should stay below 350 MB in all. */
const BYTES_MAX = 32 * 1024 * 1024;
/** Map entry, notes and object headers beside the state. */
const ENTRY_BYTES = 600;
/** What was used again may take this much; the rest is for what has yet to show whether it will be. */
const OFTEN_SHARE = 0.75;
/** A state that was used among the newest twentieth stays where it is: moving it at every use took 2 us, for nothing. */
const STAYS_SHARE = 20;
/** The bytes of all its events say too much about a state that many events changed: above this it is measured. */
const MEASURED_FROM_BYTES = 64 * 1024;

export interface StateCache {
  get(key: string): FoldedStream | undefined;
  /** Ignored when persons were erased since the state was read. Newest versions win. */
  put(key: string, folded: FoldedStream): void;
  /** Everything read before now is dropped, also what is put later. */
  dropAll(): void;
  /** What a state read from now on must carry. */
  readonly epoch: number;
  readonly size: number;
}

export interface StateCacheLimits {
  readonly statesMax?: number;
  readonly bytesMax?: number;
}

interface Held {
  folded: FoldedStream;
  /** Number of uses of the cache when it was last made the newest. */
  movedAt: number;
}

/** In order of use, oldest first, to within a twentieth of all. */
interface Shelf {
  readonly states: Map<string, Held>;
  bytes: number;
  /** Goes on from the last that went. Begun anew it would pass the places of all that went before: 12 us. */
  oldest: MapIterator<string>;
}

function createShelf(): Shelf {
  const states = new Map<string, Held>();
  return { states, bytes: 0, oldest: states.keys() };
}

function add(shelf: Shelf, key: string, held: Held): void {
  shelf.states.set(key, held);
  shelf.bytes += weightOf(held);
}

function remove(shelf: Shelf, key: string, held: Held): void {
  shelf.states.delete(key);
  shelf.bytes -= weightOf(held);
}

function weightOf({ folded }: Held): number {
  return folded.bytes + ENTRY_BYTES;
}

function removeOldest(shelf: Shelf): void {
  let next = shelf.oldest.next();
  if (next.done === true) {
    shelf.oldest = shelf.states.keys();
    next = shelf.oldest.next();
  }
  if (next.done === true) return;
  const held = shelf.states.get(next.value);
  if (held !== undefined) remove(shelf, next.value, held);
}

export function createStateCache(limits: StateCacheLimits = {}): StateCache {
  const { statesMax = STATES_MAX, bytesMax = BYTES_MAX } = limits;
  const once = createShelf();
  const often = createShelf();
  const stays = Math.floor(statesMax / STAYS_SHARE);
  let uses = 0;
  let epoch = 0;

  const size = (): number => once.states.size + often.states.size;

  /** The state of a key, which counts as used again. */
  function use(key: string): Held | undefined {
    const known = often.states.get(key);
    const held = known ?? once.states.get(key);
    if (held === undefined) return undefined;
    uses += 1;
    if (known !== undefined && uses - held.movedAt <= stays) return held;
    const from = known === undefined ? once : often;
    held.movedAt = uses;
    remove(from, key, held);
    add(often, key, held);
    return held;
  }

  function makeRoom(): void {
    while (size() > statesMax || once.bytes + often.bytes > bytesMax) {
      const hasOutgrown =
        often.states.size > statesMax * OFTEN_SHARE || often.bytes > bytesMax * OFTEN_SHARE;
      removeOldest(hasOutgrown || once.states.size === 0 ? often : once);
    }
  }

  return {
    get: (key) => use(key)?.folded,
    put(key, folded) {
      if (folded.epoch !== epoch) return;
      const held = use(key);
      if (held === undefined) {
        uses += 1;
        add(once, key, { folded: weighed(folded), movedAt: uses });
      } else if (held.folded.version <= folded.version) {
        often.bytes -= weightOf(held);
        held.folded = weighed(folded);
        often.bytes += weightOf(held);
      }
      makeRoom();
    },
    dropAll() {
      epoch += 1;
      for (const shelf of [once, often]) {
        shelf.states.clear();
        shelf.bytes = 0;
      }
    },
    get epoch() {
      return epoch;
    },
    get size() {
      return size();
    },
  };
}

/**
 * Measuring costs as much as the state is large. It is done when the events since the last time could have doubled the
 * state, so all of it together stays in proportion to the events.
 */
function weighed(folded: FoldedStream): FoldedStream {
  const { notes } = folded;
  if (folded.bytes < MEASURED_FROM_BYTES || folded.bytes < 2 * notes.measuredBytes) return folded;
  notes.measuredBytes = Math.max(JSON.stringify(folded.state).length, MEASURED_FROM_BYTES / 2);
  return { ...folded, bytes: notes.measuredBytes };
}
