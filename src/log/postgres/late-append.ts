/**
 * When the callers of an append are told that its outcome is not known. The contract allows a second while the database is
 * away; a commit takes milliseconds. Late without being away are two things, and neither is worth a doubt:
 *
 *   this process was busy     the answer lies in the socket, unread: a slice of waiting in which the event loop stood still is
 *                             not counted
 *   the disk is slow          a flush of PostgreSQL's log waits behind other writers: while the server answers something
 *                             else, its answer to the append will come too, and is waited for up to SLICES_SLOW
 *
 *   waiting -> (SLICES_SILENT over, no sign of life, or the connection broke) told -> settled
 */
import type { Queryable } from '../../platform/postgres/database.ts';

/** Three of them are what the contract's second leaves. */
const SLICE_MS = 300;
const SLICES_SILENT = 3;
/** The last slice of those begins with a question that any server that is there answers. */
const PROBED_FROM = SLICES_SILENT - 1;
/** Five seconds: what a till or a browser waits at all. */
const SLICES_SLOW = 16;
/** A timer that is later than this was held up by what else this process did. */
const HELD_UP_MS = 100;
/** Slices that were held up, at most: a process that is never free has to say something too. */
const HELD_UP_MAX = 10;
/** Room for the answer before the slice ends. */
const PROBE_TIMEOUT_MS = SLICE_MS - 50;

export interface Lateness {
  readonly waitedMs: number;
  /** Slices in which the event loop stood still. */
  readonly heldUp: number;
  /** Whether the server had answered something else a moment ago. */
  readonly isAlive: boolean;
}

export interface LateAppend {
  /** The connection broke: from now on only signs of a server that is away are to be expected. */
  lost(): void;
  /** The outcome is known. */
  settled(): void;
}

/** Calls `tell` once, unless `settled` comes first. */
export function watchAppend(on: Queryable, tell: (late: Lateness) => void): LateAppend {
  const startedMs = performance.now();
  let slices = 0;
  let heldUp = 0;
  let isAlive = false;
  let isLost = false;
  let sliceStartedMs = startedMs;
  let timer = setTimeout(sliceOver, SLICE_MS);

  function sliceOver(): void {
    const nowMs = performance.now();
    const isHeldUp = nowMs - sliceStartedMs > SLICE_MS + HELD_UP_MS && heldUp < HELD_UP_MAX;
    if (isHeldUp) heldUp++;
    else slices++;
    if (slices >= (isAlive && !isLost ? SLICES_SLOW : SLICES_SILENT)) {
      tell({ waitedMs: nowMs - startedMs, heldUp, isAlive });
      return;
    }
    if (slices >= PROBED_FROM && !isLost) probe();
    sliceStartedMs = nowMs;
    timer = setTimeout(sliceOver, SLICE_MS);
  }

  function probe(): void {
    isAlive = false;
    on.query({ text: 'select 1', timeoutMs: PROBE_TIMEOUT_MS }).then(
      () => (isAlive = true),
      () => {},
    );
  }

  return {
    lost() {
      isLost = true;
    },
    settled: () => clearTimeout(timer),
  };
}
