import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { createBodyBudget } from './body-budget.ts';
import { parseJson, readJsonBody } from './json-body.ts';

const BYTES_MAX = 100;
const bodyOf = (text: string) => Readable.from([Buffer.from(text)]);

test('a body whose sender goes away is an invalid input, not a failure of the server', async () => {
  const outcome = Promise.withResolvers<unknown>();
  const server = createServer((request) => {
    socket.destroy();
    readJsonBody(request, BYTES_MAX).then(outcome.resolve, outcome.reject);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{"a":');
  await expect(outcome.promise).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await new Promise((done) => server.close(done));
});

test('bodies beyond the budget are refused as overload until others have been read', async () => {
  const budget = createBodyBudget(10);
  const slow = new PassThrough();
  const first = readJsonBody(slow, BYTES_MAX, { budget });
  slow.write('{"a":1');
  await until('the first part was read', () => slow.readableLength === 0);
  await expect(readJsonBody(bodyOf('{"b":2}'), BYTES_MAX, { budget })).rejects.toMatchObject({
    code: 'OVERLOADED',
    retryAfterSeconds: 1,
  });
  slow.end('}');
  expect(await first).toEqual({ a: 1 });
  expect(await readJsonBody(bodyOf('{"b":"45"}'), BYTES_MAX, { budget })).toEqual({ b: '45' });
});

test('whatever becomes of a body, its bytes are given back', async () => {
  const budget = createBodyBudget(10);
  const cut = new PassThrough();
  const reading = readJsonBody(cut, BYTES_MAX, { budget });
  cut.write('{"a":');
  cut.destroy();
  await expect(reading).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await expect(readJsonBody(bodyOf('no json'), BYTES_MAX, { budget })).rejects.toThrow();
  await expect(readJsonBody(bodyOf('12345'), 4, { budget })).rejects.toMatchObject({
    code: 'TOO_LARGE',
  });
  expect(() => budget.take(10)).not.toThrow();
});

test('NUL is refused in texts and in names of members, however it is spelled, and nothing like it is', async () => {
  for (const [text, at] of [
    ['{"a":"\\u0000"}', '/a'],
    ['{"a":[{"x~/y":"x\\u0000y"}]}', '/a/0/x~0~1y'],
    ['{"a":{"\\u0000":1}}', '/a'],
    ['"\\u0000"', '/'],
  ] as const)
    await expect(readJsonBody(bodyOf(text), BYTES_MAX)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('NUL'),
      errors: [{ at }],
    });
  expect(await readJsonBody(bodyOf('{"a":"\\\\u0000 \\u0001"}'), BYTES_MAX)).toEqual({
    a: '\\u0000 \u0001',
  });
});

test('what is passed on keeps its numbers and NUL, and holds no __proto__ all the same', () => {
  const kept = '{"a":"x\\u0000","n":12345678901234567890}';
  expect(JSON.stringify(parseJson(Buffer.from(kept), true))).toBe(kept);
  expect(() => parseJson(Buffer.from('{"a":{"__proto__":1}}'), true)).toThrow('__proto__');
});

test('a member named __proto__ and half a surrogate pair are refused where they are', async () => {
  for (const [text, at] of [
    ['{"a":{"__proto__":{"x":1}}}', '/a'],
    ['{"\\u005f_proto__":1}', '/'],
    ['{"a":["\\ud83d"]}', '/a/0'],
    ['{"a":{"\\udc00":1}}', '/a'],
  ] as const)
    await expect(readJsonBody(bodyOf(text), BYTES_MAX)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      errors: [{ at }],
    });
  expect(await readJsonBody(bodyOf('{"a":"\\ud83d\\ude00"}'), BYTES_MAX)).toEqual({ a: '😀' });
});
