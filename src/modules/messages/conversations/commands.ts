import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { REQUEST_REFUSALS } from '../refusals.ts';
import { channel, id, language, NOTHING, variables } from '../shapes.ts';

const TEXT_LENGTH_MAX = 4096;

export const receiveInbound = defineCommand({
  name: 'ReceiveInbound',
  summary: 'Notes what somebody wrote to a sender',
  permission: 'receive',
  internal: true,
  input: Type.Object(
    {
      channel,
      senderId: id,
      address: Type.String({ minLength: 3, maxLength: 254 }),
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      customerId: Type.Optional(id),
      suppressionId: id,
      providerId: Type.String({ minLength: 1, maxLength: 256 }),
      kind: Type.String({ minLength: 1, maxLength: 40 }),
      text: Type.Optional(Type.String({ maxLength: 65_536 })),
      sentAt: Type.String({ format: 'date-time' }),
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      channel: 'whatsapp',
      senderId: 'front-desk',
      address: '+48501234567',
      name: 'Jan',
      suppressionId: 'whatsapp.5wJ2Rk0q3mVvJY0aXw1x1A',
      providerId: 'wamid.1',
      kind: 'text',
      text: 'Do you have a table for two?',
      sentAt: '2026-01-01T10:00:00Z',
    },
    {
      channel: 'whatsapp',
      senderId: 'front-desk',
      address: '+48501234567',
      customerId: 'customer-1',
      suppressionId: 'whatsapp.5wJ2Rk0q3mVvJY0aXw1x1A',
      providerId: 'wamid.2',
      kind: 'text',
      text: 'stop',
      sentAt: '2026-01-01T10:01:00Z',
    },
  ],
});

export const replyInConversation = defineCommand({
  name: 'ReplyInConversation',
  word: 'reply',
  summary: 'Answers: freely within 24 h of the last message of the person, else with a template',
  permission: 'reply',
  input: Type.Object(
    {
      text: Type.Optional(Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX })),
      /** Of a text by e-mail. */
      subject: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      template: Type.Optional(
        Type.Object(
          { id, language: Type.Optional(language), variables: Type.Optional(variables) },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [
    { text: 'Yes, at eight.' },
    { template: { id: 'booking-confirmed', variables: { name: 'Jan', time: '20:00' } } },
  ],
});

export const assignConversation = defineCommand({
  name: 'AssignConversation',
  word: 'assign',
  summary: 'Gives the conversation to a user, or with null to nobody',
  permission: 'reply',
  input: Type.Object({ to: Type.Union([id, Type.Null()]) }, { additionalProperties: false }),
  examples: [{ to: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E' }, { to: null }],
});

export const seeConversation = defineCommand({
  name: 'SeeConversation',
  word: 'see',
  summary: 'Notes that somebody has read it',
  permission: 'reply',
  input: NOTHING,
  examples: [{}],
});

export const closeConversation = defineCommand({
  name: 'CloseConversation',
  word: 'close',
  summary: 'Nothing is left to answer; the next message opens it again',
  permission: 'reply',
  input: NOTHING,
  examples: [{}],
});

export const optInConversation = defineCommand({
  name: 'OptInConversation',
  word: 'opt-in',
  summary: 'Notes that the person wants to be written to again, and how they said so',
  permission: 'suppress',
  input: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'asked for it at the counter' }],
});

export const CONVERSATION_COMMANDS = [
  receiveInbound,
  replyInConversation,
  assignConversation,
  seeConversation,
  closeConversation,
  optInConversation,
] as const;
export type ConversationCommand = CommandFor<(typeof CONVERSATION_COMMANDS)[number]>;

export const CONVERSATION_REFUSALS = {
  ...REQUEST_REFUSALS,
  CONVERSATION_WINDOW_CLOSED: {
    sentence: 'More than 24 hours have passed since the person wrote.',
    remedy: 'Answer with a template.',
  },
  CONVERSATION_OPTED_OUT: {
    sentence: 'The person does not want to be written to.',
    remedy: 'Wait until they write again.',
  },
} as const satisfies Record<string, Refusal>;
