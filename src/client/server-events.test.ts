import { expect, test } from 'vitest';
import { readEvents, type ServerEvent } from './server-events.ts';

async function read(...chunks: readonly string[]): Promise<readonly ServerEvent[]> {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const events: ServerEvent[] = [];
  for await (const event of readEvents(new Response(ReadableStream.from(bytes))))
    events.push(event);
  return events;
}

test('an event has an id, a name and data, wherever the chunks are cut', async () => {
  const text = 'id: 7\nevent: row\ndata: {"a":\ndata: 1}\n\n';
  const whole = [{ id: '7', event: 'row', data: '{"a":\n1}' }];
  expect(await read(text)).toEqual(whole);
  for (let at = 1; at < text.length; at += 1)
    expect(await read(text.slice(0, at), text.slice(at))).toEqual(whole);
});

test('comments and events without data are skipped, an id is kept', async () => {
  expect(await read(': here\n\nid: 1\n\ndata:x\r\n\r\ndata\n\n')).toEqual([
    { id: '1', event: 'message', data: 'x' },
    { id: '1', event: 'message', data: '' },
  ]);
});

test('what is cut off at the end is no event', async () => {
  expect(await read('data: whole\n\ndata: half\n')).toEqual([
    { id: '', event: 'message', data: 'whole' },
  ]);
});

test('letters of several bytes may be cut in two', async () => {
  const bytes = new TextEncoder().encode('data: żółw\n\n');
  const response = new Response(ReadableStream.from([...bytes].map((byte) => Uint8Array.of(byte))));
  expect((await Array.fromAsync(readEvents(response))).map(({ data }) => data)).toEqual(['żółw']);
});

test('who leaves the loop ends the connection', async () => {
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const event of readEvents(new Response(stream))) {
    expect(event.data).toBe('1');
    break;
  }
  expect(cancelled).toBe(true);
});
