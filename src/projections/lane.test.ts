import { expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { planStart } from './generation-changes.ts';
import { Lane } from './lane.ts';
import { BULK_LIMITS, LIVE_LIMITS } from './limits.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { RowsRefused, type ProjectionStore, type RowWrite } from './projection-store.ts';
import { createWriter, ignored, noted, trailModel } from './projections.fixture.ts';
import { SharedReads } from './shared-reads.ts';

const tenant = 'ana';
const stream = 'notes/a';

async function laneOf(wrap: (store: ProjectionStore) => ProjectionStore = (store) => store) {
  const log = createMemoryLog({ bucketCount: 1 });
  const held = createMemoryStore({ bucketCount: 1, clock: systemClock });
  const model = trailModel();
  const record = await held.change(model, (before) => planStart(before, 1));
  const place = { generation: record!.generations[0]!, bucket: 0 };
  const reads = new SharedReads(log, 0);
  const clock = systemClock;
  const lane = new Lane({ model, place, store: wrap(held), log, reads, clock });
  const run = async (): Promise<void> => {
    while ((await lane.step()) === 'progress');
  };
  const rows = async (): Promise<Record<string, unknown>> => {
    const found: [string, unknown][] = [];
    await held.snapshot(place, (each) => {
      found.push(...each.map(({ key, row }): [string, unknown] => [key, row?.['numbers']]));
    });
    return Object.fromEntries(found);
  };
  return { log, lane, store: held, place, run, rows, write: createWriter(log) };
}

test('rows are said to be new when the table cannot have them yet', async () => {
  const written: unknown[] = [];
  const noting = (store: ProjectionStore): ProjectionStore => ({
    ...store,
    commitChunk: (place, work) =>
      store.commitChunk(place, {
        ...work,
        async fold(rows: readonly RowWrite[]) {
          const write = await work.fold(rows);
          written.push({ keys: write.rows.map(({ key }) => key), allNew: write.allNew });
          return write;
        },
      }),
  });
  const { run, write, place, store } = await laneOf(noting);
  await write({ tenant, stream }, [{ key: 'a', number: 1 }]);
  await run();
  await write({ tenant, stream }, [{ key: 'a', number: 2 }]);
  await write({ tenant, stream }, [{ key: 'b', number: 3 }]);
  await run();
  await write({ tenant, stream }, [{ key: 'c', number: 4 }]);
  await run();
  expect(written).toEqual([
    { keys: ['a'], allNew: true },
    { keys: ['a', 'b'], allNew: false },
    { keys: ['c'], allNew: true },
  ]);
  expect((await store.checkpoint(place))?.position).toBe(4n);
});

test('rows that cannot be stored park the one event that makes them', async () => {
  const refusing = (store: ProjectionStore): ProjectionStore => ({
    ...store,
    commitChunk: (place, work) =>
      store.commitChunk(place, {
        ...work,
        async fold(rows: readonly RowWrite[]) {
          const write = await work.fold(rows);
          if (write.rows.some(({ row }) => row?.['name'] === 'refused')) throw new RowsRefused();
          return write;
        },
      }),
  });
  const { run, rows, store, place, write } = await laneOf(refusing);
  for (let number = 0; number < 20; number += 1) {
    const name = number === 13 ? { name: 'refused' } : {};
    await write({ tenant, stream: `notes/${number}` }, [{ key: `k${number}`, number, ...name }]);
  }
  await run();
  expect(await store.parked(place.generation, 9)).toMatchObject([
    { position: 14n, reason: 'store: RowsRefused', stream: 'notes/13' },
  ]);
  expect(Object.keys(await rows())).toHaveLength(19);
});

test('what retention took is stepped over', async () => {
  const { log, run, rows, lane, write } = await laneOf();
  await write({ tenant, stream }, [
    { key: 'a', number: 1 },
    { key: 'a', number: 2 },
    { key: 'a', number: 3 },
  ]);
  log.removeEvent(0, 3n);
  log.setLowMark(0, 1n);
  await write({ tenant, stream }, [{ key: 'a', number: 4 }]);
  await run();
  expect(lane.handled).toBe(4n);
  expect(await rows()).toEqual({ a: [2, 4] });
});

test('events of no concern move the checkpoint without a chunk of their own', async () => {
  const { lane, run, store, place, write } = await laneOf();
  await write({ tenant, stream }, [{ key: 'a', number: 1 }], ignored);
  await run();
  expect(lane.handled).toBe(1n);
  expect((await store.checkpoint(place))?.position).toBe(0n);
  const move = lane.unwritten!;
  expect(move.position).toBe(1n);
  const written = store.advance([move]).then(([moved]) => moved!);
  lane.flushing(move, written);
  await write({ tenant, stream }, [{ key: 'a', number: 2 }], noted);
  await run();
  expect(await store.checkpoint(place)).toMatchObject({ position: 2n });
  expect(lane.unwritten).toBeNull();
});

test('a dropped generation ends its lane', async () => {
  const { lane, store, place } = await laneOf();
  await store.change(trailModel(), () => ({ drop: [place.generation.generation] }));
  expect(await lane.step()).toBe('gone');
});

test('a row that its model takes away is gone, and may come again', async () => {
  const { run, rows, write } = await laneOf();
  await write({ tenant, stream }, [
    { key: 'a', number: 1 },
    { key: 'b', number: 2 },
    { key: 'a', number: -1 },
  ]);
  await run();
  expect(await rows()).toEqual({ b: [2] });
  await write({ tenant, stream }, [{ key: 'a', number: 3 }]);
  await run();
  expect(await rows()).toEqual({ a: [3], b: [2] });
});

test('a lane at rest is moved over batches that hold nothing for it, and over no others', async () => {
  const { log, lane, run, write, rows } = await laneOf();
  await write({ tenant, stream }, [{ key: 'a', number: 1 }], ignored);
  // It has not looked at anything yet.
  expect(lane.passOver(await log.readBatches(0, 0n, { eventsMax: 9 }))).toBe(false);
  await run();
  await write({ tenant, stream }, [{ key: 'a', number: 2 }], ignored);
  await write({ tenant, stream }, [{ key: 'a', number: 3 }], ignored);
  const [second, third] = await log.readBatches(0, 1n, { eventsMax: 9 });
  // What lies between is not known to hold nothing.
  expect(lane.passOver([third!])).toBe(false);
  expect(lane.handled).toBe(1n);
  expect(lane.passOver([second!, third!])).toBe(true);
  expect(lane.handled).toBe(3n);
  expect(lane.passOver([second!])).toBe(true);
  expect(lane.handled).toBe(3n);
  await write({ tenant, stream }, [{ key: 'a', number: 4 }], noted);
  expect(lane.passOver(await log.readBatches(0, 3n, { eventsMax: 9 }))).toBe(false);
  expect(lane.handled).toBe(3n);
  await run();
  expect(await rows()).toEqual({ a: [4] });
});

test('what comes while the next chunk is read ahead and found empty is handled without another wake-up', async () => {
  const count = LIVE_LIMITS.events + BULK_LIMITS.events;
  let chunks = 0;
  const appending = (store: ProjectionStore): ProjectionStore => ({
    ...store,
    async commitChunk(place, work) {
      chunks += 1;
      // The second chunk is a large one: meanwhile it was looked behind it, at the head of that moment.
      if (chunks === 2) await write({ tenant, stream }, [{ key: 'late', number: 1 }]);
      return store.commitChunk(place, work);
    },
  });
  const { lane, run, rows, write } = await laneOf(appending);
  await write(
    { tenant, stream },
    Array.from({ length: count }, (_, number) => ({ key: `k${number % 7}`, number })),
  );
  await run();
  expect(chunks).toBeGreaterThan(2);
  expect(lane.handled).toBe(BigInt(count + 1));
  expect(await rows()).toHaveProperty('late');
});

test('rows held from chunk to chunk are read again after somebody changed them past the lane', async () => {
  const keys: number[] = [];
  const counting = (store: ProjectionStore): ProjectionStore => ({
    ...store,
    commitChunk(place, work) {
      keys.push(work.keys.length);
      return store.commitChunk(place, work);
    },
  });
  const { lane, run, rows, store, place, write } = await laneOf(counting);
  await write({ tenant, stream }, [{ key: 'a', number: 1 }]);
  await run();
  await write({ tenant, stream }, [{ key: 'a', number: 2 }]);
  await run();
  expect(keys).toEqual([0, 0]);
  await store.clearPerson(place, tenant, 'a');
  lane.forget();
  await write({ tenant, stream }, [{ key: 'a', number: 3 }]);
  await run();
  expect(await rows()).toEqual({ a: [1, 2, 3] });
  // Once in vain, since the rows were changed, and once as of the change.
  expect(keys.slice(2)).toEqual([1, 1]);
});
