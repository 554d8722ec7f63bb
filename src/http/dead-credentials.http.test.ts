/**
 * Credential x route, generated from /openapi.json: what is over, belongs elsewhere or was never a credential opens no
 * route, and a session changes nothing without its token.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpFixture, type HttpFixture } from './fixture.ts';
import type { Operation } from './openapi.ts';
import { owner, PASSWORD, person, type Browser } from './people.fixture.ts';

interface Entry {
  readonly method: string;
  readonly template: string;
  readonly operation: Operation;
}
type Headers = Readonly<Record<string, string>>;

let http: HttpFixture;
let entries: readonly Entry[];
let boss: Browser;
let asked = 0;

beforeAll(async () => {
  http = await httpFixture({ trustedProxies: ['127.0.0.1'] });
  const { body } = await http.json('/openapi.json', { key: null });
  // safe because the document lists operations by method
  entries = Object.entries(body.paths as Record<string, Record<string, Operation>>)
    .flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        template,
        operation,
      })),
    )
    // The raw route takes keys only; its answers are tested beside it.
    .filter(
      ({ operation: { security, operationId } }) =>
        security.length > 0 && operationId !== 'ingestEvents',
    );
  boss = await owner(http, 'house');
});
afterAll(() => http.close());

/** Each from another address, since one address may fail a few hundred times only. */
function send({ method, template, operation }: Entry, headers: Headers) {
  asked += 1;
  const from = `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`;
  return http.json(template.replaceAll(/\{\w+\}/g, '1'), {
    method,
    key: null,
    headers: { 'x-forwarded-for': from, ...headers },
    ...(operation.requestBody === undefined ? {} : { body: {} }),
  });
}

/** Routes that answer anything but `wanted`, with what they answer. */
async function others(
  routes: readonly Entry[],
  headers: Headers,
  wanted: string,
): Promise<readonly string[]> {
  const found = await Promise.all(
    routes.map(async (entry) => {
      const { status, body } = await send(entry, headers);
      const got = `${status} ${body?.code}`;
      return got === wanted ? [] : [`${entry.method} ${entry.template}: ${got}`];
    }),
  );
  return found.flat();
}

/**
 * Who it is, is found out before the route has a say, so every credential is shown to its share of the routes, and every
 * route gets some of them: all with all are 8,000 requests.
 */
function shareOf(name: string): readonly Entry[] {
  const names = Object.keys(CREDENTIALS);
  return entries.filter((_, index) => index % names.length === names.indexOf(name));
}

/** What a browser sends behind a proxy, as cookie and token. */
function sessionOf({ cookies, csrf }: Browser): Headers {
  const token = cookies.get('comptoir') ?? cookies.get('__Host-comptoir');
  return { cookie: `__Host-comptoir=${token}`, 'x-csrf-token': csrf };
}

const staff = (email: string): Promise<Browser & { readonly id: string }> =>
  person(http, boss, { tenant: 'house', email, roles: [{ role: 'manager' }] });

async function lives(headers: Headers): Promise<boolean> {
  return (
    (
      await http.json('/v1/session', {
        key: null,
        headers: { 'x-forwarded-for': '10.9.9.9', ...headers },
      })
    ).status === 200
  );
}

/** A person who switched in on a device: their session, and the key of the device. */
async function onDevice(email: string) {
  const made = await boss.json('/v1/access/devices', { method: 'POST', body: { name: email } });
  const { key, device } = made.body;
  const who = await staff(email);
  await who.json('/v1/access/me/pin', { method: 'PUT', body: { pin: '2580', password: PASSWORD } });
  await who.json('/v1/session/pin', {
    method: 'POST',
    body: { userId: who.id, pin: '2580' },
    headers: { 'x-device-key': key },
  });
  return {
    session: sessionOf(who),
    deviceKey: { 'x-device-key': String(key) },
    deviceId: String(device.id),
    key: String(key),
  };
}

const forget = (): void => http.access.context.forget();

