import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { postalAddress } from '../locations/events.ts';

/** A receipt is narrow, and long texts make it long. */
const TEXT_LINES_MAX = 8;
const TEXT_LENGTH_MAX = 100;

const legalName = Type.String({ minLength: 1, maxLength: 200 });
const tradeName = Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]);
const country = Type.String({ pattern: '^[A-Z]{2}$' });
const taxId = Type.Union([
  Type.String({ minLength: 4, maxLength: 24, pattern: '^[A-Za-z0-9 ./-]+$' }),
  Type.Null(),
]);
const address = Type.Union([
  Type.Object(postalAddress.properties, { additionalProperties: false }),
  Type.Null(),
]);
const logoId = Type.Union([Type.String({ minLength: 1, maxLength: 128 }), Type.Null()]);
const textLines = Type.Array(Type.String({ maxLength: TEXT_LENGTH_MAX }), {
  maxItems: TEXT_LINES_MAX,
});
const receipt = Type.Object(
  { header: textLines, footer: textLines },
  { additionalProperties: false },
);

export const setUpProfile = defineCommand({
  name: 'SetUpProfile',
  summary: 'Says whose business this is; there is one profile, `main`',
  permission: 'settings',
  input: Type.Object(
    {
      legalName,
      country,
      tradeName: Type.Optional(tradeName),
      taxId: Type.Optional(taxId),
      address: Type.Optional(address),
      logoId: Type.Optional(logoId),
      receipt: Type.Optional(receipt),
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      legalName: 'Pod Wawelem sp. z o.o.',
      country: 'PL',
      tradeName: 'Pod Wawelem',
      taxId: '526-104-08-28',
      address: { lines: ['Rynek 1'], postalCode: '31-042', city: 'Kraków', country: 'PL' },
      receipt: { header: ['Pod Wawelem'], footer: ['Dziękujemy!'] },
    },
    { legalName: 'Example LLC', country: 'US' },
  ],
});

export const changeProfile = defineCommand({
  name: 'ChangeProfile',
  word: 'change',
  summary: 'Changes what is given; null takes it away, what is left out stays',
  permission: 'settings',
  input: Type.Object(
    {
      legalName: Type.Optional(legalName),
      country: Type.Optional(country),
      tradeName: Type.Optional(tradeName),
      taxId: Type.Optional(taxId),
      address: Type.Optional(address),
      logoId: Type.Optional(logoId),
      receipt: Type.Optional(receipt),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [{ receipt: { header: [], footer: ['Obrigado!'] } }, { tradeName: null }],
});

export const PROFILE_COMMANDS = [setUpProfile, changeProfile] as const;
export type ProfileCommand = CommandFor<(typeof PROFILE_COMMANDS)[number]>;

export const PROFILE_REFUSALS = {
  PROFILE_EXISTS: {
    sentence: 'The business is set up already.',
    remedy: 'Change the profile `main`.',
  },
  PROFILE_ELSEWHERE: {
    sentence: 'A business has one profile, and its id is `main`.',
    remedy: 'Set up or change the profile `main`.',
  },
  TAX_ID_INVALID: {
    sentence: 'The tax number cannot be one of this country: its check digits are wrong.',
    remedy: 'Compare it with the document of the tax office.',
  },
} as const satisfies Record<string, Refusal>;
