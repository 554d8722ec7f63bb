import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { chunksInTime } from './chunks-in-time.ts';
import { sendProblem } from './problem.ts';

const LONG_MS = 60_000;

test('a sender who is too slow hears the refusal on its own connection, which then ends', async () => {
  const server = createServer((request, response) => {
    void Array.fromAsync(chunksInTime(request, 20)).catch((error: unknown) =>
      sendProblem(response, error, 'trace'),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{"a":');
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*connection: close[^]*INPUT_INVALID/i);
  server.close();
});

test('what arrives in time is given chunk by chunk', async () => {
  const body = new PassThrough();
  body.write('one');
  setImmediate(() => body.end('two'));
  const chunks = await Array.fromAsync(chunksInTime(body, LONG_MS));
  expect(Buffer.concat(chunks).toString()).toBe('onetwo');
});

test('a body that is left in the middle is not destroyed: its connection has an answer to carry', async () => {
  const body = new PassThrough();
  body.write('one');
  for await (const chunk of chunksInTime(body, LONG_MS)) {
    expect(chunk.toString()).toBe('one');
    break;
  }
  expect(body.destroyed).toBe(false);
});

test('an error of the stream is the error of its reader', async () => {
  const body = new PassThrough();
  body.write('one');
  const reading = Array.fromAsync(chunksInTime(body, LONG_MS));
  body.destroy(new Error('gone'));
  await expect(reading).rejects.toThrow('gone');
});
