/**
 * The projection store in memory: the model of the other implementation, and the store of tests and of the simulator.
 * Every call is synchronous inside, hence atomic. Several projections may share one store, as processes share one
 * database.
 */
import type { Clock } from '../../core/clock.ts';
import type { ReadModel, Row } from '../../core/read-model.ts';
import type {
  Change,
  Checkpoint,
  CheckpointRecord,
  ChunkWrite,
  Claim,
  Generation,
  ParkedRecord,
  Place,
  ProjectionRecord,
  ProjectionStore,
  RowKey,
  RowWrite,
  Settled,
} from '../projection-store.ts';
import { tableName } from '../table-name.ts';
import { positionsOf } from './positions.ts';
import { compareTexts, selectRows } from './select-rows.ts';

export interface MemoryStoreOptions {
  readonly bucketCount: number;
  readonly clock: Clock;
  /** Persons that were erased; their columns are never written. */
  readonly isErased?: (tenant: string, personId: string) => boolean;
}

interface HeldRow {
  readonly tenant: string;
  readonly key: string;
  readonly row: Row;
  readonly position: bigint;
}

interface HeldParked extends ParkedRecord {
  readonly state: 'parked' | 'skipped';
}

/** One generation in one bucket. */
interface HeldPlace {
  checkpoint: Checkpoint;
  movedAtMs: number;
  readonly rows: Map<string, HeldRow>;
  parked: HeldParked[];
}

interface HeldProjection {
  record: ProjectionRecord;
  nextGeneration: number;
  /** By generation, then bucket. */
  readonly places: Map<number, HeldPlace[]>;
}

/** What the calls of one store share. */
interface Held {
  readonly options: MemoryStoreOptions;
  readonly projections: Map<string, HeldProjection>;
}

export function createMemoryStore(options: MemoryStoreOptions): ProjectionStore {
  const held: Held = { options, projections: new Map() };
  return { ...recordCalls(held), ...writingCalls(held), ...readingCalls(held) };
}

function placeIn({ projections }: Held, { generation, bucket }: Place): HeldPlace | undefined {
  return projections.get(generation.name)?.places.get(generation.generation)?.[bucket];
}

type RecordCalls = Pick<
  ProjectionStore,
  'read' | 'change' | 'used' | 'checkpoints' | 'checkpoint' | 'positions' | 'activePosition'
>;

function recordCalls(held: Held): RecordCalls {
  const { projections, options } = held;
  return {
    read: async () =>
      [...projections.values()]
        .map(({ record }) => record)
        .sort((left, right) => compareTexts(left.name, right.name)),
    change: async (model, decide) => changed(projections, { model, decide, options }),
    async used({ name, generation }, by) {
      const found = projections.get(name);
      if (found === undefined) return;
      const usedAtMs = options.clock.nowMs();
      const generations = found.record.generations.map((each) =>
        each.generation === generation ? { ...each, usedAtMs, usedBy: by ?? each.usedBy } : each,
      );
      found.record = { ...found.record, generations };
    },
    checkpoints: async (name) => [...checkpointsOf(projections.get(name))],
    checkpoint: async (place) => placeIn(held, place)?.checkpoint ?? null,
    positions: async () => positionsOf(projections),
    async activePosition(name, bucket) {
      const found = projections.get(name);
      const active = found?.record.generations.find(({ state }) => state === 'active');
      if (found === undefined || active === undefined) return null;
      return found.places.get(active.generation)?.[bucket]?.checkpoint.position ?? null;
    },
  };
}

function isAt(place: HeldPlace | undefined, expected: Checkpoint): place is HeldPlace {
  return (
    place?.checkpoint.position === expected.position &&
    place.checkpoint.revision === expected.revision
  );
}

type WritingCalls = Pick<
  ProjectionStore,
  'commitChunk' | 'commitParked' | 'advance' | 'clearPerson' | 'withoutErased'
>;

