/** Guessing passwords, codes and PINs: a thousand tries, all refused, and the right person comes in all the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../core/audit.ts';
import { deviceOfKey } from '../access/devices/devices.ts';
import { totpAt } from '../access/totp/totp.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from './fixture.ts';
import { browser, OWNER_EMAIL, owner, PASSWORD, person, type Browser } from './people.fixture.ts';

const TRIES = 1000;
/** Requests on their way at once: as many as a browser of bad intent opens. */
const AT_ONCE = 50;

let people = 0;
/** Another one for each try of a test. */
const emailOf = (name: string): string => `${name}.${(people += 1)}@house.example`;
const from = (address: string) => ({ 'x-forwarded-for': address });

let http: HttpFixture;
let boss: Browser;
const entries: AuditEntry[] = [];

beforeAll(async () => {
  const note = (entry: AuditEntry) => void entries.push(entry);
  http = await httpFixture({
    audit: { note, record: async (entry) => note(entry) },
    trustedProxies: ['127.0.0.1'],
  });
  boss = await owner(http, 'house', from('198.51.100.7'));
});
afterAll(() => http.close());

async function manyTimes(
  times: number,
  attempt: (n: number) => Promise<JsonAnswer>,
  { atOnce = AT_ONCE } = {},
): Promise<readonly JsonAnswer[]> {
  const answers: JsonAnswer[] = [];
  for (let n = 0; n < times; n += atOnce)
    answers.push(...(await Promise.all(Array.from({ length: atOnce }, (_, i) => attempt(n + i)))));
  return answers;
}
const statuses = (answers: readonly JsonAnswer[]) => new Set(answers.map(({ status }) => status));
const signIn = (body: object, address: string) =>
  http.json('/v1/session', {
    method: 'POST',
    key: null,
    body: { tenant: 'house', ...body },
    headers: from(address),
  });

describe('a thousand wrong passwords', () => {
  it('from a thousand addresses are refused, and the owner comes in where they were before', async () => {
    entries.length = 0;
    const answers = await manyTimes(TRIES, (n) =>
      signIn({ email: OWNER_EMAIL, password: `guess ${n}` }, `203.0.113.${n % 250}`),
    );
    expect(answers.every(({ status }) => [401, 429, 503].includes(status))).toBe(true);
    for (const { status, headers } of answers)
      if (status !== 401) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    // Five are looked at, and one more each time the account opens again.
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThan(20);
    const refused = entries.filter(({ action }) => action === 'session.refused');
    expect(refused.length).toBe(
      answers.filter(({ status, body }) => status !== 503 || body.code !== 'OVERLOADED').length,
    );
    expect(new Set(refused.map(({ actor }) => actor))).toEqual(new Set([null]));
    expect(JSON.stringify(entries)).not.toMatch(/guess|house\.example/);
    // By its browser, and by its address alone.
    expect((await boss.signIn({ tenant: 'house' })).status).toBe(200);
    expect((await signIn({ email: OWNER_EMAIL, password: PASSWORD }, '198.51.100.7')).status).toBe(
      200,
    );
  });

  it('from one address at a thousand accounts are refused, and close no account', async () => {
    const answers = await manyTimes(TRIES, (n) =>
      signIn({ email: `nobody${n}@house.example`, password: 'password' }, '203.0.113.251'),
    );
    expect(answers.every(({ status }) => [401, 429, 503].includes(status))).toBe(true);
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThan(60);
    const other = await person(http, boss, {
      tenant: 'house',
      email: emailOf('new'),
      roles: [],
    });
    expect((await other.json('/v1/session')).status).toBe(200);
  });

  it('an unknown e-mail, an unknown house and a wrong password answer alike', async () => {
    const alike = await Promise.all([
      signIn({ email: 'who@house.example', password: 'x' }, '192.0.2.10'),
      signIn({ email: 'new.1@house.example', password: 'x' }, '192.0.2.11'),
      signIn({ tenant: 'nowhere', email: OWNER_EMAIL, password: 'x' }, '192.0.2.12'),
    ]);
    for (const { status, body } of alike)
      expect([status, body.code, body.detail]).toEqual([
        401,
        'UNAUTHENTICATED',
        alike[0].body.detail,
      ]);
  });
});

it('a thousand sign-ins, a quarter of them at once, get only 200, 429 or 503 with seconds to wait', async () => {
  // More at once than may wait; with all of them at once it is the listening socket that is tested.
  const answers = await manyTimes(
    TRIES,
    (n) => signIn({ email: OWNER_EMAIL, password: PASSWORD }, `198.51.101.${n % 250}`),
    { atOnce: TRIES / 4 },
  );
  expect(answers.filter(({ status }) => ![200, 429, 503].includes(status))).toEqual([]);
  expect(statuses(answers)).toContain(200);
  for (const { status, headers } of answers)
    if (status !== 200) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  // A person has so many sessions at most: the first ones made room.
  expect((await boss.json('/v1/session')).status).toBe(401);
  expect((await boss.signIn({ tenant: 'house' })).status).toBe(200);
});

it('a thousand wrong codes behind the right password are refused', async () => {
  const email = emailOf('coded');
  const guest = await person(http, boss, { tenant: 'house', email, roles: [] });
  const begun = await guest.json('/v1/access/me/totp', {
    method: 'POST',
    body: { password: PASSWORD },
  });
  const right = totpAt(begun.body.secret, Math.floor(Date.now() / 30_000));
  const confirmed = await guest.json('/v1/access/me/totp/confirm', {
    method: 'POST',
    body: { code: right },
  });
  const wrong = (n: number) => String(n * 997).padStart(6, '0');
  const answers = await manyTimes(TRIES, (n) =>
    signIn({ email, password: PASSWORD, code: wrong(n) }, `203.0.114.${n % 250}`),
  );
  expect(answers.every(({ status }) => [401, 429, 503].includes(status))).toBe(true);
  const [recovery] = confirmed.body.recoveryCodes;
  expect((await guest.signIn({ tenant: 'house', email, code: recovery })).status).toBe(200);
});

describe('a thousand wrong PINs', () => {
  it('on a device: five are looked at, then only the password helps', async () => {
    const email = emailOf('till');
    const guest = await person(http, boss, { tenant: 'house', email, roles: [{ role: 'staff' }] });
    await guest.json('/v1/access/me/pin', {
      method: 'PUT',
      body: { password: PASSWORD, pin: '2580' },
    });
    const { key } = (
      await boss.json('/v1/access/devices', { method: 'POST', body: { name: 'Till 1' } })
    ).body;
    const pin = (digits: string, device = key) =>
      browser(http, boss.headers).json('/v1/session/pin', {
        method: 'POST',
        body: { userId: guest.id, pin: digits },
        headers: { 'x-device-key': device },
      });
    expect((await pin('2580')).status).toBe(200);
    expect((await pin('2580', 'cd_unknown')).status).toBe(401);
    entries.length = 0;
    const answers = await manyTimes(TRIES, (n) => pin(String(n + 3000)));
    expect(statuses(answers)).toEqual(new Set([401]));
    expect(entries.filter(({ action }) => action === 'pin.refused')).toHaveLength(TRIES);
    expect((await pin('2580')).body).toMatchObject({ status: 401, triesLeft: 0 });
    expect((await guest.signIn({ tenant: 'house', email })).status).toBe(200);
    expect((await pin('2580')).status).toBe(200);
    await expect(deviceOfKey(http.access.context, undefined)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});
