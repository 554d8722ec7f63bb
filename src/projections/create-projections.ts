/** The projections of a process: the port of `projections.ts` over a log and a store. */
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import type { Person } from '../core/personal-data.ts';
import type { ReadModel } from '../core/read-model.ts';
import type { LogReader } from '../log/log.ts';
import { askShadow, shadowOf, Turns } from './ask-shadow.ts';
import { checkProjections, type CheckPage } from './check-projections.ts';
import { activeOf, inState, planRebuild, planShadow, planSwapBack } from './generation-changes.ts';
import { lagSecondsOf } from './lag.ts';
import type { Lane } from './lane.ts';
import { SWAP_BACK_LAG_MAX_SECONDS } from './limits.ts';
import { replayParked } from './parked-events.ts';
import { defineProjectionMetrics } from './projection-metrics.ts';
import type {
  Change,
  Generation,
  ParkedRecord,
  ProjectionRecord,
  ProjectionStore,
} from './projection-store.ts';
import type { Projections } from './projections.ts';
import { RowMoves } from './row-moves.ts';
import { createRowReader } from './row-reader.ts';
import { microsOfTime } from './row-values.ts';
import { Runner } from './runner.ts';
import { stateHash } from './state-hash.ts';
import { projectionStatuses } from './status.ts';
import { checkTableNames } from './table-name.ts';
import { ActivePositions, waitId, Waiting } from './waiting.ts';

export interface ProjectionsDependencies {
  /** Reveals personal data. */
  readonly log: LogReader;
  /** Each name once. */
  readonly models: readonly ReadModel[];
  readonly store: ProjectionStore;
  readonly clock: Clock;
  readonly metrics: MetricRegistry;
  readonly logger: Logger;
  /** False in a process without the role `projections`: it reads and waits but fills nothing. True by default. */
  readonly works?: boolean;
}

/** What the server needs beside the port. */
export interface RunningProjections extends Projections {
  /** For `comptoir doctor`: replays a few small buckets of the read models after the one named; takes seconds. */
  check(after?: string): Promise<CheckPage>;
  /**
   * Position up to which every projection that is not suspended has passed a bucket: retention drops nothing behind
   * it. Null when there is none.
   */
  passed(bucket: number): Promise<bigint | null>;
  /** Age of the oldest event that this process knows and has not handled; asks nobody, for live figures. */
  knownLagSeconds(): number;
}

/** Throws a TypeError for models whose names clash. */
export function createProjections(deps: ProjectionsDependencies): RunningProjections {
  checkTableNames(deps.models);
  const { log, models, store, clock } = deps;
  const waiting = new Waiting();
  const moves = new RowMoves((name) => runner.record(name));
  const runner: Runner = new Runner({
    ...deps,
    metrics: defineProjectionMetrics(deps.metrics),
    works: deps.works ?? true,
    onStep: ({ options }) => waiting.wake(waitId(options.model.name, options.place.bucket)),
    onMove: (place, move) => moves.tell(place, move),
  });
  const positions = new ActivePositions(store);
  const parts = { log, store, clock, runner, waiting, positions, models };
  const asking = {
    log,
    store,
    clock,
    turns: new Turns(),
    change: (...given: ChangeArguments) => change(parts, ...given),
  };
  const readerParts = {
    store,
    clock,
    bucketOf: (tenant: string) => log.bucketOf(tenant),
    record: (name: string) => runner.record(name),
    refresh: () => runner.refresh(),
  };
  const names = new Set(models.map(({ name }) => name));
  return {
    start: () => runner.start(),
    stop: () => runner.stop(),
    reader: (model) => createRowReader(model, readerParts),
    onMove: (model, tenant, listener) =>
      moves.listen({ name: model.name, bucket: log.bucketOf(tenant) }, listener),
    waitFor: (model, place, timeoutMs) => waitFor(parts, { model, ...place }, timeoutMs),
    waitForAll: (bucket, position, timeoutMs) =>
      waiting.until(waitId('', bucket), () => allHandled(parts, { bucket, position }), timeoutMs),
    status: () => projectionStatuses({ log, store, clock }, names),
    pause: (name) => change(parts, name, () => ({ stoppedBy: 'asked' })),
    resume: (name) => change(parts, name, () => ({ stoppedBy: null })),
    rebuild: (name, { asOf }) => rebuild(parts, name, asOf),
    askShadow: (name, wanted) => askShadow(asking, modelOf(parts, name), wanted),
    shadow: (name, wanted) => shadowOf(asking, modelOf(parts, name), wanted),
    swapBack: (name) => swapBack(parts, name),
    parked: (name, limit) => parkedOf(parts, name, limit),
    retry: (name, of) => replay(parts, name, { ...of, skipFirst: false }),
    skip: (name, of) => replay(parts, name, { ...of, skipFirst: true }),
    stateHash: (name, bucket, source) => hashOf(parts, name, { bucket, source }),
    forget: (person) => forget(parts, person),
    check: (after) => checkProjections({ log, store, models, clock }, after),
    passed: (bucket) => passed(parts, bucket),
    knownLagSeconds: () => knownLagSeconds(parts),
  };
}

