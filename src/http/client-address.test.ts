import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddressBehind, isLoopback } from './client-address.ts';

const from = (remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage =>
  // safe because only these two members are looked at
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

describe('client address', () => {
  it.each([
    {
      what: 'nobody trusted: the peer',
      trusted: [],
      peer: '10.0.0.1',
      says: '1.2.3.4',
      is: '10.0.0.1',
    },
    {
      what: 'a trusted peer',
      trusted: ['10.0.0.1'],
      peer: '10.0.0.1',
      says: '1.2.3.4',
      is: '1.2.3.4',
    },
    {
      what: 'an untrusted peer',
      trusted: ['10.0.0.1'],
      peer: '10.0.0.2',
      says: '1.2.3.4',
      is: '10.0.0.2',
    },
    {
      what: 'two proxies',
      trusted: ['10.0.0.0/8'],
      peer: '10.0.0.1',
      says: '1.2.3.4, 10.9.9.9',
      is: '1.2.3.4',
    },
    {
      what: 'entries that the client wrote itself',
      trusted: ['10.0.0.0/8'],
      peer: '10.0.0.1',
      says: '10.7.7.7, 1.2.3.4',
      is: '1.2.3.4',
    },
    {
      what: 'a dual-stack socket',
      trusted: ['10.0.0.1'],
      peer: '::ffff:10.0.0.1',
      says: '2001:db8::1',
      is: '2001:db8::1',
    },
    { what: 'nonsense', trusted: ['10.0.0.1'], peer: '10.0.0.1', says: 'unknown', is: '10.0.0.1' },
    {
      what: 'a network of IPv6',
      trusted: ['fd00::/8'],
      peer: 'fd00::1',
      says: '1.2.3.4',
      is: '1.2.3.4',
    },
  ])('$what', ({ trusted, peer, says, is }) => {
    const request = from(peer, { 'x-forwarded-for': says });
    expect(clientAddressBehind(trusted)(request)).toBe(is);
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
