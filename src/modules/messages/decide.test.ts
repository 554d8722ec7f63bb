import { describe, expect, test } from 'vitest';
import { aroundOf, commandOf, senderOf, templateOf } from './around.fixture.ts';
import type { MessageCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { MessageEvent } from './events.ts';
import { evolve, initialState, type MessageState } from './state.ts';

const AT = '2026-11-22T12:00:00.000Z';
const AROUND = {
  'messages.senders/desk': senderOf(),
  'messages.senders/mail': senderOf({ channel: 'email' }),
  'messages.templates/hello': templateOf(),
  'messages.templates/offer': templateOf({ category: 'marketing' }),
  'customers/ana': {
    status: 'active',
    name: 'Ana',
    phone: '+48501234567',
    email: null,
    language: 'pl',
    consents: [],
  },
};
const ASKED = {
  channel: 'whatsapp',
  senderId: 'desk',
  to: { customerId: 'ana' },
  template: { id: 'hello', variables: { name: 'Ana' } },
  purpose: 'transactional',
};

const give = (
  type: MessageCommand['type'],
  input: object = {},
  ...[state, at]: [MessageState?, string?]
) =>
  decide(
    state ?? initialState,
    commandOf<MessageCommand>(type, { input, at: at ?? AT }),
    aroundOf(AROUND),
  );
const ask = (more: object) => give('RequestMessage', { ...ASKED, ...more });
const after = (...events: MessageEvent[]): MessageState =>
  events.reduce(
    (state, event, index) => evolve(state, event, { at: AT, version: index + 1 }),
    initialState,
  );

describe('asking for a message', () => {
  test('looks up where the customer is reached and which language they speak', () => {
    expect(ask({})).toMatchObject({
      outcome: 'accepted',
      events: [
        {
          type: 'MessageRequested',
          data: {
            messageId: 'm1',
            personId: 'ana',
            to: { customerId: 'ana', leadId: null, address: '+48501234567' },
            template: { id: 'hello', version: 1, language: 'pl', variables: { name: 'Ana' } },
            needsConsent: false,
            priority: 6,
          },
        },
      ],
    });
  });

  test.each<[string, object]>([
    ['MESSAGE_VARIABLES_MISSING', { template: { id: 'hello' } }],
    ['MESSAGE_VARIABLES_MISSING', { template: { id: 'hello', variables: { name: ' ' } } }],
    [
      'MESSAGE_VARIABLES_MISSING',
      { template: { id: 'hello', variables: { name: 'A', more: 'B' } } },
    ],
    ['MESSAGE_LANGUAGE_MISSING', { template: { ...ASKED.template, language: 'de' } }],
    ['MESSAGE_TEMPLATE_UNKNOWN', { template: { id: 'none' } }],
    ['MESSAGE_SENDER_UNKNOWN', { senderId: 'mail' }],
    ['MESSAGE_SENDER_UNKNOWN', { senderId: 'none' }],
    ['MESSAGE_PERSON_UNKNOWN', { to: { customerId: 'nobody' } }],
    ['MESSAGE_ADDRESS_MISSING', { channel: 'email', senderId: 'mail' }],
    ['MESSAGE_CONTENT_UNCLEAR', { text: 'and a text' }],
    ['MESSAGE_CONTENT_UNCLEAR', { template: undefined }],
    ['MESSAGE_MARKETING_TEXT', { template: undefined, text: 'Buy!', purpose: 'marketing' }],
    ['MESSAGE_CATEGORY_WRONG', { template: { id: 'offer', variables: { name: 'Ana' } } }],
  ])('M4: %s', (code, more) => {
    expect(ask(more)).toMatchObject({ outcome: 'rejected', code });
  });

  test('M9: asked again with its key it is the same message; without one it is refused', () => {
    const made = after({ type: 'MessageRequested', data: requestOf() });
    expect(give('RequestMessage', { ...ASKED, dedupeKey: 'k' }, made)).toMatchObject({
      events: [],
    });
    expect(give('RequestMessage', ASKED, made)).toMatchObject({ code: 'MESSAGE_EXISTS' });
  });
});

function requestOf() {
  const decision = ask({});
  const [event] = decision.outcome === 'accepted' ? decision.events : [];
  if (event?.type !== 'MessageRequested') throw new Error('nothing was requested');
  return event.data;
}

describe('M10: a person decides over what nobody knows', () => {
  const attempted = { type: 'MessageAttempted', data: { messageId: 'm1', attempt: 1 } } as const;
  const unknown = {
    type: 'MessageOutcomeUnknown',
    data: { messageId: 'm1', attempt: 1, decideFrom: '2026-11-22T12:10:00.000Z' },
  } as const;
  const LATER = '2026-11-22T12:10:00.000Z';

  test('ten minutes later: again or not at all', () => {
    const state = after(attempted, unknown);
    expect(give('ResendMessage', {}, state)).toMatchObject({ code: 'MESSAGE_STILL_OPEN' });
    expect(give('ResendMessage', {}, state, LATER)).toMatchObject({
      events: [{ type: 'MessageResendAsked' }],
    });
    expect(give('GiveUpMessage', {}, state, LATER)).toMatchObject({
      events: [{ type: 'MessageGivenUp' }],
    });
  });

  test('what was accepted meanwhile is not sent again', () => {
    const sent = { type: 'MessageSent', data: { messageId: 'm1' } } as const;
    expect(give('ResendMessage', {}, after(attempted, unknown, sent), LATER)).toMatchObject({
      code: 'MESSAGE_NOT_UNKNOWN',
    });
  });

  test('only what has not gone out can be taken back', () => {
    const asked = after({ type: 'MessageRequested', data: requestOf() });
    expect(give('CancelMessage', {}, asked)).toMatchObject({
      events: [{ type: 'MessageCancelled' }],
    });
    expect(give('CancelMessage', {}, after(attempted))).toMatchObject({ code: 'MESSAGE_GONE_OUT' });
    const cancelled = after({ type: 'MessageCancelled', data: { messageId: 'm1' } });
    expect(give('CancelMessage', {}, cancelled)).toMatchObject({ events: [] });
  });
});
