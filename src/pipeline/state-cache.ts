/** States of the streams used last, so that a command on a busy stream reads nothing. Bounded by count and weight. */
import type { FoldedStream } from './fold.ts';

/** Small states are what most streams have: twenty thousand of 500 bytes are 10 MB. */
const STATES_MAX = 20_000;
/** Of a process that should stay below 350 MB in all. */
const BYTES_MAX = 32 * 1024 * 1024;
/** Map entry, notes and object headers beside the state. */
const ENTRY_BYTES = 600;
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
  readonly folded: FoldedStream;
  /** Number of uses of the cache when it was last made the newest. */
  movedAt: number;
}

export function createStateCache(limits: StateCacheLimits = {}): StateCache {
  const { statesMax = STATES_MAX, bytesMax = BYTES_MAX } = limits;
  /** In order of use, oldest first, to within a twentieth of them. */
  const states = new Map<string, Held>();
  const stays = Math.floor(statesMax / STAYS_SHARE);
  let uses = 0;
  let bytes = 0;
  let epoch = 0;

  function remove(key: string, { folded }: Held): void {
    states.delete(key);
    bytes -= folded.bytes + ENTRY_BYTES;
  }

  return {
    get(key) {
      const held = states.get(key);
      if (held === undefined) return undefined;
      uses += 1;
      if (uses - held.movedAt > stays) {
        held.movedAt = uses;
        states.delete(key);
        states.set(key, held);
      }
      return held.folded;
    },
    put(key, folded) {
      if (folded.epoch !== epoch) return;
      const held = states.get(key);
      if (held !== undefined) {
        if (held.folded.version > folded.version) return;
        remove(key, held);
      }
      const state = weighed(folded);
      uses += 1;
      states.set(key, { folded: state, movedAt: uses });
      bytes += state.bytes + ENTRY_BYTES;
      while (states.size > statesMax || bytes > bytesMax) {
        const [oldest] = states;
        if (oldest === undefined) break;
        remove(...oldest);
      }
    },
    dropAll() {
      epoch += 1;
      states.clear();
      bytes = 0;
    },
    get epoch() {
      return epoch;
    },
    get size() {
      return states.size;
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
