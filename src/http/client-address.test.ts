import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddressBehind, isLoopback } from './client-address.ts';

const from = (remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage =>
  // safe because only these two members are looked at
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

describe('client address', () => {
  it.each([
    ['nobody trusted: the peer', [], '10.0.0.1', '1.2.3.4', '10.0.0.1'],
    ['a trusted peer: what it says', ['10.0.0.1'], '10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['an untrusted peer: what it says is ignored', ['10.0.0.1'], '10.0.0.2', '1.2.3.4', '10.0.0.2'],
    ['two proxies', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4, 10.9.9.9', '1.2.3.4'],
    [
      'entries that the client wrote itself',
      ['10.0.0.0/8'],
      '10.0.0.1',
      '10.7.7.7, 1.2.3.4',
      '1.2.3.4',
    ],
    ['a dual-stack socket', ['10.0.0.1'], '::ffff:10.0.0.1', '2001:db8::1', '2001:db8::1'],
    ['nonsense', ['10.0.0.1'], '10.0.0.1', 'unknown', '10.0.0.1'],
    ['a network of IPv6', ['fd00::/8'], 'fd00::1', '1.2.3.4', '1.2.3.4'],
  ])('%s', (_what, trusted, peer, forwarded, expected) => {
    const request = from(peer, { 'x-forwarded-for': forwarded });
    expect(clientAddressBehind(trusted)(request)).toBe(expected);
  });

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.1/x', ''])('refuses %j as a proxy', (entry) => {
    expect(() => clientAddressBehind([entry])).toThrow('COMPTOIR_TRUSTED_PROXIES');
  });
});

describe('loopback', () => {
  it.each([
    ['127.0.0.1', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['10.0.0.1', {}, false],
    ['127.0.0.1', { 'x-forwarded-host': 'a' }, false],
    ['127.0.0.1', { forwarded: 'for=1.2.3.4' }, false],
  ])('%s with %j: %s', (peer, headers, expected) => {
    expect(isLoopback(from(peer, headers))).toBe(expected);
  });
});
