import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { markRecipients } from './campaign-recipients.ts';
import { OUTBOX_KEPT_MS } from '../limits.ts';
import { removeOldRows } from './remove-old-rows.ts';

const cafe = { bucket: 3, tenant: 'cafe' };

let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held.drop());
beforeEach(async () => {
  await held.database.query({ text: 'truncate messaging_campaign_recipients' });
});

async function mark(
  marks: readonly (readonly [string, string, string])[],
  place = cafe,
): Promise<readonly string[]> {
  const named = marks.map(([campaignId, recipient, messageId]) => ({
    campaignId,
    recipient,
    messageId,
  }));
  return [...(await markRecipients(held.database, place, named))].toSorted();
}

test('of two messages of a campaign to one address one may go, whether they come together or not', async () => {
  const together = await mark([
    ['offer', 'ana', 'm1'],
    ['offer', 'ana', 'm2'],
    ['offer', 'bo', 'm3'],
  ]);
  expect(together).toEqual(['m1', 'm3']);
  expect(await mark([['offer', 'bo', 'm4']])).not.toContain('m4');
});

test('the message that was first may be tried again', async () => {
  await mark([['offer', 'ana', 'm1']]);
  expect(await mark([['offer', 'ana', 'm1']])).toEqual(['m1']);
});

test('another campaign and another tenant reach the same address', async () => {
  await mark([['offer', 'ana', 'm1']]);
  expect(await mark([['other', 'ana', 'm2']])).toEqual(['m2']);
  expect(await mark([['offer', 'ana', 'm3']], { bucket: 3, tenant: 'bar' })).toEqual(['m3']);
});

test('who marks at the same time does not both go', async () => {
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, index) => mark([['offer', 'ana', `m${index}`]])),
  );
  const [first, ...others] = [...new Set(all.flat())];
  expect(first).toMatch(/^m[0-7]$/);
  expect(others).toEqual([]);
});

test('marks go with the rows of their messages', async () => {
  await mark([['offer', 'ana', 'm1']]);
  await removeOldRows(held.database);
  expect(await mark([['offer', 'ana', 'm2']])).toEqual(['m1']);
  await held.database.query({
    text: 'update messaging_campaign_recipients set marked_at_us = marked_at_us - $1::bigint',
    values: [(OUTBOX_KEPT_MS + 1_000) * 1000],
  });
  await removeOldRows(held.database);
  expect(await mark([['offer', 'ana', 'm2']])).toEqual(['m2']);
});
