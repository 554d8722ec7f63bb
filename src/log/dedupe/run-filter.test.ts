import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BucketKeys, DedupeWindow } from './bucket-keys.ts';
import { buildRunFilter } from './build-run-filter.ts';
import { RunFilter, RunProbe } from './run-filter.ts';
import { GROUPED_FILTERS, RunFilterGroup } from './run-filter-group.ts';
import type { SealedRun } from './sealed-runs.ts';

interface Keys {
  readonly count: number;
  readonly high: Int32Array<ArrayBuffer>;
  readonly low: Int32Array<ArrayBuffer>;
}

/** Keys that look random, others for each seed, in order of `high`. */
function keysOf(count: number, seed: number): Keys {
  const highs = Array.from({ length: count }, (_, at) => scrambled(at + seed * 1_000_003));
  const high = Int32Array.from(highs.toSorted((a, b) => a - b));
  const low = high.map((word) => scrambled(word ^ 0x5bd1e995));
  return { count, high, low };
}

function scrambled(number: number): number {
  let bits = Math.imul(number ^ (number >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return bits ^ (bits >>> 15);
}

const build = (keys: Keys): Promise<RunFilter> => buildRunFilter(keys, async () => {});

function probeOf(keys: Keys, index: number): RunProbe {
  const probe = new RunProbe();
  probe.set(keys.high[index] ?? 0, keys.low[index] ?? 0);
  return probe;
}

function letThrough(filter: RunFilter, keys: Keys): number {
  let through = 0;
  for (let index = 0; index < keys.count; index++)
    if (filter.mayContain(probeOf(keys, index))) through++;
  return through;
}

describe('the filter of a run', () => {
  test('knows every key after a trip through bytes and lets one in thousands of others through', async () => {
    const known = keysOf(100_000, 1);
    const read = RunFilter.fromBytes((await build(known)).toBytes());
    expect(read.bytes / known.count).toBeLessThanOrEqual(2);
    expect(letThrough(read, known)).toBe(known.count);
    const through = letThrough(read, keysOf(200_000, 2));
    expect(through).toBeGreaterThan(0);
    expect(through).toBeLessThan(50);
  });

  test('knows the keys of a run of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3_000 }), fc.nat(1_000), async (count, seed) => {
        const known = keysOf(count, seed);
        expect(letThrough(await build(known), known)).toBe(count);
      }),
      { numRuns: 40 },
    );
  });

  test('takes keys that are there several times', async () => {
    const once = keysOf(500, 3);
    const high = Int32Array.from([...once.high].flatMap((word) => [word, word, word]));
    const low = Int32Array.from([...once.low].flatMap((word) => [word, word, word]));
    const filter = await build({ count: high.length, high, low });
    expect(letThrough(filter, once)).toBe(500);
  });

  test.each(['high', 'low'] as const)(
    'finds other places when too many keys share their %s half',
    async (half) => {
      const known = { ...keysOf(20_000, 4), [half]: new Int32Array(20_000).fill(7) };
      const filter = await build(known);
      expect(filter.shape.attempt).toBeGreaterThan(0);
      expect(letThrough(RunFilter.fromBytes(filter.toBytes()), known)).toBe(20_000);
      expect(letThrough(filter, keysOf(20_000, 5))).toBeLessThan(20);
    },
  );

  test('lets the event loop breathe while it is made', async () => {
    let pauses = 0;
    await buildRunFilter(keysOf(100_000, 6), async () => (pauses += 1));
    expect(pauses).toBeGreaterThan(15);
  });

  test('bytes of another form or length are refused', async () => {
    const bytes = (await build(keysOf(1_000, 7))).toBytes();
    expect(() => RunFilter.fromBytes(bytes.subarray(0, -1))).toThrow(RangeError);
    expect(() => RunFilter.fromBytes(Buffer.from([2, ...bytes.subarray(1)]))).toThrow(RangeError);
    expect(() => RunFilter.fromBytes(Buffer.alloc(0))).toThrow(RangeError);
  });
});

describe('filters in a group', () => {
  const COUNT = 66_000;
  const lists = Array.from({ length: GROUPED_FILTERS * 2 + 3 }, (_, seed) =>
    keysOf(COUNT, 10 + seed),
  );
  const runs = async (): Promise<SealedRun[]> =>
    Promise.all(
      lists.map(async (keys, ordinal) => ({
        firstPosition: ordinal * COUNT + 1,
        lastPosition: (ordinal + 1) * COUNT,
        lastRecordedAt: ordinal,
        entryCount: COUNT,
        filter: await build(keys),
      })),
    );
  const asked = (keys: BucketKeys, list: Keys): number[] => {
    const found: number[] = [];
    for (let index = 0; index < list.count; index += 31) {
      const candidates: SealedRun[] = [];
      keys.runCandidates(list.high[index] ?? 0, list.low[index] ?? 0, candidates);
      found.push(...candidates.map(({ firstPosition }) => firstPosition), -1);
    }
    return found;
  };

  test('say what they say one by one, in the order of their runs, in as much memory', async () => {
    const keys = new BucketKeys(0, new DedupeWindow({ windowSeconds: 60, keysMax: 0 }));
    keys.setRuns(await runs(), 1);
    const single = [...lists, keysOf(300_000, 40)].map((list) => asked(keys, list));
    const bytes = keys.memoryBytes;
    await keys.groupFilters(async () => {});
    const groups = keys.runs.map(({ filter }) =>
      filter !== null && 'group' in filter ? filter.slot : null,
    );
    const slots = Array.from({ length: GROUPED_FILTERS }, (_, slot) => slot);
    expect(groups).toEqual([...slots, ...slots, null, null, null]);
    expect([...lists, keysOf(300_000, 40)].map((list) => asked(keys, list))).toEqual(single);
    expect(Math.abs(keys.memoryBytes - bytes)).toBeLessThan(bytes / 100);
  });

  test('go on for those runs that are still in the window', async () => {
    const keys = new BucketKeys(0, new DedupeWindow({ windowSeconds: 0, keysMax: 17 * COUNT + 1 }));
    keys.setRuns(await runs(), 1);
    await keys.groupFilters(async () => {});
    expect(keys.runs).toHaveLength(18);
    const first = asked(keys, lists[0] ?? keysOf(1, 1));
    expect(first).not.toContain(1);
    expect(asked(keys, lists[1] ?? keysOf(1, 1))).toContain(COUNT + 1);
  });

  test('are of runs that were there when the group was made and are still there', async () => {
    const keys = new BucketKeys(0, new DedupeWindow({ windowSeconds: 60, keysMax: 0 }));
    const all = await runs();
    keys.setRuns(all.slice(0, GROUPED_FILTERS), 1);
    let told = false;
    await keys.groupFilters(async () => {
      if (!told) keys.setRuns(all, 1);
      told = true;
    });
    expect(keys.runs).toHaveLength(all.length);
    lists.forEach((list, ordinal) => expect(asked(keys, list)).toContain(ordinal * COUNT + 1));
  });

  test('are of one shape and eight', async () => {
    const filters = await Promise.all(lists.slice(0, GROUPED_FILTERS).map((keys) => build(keys)));
    const other = await build(keysOf(COUNT * 2, 50));
    const pause = async (): Promise<void> => {};
    await expect(RunFilterGroup.of(filters.slice(1), pause)).rejects.toThrow(RangeError);
    await expect(RunFilterGroup.of([...filters.slice(1), other], pause)).rejects.toThrow(
      RangeError,
    );
  });
});
