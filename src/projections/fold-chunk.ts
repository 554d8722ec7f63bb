/** The middle of a projection, pure but for its pauses: rows and events in, rows to write and events to park out. */
import type { ReadModel, Row } from '../core/read-model.ts';
import { BEHIND, reasonOf } from './failure-reason.ts';
import type { ChunkWrite, ParkedDraft, Settled } from './projection-store.ts';
import type { PreparedEvent } from './read-chunk.ts';
import type { HeldRow, RowSet } from './row-set.ts';
import type { RowShape } from './row-values.ts';

export interface Folding {
  readonly model: ReadModel;
  readonly shape: RowShape;
  readonly rows: RowSet;
}

/**
 * About 20 ms. Folding 50,000 orders at once stopped the process for more than half a second, and whoever waited for a
 * connection then was told that there is none.
 */
const EVENTS_PER_TURN = 2_000;

/** Names a stream of a tenant in sets; a tenant's id holds no space. */
export function streamKeyOf(of: { readonly tenant: string; readonly stream: string }): string {
  return `${of.tenant} ${of.stream}`;
}

/**
 * Folds events in order. An event that fails is parked; so is what follows it in its stream, and everything of a
 * stream in `parked`, to which the streams of newly parked events are added. An event changes all its rows or none.
 */
export async function foldEvents(
  folding: Folding,
  events: readonly PreparedEvent[],
  parked: Set<string>,
): Promise<ChunkWrite> {
  const dirty: HeldRow[] = [];
  const park: ParkedDraft[] = [];
  let handled = 0;
  for (const prepared of events) {
    handled += 1;
    if (handled % EVENTS_PER_TURN === 0) await nextTurn();
    const behind = parked.size > 0 && parked.has(streamKeyOf(prepared));
    const reason = behind ? BEHIND : handle(folding, prepared, dirty);
    if (reason === null) continue;
    park.push(draftOf(prepared, reason));
    if (prepared.stream !== '') parked.add(streamKeyOf(prepared));
  }
  return { ...written(dirty), park, settle: [] };
}

/**
 * Folds again what was parked of one stream. Up to the first that fails everything is settled; that one stays, and
 * with it what waits behind. Events without a stream stand each for itself.
 */
export function foldParked(
  folding: Folding,
  events: readonly { readonly position: bigint; readonly prepared: PreparedEvent | null }[],
  skipFirst: boolean,
): ChunkWrite {
  const dirty: HeldRow[] = [];
  const settle: Settled[] = [];
  for (const [index, { position, prepared }] of events.entries()) {
    if (index === 0 && skipFirst) {
      settle.push({ position, outcome: 'skipped' });
      continue;
    }
    // Retention removed it, or the model no longer asks for it: there is nothing to handle.
    const reason = prepared === null ? null : handle(folding, prepared, dirty);
    if (reason === null) settle.push({ position, outcome: 'handled' });
    else {
      settle.push({ position, outcome: 'failed', reason, keys: prepared?.keys ?? [] });
      if (prepared?.stream !== '') break;
    }
  }
  return { ...written(dirty), park: [], settle };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Null when the event was handled, else why not. */
function handle(folding: Folding, prepared: PreparedEvent, dirty: HeldRow[]): string | null {
  const { event, keys, failure } = prepared;
  if (failure !== null || event === null || keys === null) return failure ?? 'record: Error';
  const { model, shape, rows } = folding;
  // Made for the first: a list that is pushed to has room for 17, and most events change one row.
  let changes: Changed[] | null = null;
  try {
    for (const key of keys) {
      const held = rows.take(prepared.tenant, key);
      const row = model.project(held.row, event, key);
      if (row === held.row) continue;
      const canonical = row === null ? null : shape.canonical(row, held.row);
      // A second consent for the same channel, say: written again it would be what it is.
      if (canonical === held.row) continue;
      if (changes === null) changes = [{ held, row: canonical }];
      else changes.push({ held, row: canonical });
    }
  } catch (error) {
    return reasonOf('project', error);
  }
  for (const { held, row } of changes ?? []) {
    held.row = row;
    held.position = prepared.position;
    if (held.dirty) continue;
    held.dirty = true;
    dirty.push(held);
  }
  return null;
}

interface Changed {
  readonly held: HeldRow;
  readonly row: Row | null;
}

function draftOf(prepared: PreparedEvent, reason: string): ParkedDraft {
  const { position, tenant, stream, type, keys } = prepared;
  return { position, tenant, stream, type, reason, attempts: 1, keys: keys ?? [] };
}

/** The rows as they are now, in order of key: neighbours in the table are written together. */
function written(dirty: readonly HeldRow[]): Pick<ChunkWrite, 'rows' | 'allNew'> {
  const rows = dirty.map(({ tenant, key, row, position }) => ({ tenant, key, row, position }));
  let allNew = true;
  for (const held of dirty) {
    allNew &&= !held.stored && held.row !== null;
    held.dirty = false;
    held.stored = held.row !== null;
  }
  rows.sort((left, right) =>
    left.tenant === right.tenant
      ? compare(left.key, right.key)
      : compare(left.tenant, right.tenant),
  );
  return { rows, allNew };
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
