import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { channel, frequencyCap, language, NOTHING, quietHours } from '../shapes.ts';
import { dayTier } from './events.ts';

/** What a WhatsApp number may send and receive a second, without an upgrade. */
export const BUDGET_PER_SECOND = 80;
/** After Meta's upgrade of a number; more is another number. */
const BUDGET_PER_SECOND_MAX = 1_000;
/** Late evening until morning. */
export const QUIET_HOURS = { from: '21:00', to: '09:00' };
/** One a day and three a week bother few. */
export const CAPS = [
  { count: 1, hours: 24 },
  { count: 3, hours: 168 },
];
const CAPS_MAX = 5;

const name = Type.String({ minLength: 1, maxLength: 100 });
const from = Type.String({ minLength: 1, maxLength: 254 });
const digits = Type.String({ pattern: '^[0-9]{1,32}$' });
/** Only a name: credentials themselves never come this way. */
const secretName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,59}$' });

const terms = {
  phoneNumberId: Type.Optional(digits),
  wabaId: Type.Optional(digits),
  replyTo: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
  secretName: Type.Optional(secretName),
  budgetPerSecond: Type.Optional(Type.Integer({ minimum: 1, maximum: BUDGET_PER_SECOND_MAX })),
  dayTier: Type.Optional(dayTier),
  quietHours: Type.Optional(Type.Union([quietHours, Type.Null()])),
  caps: Type.Optional(Type.Array(frequencyCap, { maxItems: CAPS_MAX })),
  doubleOptIn: Type.Optional(Type.Boolean()),
  language: Type.Optional(language),
};

export const addSender = defineCommand({
  name: 'AddMessageSender',
  summary: 'Adds a WhatsApp number or an e-mail address to write from',
  permission: 'settings',
  input: Type.Object({ name, channel, from, ...terms }, { additionalProperties: false }),
  examples: [
    {
      name: 'Front desk',
      channel: 'whatsapp',
      from: '+48123456789',
      phoneNumberId: '106540352242922',
      wabaId: '102290129340398',
      secretName: 'whatsapp-main',
      dayTier: 10_000,
    },
    { name: 'Newsletter', channel: 'email', from: 'house@example.com', doubleOptIn: true },
  ],
});

export const changeSender = defineCommand({
  name: 'ChangeMessageSender',
  word: 'change',
  summary: 'Changes what is given; null takes a limit away, what is left out stays',
  permission: 'settings',
  input: Type.Object(
    { name: Type.Optional(name), from: Type.Optional(from), ...terms },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [
    { budgetPerSecond: 1_000, dayTier: null },
    { quietHours: null, caps: [{ count: 1, hours: 72 }] },
  ],
});

export const pauseSender = defineCommand({
  name: 'PauseMessageSender',
  word: 'pause',
  summary: 'Nothing goes out from it until it is resumed',
  permission: 'settings',
  input: Type.Object(
    { reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) },
    { additionalProperties: false },
  ),
  examples: [{}, { reason: 'spam-rate' }],
});

export const resumeSender = defineCommand({
  name: 'ResumeMessageSender',
  word: 'resume',
  summary: 'What waits goes out again',
  permission: 'settings',
  input: NOTHING,
  examples: [{}],
});

export const closeSender = defineCommand({
  name: 'CloseMessageSender',
  word: 'close',
  summary: 'Nothing will ever go out from it again; what waits is dropped',
  permission: 'settings',
  input: NOTHING,
  examples: [{}],
});

export const SENDER_COMMANDS = [
  addSender,
  changeSender,
  pauseSender,
  resumeSender,
  closeSender,
] as const;
export type SenderCommand = CommandFor<(typeof SENDER_COMMANDS)[number]>;

export const SENDER_REFUSALS = {
  SENDER_EXISTS: {
    sentence: 'A sender with this id is there already.',
    remedy: 'Change the existing sender.',
  },
  SENDER_CHANNEL_UNAVAILABLE: {
    sentence: 'This installation has no provider for the channel.',
    remedy: 'Add a sender of another channel.',
  },
  SENDER_CLOSED: {
    sentence: 'The sender was closed.',
    remedy: 'Add another sender.',
  },
  SENDER_INCOMPLETE: {
    sentence: 'A sender of this channel needs more.',
    remedy: 'Give what the details name.',
  },
} as const satisfies Record<string, Refusal>;
