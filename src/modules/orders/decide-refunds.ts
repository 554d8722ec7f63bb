/**
 * Money goes back, for lines and with a reason: never more than was paid for a line and not given back yet. A refund does
 * not make anything due again: the sale was made and undone. Points used on what is refunded go back with it.
 */
import { rejected, type Rejected } from '../../core/decision.ts';
import { allocate, divideHalfEven, money, type Money } from '../../core/money.ts';
import { taxTotals } from '../../core/tax.ts';
import type { TillSale } from '../business/index.ts';
import { grossOf, tipsOf } from './amounts.ts';
import type { OrderCommandNamed } from './commands.ts';
import { dayOf, partOf, taxWithin, type Asked } from './decide-payments.ts';
import type { OrderEvent } from './events.ts';
import { minorUnits } from './inputs.ts';
import { lineIdOf } from './line-ids.ts';
import type { BurnState, KnownOrder, LineState } from './order-state.ts';

type RefundInput = OrderCommandNamed<'RefundOrder'>['input'];

export interface RefundPlan {
  readonly outcome: 'planned';
  /** Gross to give back, by line; 0 for a line that was wholly paid with points. */
  readonly byLine: ReadonlyMap<string, number>;
  readonly tip: number;
  /** Lines and tip. */
  readonly amount: number;
}

/** What would be given back. REFUND_EXCEEDS_PAID {refundable}, LINE_UNKNOWN, CURRENCY_DIFFERS, REFUND_UNCLEAR. */
export function planRefund(order: KnownOrder, input: RefundInput): RefundPlan | Rejected {
  const { currency } = order;
  const tip = minorUnits(input.tip ?? 0, currency);
  const amount = input.amount === undefined ? undefined : minorUnits(input.amount, currency);
  if (tip === null || amount === null) return rejected('CURRENCY_DIFFERS', { currency });
  if (tip > tipsOf(order)) return exceeds(order, money(tipsOf(order), currency));
  const byLine = input.lines === undefined ? all(order, amount) : chosen(order, input, amount);
  if ('outcome' in byLine) return byLine;
  const ofLines = [...byLine.values()].reduce((sum, part) => sum + part, 0);
  // Lines of an import may be corrections: what they took off must not be given back with the others.
  const held = order.lines.reduce((sum, line) => sum + refundableOf(line), 0);
  if (ofLines < 0 || ofLines > held) return exceeds(order, money(held, currency));
  return { outcome: 'planned', byLine, tip, amount: ofLines + tip };
}

type ByLine = ReadonlyMap<string, number>;

function refundableOf(line: LineState): number {
  return line.paid - line.refunded;
}

function notBelowZero(amount: number): number {
  return Math.max(0, amount);
}

/** An amount over all lines by what is left of each, or everything. */
function all(order: KnownOrder, amount: number | undefined): ByLine | Rejected {
  const { lines, currency } = order;
  const left = lines.map(refundableOf);
  const whole = left.reduce((sum, each) => sum + each, 0);
  if (amount !== undefined && amount > whole) return exceeds(order, money(whole, currency));
  const parts = amount === undefined ? left : allocate(amount, left.map(notBelowZero));
  return new Map(
    lines.flatMap(({ lineId }, index): [string, number][] => {
      const part = parts[index] ?? 0;
      return part > 0 || amount === undefined ? [[lineId, part]] : [];
    }),
  );
}

function chosen(
  order: KnownOrder,
  input: RefundInput,
  amount: number | undefined,
): ByLine | Rejected {
  const byLine = new Map<string, number>();
  const wanted = input.lines ?? [];
  if (amount !== undefined && wanted.some((line) => line.amount !== undefined))
    return rejected('REFUND_UNCLEAR');
  for (const { lineId, amount: given } of wanted) {
    const line = order.lines.find((held) => held.lineId === lineId);
    if (line === undefined) return rejected('LINE_UNKNOWN', { lineId });
    if (byLine.has(lineId)) return rejected('REFUND_UNCLEAR', { lineId });
    const part = given === undefined ? refundableOf(line) : minorUnits(given, order.currency);
    if (part === null) return rejected('CURRENCY_DIFFERS', { currency: order.currency });
    if (part > refundableOf(line))
      return exceeds(order, money(refundableOf(line), order.currency), lineId);
    byLine.set(lineId, part);
  }
  if (amount === undefined) return byLine;
  const left = [...byLine.values()];
  const whole = left.reduce((sum, each) => sum + each, 0);
  if (amount > whole) return exceeds(order, money(whole, order.currency));
  const parts = allocate(amount, left.map(notBelowZero));
  return new Map([...byLine.keys()].map((lineId, index) => [lineId, parts[index] ?? 0]));
}

