/**
 * Queries of one read model. The tenant and its bucket are always bound (L11). Which table is read is settled in the
 * same statement; after a swap the question is asked again of the other one.
 */
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { ReadModel } from '../core/read-model.ts';
import { activeOf } from './generation-changes.ts';
import { LIST_LIMIT_MAX, SHADOW_NOTED_MS } from './limits.ts';
import {
  decodePlace,
  encodePlace,
  filterValue,
  invalid,
  orderWithin,
  START_OF_LIST,
  type ListPlace,
} from './list-input.ts';
import type {
  Generation,
  ProjectionRecord,
  ProjectionStore,
  RowSelection,
  SelectedRow,
} from './projection-store.ts';
import {
  KEYS_PER_READ_MAX,
  type ReadRow,
  type RowListQuery,
  type RowPage,
  type RowReader,
} from './projections.ts';
import { timeText } from './row-values.ts';

/** A table is swapped at most once in seconds; more tries than this in vain mean that something is broken. */
const TRIES_MAX = 5;

/** A copy of a small house takes seconds; whoever waits for a large one sees its progress meanwhile. */
const BUILDING_RETRY_SECONDS = 1;

export interface ReaderParts {
  readonly store: ProjectionStore;
  readonly clock: Clock;
  readonly bucketOf: (tenant: string) => number;
  /** The projection as last read. */
  record(name: string): ProjectionRecord | undefined;
  refresh(): Promise<void>;
}

type Question = Omit<RowSelection, 'generation' | 'bucket'>;

export function createRowReader(model: ReadModel, parts: ReaderParts): RowReader {
  return {
    list: (query) => list(model, parts, query),
    async get({ tenant, key, asOfMicros }) {
      // Nothing longer or odder was ever stored.
      if (key.includes('\0') || !key.isWellFormed()) return null;
      const ask = (): Question => ({ tenant, key, limit: 1, filters: [], order: [] });
      const { rows } = await select(model, parts, { tenant, asOfMicros, ask });
      return rows[0] === undefined ? null : readRow(rows[0]);
    },
    getMany: (query) => getMany(model, parts, query),
  };
}

async function getMany(
  model: ReadModel,
  parts: ReaderParts,
  { tenant, keys, asOfMicros }: Parameters<RowReader['getMany']>[0],
): Promise<ReadonlyMap<string, ReadRow>> {
  const asked = [...new Set(keys)].filter((key) => !key.includes('\0') && key.isWellFormed());
  if (asked.length > KEYS_PER_READ_MAX)
    throw invalid('keys', `at most ${KEYS_PER_READ_MAX} rows are read at once.`, {
      code: 'TOO_MANY_ITEMS',
      params: { limit: KEYS_PER_READ_MAX },
    });
  if (asked.length === 0) return new Map();
  const ask = (): Question => ({
    tenant,
    keys: asked,
    limit: asked.length,
    filters: [],
    order: [],
  });
  const { rows } = await select(model, parts, { tenant, asOfMicros, ask });
  return new Map(rows.map((row) => [row.key, readRow(row)]));
}

