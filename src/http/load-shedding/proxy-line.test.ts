import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { proxyLineOf, readProxyLine } from './proxy-line.ts';

function clientAt(remoteAddress: string | undefined): Socket {
  const known = { remoteAddress, remotePort: 50_000, localAddress: '::1', localPort: 8080 };
  return Object.defineProperties(
    new Socket(),
    Object.fromEntries(Object.entries(known).map(([name, value]) => [name, { value }])),
  );
}

it.each(['127.0.0.1', '::1', '::ffff:10.1.2.3', '2001:db8:85a3:8d3:1319:8a2e:370:7348'])(
  'the line of %s is read again, byte by byte',
  (address) => {
    const line = Buffer.from(proxyLineOf(clientAt(address)));
    for (let length = 0; length < line.length; length += 1)
      expect(readProxyLine(line.subarray(0, length))).toBeNull();
    const more = Buffer.concat([line, Buffer.from('POST / HTTP/1.1\r\n')]);
    expect(readProxyLine(more)).toEqual({ remoteAddress: address, end: line.length });
  },
);

it('a client that is gone has no address', () => {
  const line = Buffer.from(proxyLineOf(clientAt(undefined)));
  expect(readProxyLine(line)).toEqual({ remoteAddress: undefined, end: line.length });
});

it.each([
  ['a request', 'POST /v1/events HTTP/1.1\r\n'],
  ['no address', 'PROXY TCP4 localhost ::1 1 2\r\n'],
  ['a line without an end', 'PROXY TCP4 '.padEnd(200, '1')],
])('%s is no line', (_, text) => {
  expect(() => readProxyLine(Buffer.from(text))).toThrow(/PROXY/);
});
