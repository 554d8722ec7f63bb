/**
 * Two workers on the same buckets, with crashes before and after commits, moves that get lost, and interleavings drawn
 * from a seed. Whatever happens, each row is the fold of its events, each once and in order (L8). The same check is
 * shown to find stores in which rows and checkpoint are not one.
 */
import { expect, test } from 'vitest';
import { wireType } from '../core/event-type.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { planStart } from './generation-changes.ts';
import { Lane } from './lane.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { replayParked } from './parked-events.ts';
import type { Place, ProjectionStore } from './projection-store.ts';
import { createWriter, ignored, noted, trailModel, type Broken } from './projections.fixture.ts';
import { SharedReads } from './shared-reads.ts';

/** Mulberry32: small, seeded, good enough to draw cases. */
function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

class Crash extends Error {
  override readonly name = 'Crash';
}

type Wrap = (store: ProjectionStore, random: (below: number) => number) => ProjectionStore;

/** Other work runs between any two calls, and one call in eight ends in a crash before or after it. */
const crashing: Wrap = (store, random) => {
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let turns = random(4); turns > 0; turns -= 1) await Promise.resolve();
    if (random(16) === 0) throw new Crash();
    const result = await call();
    if (random(16) === 0) throw new Crash();
    return result;
  };
  return {
    ...store,
    checkpoint: (place) => around(() => store.checkpoint(place)),
    commitChunk: (place, work) => around(() => store.commitChunk(place, work)),
    advance: (moves) => around(() => store.advance(moves)),
  };
};

/** The defect: rows are written in one transaction and the checkpoint is moved in another. */
const checkpointApart: Wrap = (store, random) => ({
  ...store,
  async commitChunk(place, work) {
    const { expected, position } = work;
    const outcome = await store.commitChunk(place, { ...work, position: expected.position });
    if (outcome === 'lost') return outcome;
    if (random(8) === 0) throw new Crash();
    await store.advance([{ place, expected, position, sealed: false }]);
    return outcome;
  },
});

/** The defect: a checkpoint that is not where it was left does not roll the chunk back. */
const blindMove: Wrap = (store) => ({
  ...store,
  async commitChunk(place, work) {
    const now = await store.checkpoint(place);
    return store.commitChunk(place, { ...work, expected: now ?? work.expected });
  },
});

const TENANTS = ['ana', 'bia', 'caio'];

interface World {
  readonly log: MemoryLog;
  readonly store: ProjectionStore;
  readonly lanes: readonly Lane[];
  readonly broken: Broken;
  readonly random: (below: number) => number;
  readonly write: ReturnType<typeof createWriter>;
  /** Advances as the test wants. */
  readonly clock: { nowMs: () => number; move(ms: number): void };
}

async function worldOf(seed: number, wrap: Wrap): Promise<World> {
  const random = randomOf(seed);
  let nowMs = Date.UTC(2026, 10, 21);
  const clock = { nowMs: () => nowMs, move: (ms: number) => void (nowMs += ms) };
  const log = createMemoryLog({ bucketCount: 2, clock });
  const held = createMemoryStore({ bucketCount: 2, clock });
  const broken: Broken = { current: true };
  const model = trailModel({ broken });
  const record = await held.change(model, (before) => planStart(before, model.version));
  const generation = record!.generations[0]!;
  const store = crashing(wrap(held, random), random);
  const lanes = [0, 1].flatMap((bucket) =>
    [0, 1].map(() => {
      const reads = new SharedReads(log, bucket);
      return new Lane({ model, place: { generation, bucket }, store, log, reads, clock });
    }),
  );
  return { log, store: held, lanes, broken, random, write: createWriter(log), clock };
}

