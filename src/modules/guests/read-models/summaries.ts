/** How often a guest came and what they spent, a row for each customer with a bill. */
import { defineReadModel } from '../../../core/read-model.ts';
import { money, type Currency, type Money } from '../../../core/money.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { orderClosed, orderRefunded, type OrderEvent } from '../../orders/index.ts';

export interface SummaryRow {
  /** Bills that were closed. */
  readonly visits: number;
  /** Paid for bills less given back, tips apart, one amount for each currency. */
  readonly spent: readonly Money[];
  readonly first_visit_at: string | null;
  readonly last_visit_at: string | null;
  readonly [column: string]: unknown;
}

type Counted = Extract<OrderEvent, { readonly type: 'OrderClosed' | 'OrderRefunded' }>;

const NOBODY: SummaryRow = { visits: 0, spent: [], first_visit_at: null, last_visit_at: null };

export const summaries = defineReadModel<Recorded<Counted>, SummaryRow>({
  name: 'guests.summaries',
  version: 2,
  columns: {
    visits: 'integer',
    spent: 'jsonb',
    first_visit_at: 'timestamptz',
    last_visit_at: 'timestamptz',
  },
  on: [orderClosed, orderRefunded],
  keys: ({ data }) => (data.customerId === null ? [] : [data.customerId]),
  project(before, { type, data, at }) {
    const row = before ?? NOBODY;
    if (type === 'OrderRefunded')
      return { ...row, spent: withSpent(row, data.currency, data.tip - data.amount) };
    // An offline till may hand in an earlier visit after a later one.
    const visits = [row.first_visit_at, row.last_visit_at, data.takenAt ?? at];
    const inOrder = visits
      .filter((visit) => visit !== null)
      .toSorted((a, b) => Date.parse(a) - Date.parse(b));
    return {
      visits: row.visits + 1,
      spent: withSpent(row, data.currency, data.gross),
      first_visit_at: inOrder[0] ?? at,
      last_visit_at: inOrder.at(-1) ?? at,
    };
  },
  personal: { person: 'key', columns: [] },
});

function withSpent({ spent }: SummaryRow, currency: Currency, amount: number): readonly Money[] {
  const held = spent.find((each) => each.currency === currency);
  const others = spent.filter((each) => each.currency !== currency);
  return [...others, money((held?.amount ?? 0) + amount, currency)];
}
