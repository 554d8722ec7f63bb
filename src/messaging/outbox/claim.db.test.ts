import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { judge } from '../../../tools/fake-provider/judge.ts';
import {
  CLAIM_AHEAD_MS,
  CLAIM_LEAD_MS,
  HELD_MS_MAX,
  PACE_SHARE,
  PAIR_BURST,
  PAIR_EVERY_US,
  SLICE_MS,
} from '../limits.ts';
import { claimMessages, type Claim } from './claim.ts';
import { enqueueMessages, type NewMessage } from './enqueue.ts';
import { saveSender, slowSender } from './senders.ts';
import { queueWhatIsDue, recordIntents, recordOutcomes } from './transitions.ts';

const BUCKET = 3;
const TENANT = 'cafe';
const START_US = 1_800_000_000_000_000;
const ONE = randomUUID();
const OTHER = randomUUID();

let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(async () => {
  await held.drop();
});
beforeEach(async () => {
  for (const table of ['senders', 'outbox', 'pairs', 'opt_outs'])
    await held.database.query({ text: `truncate messaging_${table}` });
});

const sender = { bucket: BUCKET, tenant: TENANT, senderId: 'main' };

function message(index: number, more: Partial<NewMessage> = {}): NewMessage {
  return {
    bucket: BUCKET,
    tenant: TENANT,
    messageId: `m${String(index).padStart(5, '0')}`,
    senderId: 'main',
    channel: 'whatsapp',
    campaignId: null,
    language: null,
    person: `p${index}`,
    recipient: `r${index}`,
    priority: 3,
    dueAtUs: START_US,
    paused: false,
    ...more,
  };
}

async function fill(count: number, more: (index: number) => Partial<NewMessage> = () => ({})) {
  const rows = Array.from({ length: count }, (_, index) => message(index, more(index)));
  await enqueueMessages(held.database, rows, START_US);
}

function claim(atMs: number, owner = ONE): Promise<Claim> {
  return claimMessages(held.database, sender, { owner, nowUs: START_US + atMs * 1000 });
}

function judged(claims: readonly Claim[], budget: number) {
  const received = claims.flatMap(({ messages }) =>
    messages.map(({ messageId, recipient, momentUs }) => ({
      phoneNumberId: 'main',
      to: recipient,
      callbackData: messageId,
      wamid: '',
      atUs: momentUs,
      sentAtUs: null,
    })),
  );
  return judge(received, { budget, stalls: [] });
}

test('two processes that claim at the same time never pass the budget in any sliding second', async () => {
  await saveSender(held.database, { ...sender, budget: 200, dailyMax: null });
  await fill(2_000);
  const claims: Claim[] = [];
  // A virtual clock: 4 s in uneven steps, both processes at each of them, with a stall in the middle.
  for (let atMs = 0; atMs < 4_000; atMs += atMs === 1_800 ? 900 : 30 + (atMs % 70))
    claims.push(...(await Promise.all([claim(atMs), claim(atMs, OTHER)])));
  const verdict = judged(claims, 200);
  expect(verdict.budgetViolations).toBe(0);
  expect(verdict.maxPerSecond).toBeLessThanOrEqual(195);
  expect(verdict.maxPerSecond).toBeGreaterThan(185);
  expect(verdict.doubles).toEqual([]);
  expect(verdict.messages).toBeGreaterThan(500);
});

test('the judge sees a sender that forgets what the other process was granted', async () => {
  await saveSender(held.database, { ...sender, budget: 200, dailyMax: null });
  await fill(2_000);
  const claims: Claim[] = [];
  for (let atMs = 0; atMs < 2_000; atMs += 50) {
    claims.push(await claim(atMs));
    await held.database.query({ text: 'update messaging_senders set next_at_us = 0' });
  }
  expect(judged(claims, 200).budgetViolations).toBeGreaterThan(0);
});

test('nothing is saved up: after a pause the next grant reaches as far as any first one', async () => {
  const reach = Math.ceil((100 * PACE_SHARE * (CLAIM_AHEAD_MS + SLICE_MS - CLAIM_LEAD_MS)) / 1000);
  await saveSender(held.database, { ...sender, budget: 100, dailyMax: null });
  await fill(500);
  await claim(0);
  const late = await claim(60_000);
  expect(late.messages.length).toBeLessThanOrEqual(reach);
  const [first] = late.messages;
  expect(first!.momentUs).toBeGreaterThan(START_US + 60_000_000);
});

test('moments are granted for messages that are held already, and fewer others are claimed', async () => {
  await saveSender(held.database, { ...sender, budget: 100, dailyMax: null });
  await fill(100);
  const spare = 10;
  const options = { owner: ONE, spare, nowUs: START_US };
  const { messages, momentsUs } = await claimMessages(held.database, sender, options);
  expect(momentsUs).toHaveLength(messages.length + spare);
  for (const [index, { momentUs }] of messages.entries())
    expect(Math.abs(momentUs - momentsUs[spare + index]!)).toBeLessThanOrEqual(1);
  const more = { ...options, spare: 1_000, nowUs: START_US + 200_000 };
  const full = await claimMessages(held.database, sender, more);
  expect([full.messages.length, full.drained]).toEqual([0, false]);
  const all = [...momentsUs, ...full.momentsUs];
  const gaps = all.slice(1).map((moment, index) => moment - all[index]!);
  expect(Math.min(...gaps)).toBeGreaterThan(1_000_000 / 100);
});

