import { Type } from 'typebox';
import { defineCommand } from '../../core/command-type.ts';
import { email, phone } from './inputs.ts';

const identifierId = Type.String({ minLength: 1, maxLength: 128 });

export const addIdentifier = defineCommand({
  name: 'AddCustomerIdentifier',
  word: 'add-identifier',
  summary: 'Adds a phone, an e-mail or a messenger id by which the customer is found too',
  input: Type.Union([
    Type.Object({ kind: Type.Literal('phone'), value: phone }, { additionalProperties: false }),
    Type.Object({ kind: Type.Literal('email'), value: email }, { additionalProperties: false }),
    Type.Object(
      {
        kind: Type.Literal('messenger'),
        channel: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
        value: Type.String({ minLength: 1, maxLength: 200, pattern: '^\\S+$' }),
      },
      { additionalProperties: false },
    ),
  ]),
  examples: [
    { kind: 'phone', value: '+48601234567' },
    { kind: 'email', value: 'ana.souza@example.com' },
    { kind: 'messenger', channel: 'telegram', value: '40112233' },
  ],
});

export const removeIdentifier = defineCommand({
  name: 'RemoveCustomerIdentifier',
  word: 'remove-identifier',
  summary: 'Takes a phone, an e-mail or a messenger id away',
  input: Type.Object({ identifierId }, { additionalProperties: false }),
  examples: [{ identifierId: 'phone' }],
});

export const preferIdentifier = defineCommand({
  name: 'PreferCustomerIdentifier',
  word: 'prefer-identifier',
  summary: 'Makes a phone or e-mail the one by which the customer is reached',
  input: Type.Object({ identifierId }, { additionalProperties: false }),
  examples: [{ identifierId: 'email' }],
});

export const IDENTIFIER_COMMANDS = [addIdentifier, removeIdentifier, preferIdentifier] as const;
