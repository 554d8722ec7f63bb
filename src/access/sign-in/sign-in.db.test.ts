/** Sign-ins beside each other, and on a machine whose clock is set. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import { accessFixture, type AccessFixture } from '../access.fixture.ts';
import type { Access } from '../create-access.ts';
import { ensureFirstUser } from '../first-user.ts';
import { beginTry, takeTryBack } from './attempts.ts';

let fixture: AccessFixture;
let held: TestDatabase;
let access: Access;
const browser = { address: '192.0.2.1', agent: '', traceId: 't', browserId: null };

beforeAll(async () => {
  fixture = await accessFixture(['set-back']);
  ({ held, access } = fixture);
});
afterAll(() => fixture.close());

it('a try that is taken back and one that begins never wait for each other in a circle', async () => {
  // The one that is locked last lies first.
  const [low, high] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const counter = (hash: Buffer) => ({ kind: 'address', hash }) as const;
  for (const hash of [high, low])
    await beginTry(access.context, { bucket: 0, counters: [counter(hash)] });
  await held.database.query({ text: 'analyze access_attempts' });
  const lock = 'select 1 from access_attempts where bucket = 0 and counter_hash = $1 for update';
  const back = { bucket: 0, counters: [counter(low), counter(high)], clean: false };
  let takenBack: Promise<void> | undefined;
  await held.database.transaction(async (tx) => {
    await tx.query({ text: lock, values: [low] });
    takenBack = takeTryBack(access.context, back);
    takenBack.catch(() => undefined);
    await until('it to wait', async () => {
      const { rowCount } = await held.database.query({
        text: `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      });
      return rowCount > 0;
    });
    await tx.query({ text: lock, values: [high] });
  });
  await takenBack;
});

it('who signs in stays in and is known there, although the clock was set back since the times before', async () => {
  const request = {
    tenant: 'set-back',
    email: 'owner@localhost',
    password: 'a sentence of theirs',
  };
  await ensureFirstUser(access.context, request);
  const first = await access.signIn(request, browser);
  await held.database.query({
    text: `insert into access_sessions (bucket, tenant, id, user_id, token_hash, method, client_sealed,
                                        created_at, expires_at, idle_seconds)
           select bucket, tenant, 'later-' || n, user_id, sha256(n::text::bytea), method, client_sealed,
                  now() + interval '1 hour', expires_at, idle_seconds
           from access_sessions, generate_series(1, 50) as n where tenant = 'set-back'`,
  });
  await held.database.query({
    text: `insert into access_known_places (bucket, tenant, user_id, place_hash, seen_at)
           select 0, 'set-back', $1, sha256(n::text::bytea), now() + interval '1 hour'
           from generate_series(1, 20) as n`,
    values: [first.userId],
  });
  const { token, sessionId } = await access.signIn(request, browser);
  const cookie = `comptoir=${token}`;
  const principal = await access.sessions.authenticate({ cookie, host: 'localhost' });
  expect(principal.user?.sessionId).toBe(sessionId);
  const { rows } = await held.database.query<{ later: boolean }>({
    text: `select seen_at > now() as later from access_known_places where tenant = 'set-back'`,
  });
  expect(rows.filter(({ later }) => !later)).toHaveLength(2);
  expect(rows).toHaveLength(20);
});