function writingCalls(held: Held): WritingCalls {
  const { options } = held;
  const { clock } = options;
  return {
    async commitChunk(place, work) {
      const before = placeIn(held, place);
      if (!isAt(before, work.expected)) return 'lost';
      const write = await work.fold(loaded(before, work.keys));
      const at = placeIn(held, place);
      if (!isAt(at, work.expected)) return 'lost';
      apply(place, at, { write, options });
      at.checkpoint = { ...at.checkpoint, position: work.position };
      at.movedAtMs = clock.nowMs();
      return 'committed';
    },
    async commitParked(place, work) {
      const at = placeIn(held, place);
      const seen = waiting(at).filter((each) => isOf(each, work));
      const same = seen.length === work.expected.length;
      if (!at || !same || seen.some(({ position }, index) => position !== work.expected[index]))
        return 'lost';
      apply(place, at, { write: work.fold(loaded(at, work.keys)), options });
      at.checkpoint = { ...at.checkpoint, revision: at.checkpoint.revision + 1 };
      return 'committed';
    },
    advance: async (moves) =>
      moves.map(({ place, expected, position, sealed }) => {
        const at = placeIn(held, place);
        if (!isAt(at, expected)) return false;
        at.checkpoint = { ...at.checkpoint, position, sealed };
        at.movedAtMs = clock.nowMs();
        return true;
      }),
    async clearPerson(place, tenant, personId) {
      const at = placeIn(held, place);
      if (at === undefined) return 0;
      const rows = [...at.rows.entries()].filter(
        ([, row]) => row.tenant === tenant && personOf(place.generation, row) === personId,
      );
      for (const [id, row] of rows)
        at.rows.set(id, { ...row, row: cleared(place.generation, row.row) });
      at.checkpoint = { ...at.checkpoint, revision: at.checkpoint.revision + 1 };
      return rows.length;
    },
    withoutErased: async ({ generation }, rows) =>
      rows.map((write) => ({ ...write, row: stored(generation, write, options) })),
  };
}

type ReadingCalls = Omit<ProjectionStore, keyof RecordCalls | keyof WritingCalls>;

function readingCalls(held: Held): ReadingCalls {
  const { projections } = held;
  return {
    claim: async (place) => claimOf(placeIn(held, place)),
    claims: async (generation) =>
      new Map(
        Array.from({ length: held.options.bucketCount }, (_, bucket) => bucket).flatMap(
          (bucket) => {
            const claim = claimOf(placeIn(held, { generation, bucket }));
            return claim === null ? [] : [[bucket, claim] as const];
          },
        ),
      ),
    async select(selection) {
      const { generation, bucket, tenant } = selection;
      const generations = projections.get(generation.name)?.record.generations ?? [];
      const active = generations.find(({ state }) => state === 'active')?.generation ?? null;
      const current = generations.find((each) => each.generation === generation.generation);
      const at = placeIn(held, { generation, bucket });
      if (!at || (current?.state !== 'active' && current?.state !== 'shadow'))
        return { active, usable: false, rows: [] };
      const own = waiting(at).filter((each) => each.tenant === tenant);
      const missing = new Set(own.flatMap(({ keys }) => keys));
      const rows = selectRows(selection, at.rows.values());
      const marked = rows.map((row) => ({ ...row, incomplete: missing.has(row.key) }));
      return { active, usable: true, rows: marked };
    },
    parked: async (generation, limit) =>
      placesOf(projections, generation).flatMap(waiting).slice(0, limit),
    parkedOf: async (place, of) => waiting(placeIn(held, place)).filter((each) => isOf(each, of)),
    parkedCount: async (generation) => placesOf(projections, generation).flatMap(waiting).length,
    parkedCounts: async () =>
      [...projections.values()]
        .flatMap(({ record }) => record.generations)
        .map((generation) => ({
          name: generation.name,
          generation: generation.generation,
          count: placesOf(projections, generation).flatMap(waiting).length,
        }))
        .filter(({ count }) => count > 0),
    async snapshot(place, onRows) {
      const at = placeIn(held, place);
      if (at === undefined) return null;
      onRows([...at.rows.values()].sort(byTenantAndKey));
      const leftOut = at.parked.map(({ position }) => position);
      return { position: at.checkpoint.position, leftOut };
    },
  };
}

function changed(
  projections: Map<string, HeldProjection>,
  work: {
    readonly model: ReadModel;
    readonly decide: (record: ProjectionRecord | null) => Change | null;
    readonly options: MemoryStoreOptions;
  },
): ProjectionRecord | null {
  const { model, decide, options } = work;
  const { name } = model;
  const before = projections.get(name);
  const change = decide(before?.record ?? null);
  if (change === null) return before?.record ?? null;
  const held: HeldProjection = before ?? {
    record: { name, stoppedBy: null, newestVersion: model.version, generations: [] },
    nextGeneration: 1,
    places: new Map(),
  };
  projections.set(name, held);
  const nowMs = options.clock.nowMs();
  let generations = held.record.generations.filter(
    ({ generation }) => !(change.drop ?? []).includes(generation),
  );
  for (const dropped of change.drop ?? []) held.places.delete(dropped);
  for (const { generation, state } of change.states ?? [])
    generations = generations.map((each) =>
      each.generation === generation ? { ...each, state, changedAtMs: nowMs } : each,
    );
  if (change.begin !== undefined) {
    const generation = held.nextGeneration++;
    generations = [...generations, { ...begun(model, generation, nowMs), ...change.begin }];
    held.places.set(
      generation,
      Array.from({ length: options.bucketCount }, () => emptyPlace(nowMs)),
    );
  }
  held.record = {
    ...held.record,
    stoppedBy: change.stoppedBy === undefined ? held.record.stoppedBy : change.stoppedBy,
    newestVersion: change.newestVersion ?? held.record.newestVersion,
    generations: generations.map((each) => ({
      ...each,
      indexed: each.indexed || each.generation === change.index,
      ready: each.ready || each.generation === change.ready,
    })),
  };
  return held.record;
}