function exceeds({ status }: KnownOrder, refundable: Money, lineId?: string): Rejected {
  const of = lineId === undefined ? {} : { lineId };
  return rejected('REFUND_EXCEEDS_PAID', { refundable, status, ...of });
}

export interface Refund {
  readonly outcome: 'refunded';
  readonly events: readonly OrderEvent[];
  readonly rung: readonly TillSale[];
}

export function decideRefund(
  order: KnownOrder,
  input: RefundInput,
  asked: Asked,
): Refund | Rejected {
  const refundId = input.id ?? lineIdOf(asked.commandId, 0);
  if (order.refunds.some((held) => held.refundId === refundId))
    return { outcome: 'refunded', events: [], rung: [] };
  const plan = planRefund(order, input);
  if (plan.outcome === 'rejected') return plan;
  const { amount, tip, byLine } = plan;
  const burns = burnsBack(order, byLine);
  const { currency, locationId, customerId, payers } = order;
  if (amount === 0 && burns.length === 0) return exceeds(order, money(0, currency));
  const lines = order.lines.flatMap((line) => {
    const part = byLine.get(line.lineId);
    return part === undefined
      ? []
      : [{ ...partOf(line, part), tax: taxOfRefund(line, part, order) }];
  });
  const kind = input.kind ?? usualKind(order);
  const { tillId = null, reason } = input;
  const taxes = taxTotals(taxedParts(order, lines));
  const data = {
    orderId: asked.id,
    refundId,
    kind,
    currency,
    amount,
    tip,
    lines,
    taxes: [...taxes],
    reason,
    tillId,
    locationId,
    businessDay: dayOf(order, asked.at),
    customerId,
    payers: [...payers],
    ...(burns.length === 0 ? {} : { burns: [...burns] }),
  };
  const sale = { kind, amount, tip, change: 0, taxes, sale: { refundId } };
  const rung =
    tillId === null ? [] : [{ tillId, locationId, currency, orderId: asked.id, ...sale }];
  return { outcome: 'refunded', events: [{ type: 'OrderRefunded', data }], rung };
}

/** Rounded on what has been refunded in all, so that the last part of a line brings its tax to the unit. */
function taxOfRefund(line: LineState, part: number, order: KnownOrder): number {
  return taxWithin(line, line.refunded + part, order) - line.refundedTax;
}

function taxedParts(
  order: KnownOrder,
  parts: readonly { readonly lineId: string; readonly amount: number; readonly tax: number }[],
) {
  const byId = new Map(order.lines.map((line) => [line.lineId, line]));
  return parts.map(({ lineId, amount, tax }) => {
    const { taxLabel = '', taxRate = 0 } = byId.get(lineId) ?? {};
    return { label: taxLabel, rate: taxRate, net: amount - tax, tax, gross: amount };
  });
}

/** The way most was paid. */
function usualKind({ payments }: KnownOrder): 'cash' | 'card' | 'other' {
  const paidBy = (kind: string): number =>
    payments.reduce((sum, each) => (each.kind === kind ? sum + each.settled : sum), 0);
  const most = payments.toSorted((a, b) => paidBy(b.kind) - paidBy(a.kind))[0];
  return most?.kind ?? 'other';
}

/** Uses of points in proportion to what is refunded of each line they were used on, in all, less what went back before. */
function burnsBack(order: KnownOrder, byLine: ByLine) {
  // All of them went back when it was cancelled.
  if (order.status === 'cancelled') return [];
  return order.burns.flatMap((burn) => {
    const target = order.lines.reduce(
      (sum, line) => sum + amountBack(line, burn, { order, byLine }),
      0,
    );
    const amount = target - burn.amountBack;
    const pointsTarget = divideHalfEven(
      BigInt(burn.points) * BigInt(target),
      BigInt(Math.max(burn.amount, 1)),
    );
    const points = pointsTarget - burn.pointsBack;
    const { burnId, memberId } = burn;
    return amount > 0 ? [{ burnId, memberId, points, amount }] : [];
  });
}

function amountBack(
  line: LineState,
  { burnId }: BurnState,
  { order, byLine }: { readonly order: KnownOrder; readonly byLine: ByLine },
): number {
  const used = line.points.find((each) => each.burnId === burnId)?.amount ?? 0;
  if (used === 0) return 0;
  const gross = grossOf(line, order.taxMode);
  const refunding = byLine.get(line.lineId);
  if (gross === 0) return line.returned || refunding !== undefined ? used : 0;
  return divideHalfEven(BigInt(used) * BigInt(line.refunded + (refunding ?? 0)), BigInt(gross));
}
