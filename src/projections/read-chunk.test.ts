import { expect, test } from 'vitest';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { UnreadBatch } from '../log/postgres/unread-batch.ts';
import { createWriter, trailModel } from './projections.fixture.ts';
import { createPreparer, readChunk, type ChunkLimits } from './read-chunk.ts';

const ROOMY: ChunkLimits = { events: 1_000, rows: 1_000, bytes: 1_000_000, looked: 1_000 };

async function chunksOf(limits: Partial<ChunkLimits>) {
  const log = createMemoryLog({ bucketCount: 1 });
  const write = createWriter(log);
  const place = { tenant: 'ana', stream: 'notes/a' };
  await write(
    place,
    Array.from({ length: 10 }, (_, number) => ({ key: `k${number}`, number })),
  );
  const preparer = createPreparer(trailModel());
  const read = (after: bigint) => log.readBatches(0, after, { eventsMax: 1_000 });
  const sizes: number[] = [];
  for (let after = 0n; ;) {
    const asked = { preparer, read, after, asOfMicros: null, eager: false };
    const chunk = await readChunk({ ...asked, limits: { ...ROOMY, ...limits } });
    if (chunk.events.length > 0) sizes.push(chunk.events.length);
    if (chunk.end === 'head') return sizes;
    after = chunk.last;
  }
}

test('a batch of other types that came unread is read up to the moment of a shadow', async () => {
  const parts = [
    { batchId: 'a', lastPosition: 2, recordedAt: 10 },
    { batchId: 'b', lastPosition: 4, recordedAt: 20 },
  ];
  const batch = new UnreadBatch({ bucket: 0, first: 1, last: 4, types: ['other'], parts });
  const asked = {
    preparer: createPreparer(trailModel()),
    read: async (after: bigint) => (after < 4n ? [batch] : []),
    after: 0n,
    limits: ROOMY,
    eager: false,
  };
  const chunk = await readChunk({ ...asked, asOfMicros: 15n });
  expect(chunk).toMatchObject({ last: 2n, events: [], end: 'sealed', sinceMicros: 10n });
  expect(await readChunk({ ...asked, asOfMicros: null })).toMatchObject({ last: 4n, end: 'head' });
});

test('a chunk ends where its events, rows or bytes are enough, and the next goes on behind it', async () => {
  expect(await chunksOf({})).toEqual([10]);
  expect(await chunksOf({ events: 4 })).toEqual([4, 4, 2]);
  expect(await chunksOf({ rows: 5 })).toEqual([5, 5]);
  expect(await chunksOf({ bytes: 1 })).toEqual(Array.from({ length: 10 }, () => 1));
});