async function stepOf({ clock }: World, lane: Lane): Promise<void> {
  if (clock.nowMs() < lane.asideUntilMs) return;
  try {
    await lane.step();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}

async function flushOf({ store, random }: World, lane: Lane): Promise<void> {
  const move = lane.unwritten;
  if (move === null) return;
  const written = crashing(store, random)
    .advance([move])
    .then(([moved]) => moved ?? false);
  lane.flushing(move, written);
  await written.catch(() => {});
}

let number = 0;

async function appendSome(world: World): Promise<void> {
  const { random, write } = world;
  const tenant = TENANTS[random(TENANTS.length)]!;
  const stream = `notes/${random(3)}`;
  const notes = Array.from({ length: 1 + random(4) }, () => {
    number += 1;
    const fails = random(12) === 0 ? { fails: 'project' as const } : {};
    return { key: `k${random(3)}-${stream}`, number, ...fails };
  });
  await write({ tenant, stream }, notes, random(4) === 0 ? ignored : noted);
}

/** Runs one world to its end; the rows as they are, and as they must be. */
async function run(seed: number, wrap: Wrap): Promise<{ rows: unknown; expected: unknown }> {
  const world = await worldOf(seed, wrap);
  const { random, lanes } = world;
  const some = (): Lane => lanes[random(lanes.length)]!;
  for (let turn = 0; turn < 60; turn += 1) {
    const stepping = new Set(random(2) === 0 ? [some()] : [some(), some()]);
    await Promise.all([appendSome(world), ...[...stepping].map((lane) => stepOf(world, lane))]);
    if (random(3) === 0) await flushOf(world, some());
    world.clock.move(random(700));
  }
  await drain(world);
  world.broken.current = false;
  await retryAll(world);
  await drain(world);
  return { rows: await rowsOf(world), expected: await expectedOf(world) };
}

/** Both workers go on until nothing is left; crashes included, so it takes some rounds. */
async function drain(world: World): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    for (const lane of world.lanes) await stepOf(world, lane);
    world.clock.move(1_100);
    if (world.lanes.every(({ caughtUp }) => caughtUp) && round > 4) return;
  }
}

async function retryAll({ log, store, lanes }: World): Promise<void> {
  for (const { options } of lanes)
    for (const of of (await store.claim(options.place))?.parked ?? []) {
      const { model, place } = options;
      expect(await replayParked({ log, store }, { model, place, of, skipFirst: false })).toBe(0);
    }
}

async function rowsOf({ store, lanes }: World): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const place of new Set<Place>(lanes.map(({ options }) => options.place)))
    await store.snapshot(place, (rows) => {
      for (const { tenant, key, row } of rows) found[`${tenant} ${key}`] = row?.['numbers'];
    });
  return found;
}

/** By the log alone: keys are of one stream each, so a retry that comes late changes no order. */
async function expectedOf({ log }: World): Promise<Record<string, number[]>> {
  const expected: Record<string, number[]> = {};
  for (const bucket of [0, 1]) {
    const batches = await log.readBatches(bucket, 0n, { eventsMax: 100_000 });
    const events = batches.flatMap((batch) =>
      Array.from({ length: batch.count }, (_, index) => batch.eventAt(index)!),
    );
    for (const event of events.filter(({ type }) => type === wireType(noted))) {
      const data = JSON.parse(new TextDecoder().decode(event.data));
      (expected[`${event.tenant} ${data.key}`] ??= []).push(data.number);
    }
  }
  return expected;
}

const SEEDS = Array.from({ length: 150 }, (_, index) => index + 1);
const sound: Wrap = (store) => store;

test.each(SEEDS)('seed %i: every event is in its rows once and in order', async (seed) => {
  const { rows, expected } = await run(seed, sound);
  expect(rows).toEqual(expected);
});

test.each([
  ['moves the checkpoint in a transaction of its own', checkpointApart],
  ['moves the checkpoint from wherever it is', blindMove],
] as const)('a store that %s is found', async (_name, wrap) => {
  let found = 0;
  for (const seed of SEEDS.slice(0, 20)) {
    const { rows, expected } = await run(seed, wrap).catch(() => ({ rows: null, expected: {} }));
    if (JSON.stringify(rows) !== JSON.stringify(expected)) found += 1;
  }
  expect(found).toBeGreaterThanOrEqual(18);
});
