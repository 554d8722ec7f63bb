/** Ways to come to more rights than one was given: each is closed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { confirmPassword } from '../access/sign-in/confirm-password.ts';
import type { AuditEntry } from '../core/audit.ts';
import { Failure } from '../core/errors.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';
import { browser, owner, PASSWORD, person, type Browser } from './people.fixture.ts';

let http: HttpFixture;
let boss: Browser;
let now = Date.now();
const entries: AuditEntry[] = [];
const tenant = 'house';

beforeAll(async () => {
  const note = (entry: AuditEntry) => void entries.push(entry);
  const audit = { note, record: async (entry: AuditEntry) => note(entry) };
  http = await httpFixture({ audit, clock: { nowMs: () => now } });
  boss = await owner(http, tenant);
});
afterAll(() => http.close());

const post = (body: unknown = {}) => ({ method: 'POST', body });
const put = (body: unknown) => ({ method: 'PUT', body });
const role = (id: string, permissions: readonly string[], by: Browser = boss) =>
  by.json(`/v1/access/roles/${id}`, put({ name: id, permissions }));
const hired = (name: string, roles: readonly object[]) =>
  person(http, boss, { tenant, email: `${name}@house.example`, roles });

describe('a limit of amount or place', () => {
  it('is not shaken off by a permission put into another role that one has without the limit', async () => {
    await role('chief', ['access:write', 'access:read', 'orders:refund']);
    await role('plain', ['access:read']);
    const chief = await hired('chief', [
      { role: 'chief', amounts: { 'orders:refund': 500 } },
      { role: 'plain' },
    ]);
    const widened = await role('plain', ['access:read', 'orders:refund'], chief);
    expect([widened.status, widened.body.code]).toEqual([403, 'FORBIDDEN']);
    expect((await chief.json('/v1/session')).body.rules.amounts).toEqual({ 'orders:refund': 500 });
    // What nobody has yet, and what stays as it was, is theirs to change.
    expect((await role('fresh', ['orders:refund'], chief)).status).toBe(200);
    expect((await role('fresh', ['access:read'], chief)).status).toBe(200);
  });

  it('is not shaken off by a key, which has no rules', async () => {
    await role('it', ['admin', 'orders:refund', 'orders:read']);
    for (const [index, rule] of [
      { locations: ['main'] },
      { ownShiftOnly: true },
      { amounts: { 'orders:refund': 500 } },
    ].entries()) {
      const it = await hired(`it${index}`, [{ role: 'it', ...rule }]);
      const scopes = ['orders:refund'];
      const made = await it.json('/v1/keys', post({ name: 'mine', scopes }));
      expect([made.status, made.body.code]).toEqual([403, 'FORBIDDEN']);
    }
    const free = await hired('it', [{ role: 'it' }]);
    expect(
      (await free.json('/v1/keys', post({ name: 'mine', scopes: ['orders:refund'] }))).status,
    ).toBe(201);
  });
});

it('a permission of a module to come is put into a role by those who hold everything', async () => {
  const manager = await hired('early', [{ role: 'manager' }]);
  const early = await role('early', ['giftcards:issue'], manager);
  expect([early.status, early.body.scope]).toEqual([403, 'giftcards:issue']);
  expect((await role('early', ['giftcards:issue'])).status).toBe(200);
  // It stays where it was put, whoever changes the rest.
  expect((await role('early', ['giftcards:issue', 'orders:read'], manager)).status).toBe(200);
});

it('a link that somebody holds is worth nothing once another changed what its person may do', async () => {
  const manager = await hired('boss2', [{ role: 'manager' }]);
  const rising = await hired('rising', [{ role: 'staff' }]);
  const links = `/v1/access/users/${rising.id}/links`;
  const { token } = (await manager.json(links, post({ kind: 'password' }))).body;
  const own = (await boss.json(links, post({ kind: 'totp' }))).body.token;
  await boss.json(`/v1/access/users/${rising.id}`, put({ roles: [{ role: 'owner' }] }));
  const use = (given: string) =>
    browser(http).json('/v1/session/links', post({ token: given, password: PASSWORD }));
  expect((await use(token)).status).toBe(404);
  expect((await use(own)).status).toBe(200);
});

it('a new password takes the links with it by which another could be set', async () => {
  const guest = await hired('forgetful', [{ role: 'staff' }]);
  const links = `/v1/access/users/${guest.id}/links`;
  const first = (await boss.json(links, post({ kind: 'password' }))).body.token;
  const body = { current: PASSWORD, password: 'eight green bottles on a wall' };
  expect((await guest.json('/v1/access/me/password', put(body))).status).toBe(200);
  const used = await browser(http).json(
    '/v1/session/links',
    post({ token: first, password: PASSWORD }),
  );
  expect(used.status).toBe(404);
});

it('a link for a lost second factor is one guess at the password, also for many at once', async () => {
  const guest = await hired('lost', [{ role: 'staff' }]);
  const links = `/v1/access/users/${guest.id}/links`;
  const { token } = (await boss.json(links, post({ kind: 'totp' }))).body;
  const guesses = Array.from({ length: 6 }, (_, index) =>
    browser(http).json('/v1/session/links', post({ token, password: `wrong ${index}` })),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(1);
  expect(statuses.filter((status) => status === 404)).toHaveLength(5);
});

it('a password that was never looked at is no try', async () => {
  const { context } = http.access;
  const { body } = await boss.json('/v1/session');
  const whose = { place: { bucket: context.bucketOf(tenant), tenant }, userId: body.user.id };
  const overloaded = async () => {
    throw new Failure('OVERLOADED', 'Too many.');
  };
  const busy = { ...context, hasher: { hash: overloaded, matches: overloaded } };
  for (let tries = 0; tries < 15; tries += 1)
    await expect(confirmPassword(busy, whose, PASSWORD)).rejects.toThrow('Too many.');
  await confirmPassword(context, whose, PASSWORD);
});

it('a PIN opens no way to a credential that is good away from the device', async () => {
  const second = await hired('pinned', [{ role: 'owner' }]);
  await second.json('/v1/access/me/pin', put({ password: PASSWORD, pin: '1379' }));
  const { key } = (await boss.json('/v1/access/devices', post({ name: 'Till' }))).body;
  const till = browser(http, { 'x-device-key': key });
  await till.json('/v1/session/pin', post({ userId: second.id, pin: '1379' }));
  expect((await till.json('/v1/orders')).status).toBe(200);
  const answers = await Promise.all([
    till.json('/v1/keys', post({ name: 'mine', scopes: ['orders:read'] })),
    till.json(`/v1/access/users/${second.id}/links`, post({ kind: 'password' })),
    till.json('/v1/access/users', post({ email: 'x@house.example', name: 'X', roles: [] })),
    till.json('/v1/access/devices', post({ name: 'Mine' })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
});

it('a list that is watched does not keep a device from locking itself', async () => {
  const waiter = await hired('waiter', [{ role: 'staff' }]);
  await waiter.json('/v1/access/me/pin', put({ password: PASSWORD, pin: '1379' }));
  const { key } = (await boss.json('/v1/access/devices', post({ name: 'Bar' }))).body;
  const till = browser(http, { 'x-device-key': key });
  const { body } = await till.json('/v1/session/pin', post({ userId: waiter.id, pin: '1379' }));
  const cookie = [...till.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { cookie, 'x-device-key': key };
  const aged = async () => {
    const { rows } = await http.database.query<{ fresh: boolean }>({
      text: `select last_used_at > now() - interval '100 seconds' as fresh
             from access_sessions where id = $1`,
      values: [body.sessionId],
    });
    return rows[0]?.fresh;
  };
  await http.database.query({
    text: `update access_sessions set last_used_at = now() - interval '200 seconds' where id = $1`,
    values: [body.sessionId],
  });
  const { access } = http;
  now += 5000;
  await access.sessions.recheck({ ...headers, host: '127.0.0.1' });
  now += 5000;
  await access.sessions.recheck({ ...headers, host: '127.0.0.1' });
  expect(await aged()).toBe(false);
  expect((await till.json('/v1/session')).status).toBe(200);
  await until('the session was used', aged);
});

it('whose roles are for one location sees and revokes its devices, and no others', async () => {
  const devices = '/v1/access/devices';
  const ids: string[] = [];
  for (const locationId of ['main', 'annex', undefined]) {
    const asked = {
      name: `Till of ${locationId}`,
      ...(locationId === undefined ? {} : { locationId }),
    };
    ids.push((await boss.json(devices, post(asked))).body.device.id);
  }
  const [own = '', theirs = '', nobodys = ''] = ids;
  const bound = await hired('bound-to-main', [{ role: 'manager', locations: ['main'] }]);
  const seen = (await bound.json(devices)).body.items.map(({ id }: { id: string }) => id);
  expect(seen).toEqual([own]);
  const unknown = await bound.json(`${devices}/nothing-here`, { method: 'DELETE' });
  for (const id of [theirs, nobodys]) {
    const { status, body } = await bound.json(`${devices}/${id}`, { method: 'DELETE' });
    expect([status, body.code, body.detail]).toEqual([404, unknown.body.code, unknown.body.detail]);
  }
  expect((await bound.json(`${devices}/${own}`, { method: 'DELETE' })).status).toBe(204);
  const after = (await boss.json(devices)).body.items.filter(({ id }: { id: string }) =>
    ids.includes(id),
  );
  expect(after.map(({ revokedAt }: { revokedAt: string | null }) => revokedAt !== null)).toEqual([
    true,
    false,
    false,
  ]);
});

it('of two who switch to a device at once, one stays signed in', async () => {
  const people = [await hired('left', []), await hired('right', [])];
  for (const who of people)
    await who.json('/v1/access/me/pin', put({ password: PASSWORD, pin: '1379' }));
  const { key, device } = (await boss.json('/v1/access/devices', post({ name: 'Floor' }))).body;
  for (let round = 0; round < 5; round += 1) {
    const switches = people.map((who) =>
      browser(http, { 'x-device-key': key }).json(
        '/v1/session/pin',
        post({ userId: who.id, pin: '1379' }),
      ),
    );
    await Promise.all(switches);
    const { rows } = await http.database.query({
      text: 'select id from access_sessions where device_id = $1 and revoked_at is null',
      values: [device.id],
    });
    expect(rows).toHaveLength(1);
  }
});

it('the last owner without rules takes none on', async () => {
  const alone = await owner(http, 'alone');
  const { id } = (await alone.json('/v1/session')).body.user;
  for (const roles of [
    [{ role: 'owner', locations: [] }],
    [{ role: 'owner', ownShiftOnly: true }],
    [{ role: 'owner', amounts: { 'orders:refund': 1 } }],
    [{ role: 'owner' }, { role: 'staff', locations: ['main'] }],
  ]) {
    const { status, body } = await alone.json(`/v1/access/users/${id}`, put({ roles }));
    expect([status, body.code]).toEqual([409, 'LAST_OWNER']);
  }
  const roles = [{ role: 'owner' }, { role: 'staff' }];
  expect((await alone.json(`/v1/access/users/${id}`, put({ roles }))).status).toBe(200);
});

describe('the trail', () => {
  it('knows of requests that another page may have sent', async () => {
    entries.length = 0;
    const headers = { 'x-csrf-token': 'x' };
    await boss.json('/v1/access/me', { ...put({ name: 'Eve' }), headers });
    expect(entries).toMatchObject([{ action: 'request.refused', code: 'CSRF_TOKEN_WRONG' }]);
  });
});

it('of a role that is removed and a person invited with it, one is refused', async () => {
  for (let round = 0; round < 8; round += 1) {
    await role('brief', ['orders:read']);
    const email = `brief${round}@house.example`;
    const [removed, invited] = await Promise.all([
      boss.json('/v1/access/roles/brief', { method: 'DELETE' }),
      boss.json('/v1/access/users', post({ email, name: 'B', roles: [{ role: 'brief' }] })),
    ]);
    expect([removed.status, invited.status]).not.toEqual([204, 201]);
    if (invited.status === 201)
      await boss.json(`/v1/access/users/${invited.body.user.id}`, { method: 'DELETE' });
  }
});
