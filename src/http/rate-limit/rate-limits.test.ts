import { describe, expect, test } from 'vitest';
import type { Principal } from '../../access/principal.ts';
import type { Route } from '../route.ts';
import { rateClassOf, rateRequestOf, takeRequest } from './limit-request.ts';
import { createMemoryRateLimits } from './memory-rate-limits.ts';
import { QUOTAS, type RateRequest } from './rate-limits.ts';

function limited(requests: number) {
  let nowMs = 1_000_000_000;
  const few = { requests, windowSeconds: 10 };
  const all = { read: few, write: few, export: few, public: few, open: few };
  const quotas = { key: all, user: all, device: all, address: all };
  // safe because the limits read nothing else of a clock
  const clock = { nowMs: () => nowMs } as never;
  return {
    limits: createMemoryRateLimits(clock, quotas),
    pass: (ms: number) => void (nowMs += ms),
  };
}
const ask: RateRequest = { subject: 'key', id: 'acme/k1', class: 'read' };

describe('limits of a process', () => {
  test('the quota is given, then refused until the window has slid on', async () => {
    const { limits, pass } = limited(3);
    const first = await takeRequest(limits, ask);
    expect(first).toEqual({
      'ratelimit-policy': '"key-read";q=3;w=10',
      ratelimit: '"key-read";r=2;t=10',
    });
    await takeRequest(limits, ask);
    await takeRequest(limits, ask);
    const refused = await takeRequest(limits, ask).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'RATE_LIMITED' });
    const { retryAfterSeconds } = refused as { retryAfterSeconds: number };
    pass((retryAfterSeconds - 1) * 1000);
    expect((await limits.take(ask)).allowed).toBe(false);
    pass(1000);
    expect((await limits.take(ask)).allowed).toBe(true);
  });

  test('whoever keeps asking while refused is not kept out for longer', async () => {
    const { limits, pass } = limited(2);
    for (let index = 0; index < 100; index += 1) await limits.take(ask);
    pass(20_000);
    expect((await limits.take(ask)).allowed).toBe(true);
  });

  test('subjects, ids and classes are counted apart', async () => {
    const { limits } = limited(1);
    await limits.take(ask);
    expect((await limits.take(ask)).allowed).toBe(false);
    for (const other of [{ id: 'other/k1' }, { class: 'write' }, { subject: 'user' }] as const)
      expect((await limits.take({ ...ask, ...other })).allowed).toBe(true);
  });

  test('in no window of any place is more than twice the quota let through, and the mean is the quota', async () => {
    const { limits, pass } = limited(50);
    const allowed: number[] = [];
    for (let tick = 0; tick < 4_000; tick += 1) {
      if ((await limits.take(ask)).allowed) allowed.push(tick * 25);
      pass(25);
    }
    const most = Math.max(
      ...allowed.map((from) => allowed.filter((at) => at >= from && at < from + 10_000).length),
    );
    expect(most).toBeLessThanOrEqual(100);
    expect(allowed.length / 10).toBeGreaterThan(35);
    expect(allowed.length / 10).toBeLessThanOrEqual(60);
  });
});

describe('what a request counts against', () => {
  const person: Principal = {
    keyId: 'user:u1',
    tenant: 'acme',
    scopes: new Set(),
    user: { userId: 'u1', sessionId: 's', deviceId: null, roles: [] },
  };

  test('a key, a user or a device where one is known, whatever its address', () => {
    const key = { keyId: 'k1', tenant: 'acme', scopes: new Set<never>() };
    expect(rateRequestOf('read', key, '203.0.113.1')).toMatchObject({
      subject: 'key',
      id: 'acme/k1',
    });
    expect(rateRequestOf('read', person, 'x')).toMatchObject({ subject: 'user', id: 'acme/u1' });
    const atTill = { ...person, user: { ...person.user!, deviceId: 'd1' } };
    expect(rateRequestOf('read', atTill, 'x')).toMatchObject({ subject: 'device', id: 'acme/d1' });
  });

  test('else the address', () => {
    const nobody = { keyId: '', tenant: '', scopes: new Set<never>() };
    expect(rateRequestOf('public', nobody, '203.0.113.1')).toEqual({
      subject: 'address',
      id: '203.0.113.1',
      class: 'public',
    });
  });

  test.each<[Partial<Route>, ReturnType<typeof rateClassOf>]>([
    [{ path: '/health/ready', access: { kind: 'open' } }, null],
    [{ path: '/metrics' }, null],
    [{ path: '/public/{slug}/menu', access: { kind: 'open' } }, 'public'],
    [{ path: '/v1/session', access: { kind: 'open' }, method: 'POST' }, 'open'],
    [{ path: '/v1/orders' }, 'read'],
    [{ path: '/v1/orders', method: 'POST' }, 'write'],
    [{ path: '/v1/a.csv', audit: { class: 'audit', action: 'a', first: true } }, 'export'],
  ])('%j is of the class %s', (route, expected) => {
    // safe because the class depends on nothing else
    const whole = { method: 'GET', access: { kind: 'key' }, ...route } as Route;
    expect(rateClassOf(whole)).toBe(expected);
  });

  test('every quota lies above a load that one of them may be measured at', () => {
    expect(QUOTAS.key.write.requests / QUOTAS.key.write.windowSeconds).toBeGreaterThanOrEqual(
      15_000,
    );
    // 1,000 sessions from 1,000 addresses answer once a second each.
    expect(QUOTAS.address.public.requests / 60).toBeGreaterThan(1);
  });
});
