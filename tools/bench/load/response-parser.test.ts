import { expect, test } from 'vitest';
import { createResponseParser } from './response-parser.ts';

function answer(status: number, body: string): string {
  return `HTTP/1.1 ${status} Any\r\nDate: today\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: keep-alive\r\n\r\n${body}`;
}

function collect(bytes: Buffer, step: number): [number, string][] {
  const seen: [number, string][] = [];
  const parser = createResponseParser((status, body) => seen.push([status, body.toString()]));
  for (let at = 0; at < bytes.length; at += step) {
    const chunk = bytes.subarray(at, at + step);
    parser.feed(chunk, chunk.length);
  }
  return seen;
}

test.each([[1], [7], [64], [100_000]])(
  'answers cut into pieces of %i bytes come out whole',
  (step) => {
    const long = JSON.stringify({ note: 'Crème Brûlée '.repeat(3_000) });
    const bytes = Buffer.from(answer(201, '{"a":1}') + answer(200, long) + answer(503, ''));
    expect(collect(bytes, step)).toEqual([
      [201, '{"a":1}'],
      [200, long],
      [503, ''],
    ]);
  },
);

test('the header name may be written in any case', () => {
  const bytes = Buffer.from('HTTP/1.1 200 OK\r\ncontent-LENGTH: 2\r\n\r\nok');
  expect(collect(bytes, 3)).toEqual([[200, 'ok']]);
});

test('204 has no body even without a length', () => {
  const bytes = Buffer.from(`HTTP/1.1 204 No Content\r\nX: y\r\n\r\n${answer(200, 'next')}`);
  expect(collect(bytes, 5)).toEqual([
    [204, ''],
    [200, 'next'],
  ]);
});

test('an incomplete answer is not handed over', () => {
  expect(collect(Buffer.from(answer(200, 'abc')).subarray(0, -1), 10)).toEqual([]);
});

test('what is not HTTP/1.1 or has no length is refused', () => {
  expect(() => collect(Buffer.from('SSH-2.0\r\n\r\n'), 50)).toThrow('HTTP/1.1');
  expect(() =>
    collect(Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), 80),
  ).toThrow('Content-Length');
});
