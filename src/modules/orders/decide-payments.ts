/**
 * Money comes in. A payment counts once under its id; what was handed over is settled + tip + change; the settled part is
 * divided over the lines by what each still owes, so that points, refunds and reports can speak of single lines.
 */
import { businessDayOf } from '../../core/calendar.ts';
import { rejected, type EventsElsewhere, type Rejected } from '../../core/decision.ts';
import { allocate, divideHalfEven, money } from '../../core/money.ts';
import { taxTotals, type TaxTotal } from '../../core/tax.ts';
import { ringOnTill, tillFrom, TILLS, type TillSale } from '../business/index.ts';
import type { Surroundings } from '../../core/aggregate.ts';
import { discountOf, dueOf, dueOfOrder, pointsOf, taxedOf, totalsOf } from './amounts.ts';
import type { OrderEvent } from './events.ts';
import { minorUnits, type PaymentInput } from './inputs.ts';
import { lineIdOf } from './line-ids.ts';
import type { LinePart } from './shapes.ts';
import { evolve } from './state.ts';
import { type KnownOrder, type LineState } from './order-state.ts';

/** Of the command that is decided. */
export interface Asked {
  readonly id: string;
  readonly at: string;
  readonly commandId: string;
  /** When an offline till took it, earlier than `at`: the business day is of that moment. */
  readonly takenAt?: string | null;
}

export interface Paid {
  readonly outcome: 'paid';
  readonly events: readonly OrderEvent[];
  readonly order: KnownOrder;
  /** For the tills; none for payments without one. */
  readonly rung: readonly TillSale[];
}

/** The business day that a moment belongs to where the order is. */
export function dayOf({ timeZone, dayCutOff }: KnownOrder, at: string): string {
  return businessDayOf(at, timeZone, dayCutOff);
}

/** One after another, each on what the ones before it left due. */
export function takePayments(
  order: KnownOrder,
  payments: readonly PaymentInput[],
  asked: Asked,
): Paid | Rejected {
  const tills = new Set(payments.flatMap(({ tillId }) => (tillId === undefined ? [] : [tillId])));
  if (tills.size > 1) return rejected('TILLS_DIFFER');
  let current = order;
  const events: OrderEvent[] = [];
  const rung: TillSale[] = [];
  for (const [index, payment] of payments.entries()) {
    const paymentId = payment.id ?? lineIdOf(asked.commandId, index);
    const taken = takePayment(current, { ...payment, id: paymentId }, asked);
    if (taken.outcome === 'rejected') return taken;
    events.push(...taken.events);
    rung.push(...taken.rung);
    current = taken.order;
  }
  return { outcome: 'paid', events, order: current, rung };
}

function takePayment(
  order: KnownOrder,
  payment: PaymentInput & { readonly id: string },
  asked: Asked,
): Paid | Rejected {
  const { id: paymentId, kind, tillId = null } = payment;
  if (order.payments.some((held) => held.paymentId === paymentId))
    return { outcome: 'paid', events: [], order, rung: [] };
  if (order.status !== 'open') return rejected('ORDER_NOT_OPEN', { status: order.status });
  const parts = partsOf(order, payment);
  if ('outcome' in parts) return parts;
  const { amount, tip, change, settled, due } = parts;
  const { currency, locationId, customerId, imported } = order;
  const lines = settledParts(order, settled);
  const taken: OrderEvent = {
    type: 'OrderPaymentTaken',
    data: {
      orderId: asked.id,
      paymentId,
      kind,
      currency,
      amount,
      tip,
      change,
      settled,
      lines,
      tillId,
      locationId,
      businessDay: dayOf(order, asked.takenAt ?? asked.at),
      customerId,
      imported,
      due: due - settled,
      ...earlier(asked),
    },
  };
  const after = apply(order, [taken], asked);
  const closing = due === settled ? [closedEvent(after, asked)] : [];
  const rung: TillSale[] = [];
  if (tillId !== null) {
    const sale = { kind, amount, tip, change, taxes: taxesOf(order, lines) };
    const ids = { locationId, currency, orderId: asked.id, sale: { paymentId } };
    rung.push({ tillId, ...ids, ...sale });
  }
  return {
    outcome: 'paid',
    events: [taken, ...closing],
    order: apply(after, closing, asked),
    rung,
  };
}

interface PaymentParts {
  readonly amount: number;
  readonly tip: number;
  readonly change: number;
  readonly settled: number;
  /** Before it. */
  readonly due: number;
}

