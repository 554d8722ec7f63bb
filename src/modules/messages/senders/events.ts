/** Events on the stream of a sender, `messages.senders/{senderId}`: a WhatsApp number, an e-mail address, a text sender. */
import { Type, type Static } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { channel, frequencyCap, language, quietHours, textOrNull } from '../shapes.ts';

const senderId = Type.String();

/** Of Meta's portfolio: unique people in 24 h that a business may begin to write to; null for no limit. */
export const dayTier = Type.Union([
  Type.Literal(250),
  Type.Literal(2_000),
  Type.Literal(10_000),
  Type.Literal(100_000),
  Type.Null(),
]);

export const senderTerms = Type.Object({
  name: Type.String(),
  channel,
  /** WhatsApp: id of the number and of its business account (WABA); null for other channels. */
  phoneNumberId: textOrNull,
  wabaId: textOrNull,
  /** The number as people see it, the address of an e-mail, or the name of a text sender. */
  from: Type.String(),
  replyTo: textOrNull,
  /** Name of the credential in the secret store of the installation, never the credential. */
  secretName: textOrNull,
  /** Messages a second. */
  budgetPerSecond: Type.Integer(),
  dayTier,
  quietHours: Type.Union([quietHours, Type.Null()]),
  /** Of marketing to one person. */
  caps: Type.Array(frequencyCap),
  /** Consents for its channel count only once they were confirmed. */
  doubleOptIn: Type.Boolean(),
  /** In which it answers by itself, such as to an opt-out of somebody whose language is not known. */
  language,
});
export type SenderTerms = Static<typeof senderTerms>;

export const senderAdded = defineEvent({
  name: 'MessageSenderAdded',
  wireName: 'comptoir.message-sender.added',
  data: Type.Object({ senderId, terms: senderTerms }),
});

/** All terms as they are from now on. */
export const senderChanged = defineEvent({
  name: 'MessageSenderChanged',
  wireName: 'comptoir.message-sender.changed',
  data: Type.Object({ senderId, terms: senderTerms }),
});

/** Nothing goes out until it is resumed. */
export const senderPaused = defineEvent({
  name: 'MessageSenderPaused',
  wireName: 'comptoir.message-sender.paused',
  data: Type.Object({ senderId, reason: Type.String() }),
});

export const senderResumed = defineEvent({
  name: 'MessageSenderResumed',
  wireName: 'comptoir.message-sender.resumed',
  data: Type.Object({ senderId }),
});

export const senderClosed = defineEvent({
  name: 'MessageSenderClosed',
  wireName: 'comptoir.message-sender.closed',
  data: Type.Object({ senderId }),
});

export const SENDER_EVENTS = [
  senderAdded,
  senderChanged,
  senderPaused,
  senderResumed,
  senderClosed,
] as const;
export type SenderEvent = EventOf<(typeof SENDER_EVENTS)[number]>;
