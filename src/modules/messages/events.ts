/**
 * Events on the stream of a message, `messages/{messageId}`.
 *
 * A message is born in one of two ways:
 *  - single and triggered: `MessageRequested`, the first event of its stream, decided by `RequestMessage`;
 *  - of a campaign: `CampaignPageReleased` (campaigns/events.ts) on the stream of the CAMPAIGN names up to 500 recipients
 *    `{messageId, customerId}`. Nothing is on the message's own stream then; its first event is the first fact below. Ids of
 *    such messages are `messageIdOf(campaignId, slot)` (campaigns/slots.ts), so whoever has the id knows campaign and page.
 *
 * Everything from `MessageHeld` to `MessageOutcomeUnknown` is a fact that the sender appends to the stream without asking a
 * decider. Ids of these events derive from message, attempt and kind, so that a repetition is a duplicate; of the facts
 * that the sender itself notes (held, dropped, attempted, accepted, failed at once, unknown) the order on the stream is the
 * order in which they happened, of those that the provider reports (sent, delivered, read, failed, bounced) it is not: the
 * fold (progress.ts) takes the furthest. No fact holds personal data.
 */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../core/event-type.ts';
import { channel, purpose, textOrNull, variables } from './shapes.ts';

const messageId = Type.String();
/** From 1; raised with each call to the provider. */
const attempt = Type.Integer({ minimum: 1 });

/** What it was for, where a policy asked for it: the key of the settings under which its template stands. */
export const messageUse = Type.Union([
  Type.Literal('booking-confirmed'),
  Type.Literal('booking-changed'),
  Type.Literal('booking-reminder'),
  Type.Literal('waitlist-offer'),
  Type.Literal('order-ready'),
  Type.Literal('receipt'),
  Type.Literal('lead-follow-up'),
  Type.Literal('double-opt-in'),
]);

export const messageRequested = defineEvent({
  name: 'MessageRequested',
  wireName: 'comptoir.message.requested',
  data: Type.Object({
    messageId,
    /** Whose data these are: the customer, else the lead, else the booking or conversation, else the message itself. */
    personId: Type.String(),
    channel,
    senderId: Type.String(),
    to: Type.Object({
      customerId: textOrNull,
      leadId: textOrNull,
      /** Phone in E.164, or e-mail; null once the person is erased. */
      address: textOrNull,
    }),
    /** Exactly one of `template` and `text` is given. */
    template: Type.Union([
      Type.Object({
        id: Type.String(),
        version: Type.Integer(),
        language: Type.String(),
        variables: Type.Union([variables, Type.Null()]),
      }),
      Type.Null(),
    ]),
    text: textOrNull,
    /** Of a text by e-mail. */
    subject: textOrNull,
    purpose,
    /** Sent only to whoever consented to the channel; always so for marketing. */
    needsConsent: Type.Boolean(),
    use: Type.Union([messageUse, Type.Null()]),
    conversationId: textOrNull,
    /** What it is about, such as a reservation; whoever sends it may fill `{link}` of a variable with a link to that. */
    about: Type.Union([Type.Object({ category: Type.String(), id: Type.String() }), Type.Null()]),
    /** The one answer to an opt-out, which goes to whoever just opted out. */
    confirmsOptOut: Type.Boolean(),
    /** Quiet hours do not hold it where it is transactional. */
    awaited: Type.Optional(Type.Boolean()),
    /** 9 goes first. */
    priority: Type.Integer({ minimum: 0, maximum: 9 }),
    /** RFC 3339. */
    notBefore: textOrNull,
    expiresAt: textOrNull,
  }),
  personal: {
    person: '/personId',
    fields: ['/to/address', '/template/variables', '/text', '/subject'],
  },
});

/** Not now. `reason` is a `HoldReason` of rules/verdict.ts, or one of the sender's own. */
export const messageHeld = defineEvent({
  name: 'MessageHeld',
  wireName: 'comptoir.message.held',
  data: Type.Object({ messageId, reason: Type.String(), until: Type.String() }),
});

