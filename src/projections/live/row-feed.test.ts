import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { silentLogger } from '../../core/logger.ts';
import type { ReadModel } from '../../core/read-model.ts';
import { createMemoryLog } from '../../log/memory/memory-log.ts';
import { until } from '../../../test/support/until.ts';
import type { LaneMove } from '../lane-options.ts';
import { createMemoryStore } from '../memory/memory-store.ts';
import type { ProjectionStore } from '../projection-store.ts';
import { createWriter, ignored, projectionsOf, trailModel } from '../projections.fixture.ts';
import type { RowChange } from './row-changes.ts';
import { startRowFeed, type RowFeed } from './row-feed.ts';

const tenant = 'ana';
const to = { tenant, stream: 'notes/a' };
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A model without personal columns: lanes hand on rows of no other. */
const model: ReadModel = { ...trailModel(), personal: 'none' };

/** A feed, what it told in order, and how often it read rows of the table by key. */
async function followed(options: { readonly tells?: (move: LaneMove) => LaneMove | null } = {}) {
  const { tells = (move) => move } = options;
  const log = createMemoryLog({ bucketCount: 1 });
  const store = createMemoryStore({ bucketCount: 1, clock: systemClock });
  const reads = { count: 0 };
  const counting: ProjectionStore = {
    ...store,
    select(selection) {
      if (selection.keys !== undefined) reads.count += 1;
      return store.select(selection);
    },
  };
  const projections = projectionsOf({ log, store: counting, models: [model] });
  await projections.start();
  ends.push(() => projections.stop());
  const deps = {
    log,
    logger: silentLogger,
    projections: {
      ...projections,
      onMove: (...[of, at, listener]: Parameters<typeof projections.onMove>) =>
        projections.onMove(of, at, (move) => {
          const told = tells(move);
          if (told !== null) listener(told);
        }),
    },
  };
  const feed: RowFeed = await startRowFeed(deps, { model, tenant });
  ends.push(() => feed.stop());
  const told: { readonly position: bigint; readonly changes: readonly RowChange[] }[] = [];
  const failures: string[] = [];
  feed.join({
    changed: (position, changes) => void told.push({ position, changes }),
    failed: (code) => void failures.push(code),
  });
  const write = createWriter(log);
  return { log, feed, told, failures, reads, write };
}

/** What a reader knows who takes each change in turn. */
function shown(told: readonly { readonly changes: readonly RowChange[] }[]) {
  const rows = new Map<string, unknown>();
  for (const { changes } of told)
    for (const { key, row } of changes)
      if (row === null) rows.delete(key);
      else rows.set(key, row.row['numbers']);
  return Object.fromEntries(rows);
}

async function writeMany(
  { write, feed }: Pick<Awaited<ReturnType<typeof followed>>, 'write' | 'feed'>,
  count: number,
): Promise<void> {
  let last = 0n;
  for (let number = 1; number <= count; number += 1) {
    last = await write(to, [{ key: `k${number % 3}`, number }]);
    if (number % 5 === 0) await until('it is told', () => feed.position >= last);
  }
  await until('all is told', () => feed.position >= last);
}

const TEN = { k0: [3, 6, 9], k1: [1, 4, 7, 10], k2: [2, 5, 8] };

test('what lanes of this process have written is told without a look into the table', async () => {
  const { feed, told, reads, write } = await followed();
  const numbers: number[] = [];
  // The first of a while is looked up; those that follow it soon are not.
  await until('more was told than was read', async () => {
    const number = numbers.push(numbers.length + 1);
    const last = await write(to, [{ key: 'k', number }]);
    await until('it is told', () => feed.position >= last);
    return told.length > reads.count + 2;
  });
  expect(shown(told)).toEqual({ k: numbers });
});

test.each([
  ['nothing is told by lanes, as where another process has the bucket', () => null],
  ['lanes cannot say what the rows are', (move: LaneMove): LaneMove => ({ ...move, rows: null })],
])('what changed is told too when %s', async (_, tells) => {
  const following = await followed({ tells });
  await writeMany(following, 10);
  expect(shown(following.told)).toEqual(TEN);
  expect(following.reads.count).toBeGreaterThan(0);
});

test('a gap between two moves is looked up before anything behind it is told', async () => {
  let moves = 0;
  const following = await followed({ tells: (move) => ((moves += 1) % 2 === 0 ? null : move) });
  await writeMany(following, 10);
  expect(shown(following.told)).toEqual(TEN);
  const positions = following.told.map(({ position }) => position);
  expect(positions).toEqual(positions.toSorted((a, b) => Number(a - b)));
});

test('events without a row, and rows of other tenants, move the feed and tell nothing', async () => {
  const { log, feed, told, write } = await followed();
  await write({ tenant: 'bea', stream: 'notes/b' }, [{ key: 'theirs', number: 1 }]);
  const last = await write(to, [{ key: 'none', number: 1 }], ignored);
  await until('the feed stands at the head', () => feed.position >= last);
  expect(log.bucketOf('bea')).toBe(log.bucketOf(tenant));
  expect(told).toEqual([]);
});

test('a row that goes is told as gone', async () => {
  const { feed, told, write } = await followed();
  await write(to, [{ key: 'k', number: 1 }]);
  const last = await write(to, [{ key: 'k', number: -1 }]);
  await until('it is told', () => feed.position >= last);
  expect(shown(told)).toEqual({});
  expect(told.flatMap(({ changes }) => changes).at(-1)).toEqual({ key: 'k', row: null });
});

test('a member that throws ends the feed, not the lane that told it', async () => {
  const { feed, failures, write } = await followed();
  feed.join({
    changed() {
      throw new RangeError('a reader broke');
    },
    failed: () => {},
  });
  await write(to, [{ key: 'k', number: 1 }]);
  await until('the feed has failed', () => feed.stopped);
  expect(failures).toEqual(['UNAVAILABLE']);
  expect(await write(to, [{ key: 'k', number: 2 }])).toBeGreaterThan(0n);
});
