import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import { silentLogger } from '../../core/logger.ts';
import { HELD_MS_MAX, LATE_MS } from '../limits.ts';
import { claimMessages } from '../outbox/claim.ts';
import { enqueueMessages } from '../outbox/enqueue.ts';
import { saveSender } from '../outbox/senders.ts';
import { createIntentLead } from './intent-lead.ts';
import { FROM, SENDER_KEY as sender } from './from.fixture.ts';
import type { Sendable } from './prepared.ts';
import { SendLane } from './send-lane.ts';

const OWNER = randomUUID();

function outgoingOf({ messageId }: Sendable['message']): Sendable['outgoing'] {
  const content = { kind: 'text', text: 'Hello', subject: null } as const;
  return { messageId, to: '+48501000000', content, unsubscribeUrl: null };
}

let held: TestDatabase;
let lane: SendLane;
let recorded: string[];
let lost: { readonly reason: string; readonly count: number }[];
let left: { readonly id: string; readonly atMs: number }[];
let hasRoom: boolean;
let whenSent: () => void;

beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held.drop());
beforeEach(async () => {
  for (const table of ['senders', 'outbox', 'pairs'])
    await held.database.query({ text: `truncate messaging_${table}` });
  await saveSender(held.database, { ...sender, budget: 1_000, dailyMax: null });
  left = [];
  hasRoom = true;
  whenSent = () => {};
  lost = [];
  recorded = [];
  lane = new SendLane(
    {
      database: held.database,
      prepare: async (_sender, messages) =>
        messages.map((message) => ({ message, from: FROM, outgoing: outgoingOf(message) })),
      async send({ message }) {
        left.push({ id: message.messageId, atMs: performance.now() });
        whenSent();
        return { kind: 'accepted', providerId: message.messageId };
      },
      hasRoom: () => hasRoom,
      record: (_sender, { messageId }) => recorded.push(messageId),
      intentLead: createIntentLead(),
      onMomentsLost: (reason, count) => lost.push({ reason, count }),
      owner: OWNER,
      logger: silentLogger,
    },
    sender,
  );
});
afterEach(() => lane.end());

async function claimed(count: number) {
  const nobody = { campaignId: null, language: null, person: null };
  const rows = Array.from({ length: count }, (_, index) => ({
    ...sender,
    ...nobody,
    messageId: `m${index}`,
    channel: 'whatsapp' as const,
    recipient: `r${index}`,
    priority: 3,
    dueAtUs: 0,
    paused: false,
  }));
  await enqueueMessages(held.database, rows, 1);
  return (await claimMessages(held.database, sender, { owner: OWNER })).messages;
}

