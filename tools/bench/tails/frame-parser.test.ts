import { expect, test } from 'vitest';
import { createFrameParser } from './frame-parser.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
const BODY =
  ': alive\n\nid: 1\ndata: {"id":"Crème"}\n\n: alive\n\nevent: dropped\ndata: {"code":"OVERLOADED"}\n\n';

function collect(text: string, step: number) {
  const frames: [string, string][] = [];
  let opened = 0;
  const parser = createFrameParser({
    onOpen: () => (opened += 1),
    onFrame: (event, data) => frames.push([event, data]),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += step) parser.feed(bytes.subarray(at, at + step));
  return { frames, opened };
}

test.each([[1], [7], [64], [100_000]])(
  'messages cut into pieces of %i bytes come out whole, comments do not come out',
  (step) => {
    expect(collect(HEAD + BODY, step)).toEqual({
      opened: 1,
      frames: [
        ['message', '{"id":"Crème"}'],
        ['dropped', '{"code":"OVERLOADED"}'],
      ],
    });
  },
);

test('a message without its empty line is not handed over', () => {
  expect(collect(`${HEAD}data: {}\n`, 10).frames).toEqual([]);
});

test('another status and a chunked body are refused', () => {
  expect(() => collect('HTTP/1.1 503 Gone\r\n\r\n', 100)).toThrow('503');
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  expect(() => collect(chunked, 100)).toThrow('chunked');
});
