import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../test/support/database.ts';
import { accessFixture, type AccessFixture } from './access.fixture.ts';
import type { Access } from './create-access.ts';
import { ensureFirstUser } from './first-user.ts';
import { beginTry, takeTryBack } from './sign-in/attempts.ts';
import { sweepOnce } from './sweep.ts';

let fixture: AccessFixture;
let held: TestDatabase;
let access: Access;
const browser = { address: '192.0.2.1', agent: '', traceId: 't', browserId: null };

beforeAll(async () => {
  fixture = await accessFixture(['default', 'raced', 'given']);
  ({ held, access } = fixture);
});
afterAll(() => fixture.close());

it('free tries at once are all looked at, in whatever order they come to the counter', async () => {
  for (let round = 0; round < 10; round += 1) {
    const counters = [{ kind: 'address', hash: Buffer.alloc(32, 100 + round) } as const];
    const tries = Array.from({ length: 24 }, (_, index) =>
      index % 3 === 2
        ? takeTryBack(access.context, { bucket: 0, counters, clean: false })
        : beginTry(access.context, { bucket: 0, counters }),
    );
    await Promise.all(tries);
  }
});

it('a sweep takes whatever has gathered', async () => {
  await held.database.query({
    text: `insert into access_attempts (bucket, counter_hash, failures, delayed_until, last_at)
           select 0, decode(lpad(to_hex(n), 8, '0'), 'hex'), 1, now(), now() - interval '2 days'
           from generate_series(1, 12000) as n`,
  });
  await sweepOnce(held.database);
  const { rows } = await held.database.query({
    text: `select failures from access_attempts where last_at < now() - interval '1 day'`,
  });
  expect(rows).toEqual([]);
});

describe('the first user', () => {
  it('is made once with a password that is told once', async () => {
    const request = { tenant: 'default', email: 'owner@localhost' };
    const made = await ensureFirstUser(access.context, request);
    expect(made?.madePassword).toMatch(/^[\w-]{20}$/);
    expect(await ensureFirstUser(access.context, request)).toBeNull();
    const password = made?.madePassword ?? '';
    const signedIn = await access.signIn({ ...request, password }, browser);
    expect(signedIn.token).toMatch(/^[\w-]{43}$/);
    await expect(access.signIn({ ...request, password: 'x' }, browser)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('of two processes that start together one makes them', async () => {
    const request = { tenant: 'raced', email: 'owner@localhost' };
    const both = await Promise.all([1, 2].map(() => ensureFirstUser(access.context, request)));
    expect(both.filter((made) => made !== null)).toHaveLength(1);
  });

  it('has the given password, with a warning when anybody would guess it', async () => {
    const request = { tenant: 'given', email: 'Owner@Localhost', password: 'password1' };
    const made = await ensureFirstUser(access.context, request);
    expect(made).toEqual({ email: 'Owner@Localhost', isWeak: true });
    await access.signIn({ ...request, email: 'owner@localhost' }, browser);
  });
});

it('the tables hold no password, no token and no address in clear', async () => {
  const { rows } = await held.database.query<{ text: string }>({
    text: `select u::text as text from access_users u
           union all select s::text from access_sessions s
           union all select p::text from access_known_places p
           union all select a::text from access_attempts a`,
  });
  const text = rows
    .map((row) => row.text)
    .join('\n')
    .toLowerCase();
  for (const secret of ['localhost', '192.0.2.1', 'password1'])
    for (const form of [secret, Buffer.from(secret).toString('hex')])
      expect(text).not.toContain(form);
});

it('what ended long ago is swept, what is open stays', async () => {
  await held.database.query({
    text: `update access_sessions set expires_at = now() - interval '31 days' where tenant = 'given'`,
  });
  await held.database.query({
    text: `update access_attempts set last_at = now() - interval '2 days'`,
  });
  await sweepOnce(held.database);
  const { rows } = await held.database.query<{ tenant: string }>({
    text: 'select distinct tenant from access_sessions',
  });
  expect(rows).toEqual([{ tenant: 'default' }]);
  const { rows: tries } = await held.database.query({
    text: 'select failures from access_attempts',
  });
  expect(tries).toEqual([]);
});
