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
  version: 1,
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
    return {
      visits: row.visits + 1,
      spent: withSpent(row, data.currency, data.gross),
      first_visit_at: row.first_visit_at ?? at,
      last_visit_at: at,
    };
  },
  personal: { person: 'key', columns: [] },
});

function withSpent({ spent }: SummaryRow, currency: Currency, amount: number): readonly Money[] {
  const held = spent.find((each) => each.currency === currency);
  const others = spent.filter((each) => each.currency !== currency);
  return [...others, money((held?.amount ?? 0) + amount, currency)];
}
