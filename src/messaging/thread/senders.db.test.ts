import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import {
  startFakeProvider,
  type FakeProvider,
} from '../../../tools/fake-provider/fake-provider.ts';
import { silentLogger } from '../../core/logger.ts';
import { enqueueMessages, type NewMessage } from '../outbox/enqueue.ts';
import type { ClaimedMessage } from '../outbox/outbox-row.ts';
import { saveSender } from '../outbox/senders.ts';
import { FROM, SENDER_KEY as sender } from '../sending/from.fixture.ts';
import type { Sendable } from '../sending/prepared.ts';
import type { ThreadOptions, ToldResult } from './protocol.ts';
import { openSenderThread, type Senders } from './senders.ts';

let held: TestDatabase;
let provider: FakeProvider;
let senders: Senders | null = null;
let told: ToldResult[];
let claimed: number;
let prepare: (messages: readonly ClaimedMessage[]) => readonly Sendable[];

beforeAll(async () => {
  held = await testDatabase();
  provider = await startFakeProvider();
});
afterAll(async () => {
  await provider.close();
  await held.drop();
});
beforeEach(async () => {
  for (const table of ['senders', 'outbox', 'pairs'])
    await held.database.query({ text: `truncate messaging_${table}` });
  await saveSender(held.database, { ...sender, budget: 1_000, dailyMax: null });
  told = [];
  claimed = 0;
  prepare = (messages) => messages.map(sendable);
});
afterEach(async () => {
  await senders?.stop();
  senders = null;
});

function sendable(message: ClaimedMessage): Sendable {
  const content = { kind: 'text', text: 'Hello', subject: null } as const;
  const to = `+48501${message.messageId.replace('m', '').padStart(6, '0')}`;
  const outgoing = { messageId: message.messageId, to, content, unsubscribeUrl: null };
  return { message, from: FROM, outgoing };
}

function open(change: Partial<ThreadOptions> = {}): Senders {
  const begin = openSenderThread({
    database: { url: held.url, connectTimeoutMs: 5_000, statementTimeoutMs: 5_000 },
    whatsappUrl: provider.url,
    smtpUrl: null,
    domain: 'bar.example',
    token: 'token',
    secrets: new Map(),
    keptIn: new Map(),
    ...change,
  });
  senders = begin({
    prepare: async (_sender, messages) => prepare(messages),
    record: (result) => told.push(result),
    onClaim: (count) => (claimed += count),
    onMomentsLost: () => {},
    logger: silentLogger,
  });
  return senders;
}

async function enqueue(
  ids: readonly string[],
  of: Partial<Pick<NewMessage, 'tenant' | 'channel'>> = {},
): Promise<void> {
  const nobody = { campaignId: null, language: null, person: null };
  const rows = ids.map((messageId) => ({
    ...sender,
    ...nobody,
    messageId,
    channel: 'whatsapp' as const,
    recipient: messageId,
    priority: 3,
    dueAtUs: 0,
    paused: false,
    ...of,
  }));
  await enqueueMessages(held.database, rows, 1);
}

async function statesOf(ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await held.database.query<{ state: string }>({
    text: 'select state from messaging_outbox where message_id = any($1)',
    values: [ids],
  });
  return rows.map(({ state }) => state);
}

const receivedOf = (ids: readonly string[]): readonly string[] =>
  provider.received.flatMap(({ callbackData: id }) => (ids.includes(id) ? [id] : []));

test('what is due leaves once, and each answer is told before the sender has ended', async () => {
  const ids = Array.from({ length: 300 }, (_, index) => `m${1_000 + index}`);
  await enqueue(ids);
  await open().serve(sender);
  expect(receivedOf(ids).toSorted()).toEqual(ids);
  expect(told.map(({ message }) => message.messageId).toSorted()).toEqual(ids);
  expect(told.every(({ result }) => result.kind === 'accepted')).toBe(true);
  expect(claimed).toBeGreaterThanOrEqual(ids.length);
});

test('what the server keeps back does not leave', async () => {
  const ids = ['m1', 'm2', 'm3'];
  prepare = (messages) => messages.filter(({ messageId }) => messageId !== 'm2').map(sendable);
  await enqueue(ids);
  await open().serve(sender);
  expect(receivedOf(ids).toSorted()).toEqual(['m1', 'm3']);
});