/** Change is given on cash alone: more than is due on a card is a mistake that would have to be paid back. */
function partsOf(order: KnownOrder, payment: PaymentInput): PaymentParts | Rejected {
  const { currency } = order;
  const amount = minorUnits(payment.amount, currency);
  const tip = minorUnits(payment.tip ?? 0, currency);
  if (amount === null || tip === null) return rejected('CURRENCY_DIFFERS', { currency });
  if (tip > amount) return rejected('TIP_ABOVE_PAYMENT', { amount: money(amount, currency) });
  const due = dueOfOrder(order);
  const offered = amount - tip;
  if (payment.kind !== 'cash' && offered > due)
    return rejected('PAYMENT_ABOVE_DUE', { due: money(due, currency) });
  if (amount === 0 && due > 0) return rejected('PAYMENT_EMPTY', { due: money(due, currency) });
  const settled = Math.min(due, offered);
  return { amount, tip, settled, change: offered - settled, due };
}

/** `settled` divided over the lines by what each owes, never more than that. */
function settledParts({ lines, taxMode }: KnownOrder, settled: number): LinePart[] {
  const parts = allocate(
    settled,
    lines.map((line) => dueOf(line, taxMode)),
  );
  return lines.flatMap((line, index) => {
    const amount = parts[index] ?? 0;
    return amount === 0 ? [] : [partOf(line, amount)];
  });
}

export function partOf({ lineId, productId, categoryId }: LineState, amount: number): LinePart {
  return { lineId, productId, categoryId, amount };
}

/** Tax in the first `gross` of a line: what is paid or refunded in steps adds up to the tax of the line. */
export function taxWithin(line: LineState, gross: number, order: KnownOrder): number {
  const whole = taxedOf(line, order.taxMode);
  if (whole.gross === 0) return 0;
  return divideHalfEven(BigInt(whole.tax) * BigInt(gross), BigInt(whole.gross));
}

function taxesOf(order: KnownOrder, parts: readonly LinePart[]): readonly TaxTotal[] {
  const byId = new Map(order.lines.map((line) => [line.lineId, line]));
  const taxed = parts.flatMap(({ lineId, amount }) => {
    const line = byId.get(lineId);
    if (line === undefined) return [];
    const tax = taxWithin(line, line.paid + amount, order) - taxWithin(line, line.paid, order);
    const rate = { label: line.taxLabel, rate: line.taxRate };
    return [{ ...rate, net: amount - tax, tax, gross: amount }];
  });
  return taxTotals(taxed);
}

function earlier({ takenAt = null }: Asked): { readonly takenAt?: string } {
  return takenAt === null ? {} : { takenAt };
}

/** The state after events that were just decided. */
export function apply(order: KnownOrder, events: readonly OrderEvent[], { at }: Asked): KnownOrder {
  return events.reduce<KnownOrder>((before, event) => {
    const after = evolve(before, event, { at, version: 0 });
    return after.status === 'unknown' ? before : after;
  }, order);
}

/** Says everything that was sold; the order must owe nothing. */
export function closedEvent(order: KnownOrder, asked: Asked): OrderEvent {
  const { number, locationId, channel, tableId, customerId, currency, imported } = order;
  const { guests, taxMode } = order;
  const { gross, discounts, pointsDiscounts, tips, taxes } = totalsOf(order);
  const lines = order.lines.map((line) => {
    const { lineId, productId, variantId, categoryId, name, quantity } = line;
    const { net, tax, gross: whole } = taxedOf(line, taxMode);
    return {
      lineId,
      productId,
      variantId,
      categoryId,
      name,
      quantity,
      discount: discountOf(line),
      points: pointsOf(line),
      net,
      tax,
      gross: whole,
    };
  });
  const payments = order.payments.map(({ paymentId, kind, amount, tip, change, tillId }) => ({
    paymentId,
    kind,
    amount,
    tip,
    change,
    tillId,
  }));
  return {
    type: 'OrderClosed',
    data: {
      orderId: asked.id,
      number,
      locationId,
      businessDay: dayOf(order, asked.takenAt ?? asked.at),
      channel,
      customerId,
      currency,
      gross,
      discounts,
      pointsDiscounts,
      tips,
      taxes: [...taxes],
      imported,
      lines,
      payments,
      tableId,
      ...(guests === null ? {} : { guests }),
      ...earlier(asked),
    },
  };
}

/** What the events leave: closed when money or points came in and nothing is due any more. */
export function closeIfSettled(
  order: KnownOrder,
  events: readonly OrderEvent[],
  asked: Asked,
): readonly OrderEvent[] {
  const after = apply(order, events, asked);
  if (after.status !== 'open') return events;
  const isPaidFor = after.payments.length > 0 || after.burns.length > 0;
  return isPaidFor && dueOfOrder(after) === 0 ? [...events, closedEvent(after, asked)] : events;
}

/** The tills' part of it. */
export function ringAll(
  rung: readonly TillSale[],
  around: Surroundings,
): readonly EventsElsewhere[] | Rejected {
  const elsewhere: EventsElsewhere[] = [];
  for (const sale of rung) {
    const decision = ringOnTill(tillFrom(around, sale.tillId), sale);
    if (decision.outcome === 'rejected') return decision;
    const { events } = decision;
    if (events.length > 0) elsewhere.push({ category: TILLS, id: sale.tillId, events });
  }
  return elsewhere;
}