const CREDENTIALS: Readonly<Record<string, () => Promise<Headers>>> = {
  async 'a revoked key'() {
    const { id, key } = await http.key(await keyOfHouse(), ['all', 'admin']);
    await http.json(`/v1/keys/${id}`, { method: 'DELETE', key: await keyOfHouse() });
    return { authorization: `Bearer ${key}` };
  },
  async 'an expired key'() {
    const { id, key } = await http.key(await keyOfHouse(), ['all', 'admin']);
    await http.database.query({
      text: `update api_keys set expires_at = now() - interval '1 second' where id = $1`,
      values: [id],
    });
    return { authorization: `Bearer ${key}` };
  },
  async 'a key as a Basic password'() {
    const basic = Buffer.from(`key:${await keyOfHouse()}`).toString('base64');
    return { authorization: `Basic ${basic}` };
  },
  async 'a good session beside a wrong key'() {
    return { ...sessionOf(boss), authorization: 'Bearer ck_wrong_wrong' };
  },
  async 'a session that signed out'() {
    const who = await staff('out@house.example');
    const session = sessionOf(who);
    await who.json('/v1/session', { method: 'DELETE' });
    return session;
  },
  async 'a session that somebody revoked'() {
    const who = await staff('revoked@house.example');
    const session = sessionOf(who);
    await http.database.query({
      text: 'update access_sessions set revoked_at = now() where user_id = $1',
      values: [who.id],
    });
    forget();
    return session;
  },
  async 'a session that ran out'() {
    const who = await staff('late@house.example');
    await http.database.query({
      text: `update access_sessions set expires_at = now() - interval '1 second' where user_id = $1`,
      values: [who.id],
    });
    forget();
    return sessionOf(who);
  },
  async 'a session of somebody who was disabled'() {
    const who = await staff('gone@house.example');
    await boss.json(`/v1/access/users/${who.id}`, { method: 'DELETE' });
    forget();
    return sessionOf(who);
  },
  async 'a session token as a key'() {
    const [, token = ''] = sessionOf(boss)['cookie']?.split('=') ?? [];
    return { authorization: `Bearer ${token}` };
  },
  async 'two sessions in one request'() {
    const { cookie } = sessionOf(boss);
    return { ...sessionOf(boss), cookie: `${cookie}; ${cookie}` };
  },
  async 'the cookie without its prefix, through a proxy'() {
    const [, token = ''] = sessionOf(boss)['cookie']?.split('=') ?? [];
    return { ...sessionOf(boss), cookie: `comptoir=${token}` };
  },
  async 'the key of a device alone'() {
    const { deviceKey, key } = await onDevice('alone@house.example');
    return { ...deviceKey, authorization: `Bearer ${key}` };
  },
  async 'a PIN session away from its device'() {
    return (await onDevice('away@house.example')).session;
  },
  async 'a PIN session on another device'() {
    const { session } = await onDevice('mine@house.example');
    return { ...session, ...(await onDevice('other@house.example')).deviceKey };
  },
  async 'a PIN session on a device that was revoked'() {
    const { session, deviceKey, deviceId } = await onDevice('lost@house.example');
    expect(await lives({ ...session, ...deviceKey })).toBe(true);
    await boss.json(`/v1/access/devices/${deviceId}`, { method: 'DELETE' });
    forget();
    return { ...session, ...deviceKey };
  },
};

let houseKey: string | undefined;
/** A key of the house, made by its owner. */
async function keyOfHouse(): Promise<string> {
  const made = await boss.json('/v1/keys', {
    method: 'POST',
    body: { name: 'k', scopes: ['all', 'admin'] },
  });
  return (houseKey ??= String(made.body.key));
}

describe('every route that wants a credential', () => {
  it('there are routes and a session that opens them', async () => {
    expect(entries.length).toBeGreaterThan(300);
    expect(await lives(sessionOf(boss))).toBe(true);
  });

  it.each(Object.keys(CREDENTIALS))('answers 401 to %s', async (name) => {
    const headers = await CREDENTIALS[name]!();
    expect(await others(shareOf(name), headers, '401 UNAUTHENTICATED')).toEqual([]);
  });

  it('answers 403 to a session that would change something without its token', async () => {
    const unsafe = entries.filter(({ method }) => method !== 'GET');
    const { cookie = '' } = sessionOf(boss);
    const other = sessionOf(await staff('another@house.example'));
    const wrong = [
      { cookie },
      { cookie, 'x-csrf-token': other['x-csrf-token'] ?? '' },
      { ...sessionOf(boss), 'sec-fetch-site': 'cross-site' },
    ];
    for (const [nth, headers] of wrong.entries()) {
      const share = unsafe.filter((_, index) => index % wrong.length === nth);
      expect(await others(share, headers, '403 CSRF_TOKEN_WRONG')).toEqual([]);
    }
    expect(await lives(sessionOf(boss))).toBe(true);
  });
});
