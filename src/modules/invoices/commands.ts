import { Type } from 'typebox';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { buyerInput, closed, idInput, languageInput, prefixInput } from './inputs.ts';
import { KEPT_YEARS, KEPT_YEARS_MAX } from './invoice-terms.ts';

export const issueInvoice = defineCommand({
  name: 'IssueInvoice',
  summary: 'Issues the invoice of an order that is closed, with the next number of its series',
  permission: 'issue',
  input: Type.Object(
    {
      orderId: idInput,
      buyer: Type.Optional(buyerInput),
      language: Type.Optional(languageInput),
      series: Type.Optional(prefixInput),
      keptYears: Type.Optional(
        Type.Integer({
          minimum: KEPT_YEARS,
          maximum: KEPT_YEARS_MAX,
          description: 'Whole years after this one that the buyer is kept.',
        }),
      ),
    },
    closed,
  ),
  examples: [
    { orderId: 'a1' },
    {
      orderId: 'a1',
      series: 'FV',
      language: 'pl',
      buyer: {
        name: 'Łódzka Spółka sp. z o.o.',
        taxId: '526-104-08-28',
        address: { lines: ['Piotrkowska 1'], postalCode: '90-001', city: 'Łódź', country: 'PL' },
      },
    },
  ],
});

export const endInvoiceKeeping = defineCommand({
  name: 'EndInvoiceKeeping',
  word: 'end-keeping',
  summary: 'Lets the buyer go once the law asks for the invoice no longer',
  permission: 'keep',
  input: Type.Object({}, closed),
  examples: [{}],
});

export const INVOICE_COMMANDS = [issueInvoice, endInvoiceKeeping] as const;
export type InvoiceCommand = CommandFor<(typeof INVOICE_COMMANDS)[number]>;
