/** Limits over HTTP: whom they count, what answers say of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { httpFixture, type HttpFixture } from '../fixture.ts';
import { createMemoryRateLimits } from './memory-rate-limits.ts';
import { QUOTAS } from './rate-limits.ts';

let http: HttpFixture;
/** An hour, so that no window ends while the test runs. */
const few = { requests: 3, windowSeconds: 3600 };
const quotas = {
  ...QUOTAS,
  key: { ...QUOTAS.key, read: few },
  address: { ...QUOTAS.address, public: few },
};

beforeAll(async () => {
  http = await httpFixture({
    trustedProxies: ['127.0.0.1'],
    rateLimits: createMemoryRateLimits(systemClock, quotas),
  });
});
afterAll(() => http.close());

test('a key is counted wherever it comes from, and another of the tenant apart', async () => {
  const owner = await http.tenant('acme');
  const { key } = await http.key(owner, ['leads:read']);
  const read = (as: string, from: string) =>
    http.json('/v1/leads', { key: as, headers: { 'x-forwarded-for': from } });
  const answers = [];
  for (const from of ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4'])
    answers.push(await read(key, from));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get('ratelimit')?.split(';t=')[0])).toEqual([
    '"key-read";r=2',
    '"key-read";r=1',
    '"key-read";r=0',
    '"key-read";r=0',
  ]);
  const refused = answers[3]!;
  expect(refused.body.code).toBe('RATE_LIMITED');
  expect(refused.headers.get('ratelimit-policy')).toBe('"key-read";q=3;w=3600');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await read(owner, '203.0.113.1')).status).toBe(200);
});

test('whoever is not known is counted by address, and a header that no proxy wrote changes nothing', async () => {
  const see = async (forwarded: string) => {
    const headers = { 'x-forwarded-for': forwarded };
    return (await http.call('/public/nobody/quiz/none', { key: null, headers })).status;
  };
  const statuses = [];
  // The proxy appends the address it sees; what stands before it, the client wrote itself.
  for (const forged of ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4'])
    statuses.push(await see(`${forged}, 198.51.100.7`));
  expect(statuses).toEqual([404, 404, 404, 429]);
  expect(await see('198.51.100.8')).toBe(404);
});

test('health answers however often it is asked', async () => {
  for (let index = 0; index < 10; index += 1) {
    const { status, headers } = await http.call('/health/live', { key: null });
    expect([status, headers.get('ratelimit')]).toEqual([200, null]);
  }
});
