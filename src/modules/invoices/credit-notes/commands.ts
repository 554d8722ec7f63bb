import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { closed, idInput, prefixInput, reasonInput } from '../inputs.ts';
import { SERIES_REFUSALS } from '../refusals.ts';

export const issueCreditNote = defineCommand({
  name: 'IssueCreditNote',
  summary: 'Credits what was given back for an invoiced order, or the whole invoice',
  permission: 'credit',
  approvable: true,
  input: Type.Object(
    {
      invoiceId: idInput,
      reason: reasonInput,
      whole: Type.Optional(
        Type.Boolean({
          description:
            'All that is left, refunded or not: the invoice was wrong, and another one may follow.',
        }),
      ),
      series: Type.Optional(prefixInput),
    },
    closed,
  ),
  examples: [
    { invoiceId: 'a1', reason: 'returned' },
    { invoiceId: 'a1', reason: 'wrong tax number of the buyer', whole: true },
  ],
});
export const CREDIT_NOTE_COMMANDS = [issueCreditNote] as const;
export type CreditNoteCommand = CommandFor<(typeof CREDIT_NOTE_COMMANDS)[number]>;

export const CREDIT_NOTE_REFUSALS = {
  ...SERIES_REFUSALS,
  CREDIT_NOTE_EXISTS: {
    sentence: 'There is a credit note with this id already.',
    remedy: 'Leave the id to the server.',
  },
  INVOICE_UNKNOWN: {
    sentence: 'There is no such invoice.',
    remedy: 'Check the id of the invoice.',
  },
  CREDIT_NOTE_EMPTY: {
    sentence: 'Everything that was given back has its credit note.',
    remedy: 'Refund the order first, or credit the invoice as a whole.',
  },
} as const satisfies Record<string, Refusal>;