async function states(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await held.database.query<{ state: string; count: number }>({
    text: 'select state, count(*)::integer as count from messaging_outbox group by state',
  });
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** `count` of them, a millisecond apart. */
function moments(count: number, inMs: number): readonly number[] {
  const first = performance.now() + inMs;
  return Array.from({ length: count }, (_, index) => first + index);
}

test('each message leaves once, at a moment of its own: not before it and not long after', async () => {
  const messages = await claimed(20);
  const own = [...moments(20, 100)];
  lane.add({ messages, moments: own, claimedMs: performance.now() });
  await until('all to have left', () => {
    if (left.length === 20) return true;
    // A machine that stood still loses moments.
    const more = moments(5, 50);
    own.push(...more);
    lane.add({ messages: [], moments: more, claimedMs: 0 });
    return false;
  });
  expect(new Set(left.map(({ id }) => id)).size).toBe(20);
  await until('all answers to be kept', () => recorded.length === 20);
  const free = new Set(own);
  for (const { atMs } of left) {
    const taken = [...free].find((moment) => moment - 1 <= atMs && atMs <= moment + LATE_MS + 1);
    expect(taken).toBeDefined();
    free.delete(taken ?? 0);
  }
});

test('what missed its moments waits for others, and none that passed is caught up', async () => {
  const messages = await claimed(5);
  const nowMs = performance.now();
  const passed = [1, 2, 3, 4, 5].map((index) => nowMs - LATE_MS - 50 + index);
  lane.add({ messages, moments: passed, claimedMs: nowMs });
  await until('them to be held', () => lane.spare === 5);
  expect(left).toEqual([]);
  await until('one after the other to leave', () => {
    lane.add({ messages: [], moments: moments(1, 50), claimedMs: nowMs });
    return left.length === 5;
  });
  expect([lane.held, lane.spare]).toEqual([0, 0]);
});

test('moments that passed while messages were ready are told as a process that stood still', async () => {
  const messages = await claimed(4);
  lane.add({ messages, moments: moments(4, 40), claimedMs: performance.now() });
  await until('one to leave', () => left.length > 0 || lost.length > 0);
  const stoodUntil = performance.now() + 5 * LATE_MS;
  while (performance.now() < stoodUntil);
  await until('the others to be lost or gone', () => left.length + lost.length >= 4);
  expect(left.length + lost.length).toBe(4);
});

test('what one message begins goes on before the next leaves, though each takes longer than the moments are apart', async () => {
  const steps: string[] = [];
  whenSent = () => {
    steps.push('sent');
    setImmediate(() => steps.push('written'));
    const busyUntil = performance.now() + 2;
    while (performance.now() < busyUntil);
  };
  lane.add({ messages: await claimed(6), moments: moments(6, 60), claimedMs: performance.now() });
  await until('all moments to have passed', () => left.length + lost.length >= 6);
  await until('the last to be written', () => steps.at(-1) === 'written');
  expect(left.length).toBeGreaterThan(1);
  expect(steps).toEqual(left.flatMap(() => ['sent', 'written']));
});

test('behind a provider that holds every connection moments pass, and none is caught up when it wakes', async () => {
  hasRoom = false;
  const messages = await claimed(20);
  lane.add({ messages, moments: moments(20, 60), claimedMs: performance.now() });
  await until('every moment to pass', () => lost.length === 20);
  const reasons = new Set(lost.map(({ reason }) => reason));
  // A machine that was slow to write intents down may lose some for that.
  expect([...reasons].filter((reason) => reason !== 'intents')).toEqual(['provider']);
  expect([left, lane.waitsForProvider]).toEqual([[], true]);
  hasRoom = true;
  lane.add({ messages: [], moments: moments(3, 30), claimedMs: 0 });
  await until('the new moments to be used', () => left.length + lost.length === 23);
  expect([left.length <= 3, lane.waitsForProvider]).toEqual([true, false]);
});

test('what is written down and held too long behind a provider that stands still is taken back', async () => {
  hasRoom = false;
  const messages = await claimed(3);
  lane.add({ messages, moments: moments(3, 60), claimedMs: performance.now() });
  await until('them to be ready', () => lane.waitsForProvider);
  await until('all to be queued again', async () => {
    lane.add({ messages: [], moments: moments(1, 20), claimedMs: 0 });
    return (await states())['queued'] === 3;
  });
  expect([left, lane.held]).toEqual([[], 0]);
});

test('what was held too long is given back, whatever moments come', async () => {
  const messages = await claimed(5);
  const claimedMs = performance.now() - HELD_MS_MAX - 1;
  lane.add({ messages, moments: [], claimedMs });
  await until('all to be queued again', async () => {
    lane.add({ messages: [], moments: moments(5, 50), claimedMs });
    return (await states())['queued'] === 5;
  });
  expect([left, lane.held]).toEqual([[], 0]);
});

test('a process that ends gives back what has not left, with its intents', async () => {
  const messages = await claimed(40);
  lane.add({ messages, moments: [], claimedMs: performance.now() });
  await until('the first to leave', () => {
    lane.add({ messages: [], moments: moments(10, 30), claimedMs: 0 });
    return left.length > 0;
  });
  await lane.end();
  const { sending = 0, queued = 0, claimed: kept = 0 } = await states();
  expect([sending, queued, kept]).toEqual([left.length, 40 - left.length, 0]);
});
