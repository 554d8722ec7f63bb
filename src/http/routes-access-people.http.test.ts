import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../core/audit.ts';
import { toBase32, totpAt } from '../access/totp/totp.ts';
import { until } from '../../test/support/until.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';
import { browser, OWNER_EMAIL, owner, PASSWORD, person, type Browser } from './people.fixture.ts';

let http: HttpFixture;
let boss: Browser;
let now = Date.now();
const entries: AuditEntry[] = [];
const audit = {
  note: (entry: AuditEntry) => void entries.push(entry),
  record: async (entry: AuditEntry) => void entries.push(entry),
};

beforeAll(async () => {
  http = await httpFixture({ audit, clock: { nowMs: () => now } });
  boss = await owner(http, 'house');
});
afterAll(() => http.close());

const post = (body: unknown = {}) => ({ method: 'POST', body });
const put = (body: unknown) => ({ method: 'PUT', body });

describe('a session', () => {
  it('says who is signed in and what they may do', async () => {
    const { status, body } = await boss.json('/v1/session');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      tenant: 'house',
      user: { email: OWNER_EMAIL, hasTotp: false },
      roles: ['owner'],
      rules: { locations: null, ownShiftOnly: false, amounts: {} },
    });
    expect(body.permissions).toContain('access:write');
    expect(body.permissions).not.toContain('log:read');
  });

  it('opens what the permissions of its person open, and nothing else', async () => {
    const cook = await person(http, boss, {
      tenant: 'house',
      email: 'cook@house.example',
      roles: [{ role: 'kitchen' }],
    });
    expect((await boss.json('/v1/events')).status).toBe(200);
    expect((await cook.json('/v1/events')).body.code).toBe('FORBIDDEN');
    expect((await cook.json('/v1/access/users')).body.scope).toBe('access:read');
  });

  it('has a new token at every sign-in, and the old one ends (fixation)', async () => {
    const mine = browser(http);
    await mine.signIn({ tenant: 'house' });
    const planted = mine.cookies.get('comptoir')!;
    await mine.signIn({ tenant: 'house' });
    expect(mine.cookies.get('comptoir')).not.toBe(planted);
    const old = await http.json('/v1/session', {
      key: null,
      headers: { cookie: `comptoir=${planted}` },
    });
    expect(old.status).toBe(401);
  });

  it('is taken on an unsafe method with its own CSRF token only', async () => {
    const other = browser(http);
    await other.signIn({ tenant: 'house' });
    for (const token of ['', 'x', other.csrf]) {
      const headers = { 'x-csrf-token': token };
      const { status, body } = await boss.json('/v1/access/me', {
        ...put({ name: 'Eve' }),
        headers,
      });
      expect([status, body.code]).toEqual([403, 'CSRF_TOKEN_WRONG']);
    }
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await boss.json('/v1/access/me', { ...put({ name: 'Eve' }), headers })).status).toBe(
      403,
    );
    expect((await browser(http).signIn({ tenant: 'house', headers })).status).toBe(403);
    expect((await boss.json('/v1/access/me', put({ name: 'Ida' }))).body.name).toBe('Ida');
  });

  it('is never a credential for the raw ingest route, which asks for no token', async () => {
    const { authenticate } = (await import('../access/authenticator.ts')).createAuthenticator({
      lookup: async () => new Map(),
      clock: { nowMs: () => 0 },
    });
    const cookie = `comptoir=${boss.cookies.get('comptoir')}`;
    expect(() => authenticate({ cookie, host: 'localhost' })).toThrow('Authorization');
  });

  it('that was revoked, that idled or that is too old is refused', async () => {
    const endings = [
      'revoked_at = now()',
      `last_used_at = now() - interval '5 hours'`,
      `expires_at = now() - interval '1 second'`,
    ];
    for (const ending of endings) {
      const mine = browser(http);
      const { body } = await mine.signIn({ tenant: 'house' });
      await http.database.query({
        text: `update access_sessions set ${ending} where id = $1`,
        values: [body.sessionId],
      });
      now += 2000;
      expect((await mine.json('/v1/session')).status).toBe(401);
    }
  });

  it('lists with the others and is ended from another one at once', async () => {
    const mine = browser(http);
    const { body } = await mine.signIn({ tenant: 'house' });
    const { body: list } = await boss.json('/v1/access/sessions');
    expect(list.items.find(({ id }: { id: string }) => id === body.sessionId)).toMatchObject({
      method: 'password',
      isThis: false,
    });
    expect(
      (await boss.json(`/v1/access/sessions/${body.sessionId}`, { method: 'DELETE' })).status,
    ).toBe(204);
    expect((await mine.json('/v1/session')).status).toBe(401);
  });

  it('ends when its person signs out', async () => {
    const mine = browser(http);
    await mine.signIn({ tenant: 'house' });
    const cookie = `comptoir=${mine.cookies.get('comptoir')}`;
    expect((await mine.json('/v1/session', { method: 'DELETE' })).status).toBe(204);
    expect(mine.cookies.has('comptoir')).toBe(false);
    expect((await http.json('/v1/session', { key: null, headers: { cookie } })).status).toBe(401);
  });

  it('a role that is taken away counts a second later in a process that did not take it', async () => {
    const cook = await person(http, boss, {
      tenant: 'house',
      email: 'late@house.example',
      roles: [{ role: 'auditor' }],
    });
    expect((await cook.json('/v1/access/users')).status).toBe(200);
    await http.database.query({
      text: 'delete from access_user_roles where user_id = $1',
      values: [cook.id],
    });
    now += 1000;
    await until(
      'the role to be gone',
      async () => (await cook.json('/v1/access/users')).status === 403,
    );
  });
});

