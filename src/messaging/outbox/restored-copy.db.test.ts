import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { enqueueMessages, type NewMessage } from './enqueue.ts';
import { addReceipts, RECEIPT_BITS } from './receipts.ts';
import { holdRestored, readHeldBefore } from './restored-copy.ts';
import { queueWhatIsDue, restoredMessages, settleByPerson } from './transitions.ts';

const place = { bucket: 3, tenant: 'cafe' };
const NOW_US = 1_800_000_000_000_000;
const SETTLED = ['accepted', 'unknown', 'ended'];
const OPEN = ['waiting', 'queued', 'paused', 'claimed', 'sending'];

let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held.drop());
beforeEach(async () => {
  for (const table of ['messaging_outbox', 'messaging_copy'])
    await held.database.query({ text: `truncate ${table}` });
  const rows = [...OPEN, ...SETTLED].map((state) => message(state));
  await enqueueMessages(held.database, rows, NOW_US);
  await held.database.query({ text: 'update messaging_outbox set state = message_id' });
});

function message(messageId: string, more: Partial<NewMessage> = {}): NewMessage {
  const nobody = { campaignId: null, language: null, person: null, recipient: 'r', priority: 3 };
  const own = { ...place, ...nobody, messageId, senderId: 'main', channel: 'whatsapp' } as const;
  return { ...own, dueAtUs: NOW_US, paused: false, ...more };
}

async function states(): Promise<Readonly<Record<string, string>>> {
  const { rows } = await held.database.query<{ message_id: string; state: string }>({
    text: 'select message_id, state from messaging_outbox',
  });
  return Object.fromEntries(rows.map((row) => [row.message_id, row.state]));
}

const hold = (incarnation: string, recordedAtUs = 0) =>
  holdRestored(held.database, { incarnation, recordedAtUs: async () => recordedAtUs });

test('a log that is the one from before holds nothing back', async () => {
  expect([await hold('one'), await hold('one'), await readHeldBefore(held.database)]).toEqual([
    0, 0, 0,
  ]);
  expect((await states())['queued']).toBe('queued');
});

test('in a copy everything that waits is held, once, and what was settled stays as it was', async () => {
  await hold('one');
  expect([await hold('two'), await hold('two')]).toEqual([OPEN.length, 0]);
  const now = await states();
  expect(OPEN.map((id) => now[id])).toEqual(OPEN.map(() => 'restored'));
  expect(SETTLED.map((id) => now[id])).toEqual(SETTLED);
  expect(await queueWhatIsDue(held.database)).toBe(0);
  expect((await states())['queued']).toBe('restored');
  const found = await restoredMessages(held.database);
  expect(found.map(({ messageId }) => messageId).toSorted()).toEqual(OPEN.toSorted());
});

test('the moment of the restore lies behind everything that the copy holds, whatever its clock says', async () => {
  await hold('one');
  const future = 9_000_000_000_000_000;
  await hold('two', future);
  expect(await readHeldBefore(held.database)).toBe(future);
});

test('what reaches the outbox only after the restore is held as well, and leaves by a status or a person', async () => {
  await enqueueMessages(held.database, [message('late', { restored: true })], NOW_US);
  expect((await states())['late']).toBe('restored');
  await settleByPerson(held.database, { ...place, messageId: 'late' }, 'queued');
  expect((await states())['late']).toBe('restored');
  await addReceipts(held.database, place, [{ messageId: 'late', receipts: RECEIPT_BITS.sent }]);
  expect((await states())['late']).toBe('accepted');
  await settleByPerson(held.database, { ...place, messageId: 'unknown' }, 'restored');
  expect((await states())['unknown']).toBe('restored');
});
