import { expect, test } from 'vitest';
import { CallFailed } from './call-failed.ts';
import { followEvents, waitMs } from './event-stream.ts';

function answer(text: string): Response {
  return new Response(text);
}

test('a stream that breaks is taken up after the last id, until the reader leaves', async () => {
  const asked: (string | undefined)[] = [];
  const states: string[] = [];
  const seen: string[] = [];
  const stream = followEvents({ onState: (state) => states.push(state) }, async ({ headers }) => {
    asked.push(headers['last-event-id']);
    if (asked.length === 1) return answer('id: 1\ndata: a\n\nid: 2\ndata: b\n\ndata: cut');
    if (asked.length === 2) throw new CallFailed({ status: 0, traceId: '' });
    return answer('id: 3\ndata: c\n\n');
  });
  for await (const { data } of stream) {
    seen.push(data);
    if (data === 'c') break;
  }
  expect(seen).toEqual(['a', 'b', 'c']);
  expect(asked).toEqual([undefined, '2', '2']);
  expect(states).toEqual(['open', 'waiting', 'waiting', 'open']);
});

test('it begins after an id that the reader kept', async () => {
  const asked: (string | undefined)[] = [];
  const stream = followEvents({ lastEventId: '41' }, async ({ headers }) => {
    asked.push(headers['last-event-id']);
    return answer('data: x\n\n');
  });
  await stream.next();
  await stream.return(undefined);
  expect(asked).toEqual(['41']);
});

test.each([400, 401, 403, 404, 410])('a refusal with %i ends it', async (status) => {
  const stream = followEvents({}, () =>
    Promise.reject(new CallFailed({ status, traceId: '', body: { code: 'NO' } })),
  );
  await expect(stream.next()).rejects.toMatchObject({ status, code: 'NO' });
});

test('aborting ends it without an error, also while it waits', async () => {
  const ended = new AbortController();
  const stream = followEvents(
    { signal: ended.signal, onState: (state) => state === 'waiting' && ended.abort() },
    () => Promise.reject(new CallFailed({ status: 503, traceId: '', retryAfter: '60' })),
  );
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test('an abort reaches the connection', async () => {
  const ended = new AbortController();
  const stream = followEvents({ signal: ended.signal }, async ({ signal }) => {
    queueMicrotask(() => ended.abort());
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw signal.reason;
  });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test('waits double, stay below 15 s, and differ', () => {
  const most = (): number => 1;
  const least = (): number => 0;
  expect([0, 1, 2, 3].map((tries) => waitMs(tries, most))).toEqual([250, 500, 1000, 2000]);
  expect(waitMs(3, least)).toBe(1000);
  expect(waitMs(1000, most)).toBe(15_000);
});
