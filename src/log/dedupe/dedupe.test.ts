import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftOf } from '../../core/event.ts';
import { BucketKeys, DedupeWindow, SEGMENT_KEYS_MAX } from './bucket-keys.ts';
import { ExactTable } from './exact-table.ts';
import { HalfSipHash } from './half-sip-hash.ts';
import { KeyHasher } from './key-hasher.ts';
import { matchesIn, readKeys, type RunEntries, sortEntries, toBlocks } from './run-format.ts';
import type { SealedRun } from './sealed-runs.ts';

const SECRET = Buffer.alloc(32, 7);
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('hashes', () => {
  test('two compression and four final rounds give the first official vector of HalfSipHash', () => {
    const sip = new HalfSipHash(2, 4);
    sip.use({ word0: 0x03020100, word1: 0x07060504 }).hash(new Uint8Array(0), 0, 0);
    const bytes = Buffer.alloc(8);
    bytes.writeInt32LE(sip.high, 0);
    bytes.writeInt32LE(sip.low, 4);
    expect(bytes.toString('hex')).toBe('218d1f59b9b83cc8');
  });

  test('the first half depends on tenant and id, the second on the source too', () => {
    const hasher = new KeyHasher(SECRET);
    const hash = (tenant: string, source: string, id: string): [number, number] => {
      hasher.keyOf(tenant, draftOf({ id, source, type: 't' }));
      return [hasher.high, hasher.low];
    };
    const [high, low] = hash('t', '/a', 'id');
    expect(hash('t', '/b', 'id')[0]).toBe(high);
    expect(hash('t', '/b', 'id')[1]).not.toBe(low);
    expect(hash('u', '/a', 'id')[0]).not.toBe(high);
    expect(hasher.idHalf('t', 'id')).toBe(high);
    expect(new KeyHasher(Buffer.alloc(32, 8)).idHalf('t', 'id')).not.toBe(high);
  });

  test('a subject never hashes to the mark for none', () => {
    const hasher = new KeyHasher(SECRET);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (subject) => {
        const draft = draftOf({ id: 'x', source: '/s', type: 't', subject });
        expect(hasher.subjectOf('t', draft)).toBe(hasher.subject('t', subject));
        expect(hasher.subjectOf('t', draft)).not.toBe(0);
      }),
    );
  });
});

describe('the exact table', () => {
  test('finds every entry, those with equal hashes each', () => {
    const key = fc.tuple(
      fc.integer({ min: 0, max: 9 }),
      fc.oneof(word, fc.integer({ min: 0, max: 3 })),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), (keys) => {
        const table = new ExactTable(1_000);
        keys.forEach(([high, low], index) => {
          table.add(high, low, 1_001 + index);
        });
        for (const [high, low] of keys) {
          const expected = keys.flatMap(([h, l], at) =>
            h === high && l === low ? [1_001 + at] : [],
          );
          expect(allOf(table, high, low).sort((a, b) => a - b)).toEqual(expected);
        }
        expect(allOf(table, 77, 123_456)).toEqual([]);
      }),
    );
  });

  test('grows without losing anything', () => {
    const table = new ExactTable(0);
    for (let position = 1; position <= 20_000; position++)
      table.add(position, position * 7, position);
    for (let position = 1; position <= 20_000; position += 997)
      expect(allOf(table, position, position * 7)).toEqual([position]);
    expect(table.size).toBe(20_000);
  });
});

function allOf(table: ExactTable, high: number, low: number): number[] {
  const found: number[] = [];
  for (
    let slot = table.find(high, low, table.first(low));
    slot >= 0;
    slot = table.find(high, low, slot + 1)
  )
    found.push(table.positionAt(slot));
  return found;
}

