import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import {
  linesVoided,
  orderCancelled,
  orderClosed,
  orderRefunded,
  type OrderEvent,
} from '../../orders/index.ts';
import { dayKey, partKey } from '../day-keys.ts';

/** What one product came to on one business day. */
export interface DayProductRow {
  readonly day_key: string;
  readonly product_id: string;
  readonly category_id: string | null;
  /** As it was called on the newest bill; null while it was only voided or given back that day. */
  readonly name: string | null;
  readonly quantity: number;
  readonly gross: number;
  readonly net: number;
  readonly tax: number;
  readonly discounts: number;
  readonly refunded: number;
  readonly voids: number;
  readonly voided: number;
  readonly [column: string]: unknown;
}

type Counted = Extract<
  OrderEvent,
  { type: 'OrderClosed' | 'OrderRefunded' | 'LinesVoided' | 'OrderCancelled' }
>;

export const dayProducts = defineReadModel<Recorded<Counted>, DayProductRow>({
  name: 'reports.day-products',
  version: 2,
  columns: {
    day_key: 'text',
    product_id: 'text',
    category_id: 'text',
    name: 'text',
    quantity: 'integer',
    gross: 'bigint',
    net: 'bigint',
    tax: 'bigint',
    discounts: 'bigint',
    refunded: 'bigint',
    voids: 'integer',
    voided: 'bigint',
  },
  // A few rows a day that every bill of the day writes again.
  fillFactor: 20,
  indexes: [['day_key', 'product_id']],
  on: [orderClosed, orderRefunded, linesVoided, orderCancelled],
  keys(event) {
    const { data } = event;
    const products = new Set(linesOf(event).map(({ productId }) => productId));
    return [...products].map((productId) => partKey(data, 'product', productId));
  },
  project(row, event, key) {
    const { data } = event;
    // What the key says behind the day; a key for each line would be as many texts.
    const own = key.slice(partKey(data, 'product', '').length);
    const isOwn = ({ productId }: { readonly productId: string }): boolean => productId === own;
    const first = linesOf(event).find(isOwn);
    if (first === undefined) return row;
    const before = row ?? { ...NOTHING, day_key: dayKey(data), product_id: own };
    const product = { ...before, category_id: first.categoryId };
    switch (event.type) {
      case 'OrderClosed':
        return withSold(product, (event.data.lines ?? []).filter(isOwn));
      case 'OrderCancelled':
        return withTaken(product, (event.data.taken?.lines ?? []).filter(isOwn));
      case 'LinesVoided':
        return withVoided(product, event.data.lines.filter(isOwn));
      case 'OrderRefunded': {
        const amount = event.data.lines.filter(isOwn).reduce((sum, line) => sum + line.amount, 0);
        return { ...product, refunded: product.refunded + amount };
      }
    }
  },
  personal: 'none',
  list: { filters: { dayKey: 'day_key' }, order: [{ column: 'product_id' }] },
});

function linesOf(
  event: Counted,
): readonly { readonly productId: string; readonly categoryId: string | null }[] {
  return (event.type === 'OrderCancelled' ? event.data.taken?.lines : event.data.lines) ?? [];
}

const NOTHING = {
  category_id: null,
  name: null,
  quantity: 0,
  gross: 0,
  net: 0,
  tax: 0,
  discounts: 0,
  refunded: 0,
  voids: 0,
  voided: 0,
};

type SoldLine = NonNullable<Extract<Counted, { type: 'OrderClosed' }>['data']['lines']>[number];
type VoidedLine = Extract<Counted, { type: 'LinesVoided' }>['data']['lines'][number];

function withSold(row: DayProductRow, lines: readonly SoldLine[]): DayProductRow {
  return lines.reduce(
    (before, line) => ({
      ...before,
      name: line.name,
      quantity: before.quantity + line.quantity,
      gross: before.gross + line.gross,
      net: before.net + line.net,
      tax: before.tax + line.tax,
      discounts: before.discounts + line.discount + line.points,
    }),
    row,
  );
}

type TakenLine = Pick<SoldLine, 'name' | 'gross' | 'net' | 'tax'>;

/** Of a bill that was cancelled after it had been refunded: money came and went, and nothing left the kitchen for it. */
function withTaken(row: DayProductRow, lines: readonly TakenLine[]): DayProductRow {
  return lines.reduce(
    (before, { name, gross, net, tax }) => ({
      ...before,
      name,
      gross: before.gross + gross,
      net: before.net + net,
      tax: before.tax + tax,
    }),
    row,
  );
}

function withVoided(row: DayProductRow, lines: readonly VoidedLine[]): DayProductRow {
  return lines.reduce(
    (before, line) => ({
      ...before,
      name: before.name ?? line.name,
      voids: before.voids + line.quantity,
      voided: before.voided + line.amount,
    }),
    row,
  );
}
