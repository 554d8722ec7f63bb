import { Type } from 'typebox';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { IDENTIFIER_COMMANDS } from './commands-identifiers.ts';
import { MERGE_COMMANDS } from './commands-merges.ts';
import { NOTE_COMMANDS } from './commands-notes.ts';
import { email, language, phone, timeZone } from './inputs.ts';
import { channel, customerKind } from './shapes.ts';

const name = Type.String({ minLength: 1, maxLength: 200 });
const source = Type.String({ minLength: 1, maxLength: 200 });

export const registerCustomer = defineCommand({
  name: 'RegisterCustomer',
  summary: 'Registers a customer',
  input: Type.Object(
    {
      name,
      kind: Type.Optional(customerKind),
      email: Type.Optional(email),
      phone: Type.Optional(phone),
      language: Type.Optional(language),
      timeZone: Type.Optional(timeZone),
    },
    { additionalProperties: false },
  ),
  examples: [
    { name: 'Ana Souza', phone: '+5511987654321', language: 'pt-BR' },
    { name: 'Jan Kowalski', email: 'jan@example.com' },
    { name: 'Kino Pod Baranami', kind: 'organisation', phone: '+48124230768', language: 'pl' },
  ],
});

export const changeContact = defineCommand({
  name: 'ChangeContact',
  word: 'change-contact',
  summary: 'Changes name, kind, language, time zone, e-mail or phone; what is left out stays',
  input: Type.Object(
    {
      name: Type.Optional(name),
      kind: Type.Optional(customerKind),
      email: Type.Optional(email),
      phone: Type.Optional(phone),
      language: Type.Optional(language),
      timeZone: Type.Optional(Type.Union([timeZone, Type.Null()])),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [
    { email: 'ana@example.com' },
    { language: 'en' },
    { timeZone: 'America/Sao_Paulo' },
    { timeZone: null },
  ],
});

export const giveConsent = defineCommand({
  name: 'GiveConsent',
  word: 'give-consent',
  summary: 'Notes that the customer agrees to be written to, with what proves it',
  input: Type.Object(
    {
      channel,
      wording: Type.String({ minLength: 1, maxLength: 2000 }),
      source: Type.Optional(source),
      version: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    },
    { additionalProperties: false },
  ),
  examples: [
    { channel: 'email', wording: 'Yes, send me the monthly menu.' },
    { channel: 'sms', wording: 'Yes, by text.', source: 'booking form', version: '2026-03' },
  ],
});

export const withdrawConsent = defineCommand({
  name: 'WithdrawConsent',
  word: 'withdraw-consent',
  summary: 'Notes that the customer no longer agrees',
  input: Type.Object({ channel, source: Type.Optional(source) }, { additionalProperties: false }),
  examples: [{ channel: 'email' }, { channel: 'sms', source: 'answered STOP' }],
});

export const archiveCustomer = defineCommand({
  name: 'ArchiveCustomer',
  word: 'archive',
  summary: 'Takes the customer off the lists; history stays',
  input: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'moved away' }],
});

export const CUSTOMER_COMMANDS = [
  registerCustomer,
  changeContact,
  giveConsent,
  withdrawConsent,
  archiveCustomer,
  ...IDENTIFIER_COMMANDS,
  ...NOTE_COMMANDS,
  ...MERGE_COMMANDS,
] as const;

export type CustomerCommand = CommandFor<(typeof CUSTOMER_COMMANDS)[number]>;
export type CommandNamed<Name extends CustomerCommand['type']> = Extract<
  CustomerCommand,
  { readonly type: Name }
>;
