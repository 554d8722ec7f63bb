import { expect, test } from 'vitest';
import { jsonDraftOf } from '../../core/event.ts';
import { mayHold, type LogBatch, type LogReader } from '../../log/log.ts';
import { createMemoryLog } from '../../log/memory/memory-log.ts';
import { createChunkReader, type ReadPlace } from './chunk-reader.ts';

const TENANT = 'shop';
const log = createMemoryLog({ bucketCount: 1 });
/** What the log was asked for, in order. */
const asked: (readonly string[] | undefined)[] = [];

/** As a log does it whose batches are elsewhere: those without any of the types come unread. */
const strict: LogReader = {
  ...log,
  async readBatches(bucket, after, options) {
    const { types } = options;
    asked.push(types === undefined ? undefined : [...types]);
    const batches = await log.readBatches(bucket, after, options);
    const listed = batches.map((batch) => withTypes(batch));
    return listed.map((batch) =>
      types === undefined || mayHold(batch, types) ? batch : unread(batch),
    );
  },
};

function withTypes(batch: LogBatch): LogBatch {
  const types = Array.from({ length: batch.count }, (_, index) => batch.typeAt(index));
  return { ...batch, types };
}

function unread(batch: LogBatch): LogBatch {
  const refuse = (): never => {
    throw new Error('not read');
  };
  const columns = { tenantAt: refuse, typeAt: refuse, sourceAt: refuse, dataKindAt: refuse };
  return { ...batch, ...columns, eventAt: refuse };
}

async function send(id: string, type: string): Promise<void> {
  await log.appendReceived(TENANT, [jsonDraftOf({ id, source: '/s', type }, {})]);
}

/** All that one reader hands out from a position to the head. */
async function readOn(place: Omit<ReadPlace, 'bucket' | 'after'>): Promise<string[]> {
  const reader = createChunkReader({ log: strict });
  const ids: string[] = [];
  let { types } = place;
  const interest =
    place.interest === undefined
      ? undefined
      : async () => (types = (await place.interest?.()) ?? null);
  for (let after = 0n; ;) {
    const chunk = await reader.next({ bucket: 0, after, types, interest });
    if (chunk === null) return ids;
    ids.push(...chunk.events.map(({ id }) => id));
    after = chunk.through;
  }
}

test('readers of lasting types, of an interest and of everything get what they want, and no more is read', async () => {
  await send('1', 'a');
  await send('2', 'b');
  await send('3', 'c');
  await send('4', 'b');
  expect(await readOn({ types: new Set(['a', 'b']) })).toEqual(['1', '2', '4']);
  expect(await readOn({ types: null })).toEqual(['1', '2', '3', '4']);
  asked.length = 0;
  expect(await readOn({ types: new Set(), interest: async () => new Set() })).toEqual([]);
  expect(asked).toEqual([[]]);
});

test('a read that ends early is no head', async () => {
  const short: LogReader = {
    ...log,
    readBatches: async (bucket, after) => log.readBatches(bucket, after, { eventsMax: 1 }),
  };
  const reader = createChunkReader({ log: short });
  const { position: head } = await log.head(0);
  for (let after = 0n; after < head; after += 1n)
    expect(await reader.next({ bucket: 0, after, types: null })).toMatchObject({
      through: after + 1n,
      reachedHead: after + 1n === head,
    });
});

test('what somebody wants only since it was read is read again', async () => {
  asked.length = 0;
  const reader = createChunkReader({ log: strict });
  const unasked = { bucket: 0, after: 0n, types: new Set<string>() };
  const none = await reader.next({ ...unasked, interest: async () => new Set(['b']) });
  expect(none).toMatchObject({ through: 1n, events: [], reachedHead: false });
  expect(await readOn({ types: new Set(), interest: async () => new Set(['b']) })).toEqual([
    '2',
    '4',
  ]);
  const everything = async (): Promise<null> => null;
  expect(await readOn({ types: new Set(), interest: everything })).toEqual(['1', '2', '3', '4']);
  expect(asked).toContainEqual(['b']);
});
