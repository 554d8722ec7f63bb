import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newSecret, secretText, signedHeaders } from './signature.ts';

describe('signedHeaders', () => {
  it('gives the vector of the specification', () => {
    const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const body = Buffer.from('{"test": 2432232314}');
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', atMs: 1_614_265_330_000, body };
    expect(signedHeaders(message, [secret])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs with every secret, each of which the outside verifier takes', () => {
    const secrets = [newSecret(), newSecret(), newSecret()];
    const body = Buffer.from('{"name":"ä €"}');
    const headers = signedHeaders({ id: 'msg_1', atMs: Date.now(), body }, secrets);
    expect(headers['webhook-signature'].split(' ')).toHaveLength(3);
    for (const secret of secrets)
      expect(new Webhook(secretText(secret)).verify(body.toString(), { ...headers })).toEqual({
        name: 'ä €',
      });
    const stranger = new Webhook(secretText(newSecret()));
    expect(() => stranger.verify(body.toString(), { ...headers })).toThrow('No matching signature');
  });

  it.each([
    ['another body', { body: '{} ' }],
    ['another id', { id: 'msg_2' }],
    ['another time', { shiftSeconds: 1 }],
    ['a time long past', { shiftSeconds: -3600 }],
  ])(
    'does not stand for %s',
    (_what, change: { body?: string; id?: string; shiftSeconds?: number }) => {
      const secret = newSecret();
      const atMs = Date.now();
      const headers = signedHeaders({ id: 'msg_1', atMs, body: Buffer.from('{}') }, [secret]);
      const seconds = Number(headers['webhook-timestamp']) + (change.shiftSeconds ?? 0);
      const altered = {
        ...headers,
        'webhook-id': change.id ?? 'msg_1',
        'webhook-timestamp': String(seconds),
      };
      const verifier = new Webhook(secretText(secret));
      expect(() => verifier.verify(change.body ?? '{}', altered)).toThrow();
    },
  );

  it('makes secrets of 32 bytes, written as the specification says', () => {
    expect(secretText(newSecret())).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(secretText(newSecret())).not.toBe(secretText(newSecret()));
  });
});
