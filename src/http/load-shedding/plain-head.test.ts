import { describe, expect, it } from 'vitest';
import { plainHeadOf } from './plain-head.ts';

const LINES = [
  'POST /v1/events HTTP/1.1',
  'Host: localhost',
  'Authorization: Bearer k',
  'Content-Type: application/cloudevents-batch+json',
  'Content-Length: 12345',
];

function head(change: (lines: readonly string[]) => readonly string[] = (lines) => lines): string {
  return [...change(LINES), '', ''].join('\r\n');
}
const withLine = (line: string): string => head((lines) => [...lines, line]);
const instead = (at: number, line: string): string => head((lines) => lines.with(at, line));

describe('a plain head', () => {
  it.each([
    ['a batch', head()],
    ['one event', instead(3, 'content-type: application/cloudevents+json; charset=utf-8')],
    ['plain JSON', instead(3, 'CONTENT-TYPE:application/json')],
    ['a connection that stays', withLine('Connection: keep-alive')],
    ['a compressed body', withLine('Content-Encoding: zstd')],
  ])('is that of %s', (_, text) => {
    expect(plainHeadOf(text)).toEqual({ bodyBytes: 12_345, traceId: undefined });
  });

  it('tells the trace id of its traceparent', () => {
    const id = 'ABCDEF0123456789abcdef0123456789';
    const told = plainHeadOf(withLine(`traceparent: 00-${id}-0123456789abcdef-01`));
    expect(told?.traceId).toBe(id.toLowerCase());
    expect(plainHeadOf(withLine('traceparent: 00-xyz-0-01'))?.traceId).toBeUndefined();
  });

  it.each([
    ['another method', instead(0, 'GET /v1/events HTTP/1.1')],
    ['another address', instead(0, 'POST /v1/eventss HTTP/1.1')],
    ['parameters', instead(0, 'POST /v1/events?a=b HTTP/1.1')],
    ['an older version', instead(0, 'POST /v1/events HTTP/1.0')],
    ['lines of JSON', instead(3, 'Content-Type: application/x-ndjson')],
    ['a type that only begins alike', instead(3, 'Content-Type: application/jsonl')],
    ['no length', head((lines) => lines.slice(0, 4))],
    ['two lengths', withLine('Content-Length: 12345')],
    ['a length that is no number', instead(4, 'Content-Length: 0x12')],
    ['lengths in a list', instead(4, 'Content-Length: 5, 5')],
    ['a length with a sign', instead(4, 'Content-Length: +5')],
    ['a blank before the colon of a length', withLine('Content-Length : 7')],
    ['chunks', withLine('Transfer-Encoding: chunked')],
    ['chunks and a blank before the colon', withLine('Transfer-Encoding : chunked')],
    ['a connection that ends', withLine('Connection: close')],
    ['a connection that stays and upgrades', withLine('Connection: keep-alive, Upgrade')],
    ['an expectation', withLine('Expect: 100-continue')],
    ['an upgrade', withLine('Upgrade: websocket')],
    ['a folded line', withLine(' folded')],
  ])('is not one with %s', (_, text) => {
    expect(plainHeadOf(text)).toBeNull();
  });
});
