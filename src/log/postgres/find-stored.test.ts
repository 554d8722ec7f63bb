import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonDraftOf, type EventDraft } from '../../core/event.ts';
import { BatchDecoder } from '../codec/batch-decoder.ts';
import { BatchEncoder } from '../codec/batch-encoder.ts';
import { StoredBatch } from '../codec/stored-batch.ts';
import { BucketKeys, DedupeWindow } from '../dedupe/bucket-keys.ts';
import { buildRunFilter } from '../dedupe/build-run-filter.ts';
import { KeyHasher } from '../dedupe/key-hasher.ts';
import type { RunFilter } from '../dedupe/run-filter.ts';
import { findStored, type Received } from './find-stored.ts';
import { ReadCache } from './read-cache.ts';

const TENANT = 'shop';
const hasher = new KeyHasher(Buffer.alloc(32, 7));
/** Events of a batch; each batch is a run of its own. */
const COUNT = 50;

function draft(number: number, uuids: boolean): EventDraft {
  const digits = String(number).padStart(12, '0');
  const id = uuids ? `00000000-0000-4000-8000-${digits}` : `line-${number}`;
  return jsonDraftOf({ id, source: '/pos/1', type: 'order.placed' }, { number });
}

function received(event: EventDraft): Received {
  hasher.keyOf(TENANT, event);
  const { high, low } = hasher;
  const place = { tenant: TENANT, stream: null, streamVersion: 0 };
  return { draft: event, ...place, high, low, candidates: null };
}

function batchOf(drafts: readonly EventDraft[], first: number): StoredBatch {
  const encoder = new BatchEncoder();
  encoder.begin();
  for (const one of drafts)
    encoder.add(one, { tenant: TENANT, decided: false, stream: null, streamVersion: 0 });
  const raw = Buffer.from(encoder.finish());
  const parts = [{ batchId: 'b', lastPosition: first + drafts.length - 1, recordedAt: 1 }];
  const decoder = new BatchDecoder(raw);
  return new StoredBatch({ bucket: 0, first, parts, decoder, rawBytes: raw.length });
}

function filterOf(batch: StoredBatch): Promise<RunFilter> {
  const high = new Int32Array(batch.count);
  const low = new Int32Array(batch.count);
  for (let index = 0; index < batch.count; index++) {
    hasher.keyOf(TENANT, batch.decoder.draftAt(index));
    high[index] = hasher.high;
    low[index] = hasher.low;
  }
  return buildRunFilter({ count: batch.count, high, low }, async () => {});
}

/** A bucket whose keys are all in runs, one a batch. Counts what is asked. */
async function bucketOf(
  batches: readonly StoredBatch[],
  { warm = [], filtered = true }: { warm?: readonly StoredBatch[]; filtered?: boolean } = {},
) {
  const keys = new BucketKeys(0, new DedupeWindow({ windowSeconds: 60, keysMax: 0 }));
  const runs = batches.map(async (batch) => ({
    firstPosition: batch.first,
    lastPosition: batch.last,
    lastRecordedAt: 1,
    entryCount: batch.count,
    filter: filtered ? await filterOf(batch) : null,
  }));
  keys.setRuns(await Promise.all(runs), 1);
  const reads = new ReadCache(1_000_000, hasher);
  for (const batch of warm) reads.add(batch, 0);
  const asked = { lookUps: 0, rounds: 0 };
  const positionsIn = (batch: StoredBatch, high: number, low: number): number[] =>
    Array.from({ length: batch.count }, (_, index) => index)
      .filter((index) => {
        hasher.keyOf(TENANT, batch.decoder.draftAt(index));
        return hasher.high === high && hasher.low === low;
      })
      .map((index) => batch.first + index);
  const sources = {
    keys,
    lookUp: async (
      lookUps: readonly { high: number; low: number; run: { firstPosition: number } }[],
    ) => {
      asked.lookUps += lookUps.length;
      asked.rounds++;
      return lookUps.map(({ high, low, run }) =>
        batches
          .filter(({ first }) => first === run.firstPosition)
          .flatMap((batch) => positionsIn(batch, high, low)),
      );
    },
    holding: async (positions: readonly number[]) => {
      const found = batches.filter(({ first, last }) =>
        positions.some((position) => first <= position && position <= last),
      );
      for (const batch of found) reads.add(batch, 0);
      return { batches: found, through: Infinity };
    },
    recall: (high: number, low: number) => reads.recall(0, { high, low }),
  };
  return { sources, asked };
}

const numbers = fc.array(fc.nat(3 * COUNT), { maxLength: 200 });

test.each([true, false])(
  'each event gets the newest original, whatever was read back before (uuids: %s)',
  async (uuids) => {
    const some = (from: number): EventDraft[] =>
      Array.from({ length: COUNT }, (_, at) => draft(from + at, uuids));
    // The second batch repeats the first, as it does when the first one has left the window in between.
    const batches = [
      batchOf(some(0), 1),
      batchOf(some(0), COUNT + 1),
      batchOf(some(COUNT), 2 * COUNT + 1),
    ];
    await fc.assert(
      fc.asyncProperty(numbers, fc.subarray(batches), async (wanted, warm) => {
        const { sources } = await bucketOf(batches, { warm });
        const outcomes = await findStored(
          wanted.map((number) => received(draft(number, uuids))),
          sources,
        );
        wanted.forEach((number, index) => {
          const isStored = number < 2 * COUNT;
          const position = BigInt(COUNT + 1 + number);
          expect(outcomes.get(index)).toEqual(
            isStored ? { status: 'duplicate', position } : undefined,
          );
        });
      }),
      { numRuns: 50 },
    );
  },
);

test('what is repeated in its order costs a few look-ups, and a change in it is a conflict', async () => {
  const batches = Array.from({ length: 4 }, (_, at) =>
    batchOf(
      Array.from({ length: 500 }, (_none, index) => draft(at * 500 + index, true)),
      at * 500 + 1,
    ),
  );
  const { sources, asked } = await bucketOf(batches);
  const repeated = Array.from({ length: 2_000 }, (_, number) => received(draft(number, true)));
  const changed = jsonDraftOf(
    { id: '00000000-0000-4000-8000-000000000700', source: '/pos/1', type: 'order.placed' },
    { number: 7 },
  );
  repeated[700] = received(changed);
  const outcomes = await findStored(repeated, sources);
  expect(outcomes.size).toBe(2_000);
  expect(outcomes.get(700)).toEqual({ status: 'conflict', position: 701n });
  expect(outcomes.get(1_999)).toEqual({ status: 'duplicate', position: 2_000n });
  expect(asked.lookUps).toBeLessThan(60);
});

test('new keys that filters let through are settled in two rounds', async () => {
  const { sources, asked } = await bucketOf([batchOf([draft(1, true)], 1)], { filtered: false });
  const fresh = Array.from({ length: 500 }, (_, number) => received(draft(1_000 + number, true)));
  expect((await findStored(fresh, sources)).size).toBe(0);
  expect(asked).toEqual({ lookUps: 500, rounds: 2 });
});
