import { Type } from 'typebox';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { channel, id, language, NOTHING, purpose, variables } from './shapes.ts';

/** E.164: a plus sign and at most 15 digits. */
export const phone = Type.String({
  pattern: '^\\+[1-9][0-9]{6,14}$',
  description: 'E.164 with country code, such as +48123456789.',
});
export const email = Type.String({ format: 'email', maxLength: 254 });
/** What WhatsApp takes as one text. */
const TEXT_LENGTH_MAX = 4096;
const moment = Type.String({ format: 'date-time' });

export const recipient = Type.Object(
  {
    customerId: Type.Optional(id),
    leadId: Type.Optional(id),
    /** Instead of the one by which the customer or lead is reached. */
    phone: Type.Optional(phone),
    email: Type.Optional(email),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const requestMessage = defineCommand({
  name: 'RequestMessage',
  summary: 'Asks that one message goes to one person',
  permission: 'send',
  input: Type.Object(
    {
      channel,
      senderId: id,
      to: recipient,
      /** One of `template` and `text`. */
      template: Type.Optional(
        Type.Object(
          { id, language: Type.Optional(language), variables: Type.Optional(variables) },
          { additionalProperties: false },
        ),
      ),
      text: Type.Optional(Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX })),
      /** Of a text by e-mail. */
      subject: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      purpose,
      priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
      /** The person asked for it a moment ago and waits for it: quiet hours do not hold it. Of transactional messages only. */
      awaited: Type.Optional(Type.Boolean()),
      notBefore: Type.Optional(moment),
      expiresAt: Type.Optional(moment),
      /** Whoever asks again with the same one gets the first message. */
      dedupeKey: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      channel: 'whatsapp',
      senderId: 'front-desk',
      to: { phone: '+48501234567' },
      template: {
        id: 'booking-confirmed',
        language: 'pl',
        variables: { name: 'Jan', time: '19:30' },
      },
      purpose: 'transactional',
    },
    {
      channel: 'email',
      senderId: 'newsletter',
      to: { customerId: 'customer-1' },
      text: 'Your umbrella is still here.',
      subject: 'Your umbrella',
      purpose: 'transactional',
      priority: 7,
      expiresAt: '2026-12-01T12:00:00Z',
    },
  ],
});

export const resendMessage = defineCommand({
  name: 'ResendMessage',
  word: 'resend',
  summary: 'Sends again what nobody knows the outcome of; it may then arrive twice',
  permission: 'settle',
  input: NOTHING,
  examples: [{}],
});

export const giveUpMessage = defineCommand({
  name: 'GiveUpMessage',
  word: 'give-up',
  summary: 'Lets what nobody knows the outcome of count as not sent',
  permission: 'settle',
  input: NOTHING,
  examples: [{}],
});

export const cancelMessage = defineCommand({
  name: 'CancelMessage',
  word: 'cancel',
  summary: 'Takes back what has not gone out',
  permission: 'send',
  input: NOTHING,
  examples: [{}],
});

export const MESSAGE_COMMANDS = [
  requestMessage,
  resendMessage,
  giveUpMessage,
  cancelMessage,
] as const;
export type MessageCommand = CommandFor<(typeof MESSAGE_COMMANDS)[number]>;
