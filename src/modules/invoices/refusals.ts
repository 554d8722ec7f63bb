import type { Refusal } from '../../core/aggregate.ts';

export const SERIES_REFUSALS = {
  SERIES_OTHER_KIND: {
    sentence: 'The series numbers papers of another kind.',
    remedy: 'Take another series: invoices and credit notes never share one.',
  },
} as const satisfies Record<string, Refusal>;

export const INVOICE_REFUSALS = {
  ...SERIES_REFUSALS,
  INVOICE_EXISTS: {
    sentence: 'The order has an invoice that is in force.',
    remedy: 'Use `invoiceId`; credit it whole before another one is issued.',
  },
  INVOICE_ELSEWHERE: {
    sentence: 'The id is not one that an invoice of this order can have.',
    remedy: 'Leave the id to the server.',
  },
  INVOICE_ORDER_UNKNOWN: {
    sentence: 'There is no such order to be invoiced.',
    remedy: 'Check the id of the order.',
  },
  INVOICE_ORDER_NOT_CLOSED: {
    sentence: 'The order is not closed, so its lines are not final.',
    remedy:
      'Take what is `due` first; a bill that was merged is invoiced as the one it is part of.',
  },
  INVOICE_EMPTY: {
    sentence: 'The order comes to nothing.',
    remedy: 'There is nothing to invoice.',
  },
  INVOICE_SELLER_MISSING: {
    sentence: 'The business has not said who it is.',
    remedy: 'Set up the profile of the business.',
  },
  INVOICE_STILL_KEPT: {
    sentence: 'The law asks to keep the invoice for longer.',
    remedy: 'Wait until `keptUntil` is over.',
  },
} as const satisfies Record<string, Refusal>;