interface Parts {
  readonly log: LogReader;
  readonly store: ProjectionStore;
  readonly clock: Clock;
  readonly runner: Runner;
  readonly waiting: Waiting;
  readonly positions: ActivePositions;
  readonly models: readonly ReadModel[];
}

function modelOf({ models }: Parts, name: string): ReadModel {
  const model = models.find((each) => each.name === name);
  if (model === undefined) throw new Failure('NOT_FOUND', `There is no projection ${name}.`);
  return model;
}

type ChangeArguments = [name: string, decide: (record: ProjectionRecord | null) => Change | null];

/** Changes the records, and what runs here at once; other processes follow within a second. */
async function change(
  parts: Parts,
  name: string,
  decide: (record: ProjectionRecord | null) => Change | null,
): Promise<void> {
  await parts.store.change(modelOf(parts, name), decide);
  await parts.runner.refresh();
  // A refresh that was under way may have read the records before the change.
  await parts.runner.refresh();
}

async function recordOf({ store }: Parts, name: string): Promise<ProjectionRecord> {
  const record = (await store.read()).find((each) => each.name === name);
  if (record === undefined) throw new Failure('NOT_FOUND', `There is no projection ${name}.`);
  return record;
}

async function activeGeneration(parts: Parts, name: string): Promise<Generation> {
  modelOf(parts, name);
  const active = activeOf(await recordOf(parts, name));
  if (active === undefined) throw new Failure('NOT_FOUND', `${name} was not begun yet.`);
  return active;
}

async function waitFor(
  { log, runner, waiting, positions }: Parts,
  wanted: { readonly model: ReadModel; readonly tenant: string; readonly position: bigint },
  timeoutMs: number,
): Promise<void> {
  const { name } = wanted.model;
  const bucket = log.bucketOf(wanted.tenant);
  const isReached = async (polled: boolean): Promise<boolean> => {
    // Any of these may be the one that a query reads in a moment: a swap is seen a little later.
    const copies = (runner.record(name)?.generations ?? []).filter(
      ({ state }) => state !== 'shadow',
    );
    const handled = copies.map((copy) => runner.lanesOf(copy)[bucket]?.handled ?? null);
    if (copies.length > 0 && handled.every((at) => at !== null && at >= wanted.position))
      return true;
    const active = handled[copies.findIndex(({ state }) => state === 'active')] ?? null;
    // We have the bucket ourselves and are not there: the database knows no more.
    if (active !== null && active < wanted.position && (copies.length === 1 || !polled))
      return false;
    const stored = await positions.activePosition(name, bucket);
    return stored !== null && stored >= wanted.position;
  };
  await waiting.until(waitId(name, bucket), isReached, timeoutMs);
}

/** Generations of other versions are other processes' business. */
async function allHandled(
  { store, runner, models }: Parts,
  wanted: { readonly bucket: number; readonly position: bigint },
): Promise<boolean> {
  for (const record of await store.read()) {
    const model = models.find(({ name }) => name === record.name);
    if (model === undefined || record.stoppedBy !== null) continue;
    for (const generation of record.generations) {
      if (generation.version !== model.version) continue;
      const lane: Lane | undefined = runner.lanesOf(generation)[wanted.bucket];
      const handled = lane?.handled ?? null;
      if (lane?.sealed === true || (handled !== null && handled >= wanted.position)) continue;
      const at = await store.checkpoint({ generation, bucket: wanted.bucket });
      if (at !== null && !at.sealed && at.position < wanted.position) return false;
    }
  }
  return true;
}

async function rebuild(parts: Parts, name: string, asOf: string | undefined): Promise<void> {
  const { version } = modelOf(parts, name);
  if (asOf === undefined) return change(parts, name, (record) => planRebuild(record, version));
  const micros = microsOfTime(asOf);
  if (micros === null)
    throw new Failure('INPUT_INVALID', 'asOf must be an RFC 3339 time with zone.', {
      errors: [
        {
          at: '/asOf',
          message: 'must be an RFC 3339 time with zone.',
          code: 'WRONG_FORMAT',
          params: { format: 'date-time' },
        },
      ],
    });
  if (micros > BigInt(parts.clock.nowMs()) * 1000n)
    throw new Failure('INPUT_INVALID', 'asOf lies in the future.', {
      errors: [{ at: '/asOf', message: 'must not lie in the future.', code: 'IN_FUTURE' }],
    });
  return change(parts, name, (record) =>
    record === null ? null : planShadow(record, { micros, version }),
  );
}

async function swapBack(parts: Parts, name: string): Promise<void> {
  const model = modelOf(parts, name);
  const retired = inState(await recordOf(parts, model.name), 'retired').at(-1);
  if (retired !== undefined) {
    const lagSeconds = await lagSecondsOf(parts, retired);
    if (lagSeconds > SWAP_BACK_LAG_MAX_SECONDS)
      throw new Failure(
        'INPUT_INVALID',
        `The earlier copy is ${Math.round(lagSeconds)} s behind: nobody keeps it up to date.`,
      );
  }
  await change(parts, name, planSwapBack);
}