function begun(model: ReadModel, generation: number, nowMs: number): Generation {
  const { name, version, columns, personal } = model;
  const table = tableName(name, generation);
  const rest = { state: 'filling', asOfMicros: null, indexed: false, ready: false } as const;
  const times = { startedAtMs: nowMs, changedAtMs: nowMs, usedAtMs: nowMs, usedBy: null };
  return { name, generation, version, table, columns, personal, ...rest, ...times };
}

function emptyPlace(nowMs: number): HeldPlace {
  const checkpoint = { position: 0n, revision: 0, sealed: false };
  return { checkpoint, movedAtMs: nowMs, rows: new Map(), parked: [] };
}

function* checkpointsOf(held: HeldProjection | undefined): Iterable<CheckpointRecord> {
  for (const [generation, places] of held?.places ?? [])
    for (const [bucket, { checkpoint, movedAtMs }] of places.entries())
      yield { ...checkpoint, generation, bucket, movedAtMs };
}

function placesOf(
  projections: ReadonlyMap<string, HeldProjection>,
  { name, generation }: Generation,
): readonly HeldPlace[] {
  return projections.get(name)?.places.get(generation) ?? [];
}

function waiting(held: HeldPlace | undefined): HeldParked[] {
  return (held?.parked ?? []).filter(({ state }) => state === 'parked');
}

function claimOf(at: HeldPlace | undefined): Claim | null {
  return at === undefined ? null : { checkpoint: at.checkpoint, parked: streamsOf(waiting(at)) };
}

function streamsOf(parked: readonly ParkedRecord[]): { tenant: string; stream: string }[] {
  const found = new Map<string, { tenant: string; stream: string }>();
  for (const { tenant, stream } of parked)
    if (stream !== '') found.set(`${tenant} ${stream}`, { tenant, stream });
  return [...found.values()];
}

function isOf(
  parked: ParkedRecord,
  of: { readonly tenant: string; readonly stream: string },
): boolean {
  return parked.tenant === of.tenant && parked.stream === of.stream;
}

const idOf = ({ tenant, key }: RowKey): string => `${tenant} ${key}`;

function loaded(held: HeldPlace, keys: readonly RowKey[]): RowWrite[] {
  return keys.flatMap((key) => held.rows.get(idOf(key)) ?? []);
}

function apply(
  { generation, bucket }: Place,
  held: HeldPlace,
  work: { readonly write: ChunkWrite; readonly options: MemoryStoreOptions },
): void {
  const { write, options } = work;
  const nowMs = options.clock.nowMs();
  for (const { tenant, key, row, position } of write.rows) {
    const id = idOf({ tenant, key });
    if (row === null) {
      held.rows.delete(id);
      continue;
    }
    const kept = stored(generation, { tenant, key, row }, options);
    held.rows.set(id, { tenant, key, position, row: kept });
  }
  for (const settled of write.settle)
    held.parked = held.parked.flatMap((each) => {
      if (each.position !== settled.position) return [each];
      switch (settled.outcome) {
        case 'handled':
          return [];
        case 'skipped':
          return [{ ...each, state: 'skipped' as const }];
        case 'failed':
          return [failedAgain(each, settled)];
      }
    });
  held.parked.push(
    ...write.park.map((draft): HeldParked => ({
      ...draft,
      bucket,
      parkedAtMs: nowMs,
      state: 'parked',
    })),
  );
}

function failedAgain(
  parked: HeldParked,
  { reason, keys }: Extract<Settled, { readonly outcome: 'failed' }>,
): HeldParked {
  return { ...parked, reason, keys, attempts: parked.attempts + 1 };
}

function personOf(
  { personal }: Generation,
  { key, row }: { readonly key: string; readonly row: Row },
): string | null {
  if (personal === 'none') return null;
  if (personal.person === 'key') return key;
  const person = row[personal.person];
  return typeof person === 'string' ? person : null;
}

/** Without what tells about a person that was erased. */
function stored<R extends Row | null>(
  generation: Generation,
  { tenant, key, row }: { readonly tenant: string; readonly key: string; readonly row: R },
  { isErased }: MemoryStoreOptions,
): R | Row {
  const person = row === null ? null : personOf(generation, { key, row });
  return row !== null && person !== null && isErased?.(tenant, person) === true
    ? cleared(generation, row)
    : row;
}

function cleared({ personal }: Generation, row: Row): Row {
  if (personal === 'none') return row;
  return { ...row, ...Object.fromEntries(personal.columns.map((column) => [column, null])) };
}

function byTenantAndKey(left: RowKey, right: RowKey): number {
  return compareTexts(left.tenant, right.tenant) || compareTexts(left.key, right.key);
}
