import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import { waitingForLocks } from './waiting.fixture.ts';
import { readMarketing } from './marketing.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.parse('2026-11-22T12:00:00.000Z');
const sender = { bucket: 3, tenant: 'cafe', senderId: 'main' };

let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(async () => {
  await held.drop();
});
beforeEach(async () => {
  await held.database.query({ text: 'truncate messaging_pairs' });
  for (const recipient of ['ana', 'bo']) await pair('main', recipient);
  await pair('other', 'ana');
});

/** As a claim makes it. */
async function pair(senderId: string, recipient: string): Promise<void> {
  await held.database.query({
    text: `insert into messaging_pairs (bucket, tenant, sender_id, recipient, arrival_us, last_claim_us)
           values (3, 'cafe', $1, $2, 0, 0)`,
    values: [senderId, recipient],
  });
}

function read(marks: readonly (readonly [string, string])[], hoursLater = 0, place = sender) {
  return readMarketing(held.database, place, {
    marks: marks.map(([recipient, messageId]) => ({ recipient, messageId })),
    hours: 24,
    nowMs: NOW_MS + hoursLater * HOUR_MS,
  });
}

test('a message never counts against itself, and every other one of the last hours does, newest first', async () => {
  expect((await read([['ana', 'm1']])).get('ana')).toEqual([]);
  // Held by a cap and judged again: still the same message.
  expect((await read([['ana', 'm1']], 1)).get('ana')).toEqual([]);
  expect((await read([['ana', 'm2']], 2)).get('ana')).toEqual(['2026-11-22T12:00:00.000Z']);
  expect((await read([['ana', 'm3']], 3)).get('ana')).toEqual([
    '2026-11-22T14:00:00.000Z',
    '2026-11-22T12:00:00.000Z',
  ]);
});

test('what is older than the caps reach is neither told nor kept', async () => {
  await read([['ana', 'm1']]);
  expect((await read([['ana', 'm2']], 25)).get('ana')).toEqual([]);
  const { rows } = await held.database.query<{ marketing: object }>({
    text: `select marketing from messaging_pairs where sender_id = 'main' and recipient = 'ana'`,
  });
  expect(Object.keys(rows[0]!.marketing)).toEqual(['m2']);
});

test('other recipients, other senders and other tenants are counted for themselves', async () => {
  await read([['ana', 'm1']]);
  expect((await read([['bo', 'm2']], 1)).get('bo')).toEqual([]);
  const other = { ...sender, senderId: 'other' };
  expect((await read([['ana', 'm3']], 1, other)).get('ana')).toEqual([]);
  const foreign = { ...sender, tenant: 'bar' };
  expect((await read([['ana', 'm4']], 1, foreign)).size).toBe(0);
});

test('of two to one recipient in the same call the second sees the first', async () => {
  const both = [
    ['ana', 'm1'],
    ['ana', 'm2'],
  ] as const;
  await read(both);
  expect((await read([['ana', 'm2']], 1)).get('ana')).toEqual(['2026-11-22T12:00:00.000Z']);
});

test('a message is marked though a claim changes the same recipient at that moment', async () => {
  const both = await held.database.transaction(async (tx) => {
    await tx.query({ text: 'update messaging_pairs set arrival_us = 1' });
    const marked = read([['ana', 'm1']]);
    await until('it to wait', async () => (await waitingForLocks(held)) === 1);
    return { marked };
  });
  await both.marked;
  expect((await read([['ana', 'm2']], 1)).get('ana')).toEqual(['2026-11-22T12:00:00.000Z']);
});