/** Never. `reason` is a `DropReason` of rules/verdict.ts, or one of the sender's own. */
export const messageDropped = defineEvent({
  name: 'MessageDropped',
  wireName: 'comptoir.message.dropped',
  data: Type.Object({ messageId, reason: Type.String() }),
});

/** An attempt that was refused or held: what was accepted, or is unknown, tells its attempt itself. */
export const messageAttempted = defineEvent({
  name: 'MessageAttempted',
  wireName: 'comptoir.message.attempted',
  data: Type.Object({ messageId, attempt }),
});

export const messageAccepted = defineEvent({
  name: 'MessageAccepted',
  wireName: 'comptoir.message.accepted',
  data: Type.Object({ messageId, attempt, providerId: textOrNull }),
});

export const messageSent = defineEvent({
  name: 'MessageSent',
  wireName: 'comptoir.message.sent',
  data: Type.Object({ messageId }),
});

export const messageDelivered = defineEvent({
  name: 'MessageDelivered',
  wireName: 'comptoir.message.delivered',
  data: Type.Object({ messageId }),
});

export const messageRead = defineEvent({
  name: 'MessageRead',
  wireName: 'comptoir.message.read',
  data: Type.Object({ messageId }),
});

/** For good: a failure that is tried again is a `MessageHeld`. */
export const messageFailed = defineEvent({
  name: 'MessageFailed',
  wireName: 'comptoir.message.failed',
  data: Type.Object({
    messageId,
    /** `recipient`, `sender`, `content`, `campaign` or a further class of the sender. */
    class: Type.String(),
    /** The provider's. */
    code: Type.String(),
    /** Our words for the code, never the provider's text, which may hold the address. */
    detail: textOrNull,
  }),
});

export const messageBounced = defineEvent({
  name: 'MessageBounced',
  wireName: 'comptoir.message.bounced',
  data: Type.Object({
    messageId,
    kind: Type.Union([Type.Literal('hard'), Type.Literal('soft')]),
    /** Enhanced status code (RFC 3463), such as `5.1.1`. */
    code: Type.String(),
    detail: textOrNull,
  }),
});

/** The call ended without an answer. It waits for a status; a person may decide from `decideFrom` on. */
export const messageOutcomeUnknown = defineEvent({
  name: 'MessageOutcomeUnknown',
  wireName: 'comptoir.message.outcome-unknown',
  data: Type.Object({ messageId, attempt, decideFrom: Type.String() }),
});

/** A person's decision: it is sent again, though it may then arrive twice. */
export const messageResendAsked = defineEvent({
  name: 'MessageResendAsked',
  wireName: 'comptoir.message.resend-asked',
  data: Type.Object({ messageId }),
});

/** A person's decision: it counts as not sent. */
export const messageGivenUp = defineEvent({
  name: 'MessageGivenUp',
  wireName: 'comptoir.message.given-up',
  data: Type.Object({ messageId }),
});

export const messageCancelled = defineEvent({
  name: 'MessageCancelled',
  wireName: 'comptoir.message.cancelled',
  data: Type.Object({ messageId }),
});

/** What the sender appends by itself. */
export const MESSAGE_FACTS = [
  messageHeld,
  messageDropped,
  messageAttempted,
  messageAccepted,
  messageSent,
  messageDelivered,
  messageRead,
  messageFailed,
  messageBounced,
  messageOutcomeUnknown,
] as const;
export type MessageFact = EventOf<(typeof MESSAGE_FACTS)[number]>;

export const MESSAGE_EVENTS = [
  messageRequested,
  ...MESSAGE_FACTS,
  messageResendAsked,
  messageGivenUp,
  messageCancelled,
] as const;
export type MessageEvent = EventOf<(typeof MESSAGE_EVENTS)[number]>;
