/** A moment of a stream as asked for over HTTP, and what the stream was then. Shared by module and stream routes. */
import { Failure } from '../core/errors.ts';
import type { HistoryEntry, Pipeline, StreamState } from '../pipeline/pipeline.ts';
import { rfc3339Micros } from '../core/event-json.ts';
import type { HistoryEntryView } from '../contract-modules.ts';
import { invalid, isNewestFirst, limitOf, limitParameter, microsOf, ORDER } from './query-input.ts';
import type { Parameter } from './route.ts';

export interface StreamPlace {
  readonly tenant: string;
  readonly category: string;
  readonly id: string;
}

export type Moment = { readonly version: bigint } | { readonly atMicros: bigint };

export const HISTORY_LIMIT = { standard: 100, max: 1000 };

export const AT: Parameter = {
  name: 'at',
  in: 'query',
  description: 'As it was recorded up to this time, inclusive; RFC 3339 with zone.',
  schema: { type: 'string', format: 'date-time' },
};
export const VERSION: Parameter = {
  name: 'version',
  in: 'query',
  description: 'As it was at this version.',
  schema: { type: 'integer', minimum: 1 },
};
export const HISTORY_PARAMETERS: readonly Parameter[] = [
  {
    name: 'after',
    in: 'query',
    description: 'Version; what follows it in this order is listed.',
    schema: { type: 'integer', minimum: 0 },
  },
  ORDER,
  limitParameter('entries', HISTORY_LIMIT),
];

/** The moment of `?version=` or `?at=`, null for now. Errors: INPUT_INVALID, also when both are given. */
export function momentOf(query: ReadonlyMap<string, string>): Moment | null {
  const version = query.get('version');
  const atMicros = microsOf(query, 'at');
  if (version !== undefined && atMicros !== undefined)
    throw invalid('version', 'and at cannot be given together.', {
      code: 'NOT_WITH',
      params: { others: ['at'] },
    });
  if (version !== undefined) return { version: versionOf(version, 'version') };
  return atMicros === undefined ? null : { atMicros };
}

/** A version from 1 on. Errors: INPUT_INVALID. */
export function versionOf(text: string, name: string): bigint {
  if (!/^\d{1,18}$/.test(text) || BigInt(text) < 1n)
    throw invalid(name, 'must be a version: a whole number from 1.', 'NO_VERSION');
  return BigInt(text);
}

/**
 * What the stream was at the moment. Errors: NOT_FOUND when it had no events then, or does not have the version yet,
 * with the same words for a stream that never was and one of another tenant.
 */
export async function stateAt(
  pipeline: Pipeline,
  place: StreamPlace,
  moment: Moment | null,
): Promise<StreamState> {
  const found =
    moment === null
      ? await pipeline.load(place.tenant, place.category, place.id)
      : await pipeline.loadAsOf(place, moment);
  if (found.version === 0n) throw unknownId();
  if (moment !== null && 'version' in moment && found.version < moment.version)
    throw new Failure('NOT_FOUND', `There are ${found.version} versions so far.`);
  return found;
}

/** The same words for an id that was never given out and for one of another tenant (L11). */
export function unknownId(): Failure {
  return new Failure('NOT_FOUND', 'There is nothing with this id.');
}

/** A page of what happened to a stream, oldest or newest first. Errors: INPUT_INVALID, NOT_FOUND. */
export async function historyPage(
  pipeline: Pipeline,
  place: StreamPlace,
  query: ReadonlyMap<string, string>,
) {
  const limit = limitOf(query, HISTORY_LIMIT);
  const text = query.get('after');
  if (text !== undefined && !/^\d{1,18}$/.test(text))
    throw invalid('after', 'must be a version.', 'NO_VERSION');
  const after = text === undefined ? null : BigInt(text);
  if (isNewestFirst(query)) return newestHistory(pipeline, place, { after, limit });
  const afterVersion = after ?? 0n;
  const { entries, more } = await pipeline.history(place, { afterVersion, limit });
  if (entries.length === 0) await stateAt(pipeline, place, null);
  const next = entries.at(-1)?.version ?? afterVersion;
  return { items: entries.map(entryView), next: next.toString(), more };
}

/** Versions are dense, so the newest are read forward from where they begin. */
async function newestHistory(
  pipeline: Pipeline,
  place: StreamPlace,
  { after, limit }: { readonly after: bigint | null; readonly limit: number },
) {
  const { version } = await stateAt(pipeline, place, null);
  const before = after === null || after > version ? version + 1n : after;
  const afterVersion = before > BigInt(limit) ? before - BigInt(limit) - 1n : 0n;
  const count = Number(before - afterVersion) - 1;
  const { entries } =
    count < 1 ? { entries: [] } : await pipeline.history(place, { afterVersion, limit: count });
  const items = entries.map(entryView).reverse();
  const next = entries[0]?.version ?? before;
  return { items, next: next.toString(), more: next > 1n };
}

function entryView(entry: HistoryEntry): HistoryEntryView {
  const { version, recordedAtMicros, changes, ...rest } = entry;
  return {
    version: Number(version),
    ...rest,
    recordedAt: rfc3339Micros(recordedAtMicros),
    changes: [...changes],
  };
}

/** What clients see of a state: what its aggregate shows of it, always an object. */
export function viewOf(
  aggregate: { view?(state: unknown): object },
  state: unknown,
): Readonly<Record<string, unknown>> {
  const shown = aggregate.view === undefined ? state : aggregate.view(state);
  return typeof shown === 'object' && shown !== null ? { ...shown } : { value: shown };
}
