/**
 * What has to happen to generations as time goes by: indexes and a swap when a filling one has caught up, a shadow
 * called ready, a retired one dropped, a projection paused that parks too much or suspended that does not move. Every
 * process looks; whoever is first does it, since the change is decided under the lock of the projection.
 */
import type { ReadModel } from '../core/read-model.ts';
import { activeOf, inState, planExpiry, planStart, planSwap } from './generation-changes.ts';
import type { Lane } from './lane.ts';
import { lagSecondsOf } from './lag.ts';
import {
  AS_OF_SETTLE_MS,
  CONTROL_MS,
  PARKED_MAX,
  RETIRED_KEPT_MS,
  STEP_ASIDE_MS,
  SUSPEND_AFTER_MS,
  SUSPEND_CHECK_MS,
  SWAP_LAG_MAX_MICROS,
} from './limits.ts';
import { progressOf } from './progress.ts';
import type { Generation, ParkedCount, ProjectionRecord } from './projection-store.ts';
import type { RunnerOptions } from './runner-options.ts';

export interface GenerationKeeper {
  /** Begins what is missing, for the versions this code declares. */
  begin(): Promise<void>;
  /** Looks after one projection; returns at once, works beside. */
  keep(model: ReadModel, record: ProjectionRecord): void;
  /** Events were parked: pauses the projection when they are too many. */
  parkedMore(model: ReadModel, generation: Generation): void;
  /** Resolves when no work is under way. */
  settled(): Promise<void>;
}

/** A lane that stands aside for another process looks once in STEP_ASIDE_MS. */
const TRAIL_AGE_MAX_MS = 3 * STEP_ASIDE_MS;

interface Given extends Omit<RunnerOptions, 'onStep' | 'works'> {
  readonly lanesOf: (of: Generation) => readonly Lane[];
}

interface Options extends Given {
  /** As of this look at all projections. */
  readonly parkedOf: (of: Generation) => Promise<number>;
}

export function createGenerationKeeper(given: Given): GenerationKeeper {
  const { models, store, logger } = given;
  const options: Options = { ...given, parkedOf: createParkedCounts(given) };
  const underWay = new Map<string, Promise<void>>();
  const once = (id: string, work: () => Promise<void>): void => {
    if (underWay.has(id)) return;
    const working = work()
      .catch((error: unknown) => logger.warn('a projection could not be looked after', { error }))
      .finally(() => underWay.delete(id));
    underWay.set(id, working);
  };
  const suspicion = new Map<string, number>();
  return {
    async begin() {
      for (const model of models)
        await store.change(model, (record) => planStart(record, model.version));
    },
    keep(model, record) {
      once(model.name, async () => {
        await keepOne(options, model, record);
        const nowMs = options.clock.nowMs();
        if (nowMs - (suspicion.get(model.name) ?? 0) < SUSPEND_CHECK_MS) return;
        suspicion.set(model.name, nowMs);
        await suspendStuck(options, model, record);
      });
    },
    parkedMore(model, generation) {
      once(`${model.name} parked`, () => pauseWhenTooMany(options, model, generation));
    },
    settled: async () => void (await Promise.all(underWay.values())),
  };
}

/** One question for all projections that are looked after at the same time. */
function createParkedCounts({ store, clock }: Given): Options['parkedOf'] {
  let asked:
    { readonly atMs: number; readonly counts: Promise<readonly ParkedCount[]> } | undefined;
  return async ({ name, generation }) => {
    const nowMs = clock.nowMs();
    if (asked === undefined || Math.abs(nowMs - asked.atMs) >= CONTROL_MS / 2)
      asked = { atMs: nowMs, counts: store.parkedCounts() };
    const counts = await asked.counts;
    const own = counts.find((each) => each.name === name && each.generation === generation);
    return own?.count ?? 0;
  };
}

async function keepOne(
  options: Options,
  model: ReadModel,
  record: ProjectionRecord,
): Promise<void> {
  const { store, clock, metrics } = options;
  const of = { projection: model.name };
  const own = record.generations.filter(({ version }) => version === model.version);
  for (const generation of own)
    if (generation.state === 'filling')
      await swapWhenCaughtUp(options, model, { record, generation });
    else if (generation.state === 'shadow' && !generation.ready)
      await readyWhenComplete(options, model, generation);
  const over = inState(record, 'retired').some(
    ({ version, changedAtMs }) =>
      version <= model.version && clock.nowMs() - changedAtMs > RETIRED_KEPT_MS,
  );
  if (over) await store.change(model, (now) => planExpiry(now, clock.nowMs()));
  const active = activeOf(record);
  const filling = inState(record, 'filling')[0];
  metrics.stopped.set(record.stoppedBy === null ? 0 : 1, of);
  metrics.rebuildProgress.set(
    filling === undefined ? 1 : (await progressOf(options, filling)).ratio,
    of,
  );
  if (active === undefined) return;
  metrics.parkedEvents.set(await options.parkedOf(active), of);
  const lanes = options.lanesOf(active);
  // Without lanes here (paused, or of another version) the log has to be asked.
  metrics.lagSeconds.set(
    lanes.length > 0
      ? Math.max(...lanes.map((lane) => secondsSince(lane.pendingSinceMicros, clock.nowMs())))
      : await lagSecondsOf(options, active),
    of,
  );
}

