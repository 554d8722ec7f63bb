/** A stream as it was, and what happened to it. */
import { Failure } from '../core/errors.ts';
import type { StoredEvent } from '../core/event.ts';
import { causationOf } from '../core/record-event.ts';
import type { KnownAggregate } from './catalogue.ts';
import { diff } from './diff.ts';
import type { FoldedStream } from './fold.ts';
import type { StreamLoader, StreamPlace } from './load-stream.ts';
import type { HistoryEntry, StreamState } from './pipeline.ts';

/** One page of a history: each entry carries what its event changed. */
const HISTORY_PAGE_MAX = 1_000;

export function streamStateOf({ state, version, at }: FoldedStream): StreamState {
  return { state, version, at };
}

/**
 * Entries after a version, oldest first. What changed is told of what clients see, the view: a state may hold what they
 * must not. Errors: INPUT_INVALID for a limit out of range.
 */
export async function readHistory(
  loader: StreamLoader,
  place: StreamPlace,
  { afterVersion, limit }: { readonly afterVersion: bigint; readonly limit: number },
): Promise<{ readonly entries: readonly HistoryEntry[]; readonly more: boolean }> {
  if (limit < 1 || limit > HISTORY_PAGE_MAX || afterVersion < 0n)
    throw new Failure('INPUT_INVALID', `A page of history has 1 to ${HISTORY_PAGE_MAX} entries.`);
  let before =
    afterVersion === 0n ? loader.fresh(place) : await loader.asOf(place, { version: afterVersion });
  const entries: HistoryEntry[] = [];
  let shown = viewOf(place.known, before.state);
  for await (const events of loader.pages(place, afterVersion + 1n, limit + 1))
    for (const read of events) {
      if (entries.length === limit) return { entries, more: true };
      before = loader.fold(place, before, read);
      const view = viewOf(place.known, before.state);
      entries.push(entryOf(place.known, read.event, { before: shown, after: view }));
      shown = view;
    }
  return { entries, more: false };
}

function entryOf(
  known: KnownAggregate,
  event: StoredEvent,
  { before, after }: { readonly before: unknown; readonly after: unknown },
): HistoryEntry {
  const { actor, commandId, causationId, correlationId } = causationOf(event);
  return {
    version: event.streamVersion,
    eventId: event.id,
    type: nameOf(known, event.type),
    at: event.time ?? new Date(Number(event.recordedAtMicros / 1000n)).toISOString(),
    recordedAtMicros: event.recordedAtMicros,
    actor,
    commandId,
    causationId,
    correlationId,
    changes: diff(before, after),
  };
}

/** Name in code; the CloudEvents type of an event that the module does not know. */
function nameOf({ aggregate }: KnownAggregate, wire: string): string {
  const found = aggregate.events.find(({ wireName }) => wire.startsWith(`${wireName}.v`));
  return found?.name ?? wire;
}

function viewOf({ aggregate }: KnownAggregate, state: unknown): unknown {
  if (aggregate.view === undefined) return state;
  try {
    return aggregate.view(state);
  } catch (cause) {
    throw new Failure('INTERNAL', `The view of ${aggregate.category} failed.`, { cause });
  }
}
