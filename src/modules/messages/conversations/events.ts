/**
 * Events on the stream of a conversation, `messages.conversations/{conversationId}`: what one person and one sender wrote.
 * The id is `conversationIdOf` of the sender and a keyed hash of the address. The webhook gives `ReceiveInbound` for each
 * message; a repetition of the same provider id changes nothing.
 */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { channel, textOrNull } from '../shapes.ts';

const conversationId = Type.String();
/** The customer where one is known, else the conversation itself. */
const personId = Type.String();

export const conversationOpened = defineEvent({
  name: 'ConversationOpened',
  wireName: 'comptoir.conversation.opened',
  data: Type.Object({
    conversationId,
    personId,
    customerId: textOrNull,
    channel,
    senderId: Type.String(),
    address: textOrNull,
    /** As the provider knows the person. */
    name: textOrNull,
    suppressionId: Type.String(),
  }),
  personal: { person: '/personId', fields: ['/address', '/name'] },
});

/** The customer became known; what is written from now on is theirs. */
export const conversationLinked = defineEvent({
  name: 'ConversationLinked',
  wireName: 'comptoir.conversation.linked',
  data: Type.Object({ conversationId, customerId: Type.String() }),
});

export const inboundReceived = defineEvent({
  name: 'InboundMessageReceived',
  wireName: 'comptoir.conversation.inbound-received',
  data: Type.Object({
    conversationId,
    personId,
    providerId: Type.String(),
    /** `text`, `image`, ...: the provider's word. */
    kind: Type.String(),
    text: textOrNull,
    /** When the person sent it, RFC 3339. */
    sentAt: Type.String(),
  }),
  personal: { person: '/personId', fields: ['/text'] },
});

/** Once for each time the person opts out; `confirm` says whether the one confirmation goes out. */
export const conversationOptedOut = defineEvent({
  name: 'ConversationOptedOut',
  wireName: 'comptoir.conversation.opted-out',
  data: Type.Object({
    conversationId,
    customerId: textOrNull,
    channel,
    /** Language of the word. */
    language: Type.String(),
    confirm: Type.Boolean(),
  }),
});

export const conversationOptedIn = defineEvent({
  name: 'ConversationOptedIn',
  wireName: 'comptoir.conversation.opted-in',
  data: Type.Object({ conversationId, reason: Type.String() }),
});

export const conversationReplied = defineEvent({
  name: 'ConversationReplied',
  wireName: 'comptoir.conversation.replied',
  data: Type.Object({ conversationId, personId, messageId: Type.String(), text: textOrNull }),
  personal: { person: '/personId', fields: ['/text'] },
});

export const conversationAssigned = defineEvent({
  name: 'ConversationAssigned',
  wireName: 'comptoir.conversation.assigned',
  data: Type.Object({ conversationId, to: textOrNull }),
});

export const conversationSeen = defineEvent({
  name: 'ConversationSeen',
  wireName: 'comptoir.conversation.seen',
  data: Type.Object({ conversationId }),
});

export const conversationClosed = defineEvent({
  name: 'ConversationClosed',
  wireName: 'comptoir.conversation.closed',
  data: Type.Object({ conversationId }),
});

export const CONVERSATION_EVENTS = [
  conversationOpened,
  conversationLinked,
  inboundReceived,
  conversationOptedOut,
  conversationOptedIn,
  conversationReplied,
  conversationAssigned,
  conversationSeen,
  conversationClosed,
] as const;
export type ConversationEvent = EventOf<(typeof CONVERSATION_EVENTS)[number]>;
