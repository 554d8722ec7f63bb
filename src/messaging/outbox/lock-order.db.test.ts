import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import { SENDER_KEY as sender } from '../sending/from.fixture.ts';
import { claimMessages } from './claim.ts';
import { enqueueMessages } from './enqueue.ts';
import { inLockOrder } from './lock-order.ts';
import { addReceipts } from './receipts.ts';
import { saveSender } from './senders.ts';
import { recordIntents, recordOutcomes } from './transitions.ts';
import { waitingForLocks } from './waiting.fixture.ts';

const OWNER = randomUUID();
const IDS = ['a', 'm', 'z'];

let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
  const { database } = held;
  await saveSender(database, { ...sender, budget: 1_000, dailyMax: null });
  const rows = IDS.map((messageId) => ({
    ...sender,
    messageId,
    channel: 'whatsapp' as const,
    campaignId: null,
    language: null,
    person: null,
    recipient: `r${messageId}`,
    priority: 3,
    dueAtUs: 0,
    paused: false,
  }));
  await enqueueMessages(database, rows, 1);
  await claimMessages(database, sender, { owner: OWNER });
  await recordIntents(database, { ...sender, owner: OWNER }, IDS);
});
afterAll(() => held.drop());

test('what came of messages and what is reported of them is noted at once, in whatever order both came', async () => {
  const { database } = held;
  const outcomes = IDS.map((messageId) => {
    return { messageId, state: 'accepted', providerId: `p${messageId}`, dueAtUs: 0 } as const;
  });
  const reports = IDS.toReversed().map((messageId) => ({ messageId, receipts: 1 }));
  const both = await database.transaction(async (tx) => {
    // The one in the middle: each of the two has begun by then, and neither has ended.
    await tx.query({ text: `select from messaging_outbox where message_id = 'm' for update` });
    const noted = Promise.allSettled([
      recordOutcomes(database, sender, outcomes),
      addReceipts(database, sender, reports),
    ]);
    await until('both to wait', async () => (await waitingForLocks(held)) === 2);
    return { noted };
  });
  expect((await both.noted).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  const { rows } = await database.query<{ state: string; receipts: number }>({
    text: 'select distinct state, receipts from messaging_outbox',
  });
  expect(rows).toEqual([{ state: 'accepted', receipts: 1 }]);
});

test('the order is that of bytes, not of a language', () => {
  const ids = ['b', 'a', 'B', 'é', 'a'].map((id) => ({ id }));
  expect(inLockOrder(ids, ({ id }) => id).map(({ id }) => id)).toEqual(['B', 'a', 'a', 'b', 'é']);
});
