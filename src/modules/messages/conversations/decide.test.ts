import { describe, expect, test } from 'vitest';
import { aroundOf, commandOf, senderOf, templateOf } from '../around.fixture.ts';
import type { ConversationCommand } from './commands.ts';
import { decide } from './decide.ts';
import { evolve, initialState, type ConversationState } from './state.ts';

const AT = '2026-11-22T12:00:00.000Z';
const AROUND = {
  'messages.senders/desk': senderOf({ language: 'pl' }),
  'messages.templates/hello': templateOf(),
};
const INBOUND = {
  channel: 'whatsapp',
  senderId: 'desk',
  address: '+48501234567',
  suppressionId: 'whatsapp.hash',
  providerId: 'wamid.1',
  kind: 'text',
  text: 'Macie stolik?',
  sentAt: '2026-11-22T11:00:00.000Z',
};
type Type = ConversationCommand['type'];

function decided(
  state: ConversationState,
  ...[type, input = {}, at = AT]: [Type, object?, string?]
) {
  const own = { 'messages.conversations/desk.hash': state };
  const command = commandOf<ConversationCommand>(type, { id: 'desk.hash', input, at });
  return decide(state, command, aroundOf({ ...AROUND, ...own }));
}

function after(...inbound: readonly object[]): ConversationState {
  return inbound.reduce<ConversationState>((state, more) => {
    const decision = decided(state, 'ReceiveInbound', { ...INBOUND, ...more });
    if (decision.outcome === 'rejected') throw new Error(decision.code);
    return decision.events.reduce<ConversationState>(
      (held, event) => evolve(held, event, { at: AT, version: 1 }),
      state,
    );
  }, initialState);
}

const STOP = { text: 'wypisz', providerId: 'wamid.2', customerId: 'ana' };

describe('what somebody writes', () => {
  test('opens a conversation, counts as unread and sets the window', () => {
    expect(after({})).toMatchObject({
      status: 'open',
      personId: 'desk.hash',
      unread: 1,
      lastInboundAt: INBOUND.sentAt,
      lines: [{ from: 'person', text: 'Macie stolik?' }],
    });
  });

  test('M7: repeated it changes nothing; out of order the newest moment counts; nobody writes in the future', () => {
    expect(decided(after({}), 'ReceiveInbound', INBOUND)).toMatchObject({ events: [] });
    const older = { providerId: 'wamid.0', sentAt: '2026-11-22T10:00:00.000Z' };
    expect(after({}, older)).toMatchObject({ lastInboundAt: INBOUND.sentAt, unread: 2 });
    expect(after({ sentAt: '2027-01-01T00:00:00.000Z' })).toMatchObject({ lastInboundAt: AT });
  });

  test('a customer who becomes known is linked', () => {
    expect(after({}, { providerId: 'wamid.3', customerId: 'ana' })).toMatchObject({
      customerId: 'ana',
      personId: 'ana',
    });
  });
});

describe('M6: an opt-out word', () => {
  test('opts out, suppresses the address and is confirmed', () => {
    const decision = decided(after({}), 'ReceiveInbound', { ...INBOUND, ...STOP });
    expect(decision).toMatchObject({
      outcome: 'accepted',
      events: [
        { type: 'ConversationLinked' },
        { type: 'InboundMessageReceived' },
        {
          type: 'ConversationOptedOut',
          data: { customerId: 'ana', language: 'pl', confirm: true },
        },
      ],
      elsewhere: [
        {
          category: 'messages.suppressions',
          id: 'whatsapp.hash',
          events: [{ type: 'AddressSuppressed', data: { reason: 'opt-out', scope: 'all' } }],
        },
        {
          category: 'messages',
          events: [
            {
              type: 'MessageRequested',
              data: {
                purpose: 'reply',
                confirmsOptOut: true,
                priority: 9,
                text: 'Nie będziemy już do Ciebie pisać.',
              },
            },
          ],
        },
      ],
    });
  });

  test('is confirmed at most once, however often it comes', () => {
    const again = { ...INBOUND, ...STOP, providerId: 'wamid.9' };
    const decision = decided(after({}, STOP), 'ReceiveInbound', again);
    expect(decision).toMatchObject({ events: [{ type: 'InboundMessageReceived' }], elsewhere: [] });
  });
});

describe('M3: a reply', () => {
  const LATER = '2026-11-23T11:00:00.000Z';

  test('is free text within 24 hours, then a template', () => {
    expect(decided(after({}), 'ReplyInConversation', { text: 'Tak' })).toMatchObject({
      events: [{ type: 'ConversationReplied', data: { text: 'Tak' } }],
      elsewhere: [{ category: 'messages', id: 'reply.c1' }],
    });
    expect(decided(after({}), 'ReplyInConversation', { text: 'Tak' }, LATER)).toMatchObject({
      code: 'CONVERSATION_WINDOW_CLOSED',
    });
    const template = { template: { id: 'hello', variables: { name: 'Ana' } } };
    expect(decided(after({}), 'ReplyInConversation', template, LATER)).toMatchObject({
      outcome: 'accepted',
    });
  });

  test('M2: goes to nobody who opted out and has not written since', () => {
    const template = { template: { id: 'hello', variables: { name: 'Ana' } } };
    expect(decided(after({}, STOP), 'ReplyInConversation', template, LATER)).toMatchObject({
      code: 'CONVERSATION_OPTED_OUT',
    });
  });
});
