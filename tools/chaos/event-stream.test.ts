import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStream, type StreamMessage } from './event-stream.ts';

let server: Server;
let url = '';
let asked: string | string[] | undefined;

beforeEach(async () => {
  server = createServer((request, response) => {
    asked = request.headers['last-event-id'];
    response.statusCode = request.url === '/refused' ? 401 : 200;
    response.write(': alive\n\nid: a\ndata: {"n":1}\n\nid: b\nda');
    response.end('ta: {"n":2}\n\nevent: dropped\ndata: {"code":"X"}\n\nid: c\ndata: cut off');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
});
afterEach(() => void server.close());

it('gives whole messages across chunks, without comments and without one that was cut off', async () => {
  const messages: StreamMessage[] = [];
  for await (const message of openStream({ url, apiKey: 'k', lastEventId: 'z' }))
    messages.push(message);
  expect(asked).toBe('z');
  expect(messages).toEqual([
    { id: 'a', event: 'message', data: '{"n":1}' },
    { id: 'b', event: 'message', data: '{"n":2}' },
    { id: '', event: 'dropped', data: '{"code":"X"}' },
  ]);
});

it('throws when the stream is refused', async () => {
  const stream = openStream({ url: `${url}/refused`, apiKey: 'k' });
  await expect(stream.next()).rejects.toThrow('401');
});
