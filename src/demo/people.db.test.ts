import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/support/database.ts';
import { accessFixture, type AccessFixture } from '../access/access.fixture.ts';
import type { Access } from '../access/create-access.ts';
import { useLink } from '../access/links/links.ts';
import { MODULES } from '../modules/index.ts';
import { isReachedByNobodyElse } from './loopback.ts';
import {
  DEMO_OWNER_EMAIL,
  DEMO_PASSWORD,
  DEMO_PEOPLE,
  ensureDemoPeople,
  forbidKnownPasswords,
  toldLogins,
} from './people.ts';

const OWN_PASSWORD = 'seven green bottles on a wall';
const ORIGIN = { address: '127.0.0.1', traceId: 'test' };

let fixture: AccessFixture;
let held: TestDatabase;
let access: Access;

beforeEach(async () => {
  fixture = await accessFixture(['demo'], MODULES);
  ({ held, access } = fixture);
});
afterEach(() => fixture.close());

const loopback = () => ensureDemoPeople(access.context, { isLoopback: true });
const openToOthers = () => ensureDemoPeople(access.context, { isLoopback: false });

/** Roles of the session, or the code of the refusal. */
async function signIn(email: string, password: string): Promise<unknown> {
  const browser = { ...ORIGIN, agent: 'test', browserId: null };
  try {
    const { token } = await access.signIn({ tenant: 'demo', email, password }, browser);
    return token.length > 0 ? 'in' : 'no token';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

async function usersOf(): Promise<readonly { status: string; has_password: boolean }[]> {
  const { rows } = await held.database.query<{ status: string; has_password: boolean }>({
    text: `select status, password_hash is not null as has_password from access_users where tenant = 'demo'`,
  });
  return rows;
}

test('on loopback there is a person of each role, and the known password lets them in', async () => {
  expect(await loopback()).toEqual({
    kind: 'known',
    email: DEMO_OWNER_EMAIL,
    password: DEMO_PASSWORD,
  });
  for (const { email } of DEMO_PEOPLE.slice(0, 3))
    expect([email, await signIn(email, DEMO_PASSWORD)]).toEqual([email, 'in']);
  const { rows } = await held.database.query<{ role: string }>({
    text: 'select role from access_user_roles order by role',
  });
  expect(rows.map(({ role }) => role)).toEqual([
    'auditor',
    'engineer',
    'kitchen',
    'manager',
    'marketing',
    'owner',
    'staff',
  ]);
  // Again: nobody is made twice, and it is told again.
  expect(await loopback()).toMatchObject({ kind: 'known' });
  expect(await usersOf()).toHaveLength(DEMO_PEOPLE.length);
});

test('where others reach the server nobody has the known password, and the owner gets a link', async () => {
  const logins = await openToOthers();
  expect(logins).toMatchObject({ kind: 'link', email: DEMO_OWNER_EMAIL });
  const users = await usersOf();
  expect(users).toHaveLength(DEMO_PEOPLE.length);
  expect(users.every((user) => !user.has_password && user.status === 'invited')).toBe(true);
  expect(await signIn(DEMO_OWNER_EMAIL, DEMO_PASSWORD)).toBe('UNAUTHENTICATED');
  if (logins.kind !== 'link') throw new Error('no link');
  await useLink(access.context, ORIGIN, { token: logins.token, password: OWN_PASSWORD });
  expect(await signIn(DEMO_OWNER_EMAIL, OWN_PASSWORD)).toBe('in');
  expect(await openToOthers()).toEqual({ kind: 'own' });
});

test('a demo that was made on loopback loses its known passwords and sessions when it is opened to others', async () => {
  await loopback();
  expect(await signIn(DEMO_OWNER_EMAIL, DEMO_PASSWORD)).toBe('in');
  expect(await openToOthers()).toMatchObject({ kind: 'link' });
  expect((await usersOf()).some((user) => user.has_password)).toBe(false);
  const { rows } = await held.database.query({
    text: 'select id from access_sessions where revoked_at is null',
  });
  expect(rows).toEqual([]);
  expect(await signIn(DEMO_OWNER_EMAIL, DEMO_PASSWORD)).toBe('UNAUTHENTICATED');
  expect(await openToOthers()).toEqual({ kind: 'own' });
  expect(await loopback()).toEqual({ kind: 'own' });
});

test('a demo that is switched off leaves no known password to whoever reaches the server', async () => {
  await forbidKnownPasswords(access.context);
  expect(await usersOf()).toEqual([]);
  await loopback();
  await forbidKnownPasswords(access.context);
  expect(await signIn(DEMO_OWNER_EMAIL, DEMO_PASSWORD)).toBe('UNAUTHENTICATED');
  expect((await usersOf()).some((user) => user.has_password)).toBe(false);
});

test('only a server on loopback without proxies is reached by nobody else', () => {
  const reached = (host: string, trustedProxies: readonly string[] = []): boolean =>
    !isReachedByNobodyElse({ host, trustedProxies });
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1'])
    expect(reached(host)).toBe(false);
  for (const host of [
    '0.0.0.0',
    '::',
    '192.168.1.4',
    'demo.example',
    '127.0.0.1.example',
    '::ffff:10.0.0.1',
  ])
    expect([host, reached(host)]).toEqual([host, true]);
  expect(reached('127.0.0.1', ['127.0.0.1/32'])).toBe(true);
});

test('what is told names the address, and never a password where others reach the server', () => {
  const url = 'http://127.0.0.1:8080/';
  const known = toldLogins(
    { kind: 'known', email: DEMO_OWNER_EMAIL, password: DEMO_PASSWORD },
    url,
  );
  expect(known.join()).toContain('http://127.0.0.1:8080/?tenant=demo');
  expect(known.join()).toContain(`"${DEMO_PASSWORD}"`);
  const link = toldLogins({ kind: 'link', email: DEMO_OWNER_EMAIL, token: 'cl_x' }, url).join();
  expect(link).toContain('http://127.0.0.1:8080/link#cl_x');
  expect(link).not.toContain(DEMO_PASSWORD);
  expect(toldLogins({ kind: 'own' }, url)).toEqual([]);
});