test('where the server could not say what may leave, it is asked again and nothing is lost', async () => {
  const ids = ['m11', 'm12'];
  let failures = 2;
  prepare = (messages) => {
    failures -= 1;
    if (failures >= 0) throw new Error('the lists cannot be read');
    return messages.map(sendable);
  };
  await enqueue(ids);
  await open().serve(sender);
  expect(receivedOf(ids).toSorted()).toEqual(ids);
});

test('a thread that ends by itself says so to whoever waits, and what is due stays where it is', async () => {
  const ids = ['m21', 'm22'];
  await enqueue(ids);
  const broken = open({ whatsappUrl: 'no address' });
  await expect(broken.serve(sender)).rejects.toThrow('ended');
  // Another one begins with the next sender, and ends as well.
  await expect(broken.serve(sender)).rejects.toThrow('ended');
  expect(await statesOf(ids)).toEqual(['queued', 'queued']);
  await broken.stop();
});

/** Stands for a mail server; nobody is answered. */
async function deafServer(): Promise<{
  readonly server: Server;
  readonly heard: { bytes: number };
}> {
  const heard = { bytes: 0 };
  const server = createServer((socket) => {
    heard.bytes += 1;
    socket.on('error', () => {});
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, heard };
}

describe('a business whose messages are kept in', () => {
  const kept = { ...sender, tenant: 'kept' };

  test('is answered as by a provider, and not a byte of it reaches the network, where another’s go', async () => {
    const mail = await deafServer();
    const { port } = mail.server.address() as AddressInfo;
    const chats = ['m41', 'm42'];
    const mails = ['m43', 'm44'];
    const others = ['m45'];
    await saveSender(held.database, { ...kept, budget: 1_000, dailyMax: null });
    await enqueue(chats, { tenant: 'kept' });
    await enqueue(mails, { tenant: 'kept', channel: 'email' });
    prepare = (messages) =>
      messages.map((message) => {
        const { terms } = FROM;
        const { channel } = message;
        return { ...sendable(message), from: { ...FROM, terms: { ...terms, channel } } };
      });
    const running = open({
      smtpUrl: `smtp://127.0.0.1:${port}`,
      keptIn: new Map([['kept', 'pretended']]),
    });
    await running.serve(kept);
    expect(told.map(({ message }) => message.messageId).toSorted()).toEqual([...chats, ...mails]);
    expect(told.every(({ result }) => result.kind === 'accepted')).toBe(true);
    expect([receivedOf([...chats, ...mails]), mail.heard.bytes]).toEqual([[], 0]);
    // The same channels, of a business that is not kept in.
    await enqueue(others);
    await enqueue(['m46'], { channel: 'email' });
    await running.serve(sender);
    expect(receivedOf(others)).toEqual(others);
    expect(mail.heard.bytes).toBeGreaterThan(0);
    mail.server.close();
  });

  test('is refused where nobody pretends, and stays where it is', async () => {
    await saveSender(held.database, { ...kept, budget: 1_000, dailyMax: null });
    await enqueue(['m51'], { tenant: 'kept' });
    await open({ keptIn: new Map([['kept', 'refused']]) }).serve(kept);
    expect(told.map(({ result }) => result)).toEqual([
      expect.objectContaining({
        kind: 'refused',
        error: expect.objectContaining({ code: 'kept-in' }),
      }),
    ]);
    expect(receivedOf(['m51'])).toEqual([]);
  });
});

test('a stop lets what is under way be answered, and gives the rest back', async () => {
  provider.behave({ delayMs: 150 });
  const ids = Array.from({ length: 2_000 }, (_, index) => `m${30_000 + index}`);
  await enqueue(ids);
  const running = open();
  const ended = running.serve(sender);
  await expect.poll(() => receivedOf(ids).length).toBeGreaterThan(0);
  await running.stop();
  await ended;
  const left = receivedOf(ids);
  expect(left.length).toBeLessThan(ids.length);
  expect(told.map(({ message }) => message.messageId).toSorted()).toEqual([...left].toSorted());
  const states = Map.groupBy(await statesOf(ids), (state) => state);
  expect(states.get('claimed')).toBeUndefined();
  expect(states.get('queued')).toHaveLength(ids.length - left.length);
});
