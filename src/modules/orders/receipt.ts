/**
 * The receipt of an order: facts for screens, and plain text for a printer of 80 mm paper, which has 42 columns in its
 * usual font. It always ends in the words that it is no fiscal document. Pure.
 */
import { localOf } from '../../core/calendar.ts';
import { moneyText, money, type Money } from '../../core/money.ts';
import { notFiscalText, receiptFrame, type ProfileState } from '../business/index.ts';
import { discountOf, pointsOf, totalsOf } from './amounts.ts';
import { centred, columns, PAPER_COLUMNS, wholeRows, wrapped } from './paper.ts';
import { receiptWords, type ReceiptWords } from './receipt-words.ts';
import type { KnownOrder, LineState } from './order-state.ts';

export const RECEIPT_COLUMNS = PAPER_COLUMNS;

export interface Receipt {
  readonly orderId: string;
  /** `17`, `17/2` for the second bill of it. */
  readonly number: string;
  readonly status: KnownOrder['status'];
  /** Wall clock of the location. */
  readonly at: string;
  readonly language: string;
  readonly header: readonly string[];
  readonly table: string | null;
  readonly lines: readonly ReceiptLine[];
  readonly discount: Money;
  readonly points: Money;
  readonly total: Money;
  readonly taxes: readonly {
    readonly label: string;
    readonly rate: number;
    readonly net: Money;
    readonly tax: Money;
    readonly gross: Money;
  }[];
  readonly payments: readonly {
    readonly kind: 'cash' | 'card' | 'other';
    readonly amount: Money;
  }[];
  /** Payments and refunds that were recorded in another kind first; `payments` has the kind that holds. */
  readonly corrections: readonly {
    readonly of: 'payment' | 'refund';
    readonly from: 'cash' | 'card' | 'other';
    readonly kind: 'cash' | 'card' | 'other';
    readonly amount: Money;
  }[];
  readonly tips: Money;
  readonly change: Money;
  readonly refunded: Money;
  readonly due: Money;
  readonly footer: readonly string[];
  readonly notice: string;
}

export interface ReceiptLine {
  readonly quantity: number;
  readonly name: string;
  readonly options: readonly string[];
  readonly taxLabel: string;
  /** Before discounts; with its tax where prices contain it. */
  readonly amount: Money;
}

export interface ReceiptFacts {
  readonly orderId: string;
  readonly profile: ProfileState;
  /** Name of the table; null without one. */
  readonly table: string | null;
  readonly language: string;
}

export function receiptOf(order: KnownOrder, facts: ReceiptFacts): Receipt {
  const { orderId, profile, table, language } = facts;
  const of = (amount: number): Money => money(amount, order.currency);
  const totals = totalsOf(order);
  const { header, footer } = receiptFrame(profile, language);
  const sum = (part: (line: LineState) => number): number =>
    order.lines.reduce((whole, line) => whole + part(line), 0);
  const change = order.payments.reduce((whole, payment) => whole + payment.change, 0);
  return {
    orderId,
    status: order.status,
    language,
    header,
    footer,
    table,
    number: order.part === 0 ? String(order.number) : `${order.number}/${order.part + 1}`,
    at: localOf(order.closedAt ?? order.placedAt, order.timeZone),
    lines: order.lines.map((line) => ({
      quantity: line.quantity,
      name: line.name,
      options: line.modifiers.map(({ name, quantity }) =>
        quantity === 1 ? name : `${quantity} x ${name}`,
      ),
      taxLabel: line.taxLabel,
      amount: of(line.amount),
    })),
    discount: of(sum(discountOf)),
    points: of(sum(pointsOf)),
    total: of(totals.gross),
    taxes: totals.taxes.map(({ label, rate, net, tax, gross }) => ({
      label,
      rate,
      net: of(net),
      tax: of(tax),
      gross: of(gross),
    })),
    payments: order.payments.map(({ kind, amount }) => ({
      kind,
      amount: of(amount),
    })),
    corrections: order.corrections.map(({ refundId, from, kind, amount }) => ({
      of: refundId === null ? 'payment' : 'refund',
      from,
      kind,
      amount: of(amount),
    })),
    tips: of(totals.tips),
    change: of(change),
    refunded: of(totals.refunded),
    due: of(order.status === 'open' ? totals.due : 0),
    notice: notFiscalText(language),
  };
}

/** The same as lines of at most RECEIPT_COLUMNS characters, ended by line feeds. */
export function receiptText(receipt: Receipt): string {
  const words = receiptWords(receipt.language);
  const { table, at } = receipt;
  const rule = '-'.repeat(RECEIPT_COLUMNS);
  const rows = [
    ...receipt.header.flatMap(wholeRows).map(centred),
    rule,
    ...columns(`${words.order} ${receipt.number}`, at.slice(0, 16).replace('T', ' ')),
    ...(table === null ? [] : [`${words.table} ${table}`].flatMap(wholeRows)),
    ...(receipt.status === 'cancelled' ? [centred(words.cancelled)] : []),
    rule,
    ...receipt.lines.flatMap(lineRows),
    rule,
    ...sumRows(receipt, words),
    rule,
    ...receipt.footer.flatMap(wholeRows).map(centred),
  ];
  return `${rows.join('\n')}\n`;
}

function lineRows({ quantity, name, options, amount, taxLabel }: ReceiptLine): readonly string[] {
  const what = quantity === 1 ? name : `${quantity} x ${name}`;
  const price = `${plain(amount)} ${taxLabel}`;
  const extras = options.flatMap((option) => wrapped(option, RECEIPT_COLUMNS - 2));
  return [...columns(what, price), ...extras.map((row) => `  ${row}`)];
}

function sumRows(receipt: Receipt, words: ReceiptWords): readonly string[] {
  const some = (label: string, amount: Money, sign = ''): readonly string[] =>
    amount.amount === 0 ? [] : columns(label, `${sign}${plain(amount)}`);
  return [
    ...some(words.discount, receipt.discount, '-'),
    ...some(words.points, receipt.points, '-'),
    ...columns(words.total, moneyText(receipt.total)),
    ...receipt.taxes.flatMap(({ label, net, tax }) =>
      columns(`${label}: ${words.net} ${plain(net)}`, `${words.tax} ${plain(tax)}`),
    ),
    ...receipt.payments.flatMap(({ kind, amount }) => columns(words.kinds[kind], plain(amount))),
    ...correctionRows(receipt, words, 'payment'),
    ...some(words.tip, receipt.tips),
    ...some(words.change, receipt.change),
    ...some(words.refund, receipt.refunded),
    ...correctionRows(receipt, words, 'refund'),
    ...some(words.due, receipt.due),
  ];
}

function correctionRows(
  { corrections }: Receipt,
  { corrected, kinds }: ReceiptWords,
  which: 'payment' | 'refund',
): readonly string[] {
  return corrections
    .filter((each) => each.of === which)
    .flatMap(({ from, kind, amount }) =>
      columns(`${corrected[which]}: ${kinds[from]} > ${kinds[kind]}`, plain(amount)),
    );
}

/** Without its currency, which stands beside the total. */
function plain(amount: Money): string {
  return moneyText(amount).slice(0, -4);
}