describe('people', () => {
  it('nobody gives what they do not hold, nor touches somebody who may do more', async () => {
    const lead = await person(http, boss, {
      tenant: 'house',
      email: 'lead@house.example',
      roles: [{ role: 'manager', locations: ['a'] }],
    });
    const invite = (roles: object[]) =>
      lead.json(
        '/v1/access/users',
        post({ email: `x${roles.length}@house.example`, name: 'X', roles }),
      );
    expect((await invite([{ role: 'owner' }])).body.code).toBe('FORBIDDEN');
    expect((await invite([{ role: 'manager' }])).body.code).toBe('FORBIDDEN');
    expect((await invite([{ role: 'manager', locations: ['a', 'b'] }])).body.code).toBe(
      'FORBIDDEN',
    );
    expect((await invite([{ role: 'staff', locations: ['a'] }])).status).toBe(201);
    const { body } = await boss.json('/v1/session');
    for (const [path, options] of [
      [`/v1/access/users/${body.user.id}`, put({ status: 'disabled' })],
      [`/v1/access/users/${body.user.id}`, { method: 'DELETE' }],
      [`/v1/access/users/${body.user.id}/links`, post({ kind: 'password' })],
      [`/v1/access/sessions/${body.sessionId}`, { method: 'DELETE' }],
      ['/v1/access/roles/super', put({ name: 'Super', permissions: ['all'] })],
    ] as const)
      expect([path, (await lead.json(path, options)).body.code]).toEqual([path, 'FORBIDDEN']);
    const own = await lead.json(
      `/v1/access/users/${lead.id}`,
      put({ roles: [{ role: 'manager' }] }),
    );
    expect(own.body.code).toBe('FORBIDDEN');
  });

  it('the last owner stays', async () => {
    const { body } = await boss.json('/v1/session');
    const path = `/v1/access/users/${body.user.id}`;
    for (const options of [{ method: 'DELETE' }, put({ status: 'disabled' }), put({ roles: [] })])
      expect((await boss.json(path, options)).body.code).toBe('LAST_OWNER');
    expect((await boss.json(path)).body.roles).toHaveLength(1);
  });

  it('of two owners who remove each other at once one stays', async () => {
    const first = await owner(http, 'two-owners');
    const second = await person(http, first, {
      tenant: 'two-owners',
      email: 'two@house.example',
      roles: [{ role: 'owner' }],
    });
    const { body } = await first.json('/v1/session');
    const answers = await Promise.all([
      first.json(`/v1/access/users/${second.id}`, { method: 'DELETE' }),
      second.json(`/v1/access/users/${body.user.id}`, { method: 'DELETE' }),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  it('an e-mail is one person in a tenant, however it is written, and is not readable in the tables', async () => {
    const body = { email: OWNER_EMAIL.toUpperCase(), name: 'Twin', roles: [] };
    expect((await boss.json('/v1/access/users', post(body))).body.code).toBe('USER_EXISTS');
    const { rows } = await http.database.query<{ text: string }>({
      text: "select to_jsonb(u)::text || encode(u.email_sealed, 'escape') as text from access_users u",
    });
    for (const { text } of rows) expect(text.toLowerCase()).not.toContain('house.example');
  });

  it('are told by name to every colleague who is signed in, and nothing else of them', async () => {
    const roles = [{ role: 'kitchen' }];
    const cook = await person(http, boss, { tenant: 'house', email: 'ola@house.example', roles });
    const { status, body } = await cook.json('/v1/access/colleagues');
    expect(status).toBe(200);
    expect(body.items).toContainEqual({ id: cook.id, name: 'ola' });
    expect(new Set(body.items.flatMap(Object.keys))).toEqual(new Set(['id', 'name']));
    const elsewhere = await owner(http, 'other-house');
    const theirs = (await elsewhere.json('/v1/access/colleagues')).body.items;
    expect(theirs).toHaveLength(1);
    expect(theirs.map(({ id }: { id: string }) => id)).not.toContain(cook.id);
    expect((await http.json('/v1/access/colleagues')).body.code).toBe('FORBIDDEN');
    expect((await http.json('/v1/access/colleagues', { key: null })).status).toBe(401);
  });

  it('a field that is not named is refused (mass assignment)', async () => {
    const { body } = await boss.json('/v1/session');
    for (const extra of [{ status: 'active' }, { roles: [] }, { tenant: 'default' }, { id: 'x' }])
      expect((await boss.json('/v1/access/me', put({ name: 'A', ...extra }))).status).toBe(400);
    const path = `/v1/access/users/${body.user.id}`;
    expect((await boss.json(path, put({ passwordHash: 'x' }))).status).toBe(400);
  });

  it('an own role is kept with unknown permissions, and goes when nobody has it', async () => {
    const role = { name: 'Bar', permissions: ['orders:place', 'jukebox:play'] };
    expect((await boss.json('/v1/access/roles/bar', put(role))).body.permissions).toEqual(
      role.permissions,
    );
    const bar = await person(http, boss, {
      tenant: 'house',
      email: 'bar@house.example',
      roles: [{ role: 'bar' }],
    });
    expect((await bar.json('/v1/session')).body.permissions).not.toContain('jukebox:play');
    expect((await boss.json('/v1/access/roles/bar', { method: 'DELETE' })).body.code).toBe(
      'ROLE_IN_USE',
    );
    await boss.json(`/v1/access/users/${bar.id}`, put({ roles: [] }));
    expect((await boss.json('/v1/access/roles/bar', { method: 'DELETE' })).status).toBe(204);
    expect((await boss.json('/v1/access/roles/owner', put(role))).body.code).toBe('FORBIDDEN');
  });
});

describe('one-time links', () => {
  const use = (token: string, password = PASSWORD) =>
    http.json('/v1/session/links', { ...post({ token, password }), key: null });

  it('count once, not after their time, and not after a newer one; the tables hold no token', async () => {
    const guest = await person(http, boss, {
      tenant: 'house',
      email: 'once@house.example',
      roles: [],
    });
    const link = async () =>
      (await boss.json(`/v1/access/users/${guest.id}/links`, post({ kind: 'password' }))).body
        .token as string;
    const first = await link();
    const second = await link();
    expect((await use(first)).body.code).toBe('NOT_FOUND');
    expect((await use(second, 'password1')).body.code).toBe('INPUT_INVALID');
    expect((await use(second)).status).toBe(200);
    expect((await use(second)).body.code).toBe('NOT_FOUND');
    expect((await guest.json('/v1/session')).status).toBe(401);
    const third = await link();
    await http.database.query({
      text: `update access_links set expires_at = now() where used_at is null`,
    });
    expect((await use(third)).body.code).toBe('NOT_FOUND');
    const { rows } = await http.database.query<{ text: string }>({
      text: 'select l::text as text from access_links l',
    });
    for (const { text } of rows) expect(text).not.toContain(third.slice(3));
  });

  it('a lost second factor needs the password too, and a wrong one uses the link up', async () => {
    const guest = await person(http, boss, {
      tenant: 'house',
      email: 'lost@house.example',
      roles: [],
    });
    const begun = await guest.json('/v1/access/me/totp', post({ password: PASSWORD }));
    const code = totpAt(begun.body.secret, Math.floor(now / 30_000));
    expect((await guest.json('/v1/access/me/totp/confirm', post({ code }))).status).toBe(200);
    const link = async () =>
      (await boss.json(`/v1/access/users/${guest.id}/links`, post({ kind: 'totp' }))).body
        .token as string;
    const wasted = await link();
    expect((await use(wasted, 'not the password')).status).toBe(401);
    expect((await use(wasted)).body.code).toBe('NOT_FOUND');
    expect((await use(await link())).status).toBe(200);
    expect((await guest.signIn({ tenant: 'house', email: 'lost@house.example' })).status).toBe(200);
  });
});

describe('the second factor', () => {
  it('is asked for after the password, takes a code once and a recovery code once', async () => {
    const email = 'totp@house.example';
    const guest = await person(http, boss, { tenant: 'house', email, roles: [] });
    const other = browser(http);
    await other.signIn({ tenant: 'house', email });
    const { secret } = (await guest.json('/v1/access/me/totp', post({ password: PASSWORD }))).body;
    expect((await guest.json('/v1/access/me/totp/confirm', post({ code: '000000' }))).status).toBe(
      400,
    );
    const codeNow = () => totpAt(secret, Math.floor(now / 30_000));
    const confirmed = await guest.json('/v1/access/me/totp/confirm', post({ code: codeNow() }));
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    // The session that enrolled has a new token, all others ended.
    expect((await guest.json('/v1/session')).body.user.hasTotp).toBe(true);
    expect((await other.json('/v1/session')).status).toBe(401);

    const tries = browser(http);
    const signIn = (code?: string) =>
      tries.signIn({ tenant: 'house', email, ...(code === undefined ? {} : { code }) });
    expect((await signIn()).body.code).toBe('CODE_REQUIRED');
    expect((await signIn(codeNow())).status).toBe(401);
    now += 30_000;
    const code = codeNow();
    const both = await Promise.all([
      signIn(code),
      browser(http).signIn({ tenant: 'house', email, code }),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 401]));
    const [recovery] = confirmed.body.recoveryCodes;
    expect((await signIn(recovery.toLowerCase())).status).toBe(200);
    expect((await signIn(recovery)).status).toBe(401);
    const { rows } = await http.database.query<{ text: string }>({
      text: 'select u::text as text from access_users u',
    });
    const hex = Buffer.from(secret).toString('hex');
    for (const { text } of rows) expect(text.includes(secret) || text.includes(hex)).toBe(false);
    expect(toBase32(Buffer.alloc(0))).toBe('');
  });
});

describe('break-glass', () => {
  it('brings an owner back, with an installation key only, and is recorded first', async () => {
    const { status, body } = await http.json(
      '/v1/tenants/house/break-glass',
      post({ email: OWNER_EMAIL }),
    );
    expect(status).toBe(201);
    expect(entries.at(-1)).toMatchObject({
      action: 'break-glass.used',
      tenant: 'house',
      class: 'security',
    });
    expect((await boss.json('/v1/session')).status).toBe(401);
    const used = await http.json('/v1/session/links', {
      key: null,
      ...post({ token: body.link.token, password: PASSWORD }),
    });
    expect(used.body).toEqual({ tenant: 'house', kind: 'break-glass' });
    expect((await boss.signIn({ tenant: 'house' })).status).toBe(200);
    expect(
      (await boss.json('/v1/tenants/house/break-glass', post({ email: OWNER_EMAIL }))).status,
    ).toBe(403);
    expect(
      (await http.json('/v1/tenants/nowhere/break-glass', post({ email: OWNER_EMAIL }))).status,
    ).toBe(404);
  });
});