async function list(model: ReadModel, parts: ReaderParts, query: RowListQuery): Promise<RowPage> {
  const { tenant, asOfMicros } = query;
  const after = query.after ?? START_OF_LIST;
  const limit = Math.max(1, Math.min(query.limit, LIST_LIMIT_MAX));
  const { rows, generation } = await select(model, parts, {
    tenant,
    asOfMicros,
    ask: (of) => {
      const order = orderWithin(model.list?.order ?? [], of.columns);
      const types = order.map(({ column }) => of.columns[column] ?? 'text');
      const filters = filtersOf(model, of, query.filters);
      const place = after === START_OF_LIST ? undefined : decodePlace(after, types);
      const bounds = { range: rangeOf(model, of, query.range), within: withinOf(model, of, query) };
      return { tenant, limit: limit + 1, filters, ...bounds, order, after: place };
    },
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = last === undefined ? after : encodePlace(placeOf(model, generation, last));
  return { items: page.map(readRow), next, more: rows.length > limit };
}

function placeOf(model: ReadModel, generation: Generation, { key, row }: SelectedRow): ListPlace {
  const order = orderWithin(model.list?.order ?? [], generation.columns);
  return { key, values: order.map(({ column }) => row[column] ?? null) };
}

function filtersOf(
  model: ReadModel,
  { columns }: Generation,
  given: RowListQuery['filters'],
): RowSelection['filters'] {
  const declared = model.list?.filters ?? {};
  return Object.entries(given).map(([name, text]) => {
    const column = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (column === undefined)
      throw invalid(name, 'is not a filter of this list.', { code: 'NOT_ACCEPTED' });
    const type = columns[column];
    if (type === undefined)
      throw new Failure(
        'UNAVAILABLE',
        `The list is being rebuilt; filter ${name} is not there yet.`,
      );
    return { column, value: filterValue(name, text, type) };
  });
}

function rangeOf(
  model: ReadModel,
  { columns }: Generation,
  given: RowListQuery['range'],
): RowSelection['range'] {
  const { from, to } = given ?? {};
  if (from === undefined && to === undefined) return undefined;
  const column = model.list?.range?.column;
  if (column === undefined)
    throw invalid('from', 'and to are not for this list.', { code: 'NOT_ACCEPTED' });
  const type = columns[column];
  if (type === undefined)
    throw new Failure('UNAVAILABLE', 'The list is being rebuilt; its range is not there yet.');
  return {
    column,
    ...(from === undefined ? {} : { from: filterValue('from', from, type) }),
    ...(to === undefined ? {} : { to: filterValue('to', to, type) }),
  };
}

function withinOf(
  model: ReadModel,
  { columns }: Generation,
  { locations = null }: RowListQuery,
): RowSelection['within'] {
  const column = model.list?.location;
  if (column === undefined || locations === null) return undefined;
  if (!Object.hasOwn(columns, column))
    throw new Failure('UNAVAILABLE', 'The list is being rebuilt; its location is not there yet.');
  return { column, values: locations };
}

function readRow({ key, row, incomplete }: SelectedRow): ReadRow {
  return { key, row, incomplete };
}

async function select(
  model: ReadModel,
  parts: ReaderParts,
  query: {
    readonly tenant: string;
    readonly asOfMicros: bigint | undefined;
    readonly ask: (of: Generation) => Question;
  },
): Promise<{ readonly rows: readonly SelectedRow[]; readonly generation: Generation }> {
  const bucket = parts.bucketOf(query.tenant);
  // A shadow is there or not; one look that is fresh settles it.
  const triesMax = query.asOfMicros === undefined ? TRIES_MAX : 2;
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (tries > 0) await parts.refresh();
    const generation = generationOf(model, parts.record(model.name), query.asOfMicros);
    if (generation === undefined) continue;
    const selected = await parts.store.select({ ...query.ask(generation), generation, bucket });
    const current = query.asOfMicros !== undefined || selected.active === generation.generation;
    if (!selected.usable || !current) continue;
    if (query.asOfMicros !== undefined) await noteUsed(parts, generation);
    return { rows: selected.rows, generation };
  }
  if (query.asOfMicros !== undefined)
    throw notBuilt(model, parts.record(model.name), query.asOfMicros);
  throw new Failure('UNAVAILABLE', `The read model ${model.name} is not there yet.`);
}

/** Now and then, while a shadow is read. The record is as of the last look, a second ago. */
async function noteUsed({ store, clock }: ReaderParts, shadow: Generation): Promise<void> {
  if (clock.nowMs() - shadow.usedAtMs > SHADOW_NOTED_MS) await store.used(shadow, null);
}

function generationOf(
  model: ReadModel,
  record: ProjectionRecord | undefined,
  asOfMicros: bigint | undefined,
): Generation | undefined {
  if (record === undefined) return undefined;
  if (asOfMicros === undefined) return activeOf(record);
  return shadowOf(model, record, { asOfMicros, ready: true });
}

function shadowOf(
  model: ReadModel,
  record: ProjectionRecord | undefined,
  wanted: { readonly asOfMicros: bigint; readonly ready: boolean },
): Generation | undefined {
  return record?.generations.find(
    (each) =>
      each.state === 'shadow' &&
      each.asOfMicros === wanted.asOfMicros &&
      each.version === model.version &&
      each.ready === wanted.ready,
  );
}

function notBuilt(
  model: ReadModel,
  record: ProjectionRecord | undefined,
  asOfMicros: bigint,
): Failure {
  const asOf = timeText(asOfMicros);
  const building = shadowOf(model, record, { asOfMicros, ready: false }) !== undefined;
  const detail = building
    ? `The copy of ${model.name} as of ${asOf} is being built.`
    : `There is no copy of ${model.name} as of ${asOf}.`;
  const build = `comptoir rebuild ${model.name} --as-of ${asOf}`;
  return new Failure('AS_OF_NOT_BUILT', detail, {
    extra: { build, model: model.name, asOf, building },
    ...(building ? { retryAfterSeconds: BUILDING_RETRY_SECONDS } : {}),
  });
}
