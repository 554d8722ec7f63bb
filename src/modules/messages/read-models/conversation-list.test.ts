import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../../test/support/given.ts';
import type { ConversationEvent } from '../conversations/events.ts';
import { conversationList } from './conversation-list.ts';

const conversationId = 'desk.hash';
const personId = 'desk.hash';
const opened: ConversationEvent = {
  type: 'ConversationOpened',
  data: {
    conversationId,
    personId,
    customerId: null,
    channel: 'whatsapp',
    senderId: 'desk',
    address: '+48501234567',
    name: 'Jan',
    suppressionId: 'whatsapp.hash',
  },
};
const inbound = (text: string | null, sentAt: string, kind = 'text'): ConversationEvent => ({
  type: 'InboundMessageReceived',
  data: { conversationId, personId, providerId: `wamid.${sentAt}`, kind, text, sentAt },
});
const replied = (text: string | null): ConversationEvent => ({
  type: 'ConversationReplied',
  data: { conversationId, personId, messageId: 'reply.1', text },
});
const EARLIER = '2026-11-21T08:00:00.000Z';
const LATER = '2026-11-21T10:00:00.000Z';
const after = (...events: readonly ConversationEvent[]) =>
  // safe because the model has the shape that rowAfter folds
  rowAfter(conversationList as never, conversationId, [opened, ...events]);

test('whoever wrote waits for an answer, and their newest words stand on the list', () => {
  expect(after(inbound('A table?', EARLIER))).toMatchObject({
    unanswered: true,
    unread: 1,
    last_from: 'person',
    last_text: 'A table?',
    last_at: EARLIER,
    last_inbound_at: EARLIER,
  });
  expect(after(inbound(null, EARLIER, 'image'))).toMatchObject({
    last_kind: 'image',
    last_text: null,
  });
});

test('an answer, an opt-out and closing end the waiting; reading does not', () => {
  const asked = inbound('A table?', EARLIER);
  expect(after(asked, { type: 'ConversationSeen', data: { conversationId } })).toMatchObject({
    unanswered: true,
    unread: 0,
  });
  expect(after(asked, replied('At eight.'))).toMatchObject({
    unanswered: false,
    last_from: 'house',
    last_text: 'At eight.',
    last_kind: 'text',
    last_at: AT,
    last_inbound_at: EARLIER,
  });
  expect(after(asked, replied(null))).toMatchObject({ last_kind: 'template', last_text: null });
  const closed = { type: 'ConversationClosed', data: { conversationId } } as const;
  expect(after(asked, closed)).toMatchObject({ unanswered: false, status: 'closed' });
  const out = { conversationId, customerId: null, language: 'en', confirm: true } as const;
  const optedOut = {
    type: 'ConversationOptedOut',
    data: { ...out, channel: 'whatsapp' },
  } as const;
  expect(after(asked, optedOut)).toMatchObject({ unanswered: false, opted_out: true });
});

test('M7: what comes late does not stand on the list as the newest', () => {
  expect(after(inbound('second', LATER), inbound('first', EARLIER))).toMatchObject({
    last_text: 'second',
    last_at: LATER,
    last_inbound_at: LATER,
    unread: 2,
  });
  expect(after(replied('At eight.'), inbound('before', EARLIER))).toMatchObject({
    last_text: 'At eight.',
    last_inbound_at: EARLIER,
    unanswered: true,
  });
});
