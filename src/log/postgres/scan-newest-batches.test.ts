import { expect, test } from 'vitest';
import { KeyHasher } from '../dedupe/key-hasher.ts';
import type { FindSources, ListedBatch } from './find-sources.ts';
import { scanBatches } from './scan-batches.ts';
import { scanNewestBatches } from './scan-newest-batches.ts';

/** Ten batches of ten events, all in memory; the fourth is the only one that was asked for by type. */
const batches: readonly ListedBatch[] = Array.from({ length: 10 }, (_, index) => ({
  first: index * 10 + 1,
  last: index * 10 + 10,
  types: index === 3 ? null : ['order.placed', 'order.paid'],
}));

function sources(): { readonly sources: FindSources; readonly unpacked: number[] } {
  const unpacked: number[] = [];
  return {
    unpacked,
    sources: {
      on: { query: () => Promise.reject(new Error('the database was asked')) },
      bucket: 0,
      hasher: new KeyHasher(Buffer.alloc(32, 7)),
      listed: (position) =>
        batches.find(({ first, last }) => first <= position && position <= last),
      cached: (position) => {
        unpacked.push(position);
        throw new Error('unpacked');
      },
    },
  };
}

const query = { tenant: 'shop', type: { exact: 'order.refunded' }, limit: 100 };

test('batches in memory without a type are stepped over unopened, from the newest down', async () => {
  const { sources: from, unpacked } = sources();
  await expect(
    scanNewestBatches({ ...query, before: 101n }, { ...from, oldest: 1 }),
  ).rejects.toThrow('unpacked');
  expect(unpacked).toEqual([40]);
  expect(await scanNewestBatches({ ...query, before: 31n }, { ...from, oldest: 1 })).toEqual({
    events: [],
    nextBefore: 1n,
    more: false,
  });
});

test('batches in memory without a type are stepped over unopened, from the oldest up', async () => {
  const { sources: from, unpacked } = sources();
  await expect(scanBatches({ ...query, after: 0n }, { ...from, head: 100 })).rejects.toThrow(
    'unpacked',
  );
  expect(unpacked).toEqual([31]);
  expect(await scanBatches({ ...query, after: 40n }, { ...from, head: 100 })).toEqual({
    events: [],
    nextAfter: 100n,
    more: false,
  });
});

test('a prefix is compared with each type', async () => {
  const { sources: from, unpacked } = sources();
  const prefixed = { ...query, type: { prefix: 'order.pa' } };
  await expect(
    scanNewestBatches({ ...prefixed, before: 101n }, { ...from, oldest: 1 }),
  ).rejects.toThrow('unpacked');
  expect(unpacked).toEqual([100]);
});