test('a pair gets 45 at once and then one in 6 s; the others of the sender go on meanwhile', async () => {
  await saveSender(held.database, { ...sender, budget: 1_000, dailyMax: null });
  await fill(80, (index) => (index < 60 ? { recipient: 'same', priority: 5 } : {}));
  const first = await claim(0);
  const second = await claim(200);
  const sent = [...first.messages, ...second.messages];
  expect(sent.filter(({ recipient }) => recipient === 'same')).toHaveLength(PAIR_BURST);
  expect(sent.filter(({ recipient }) => recipient !== 'same')).toHaveLength(20);
  const { rows } = await held.database.query<{ due: number }>({
    text: `select (due_at_us - $1::bigint)::double precision as due from messaging_outbox
            where state = 'waiting' order by due_at_us`,
    values: [START_US],
  });
  expect(rows.map(({ due }) => due)).toEqual(
    Array.from({ length: 15 }, (_, index) => HELD_MS_MAX * 1000 + (index + 1) * PAIR_EVERY_US),
  );
});

test('a recipient that is new today takes a place of the day, one that was written to does not', async () => {
  await saveSender(held.database, { ...sender, budget: 1_000, dailyMax: 3 });
  await fill(10, (index) => ({ recipient: `r${index % 5}` }));
  const { messages } = await claim(0);
  expect(new Set(messages.map(({ recipient }) => recipient)).size).toBe(3);
  const next = await claim(300);
  expect(next.messages.every(({ recipient }) => ['r0', 'r1', 'r2'].includes(recipient))).toBe(true);
});

test('the highest priority goes first', async () => {
  await saveSender(held.database, { ...sender, budget: 50, dailyMax: null });
  await fill(40, (index) => ({ priority: index % 10 }));
  const { messages } = await claim(0);
  expect(messages.slice(0, 4).map(({ messageId }) => Number(messageId.slice(1)) % 10)).toEqual([
    9, 9, 9, 9,
  ]);
});

test('a message that was enqueued already is not enqueued again', async () => {
  await saveSender(held.database, { ...sender, budget: 1_000, dailyMax: null });
  await fill(3);
  const { messages } = await claim(0);
  const ids = messages.map(({ messageId }) => messageId);
  await recordIntents(held.database, { ...sender, owner: ONE }, ids);
  await fill(3);
  expect((await claim(500)).messages).toEqual([]);
});

test('an intent is written once: whoever lost the claim is not among those that may send', async () => {
  await saveSender(held.database, { ...sender, budget: 1_000, dailyMax: null });
  await fill(2);
  const { messages } = await claim(0);
  const ids = messages.map(({ messageId }) => messageId);
  expect(await recordIntents(held.database, { ...sender, owner: OTHER }, ids)).toEqual(new Set());
  expect(await recordIntents(held.database, { ...sender, owner: ONE }, ids)).toEqual(new Set(ids));
  expect(await recordIntents(held.database, { ...sender, owner: ONE }, ids)).toEqual(new Set());
});

test('a claim whose process is gone is queued again, an intent is not', async () => {
  await saveSender(held.database, { ...sender, budget: 1_000, dailyMax: null });
  await fill(2);
  // Long ago by the database's clock.
  const { messages } = await claim(-400_000_000_000);
  const [first, second] = messages.map(({ messageId }) => messageId);
  await recordIntents(held.database, { ...sender, owner: ONE }, [first!]);
  await queueWhatIsDue(held.database);
  const { rows } = await held.database.query({
    text: 'select message_id, state from messaging_outbox order by message_id',
  });
  expect(rows).toEqual([
    { message_id: first, state: 'sending' },
    { message_id: second, state: 'queued' },
  ]);
});

test('an outcome is recorded once', async () => {
  await saveSender(held.database, { ...sender, budget: 1_000, dailyMax: null });
  await fill(1);
  await claim(0);
  await recordIntents(held.database, { ...sender, owner: ONE }, ['m00000']);
  const accepted = {
    messageId: 'm00000',
    state: 'accepted',
    providerId: 'w1',
    dueAtUs: 0,
  } as const;
  await recordOutcomes(held.database, sender, [accepted]);
  await recordOutcomes(held.database, sender, [
    { ...accepted, state: 'unknown', providerId: null },
  ]);
  const { rows } = await held.database.query({
    text: 'select state, provider_id, attempt from messaging_outbox',
  });
  expect(rows).toEqual([{ state: 'accepted', provider_id: 'w1', attempt: 1 }]);
});

test('after the provider asked for less, half of the budget is granted', async () => {
  await saveSender(held.database, { ...sender, budget: 400, dailyMax: null });
  const now = Date.now() * 1000;
  const rows = Array.from({ length: 300 }, (_, index) => message(index, { dueAtUs: now }));
  await enqueueMessages(held.database, rows, now);
  const before = await claimMessages(held.database, sender, { owner: ONE });
  await slowSender(held.database, sender);
  await held.database.query({ text: 'update messaging_senders set next_at_us = 0' });
  const after = await claimMessages(held.database, sender, { owner: ONE });
  const share = after.messages.length / before.messages.length;
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
});