/**
 * Of the active copy and of one that is being filled: as long as that has more of them, it is not swapped in, so
 * somebody must see and settle them.
 */
async function parkedOf(parts: Parts, name: string, limit: number) {
  await activeGeneration(parts, name);
  const found = new Map<string, ParkedRecord>();
  for (const generation of leadingCopies(await recordOf(parts, name)))
    for (const parked of await parts.store.parked(generation, limit)) {
      const id = `${parked.bucket} ${parked.position}`;
      if (!found.has(id)) found.set(id, parked);
    }
  return [...found.values()]
    .slice(0, limit)
    .map(({ bucket, position, tenant, stream, type, reason, attempts, parkedAtMs }) => {
      const parkedAt = new Date(parkedAtMs).toISOString();
      return { bucket, position, tenant, stream, type, reason, attempts, parkedAt };
    });
}

/** The active copy, and the one that is to take its place. */
function leadingCopies(record: ProjectionRecord): readonly Generation[] {
  return [...inState(record, 'active'), ...inState(record, 'filling')];
}

/**
 * In every copy that this code fills; what is left is counted in the active one, or in the one being filled when only
 * that has some. Skipping gives up the event that is first there, and only that.
 */
async function replay(
  parts: Parts,
  name: string,
  of: { readonly tenant: string; readonly stream: string; readonly skipFirst: boolean },
): Promise<{ readonly left: number }> {
  const model = modelOf(parts, name);
  const { tenant, stream } = of;
  const bucket = parts.log.bucketOf(tenant);
  const record = await recordOf(parts, name);
  const first = async (generation: Generation): Promise<bigint | undefined> =>
    (await parts.store.parkedOf({ generation, bucket }, { tenant, stream }))[0]?.position;
  let leading: { readonly generation: number; readonly first: bigint } | undefined;
  for (const { generation, ...rest } of leadingCopies(record)) {
    const position = await first({ generation, ...rest });
    if (position !== undefined) leading ??= { generation, first: position };
  }
  if (leading === undefined) return { left: 0 };
  let left = 0;
  for (const generation of record.generations) {
    if (generation.version !== model.version) continue;
    if (of.skipFirst && (await first(generation)) !== leading.first) continue;
    const place = { generation, bucket };
    const replaying = { model, place, of: { tenant, stream }, skipFirst: of.skipFirst };
    const count = await replayParked(parts, replaying);
    if (generation.generation === leading.generation) left = count;
  }
  return { left };
}

async function hashOf(
  parts: Parts,
  name: string,
  { bucket, source }: { readonly bucket: number; readonly source: 'live' | 'replay' },
): Promise<string> {
  const model = modelOf(parts, name);
  const generation = await activeGeneration(parts, name);
  if (generation.version !== model.version)
    throw new Failure('UNAVAILABLE', `${name} is still shown by another version of the code.`);
  return stateHash(parts, model, { place: { generation, bucket }, source });
}

/** Also in copies of other versions: each says which of its columns are personal. */
async function forget(
  { store, log, runner }: Parts,
  { tenant, personId }: Person,
): Promise<readonly string[]> {
  runner.forget();
  const bucket = log.bucketOf(tenant);
  const tables: string[] = [];
  for (const { generations } of await store.read())
    for (const generation of generations) {
      if (generation.personal === 'none') continue;
      await store.clearPerson({ generation, bucket }, tenant, personId);
      // Also when no row was found: one that was removed or renamed before may still lie in the file.
      tables.push(generation.table);
    }
  return tables;
}

function knownLagSeconds({ models, runner, clock }: Parts): number {
  let oldestMicros: bigint | null = null;
  for (const { name } of models) {
    const record = runner.record(name);
    const active = record === undefined ? undefined : activeOf(record);
    for (const { pendingSinceMicros: since } of active === undefined ? [] : runner.lanesOf(active))
      if (since !== null && (oldestMicros === null || since < oldestMicros)) oldestMicros = since;
  }
  if (oldestMicros === null) return 0;
  return Math.max(0, clock.nowMs() - Number(oldestMicros / 1000n)) / 1000;
}

async function passed({ store }: Parts, bucket: number): Promise<bigint | null> {
  let lowest: bigint | null = null;
  for (const { name, stoppedBy, generations } of await store.read()) {
    if (stoppedBy === 'lagging') continue;
    const counted = new Set(
      generations.filter(({ state }) => state !== 'retired').map(({ generation }) => generation),
    );
    for (const each of await store.checkpoints(name)) {
      if (each.bucket !== bucket || !counted.has(each.generation) || each.sealed) continue;
      if (lowest === null || each.position < lowest) lowest = each.position;
    }
  }
  return lowest;
}
