import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { createLinks, LINK_MINUTES, type Links } from './links.ts';

let held: Awaited<ReturnType<typeof testDatabase>>;
let links: Links;
let nowMs = Date.parse('2026-11-21T18:00:00.000Z');

beforeAll(async () => {
  held = await testDatabase();
  // safe because of a clock nothing else is asked
  const clock = { nowMs: () => nowMs } as never;
  links = createLinks({ database: held.database, clock });
});
afterAll(() => held.drop());

const me = { tenant: 'acme', purpose: 'me' } as const;

test('a token opens what it was made for, in its tenant and for its purpose alone', async () => {
  const { token } = await links.issue(me, ['p1', 'p2']);
  expect(token).toMatch(/^[\w-]{22}$/);
  expect((await links.open(me, token))?.subjects).toEqual(['p1', 'p2']);
  expect(await links.open({ ...me, tenant: 'other' }, token)).toBeNull();
  expect(await links.open({ ...me, purpose: 'order' }, token)).toBeNull();
  expect(await links.open(me, `${token}x`)).toBeNull();
  expect(await links.open(me, '')).toBeNull();
});

test('nothing that is stored is the token', async () => {
  const { token } = await links.issue(me, ['p3']);
  const { rows } = await held.database.query<{ row: string }>({
    text: 'select public_links::text as row from public_links',
  });
  const stored = rows.map(({ row }) => row).join();
  expect(stored).toContain('p3');
  expect(stored).not.toContain(token);
  expect(stored).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
});

test('a token ends by itself, and then goes', async () => {
  const { token } = await links.issue(me, ['p4']);
  nowMs += LINK_MINUTES.me * 60_000 - 1;
  expect(await links.open(me, token)).not.toBeNull();
  nowMs += 1;
  expect(await links.open(me, token)).toBeNull();
  nowMs += 1;
  expect(await links.sweep()).toBeGreaterThan(0);
  expect(await links.sweep()).toBe(0);
});

test('revoking ends all links to a subject and none beside', async () => {
  const [first, second, other] = await Promise.all([
    links.issue(me, ['p5']),
    links.issue(me, ['p6', 'p5']),
    links.issue({ ...me, tenant: 'other' }, ['p5']),
  ]);
  expect(await links.revoke(me, 'p5')).toBe(2);
  expect(await links.revoke(me, 'p5')).toBe(0);
  expect(await links.open(me, first.token)).toBeNull();
  expect(await links.open(me, second.token)).toBeNull();
  expect(await links.open({ ...me, tenant: 'other' }, other.token)).not.toBeNull();
});
