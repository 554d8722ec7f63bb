import { Type } from 'typebox';
import type { Refusal } from '../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { channel } from './events.ts';

const name = Type.String({ minLength: 1, maxLength: 200 });
const email = Type.String({ format: 'email', maxLength: 254 });
/** E.164: a plus sign and at most 15 digits. */
const phone = Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' });
const language = Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' });

export const registerCustomer = defineCommand({
  name: 'RegisterCustomer',
  summary: 'Registers a customer',
  input: Type.Object(
    {
      name,
      email: Type.Optional(email),
      phone: Type.Optional(phone),
      language: Type.Optional(language),
    },
    { additionalProperties: false },
  ),
  examples: [
    { name: 'Ana Souza', phone: '+5511987654321', language: 'pt-BR' },
    { name: 'Jan Kowalski', email: 'jan@example.com' },
  ],
});

export const changeContact = defineCommand({
  name: 'ChangeContact',
  word: 'change-contact',
  summary: 'Changes name, e-mail or phone; what is left out stays',
  input: Type.Object(
    { name: Type.Optional(name), email: Type.Optional(email), phone: Type.Optional(phone) },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [{ email: 'ana@example.com' }],
});

export const giveConsent = defineCommand({
  name: 'GiveConsent',
  word: 'give-consent',
  summary: 'Notes that the customer agrees to be written to',
  input: Type.Object(
    { channel, wording: Type.String({ minLength: 1, maxLength: 2000 }) },
    { additionalProperties: false },
  ),
  examples: [{ channel: 'email', wording: 'Yes, send me the monthly menu.' }],
});

export const withdrawConsent = defineCommand({
  name: 'WithdrawConsent',
  word: 'withdraw-consent',
  summary: 'Notes that the customer no longer agrees',
  input: Type.Object({ channel }, { additionalProperties: false }),
  examples: [{ channel: 'email' }],
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
] as const;

export type CustomerCommand = CommandFor<(typeof CUSTOMER_COMMANDS)[number]>;

export const CUSTOMER_REFUSALS = {
  CUSTOMER_EXISTS: {
    sentence: 'A customer with this id is registered already.',
    remedy: 'Change the existing customer, or register with another id.',
  },
  CUSTOMER_ARCHIVED: {
    sentence: 'The customer was archived and takes no changes.',
    remedy: 'Register the person anew.',
  },
} as const satisfies Record<string, Refusal>;
