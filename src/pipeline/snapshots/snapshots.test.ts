import { describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { createMemoryLog } from '../../log/memory/memory-log.ts';
import {
  accountsModule,
  asking,
  deposit,
  HASH_SECRET,
  open,
  openPipeline,
  plainPersonalData,
  stateOf,
  TENANT,
  testClock,
} from '../fixture.ts';
import { snapshotContract } from './fixture.ts';
import { createMemorySnapshots } from './memory-snapshots.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-codec.ts';
import type { SnapshotPlace, SnapshotStore, StoredSnapshot } from './snapshots.ts';

const PLACE: SnapshotPlace = { tenant: TENANT, stream: 'accounts/a', stateVersion: 1 };

describe('the memory store', () => {
  const store = createMemorySnapshots({ nowMs: () => Date.now() });
  snapshotContract(() => ({ store, noteErased: async () => {} }));
});

test('a snapshot is decoded for its own place and version only, and never when damaged', () => {
  const taken = { version: 3n, eventId: 'e3', persons: [], state: { a: [1, null, 'é'] } };
  const snapshot = encodeSnapshot(PLACE, taken);
  expect(decodeSnapshot(PLACE, snapshot)).toEqual({ state: taken.state });
  for (const other of [
    { ...PLACE, tenant: 'x' },
    { ...PLACE, stream: 'accounts/b' },
    { ...PLACE, stateVersion: 2 },
  ])
    expect(decodeSnapshot(other, snapshot)).toBeUndefined();
  expect(decodeSnapshot(PLACE, { ...snapshot, version: 4n })).toBeUndefined();
  expect(decodeSnapshot(PLACE, { ...snapshot, eventId: 'e4' })).toBeUndefined();
  for (let byte = 0; byte < snapshot.state.length; byte += 1) {
    const state = snapshot.state.slice();
    state[byte]! ^= 1;
    expect(decodeSnapshot(PLACE, { ...snapshot, state })).toBeUndefined();
  }
});

/** A log with 60 events in `accounts/a` and its snapshots. */
async function filled(options: { events?: number; stateVersion?: number } = {}) {
  const log = createMemoryLog();
  const clock = testClock();
  const snapshots = createMemorySnapshots(clock);
  const pipeline = openPipeline({
    log,
    reader: log,
    clock,
    snapshots,
    limits: { snapshots: { events: 25 } },
  });
  await open(pipeline, 'a');
  for (let i = 1; i < (options.events ?? 60); i += 1) await deposit(pipeline, 'a');
  await pipeline.close();
  return { log, clock, snapshots };
}

/** Reads of a stream by a pipeline that has nothing in memory: from which version on. */
async function loadFresh(
  log: ReturnType<typeof createMemoryLog>,
  snapshots: SnapshotStore,
  stateVersion = 1,
) {
  const reads: bigint[] = [];
  const reader = {
    ...log,
    readStream(...args: Parameters<typeof log.readStream>) {
      reads.push(args[2].fromVersion);
      return log.readStream(...args);
    },
  };
  const told: string[] = [];
  const logger = {
    debug() {},
    info() {},
    error() {},
    warn: (text: string) => void told.push(text),
  };
  const modules = [accountsModule(stateVersion)];
  const pipeline = openPipeline({ log, reader, snapshots, modules, logger });
  const state = await stateOf(pipeline, 'a');
  return { reads, state, told };
}

test('a long stream loads from its snapshot and the events after it', async () => {
  const { log, snapshots } = await filled();
  const { reads, state } = await loadFresh(log, snapshots);
  expect(state).toMatchObject({ balance: 59, entries: 60 });
  expect(reads).toEqual([1n, 50n]);
});

test('a short stream is read once and never has a snapshot', async () => {
  const { log, snapshots } = await filled({ events: 19 });
  const asked: string[] = [];
  const { reads } = await loadFresh(log, {
    ...snapshots,
    find(place) {
      asked.push(place.stream);
      return snapshots.find(place);
    },
  });
  expect([reads, asked]).toEqual([[1n], []]);
  expect(await snapshots.find(PLACE)).toBeNull();
});

test('the snapshot of an older or newer version of the module is ignored', async () => {
  const { log, snapshots } = await filled();
  for (const stateVersion of [2, 3]) {
    const { reads, state } = await loadFresh(log, snapshots, stateVersion);
    expect(state).toMatchObject({ balance: 59 });
    expect(reads).toEqual([1n, 21n]);
  }
});

describe('a planted snapshot is ignored, told and rebuilt', () => {
  const lie = { status: 'open', balance: 1_000_000, entries: 1, lastAt: null, note: null };
  const plants: [string, (row: StoredSnapshot) => Partial<StoredSnapshot>][] = [
    ['with a damaged state', ({ state }) => ({ state: state.map((byte) => byte ^ 1) })],
    ['with a state cut short', ({ state }) => ({ state: state.subarray(5) })],
    ['with a damaged checksum', ({ checksum }) => ({ checksum: checksum.map((byte) => byte ^ 1) })],
    [
      'of another stream',
      (row) => encodeSnapshot({ ...PLACE, stream: 'accounts/b' }, { ...row, state: lie }),
    ],
    [
      'of another version of the module',
      (row) => encodeSnapshot({ ...PLACE, stateVersion: 2 }, { ...row, state: lie }),
    ],
    ['ahead of the log', (row) => encodeSnapshot(PLACE, { ...row, version: 99n, state: lie })],
    ['of another log', (row) => encodeSnapshot(PLACE, { ...row, eventId: 'foreign', state: lie })],
  ];
  test.each(plants)('%s', async (_, plant) => {
    const { log, snapshots } = await filled();
    const row = (await snapshots.find(PLACE))!;
    const planted = { ...snapshots, find: async () => ({ ...row, ...plant(row) }) };
    const { state, told } = await loadFresh(log, planted);
    expect(state).toMatchObject({ balance: 59, entries: 60 });
    expect(told).toHaveLength(1);
  });
});

test('a snapshot is written by age where events are few', async () => {
  const log = createMemoryLog();
  const clock = testClock();
  const snapshots = createMemorySnapshots(clock);
  const limits = { snapshots: { events: 1_000, ageMs: 3_600_000 } };
  const pipeline = openPipeline({ log, reader: log, clock, snapshots, limits });
  await open(pipeline, 'a');
  for (let i = 1; i < 40; i += 1) await deposit(pipeline, 'a');
  expect(await snapshots.find(PLACE)).toBeNull();
  clock.set(clock.nowMs() + 3_600_000);
  await deposit(pipeline, 'a');
  await until('the first snapshot', () => snapshots.find(PLACE));
  for (let i = 0; i < 30; i += 1) await deposit(pipeline, 'a');
  expect(await snapshots.find(PLACE)).toMatchObject({ version: 41n });
  clock.set(clock.nowMs() + 3_600_000);
  await deposit(pipeline, 'a');
  await pipeline.close();
  expect(await snapshots.find(PLACE)).toMatchObject({ version: 72n });
});

test('a store that fails or hangs holds no command up', async () => {
  const log = createMemoryLog();
  let saves = 0;
  const snapshots: SnapshotStore = {
    find: async () => null,
    forget: async () => [],
    save: () => {
      saves += 1;
      return saves === 1 ? Promise.reject(new Error('no')) : new Promise(() => {});
    },
  };
  const pipeline = openPipeline({
    log,
    reader: log,
    snapshots,
    limits: { snapshots: { events: 20 } },
  });
  await open(pipeline, 'a');
  for (let i = 0; i < 100; i += 1) await deposit(pipeline, 'a');
  expect(await stateOf(pipeline, 'a')).toMatchObject({ balance: 100 });
  expect(saves).toBe(2);
});

test('a snapshot names the persons it holds, and none that were erased before', async () => {
  const log = createMemoryLog();
  const clock = testClock();
  const snapshots = createMemorySnapshots(clock);
  const personal = plainPersonalData();
  const over = { log, reader: log, clock, snapshots, personal, hashSecret: HASH_SECRET };
  const writing = openPipeline({ ...over, limits: { snapshots: { events: 25 } } });
  await open(writing, 'a');
  await writing.handle(asking(['TakeNote', 'a'], { text: 'likes tea' }));
  for (let i = 0; i < 30; i += 1) await deposit(writing, 'a');
  await writing.close();
  const reference = personal.referenceOf(TENANT, 'a');
  expect(await snapshots.find(PLACE)).toMatchObject({ persons: [reference] });

  personal.erase();
  await snapshots.forget({ tenant: TENANT, personId: 'a', reference });
  const later = openPipeline({ ...over, limits: { snapshots: { events: 20 } } });
  await deposit(later, 'a');
  await later.close();
  const rebuilt = await snapshots.find(PLACE);
  expect(rebuilt).toMatchObject({ persons: [], version: 33n });
  expect(Buffer.from(rebuilt!.state).toString()).not.toContain('likes tea');
});

test('what was read before an erasure is not kept in memory after it', async () => {
  const log = createMemoryLog();
  const personal = plainPersonalData();
  const pipeline = openPipeline({ log, reader: log, personal });
  await open(pipeline, 'a');
  const release = log.holdAppends();
  const note = pipeline.handle(asking(['TakeNote', 'a'], { text: 'likes tea' }));
  personal.erase();
  release();
  await note;
  expect(await stateOf(pipeline, 'a')).toMatchObject({ note: null });
});