function secondsSince(micros: bigint | null, nowMs: number): number {
  return micros === null ? 0 : Math.max(0, nowMs - Number(micros / 1000n)) / 1000;
}

async function swapWhenCaughtUp(
  { store, clock, logger, lanesOf }: Options,
  model: ReadModel,
  { record, generation }: { readonly record: ProjectionRecord; readonly generation: Generation },
): Promise<void> {
  const lanes = lanesOf(generation);
  const recentMs = clock.nowMs() - TRAIL_AGE_MAX_MS;
  const close = lanes.every(
    ({ caughtUp, trail }) =>
      caughtUp || (trail !== null && trail.micros < SWAP_LAG_MAX_MICROS && trail.atMs > recentMs),
  );
  if (lanes.length === 0 || !close) return;
  const number = generation.generation;
  if (!generation.indexed) {
    // Workers of the table wait meanwhile; the swap follows at one of the next looks, when it has caught up again.
    await store.change(model, (now) => (stillFilling(now, number) ? { index: number } : null));
    return;
  }
  const active = activeOf(record);
  const parked = await store.parkedCount(generation);
  if (active !== undefined && parked > (await store.parkedCount(active))) {
    const fields = { name: model.name, count: parked };
    logger.warn('a rebuilt projection is not swapped in: it has parked events', fields);
    return;
  }
  const wanted = { generation: number, nowMs: clock.nowMs() };
  const after = await store.change(model, (now) => planSwap(now, wanted));
  if (after !== null && activeOf(after)?.generation === number)
    logger.info('a rebuilt projection was swapped in', { name: model.name, count: number });
}

function stillFilling(record: ProjectionRecord | null, number: number): boolean {
  return record?.generations.find(({ generation }) => generation === number)?.state === 'filling';
}

async function readyWhenComplete(
  { store, clock, lanesOf }: Options,
  model: ReadModel,
  generation: Generation,
): Promise<void> {
  const lanes = lanesOf(generation);
  const asOfMs = Number((generation.asOfMicros ?? 0n) / 1000n);
  const settled = clock.nowMs() >= asOfMs + AS_OF_SETTLE_MS;
  if (lanes.length === 0 || !lanes.every((lane) => lane.sealed || (lane.caughtUp && settled)))
    return;
  const number = generation.generation;
  await store.change(model, (now) =>
    now?.generations.some((each) => each.generation === number) === true
      ? { index: number, ready: number }
      : null,
  );
}

async function pauseWhenTooMany(
  { store, logger }: Options,
  model: ReadModel,
  generation: Generation,
): Promise<void> {
  const count = await store.parkedCount(generation);
  if (count < PARKED_MAX) return;
  await store.change(model, (now) => (now?.stoppedBy === null ? { stoppedBy: 'parked' } : null));
  const fields = { name: model.name, count };
  logger.error('a projection paused itself: too many events are parked', fields);
}

/** Somewhere there is an event that was recorded that long ago, and the checkpoint did not move since. */
async function suspendStuck(
  options: Options,
  model: ReadModel,
  record: ProjectionRecord,
): Promise<void> {
  const { store, clock, log, logger } = options;
  const active = activeOf(record);
  if (record.stoppedBy === 'lagging' || active === undefined) return;
  const nowMs = clock.nowMs();
  for (const each of await store.checkpoints(model.name)) {
    if (each.generation !== active.generation || nowMs - each.movedAtMs < SUSPEND_AFTER_MS)
      continue;
    if ((await log.head(each.bucket)).position <= each.position) continue;
    if ((await lagSecondsOf(options, active)) * 1000 < SUSPEND_AFTER_MS) continue;
    await store.change(model, () => ({ stoppedBy: 'lagging' }));
    const fields = { name: model.name, bucket: each.bucket };
    logger.error('a projection was suspended: it did not move for days', fields);
    return;
  }
}
