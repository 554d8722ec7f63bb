/**
 * States of the streams used last, so that a command on a busy stream reads nothing. Bounded by count and weight.
 *
 *   put -> once -> used again -> often        the oldest of `once` goes first, unless `often` has outgrown its share
 *           |                      ^
 *           +-> gone, key noted -> put again
 *
 * A quick sale leaves two streams that nobody asks for again. In one order of use they put the members out whom the next
 * hour's sales are for; this way they put out one another (2Q, Johnson and Shasha 1994).
 */
import { totalmem } from 'node:os';
import type { FoldedStream } from './fold.ts';

const MEBIBYTE = 1024 * 1024;
/**
 * All states together may take this part of the machine's memory, within the two bounds. A club of 5,000 whose members came
 * fifteen times weighs 65 MB; with room for half of it every sale read its member's stream anew.
 */
const MEMORY_SHARE = 1 / 128;
const BYTES_MAX_LEAST = 32 * MEBIBYTE;
const BYTES_MAX_MOST = 128 * MEBIBYTE;
/** Small states are what most streams have; with what is beside them a state is taken to weigh this much at least. */
const STATE_BYTES_LEAST = 1_600;
/** What was used once: some five thousand sales. More room would only fill with more of them. */
const ONCE_BYTES_MAX = 32 * MEBIBYTE;
/** Map entry, notes and object headers beside the state. */
const ENTRY_BYTES = 600;
/** What was used again may take this much; the rest is for what has yet to show whether it will be. */
const OFTEN_SHARE = 0.75;
/** Keys of this share of all states are noted when they went before they were used again: 90 bytes each. */
const NOTED_SHARE = 0.5;
/** A state that was used among the newest twentieth stays where it is: moving it at every use took 2 us, for nothing. */
const STAYS_SHARE = 20;
/** The bytes of all its events say too much about a state that many events changed: above this it is measured. */
const MEASURED_FROM_BYTES = 8 * 1024;

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

function clear(shelf: Shelf): void {
  shelf.states.clear();
  shelf.bytes = 0;
}

function weightOf({ folded }: Held): number {
  return folded.bytes + ENTRY_BYTES;
}

/** The key of what went. */
function removeOldest(shelf: Shelf): string | undefined {
  let next = shelf.oldest.next();
  if (next.done === true) {
    shelf.oldest = shelf.states.keys();
    next = shelf.oldest.next();
  }
  if (next.done === true) return undefined;
  const held = shelf.states.get(next.value);
  if (held !== undefined) remove(shelf, next.value, held);
  return next.value;
}

/** The newest keys of what went; two halves, of which the older is forgotten whole. */
function createNotes(keysMax: number) {
  let newer = new Set<string>();
  let older = new Set<string>();
  return {
    add(key: string | undefined): void {
      if (key === undefined) return;
      newer.add(key);
      if (newer.size * 2 < keysMax) return;
      older = newer;
      newer = new Set();
    },
    take: (key: string): boolean => newer.delete(key) || older.delete(key),
  };
}

export function createStateCache(limits: StateCacheLimits = {}): StateCache {
  const { statesMax, bytesMax } = { ...roomOf(memoryBytes()), ...limits };
  const once = createShelf();
  const often = createShelf();
  const gone = createNotes(statesMax * NOTED_SHARE);
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

  const isFull = (): boolean =>
    size() > statesMax || once.bytes + often.bytes > bytesMax || once.bytes > ONCE_BYTES_MAX;

  function makeRoom(): void {
    while (isFull()) {
      const hasOutgrown =
        often.states.size > statesMax * OFTEN_SHARE || often.bytes > bytesMax * OFTEN_SHARE;
      if (hasOutgrown || once.states.size === 0) removeOldest(often);
      else gone.add(removeOldest(once));
    }
  }

  return {
    get: (key) => use(key)?.folded,
    put(key, folded) {
      if (folded.epoch !== epoch) return;
      const held = use(key);
      if (held === undefined) {
        uses += 1;
        add(gone.take(key) ? often : once, key, { folded: weighed(folded), movedAt: uses });
      } else if (held.folded.version <= folded.version) {
        often.bytes -= weightOf(held);
        held.folded = weighed(folded);
        often.bytes += weightOf(held);
      }
      makeRoom();
    },
    dropAll() {
      epoch += 1;
      for (const shelf of [once, often]) clear(shelf);
    },
    get epoch() {
      return epoch;
    },
    get size() {
      return size();
    },
  };
}

/** Of a machine, or of the part of it that the process may use. */
function memoryBytes(): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}

function roomOf(memory: number): Required<StateCacheLimits> {
  const bytesMax = stateBytesMax(memory);
  return { bytesMax, statesMax: Math.floor(bytesMax / STATE_BYTES_LEAST) };
}

/** How much all states may weigh on a machine with so much memory. */
export function stateBytesMax(memory: number): number {
  return Math.min(Math.max(memory * MEMORY_SHARE, BYTES_MAX_LEAST), BYTES_MAX_MOST);
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