describe('the blocks of a run', () => {
  test('are sorted in parts, with a pause between two of them', async () => {
    const list = fc.sample(fc.tuple(word, word), 5_000);
    let pauses = 0;
    const sorted = await sortEntries(collect(list), 'key', async () => (pauses += 1));
    expect(pauses).toBeGreaterThanOrEqual(16);
    expect([...sorted.offset].toSorted((a, b) => a - b)).toEqual(list.map((_, at) => at));
  });

  test('give back the keys they were made of', async () => {
    const list = fc.sample(fc.tuple(word, word), 1_000);
    const sorted = await sortEntries(collect(list), 'key', async () => {});
    const { bytes, blocks } = toBlocks(sorted, 'key');
    expect(readKeys(blocks.map(({ start, end }) => bytes.subarray(start, end)))).toEqual(sorted);
  });

  const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), word), { maxLength: 1_200 });

  test.each(['key', 'subject'] as const)('every %s is found at all its positions', async (kind) => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const sorted = await sortEntries(collect(list), kind, async () => {});
        const { bytes, blocks } = toBlocks(sorted, kind);
        for (const [high, low] of list.slice(0, 20)) {
          const wanted = { high, low: kind === 'key' ? low : null };
          const found = blocks.flatMap(({ start, end }) =>
            matchesIn(bytes.subarray(start, end), kind, wanted),
          );
          const expected = list.flatMap(([h, l], at) =>
            h === high && (kind === 'subject' || l === low) ? [at] : [],
          );
          expect(found).toEqual(expected);
        }
        const keys = blocks.map(({ firstHash, firstOffset }) => [firstHash, firstOffset] as const);
        for (let at = 1; at < keys.length; at++) {
          const [before, after] = [keys[at - 1]!, keys[at]!];
          expect(before[0] < after[0] || (before[0] === after[0] && before[1] < after[1])).toBe(
            true,
          );
        }
      }),
      { numRuns: 30 },
    );
  });
});

function collect(list: readonly (readonly [number, number])[]): RunEntries {
  return {
    count: list.length,
    high: Int32Array.from(list, ([high]) => high),
    low: Int32Array.from(list, ([, low]) => low),
    offset: Int32Array.from(list, (_, index) => index),
  };
}

describe('the keys of a bucket', () => {
  const MINUTE = 60_000_000;
  const run = (ordinal: number, recordedAt: number): SealedRun => ({
    firstPosition: ordinal * 100 + 1,
    lastPosition: ordinal * 100 + 100,
    lastRecordedAt: recordedAt,
    entryCount: 100,
    filter: null,
  });
  const runs = [run(0, MINUTE), run(1, 2 * MINUTE), run(2, 3 * MINUTE)];

  test.each([
    ['inside the time floor every run is asked', { windowSeconds: 600, keysMax: 0 }, 3],
    ['a run beyond floor and budget is forgotten', { windowSeconds: 60, keysMax: 0 }, 2],
    ['the budget keeps runs that the floor would drop', { windowSeconds: 0, keysMax: 201 }, 3],
    ['the newest run always stays', { windowSeconds: 0, keysMax: 0 }, 1],
  ])('%s', (_, limits, held) => {
    const keys = new BucketKeys(0, new DedupeWindow(limits));
    keys.setRuns(runs, 3 * MINUTE);
    const candidates: SealedRun[] = [];
    keys.runCandidates(1, 2, candidates);
    expect(candidates).toHaveLength(held);
    expect(keys.sealedThrough).toBe(300);
    expect(keys.known).toBe(300);
  });

  test('the budget counts of another bucket only what is certainly newer', () => {
    const window = new DedupeWindow({ windowSeconds: 0, keysMax: 150 });
    const quiet = new BucketKeys(0, window);
    // The newest run may have begun after the first minute, and all but one of its keys may be as old.
    quiet.setRuns([run(0, MINUTE), { ...run(1, 10 * MINUTE), entryCount: 1_000 }], 10 * MINUTE);
    const keys = new BucketKeys(0, window);
    keys.setRuns([run(0, 8 * MINUTE), run(1, 9 * MINUTE)], 9 * MINUTE);
    expect(keys.runs).toHaveLength(2);
    quiet.setRuns([...quiet.runs, run(2, 11 * MINUTE)], 11 * MINUTE);
    keys.setRuns([...keys.runs, run(2, 12 * MINUTE)], 12 * MINUTE);
    expect(keys.runs.map(({ lastRecordedAt }) => lastRecordedAt)).toEqual([12 * MINUTE]);
  });

  test('a run that exact tables cover is not asked, and sealed tables go when memory is short', () => {
    const keys = new BucketKeys(0, new DedupeWindow({ windowSeconds: 60, keysMax: 0 }));
    const count = SEGMENT_KEYS_MAX * 6;
    for (let position = 1; position <= count; position++) keys.add(position, position, position);
    const exact: number[] = [];
    expect(keys.exactCandidates(5, 5, exact)).toBe(1);
    const sealed = (from: number, to: number): SealedRun => ({
      ...run(0, MINUTE),
      firstPosition: from,
      lastPosition: to,
      entryCount: to - from + 1,
    });
    keys.setRuns([sealed(1, SEGMENT_KEYS_MAX), sealed(SEGMENT_KEYS_MAX + 1, count)], MINUTE);
    const candidates: SealedRun[] = [];
    keys.runCandidates(5, 5, candidates);
    expect(candidates.length).toBeGreaterThan(0);
    expect(keys.exactCandidates(5, 5, exact)).toBe(0);
    expect(keys.exactCandidates(count, count, exact)).toBe(1);
  });
});
