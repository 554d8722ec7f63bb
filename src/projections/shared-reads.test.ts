import { expect, test } from 'vitest';
import { jsonDraftOf } from '../core/event.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { SharedReads } from './shared-reads.ts';

const TENANT = 'ana';

function sharedReads() {
  const inner = createMemoryLog({ bucketCount: 1 });
  const asked: bigint[] = [];
  const log = {
    ...inner,
    readBatches: (...[bucket, after, options]: Parameters<typeof inner.readBatches>) => {
      asked.push(after);
      return inner.readBatches(bucket, after, options);
    },
  };
  const send = (id: string) =>
    inner.appendReceived(TENANT, [jsonDraftOf({ id, source: '/s', type: 'a' }, {})]);
  return { reads: new SharedReads(log, 0), asked, send };
}

test('at the known head the log is not asked, however often somebody looks', async () => {
  const { reads, asked, send } = sharedReads();
  await send('1');
  expect(await reads.after(1n, 100)).toEqual([]);
  expect(await reads.after(1n, 100)).toEqual([]);
  expect(asked).toEqual([]);
});

test('what is appended behind the head is read, once for all who stand there', async () => {
  const { reads, asked, send } = sharedReads();
  await send('1');
  await reads.after(1n, 100);
  await send('2');
  const [one, two] = await Promise.all([reads.after(1n, 100), reads.after(1n, 100)]);
  expect(one.map(({ lastPosition }) => lastPosition)).toEqual([2n]);
  expect(two).toBe(one);
  expect(asked).toEqual([1n]);
});
