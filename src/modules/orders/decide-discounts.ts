/** Discounts and points: taken off lines before tax, spread by largest remainder, never below what was paid already. */
import { accepted, rejected, type Decision, type Rejected } from '../../core/decision.ts';
import { allocate, divideHalfEven, money } from '../../core/money.ts';
import { RATE_UNIT } from '../../core/tax.ts';
import { payableOf, totalsOf } from './amounts.ts';
import { withTotals } from './bill-totals.ts';
import type { OrderCommandNamed } from './commands.ts';
import { apply, closedEvent, closeIfSettled, dayOf, partOf } from './decide-payments.ts';
import type { OrderEvent } from './events.ts';
import { minorUnits } from './inputs.ts';
import type { LinePart } from './shapes.ts';
import type { KnownOrder, LineState, OrderState } from './order-state.ts';

/**
 * What can still be taken off a line. Where tax is added on top, a line that money was paid for is left alone: its tax
 * would change with it, and the paid part could come out above what the line costs.
 */
function openOf(line: LineState, { taxMode }: KnownOrder): number {
  if (taxMode === 'inclusive') return payableOf(line) - line.paid;
  return line.paid === 0 ? payableOf(line) : 0;
}

export interface DiscountPlan {
  readonly outcome: 'planned';
  readonly amount: number;
  readonly rate: number | null;
  readonly lines: readonly LinePart[];
}

type DiscountInput = OrderCommandNamed<'GiveDiscount'>['input'];

/** What a discount comes to on the bill as it is. */
export function planDiscount(order: KnownOrder, input: DiscountInput): DiscountPlan | Rejected {
  const { lineIds, rate = null } = input;
  const unknown = lineIds?.find((id) => !order.lines.some(({ lineId }) => lineId === id));
  if (unknown !== undefined) return lineMissing(order, unknown);
  if ((rate === null) === (input.amount === undefined)) return rejected('DISCOUNT_UNCLEAR');
  const lines = order.lines.filter(({ lineId }) => lineIds?.includes(lineId) ?? true);
  const open = lines.map((line) => openOf(line, order));
  const whole = open.reduce((sum, each) => sum + each, 0);
  const amount = rate === null ? minorUnits(input.amount ?? 0, order.currency) : share(whole, rate);
  if (amount === null) return rejected('CURRENCY_DIFFERS', { currency: order.currency });
  const largest = money(whole, order.currency);
  if (amount === 0 || amount > whole) return rejected('DISCOUNT_OUT_OF_BOUNDS', { largest });
  return { outcome: 'planned', amount, rate, lines: spread(amount, lines, open) };
}

function share(whole: number, rate: number): number {
  return divideHalfEven(BigInt(whole) * BigInt(rate), BigInt(RATE_UNIT));
}

function spread(amount: number, lines: readonly LineState[], open: readonly number[]): LinePart[] {
  const parts = allocate(amount, open);
  return lines.flatMap((line, index) => {
    const part = parts[index] ?? 0;
    return part === 0 ? [] : [partOf(line, part)];
  });
}

/** A line that is not there: gone, and why, or never there. */
export function lineMissing({ gone }: KnownOrder, lineId: string): Rejected {
  const why = gone.find((each) => each.lineId === lineId)?.why;
  return why === undefined
    ? rejected('LINE_UNKNOWN', { lineId })
    : rejected('LINE_GONE', { lineId, why });
}

export function giveDiscount(
  order: KnownOrder,
  command: OrderCommandNamed<'GiveDiscount'>,
): Decision<OrderEvent> {
  const plan = planDiscount(order, command.input);
  if (plan.outcome === 'rejected') return plan;
  const { lineIds, reason, promotionId = null } = command.input;
  const { amount, rate, lines } = plan;
  const { locationId } = order;
  const given: OrderEvent = {
    type: 'DiscountGiven',
    data: {
      orderId: command.id,
      discountId: command.commandId,
      rate,
      amount,
      reason,
      promotionId,
      on: lineIds === undefined ? 'order' : 'lines',
      lines: [...lines],
      locationId,
      businessDay: dayOf(order, command.at),
    },
  };
  return accepted(closeIfSettled(order, [given], command));
}

/** Repeated, it changes nothing. */
export function withdrawDiscount(
  order: KnownOrder,
  { id, at, input }: OrderCommandNamed<'WithdrawDiscount'>,
): Decision<OrderEvent> {
  const { discountId, reason } = input;
  const amount = order.lines
    .flatMap(({ discounts }) => discounts)
    .reduce((sum, each) => sum + (each.discountId === discountId ? each.amount : 0), 0);
  if (amount === 0) return accepted([]);
  const { locationId } = order;
  const place = { locationId, businessDay: dayOf(order, at) };
  const data = { orderId: id, discountId, amount, reason, ...place };
  return accepted([{ type: 'DiscountWithdrawn', data }]);
}

export interface PointsUse {
  readonly orderId: string;
  /** Counts once. */
  readonly burnId: string;
  readonly memberId: string;
  readonly points: number;
  /** What they stand for, minor units of the order's currency. */
  readonly amount: number;
  /** RFC 3339, of the command that uses them. */
  readonly at: string;
}

/**
 * Points used as a discount: the events belong on the order's stream, in the same unit as the burn on the member's. Closes
 * an order on which nothing is due any more. No events when the burn is on the order already. Refused with a code of
 * POINTS_REFUSALS; POINTS_ABOVE_DUE {largest} tells how much could be used.
 */
export function usePointsOnOrder(order: OrderState, use: PointsUse): Decision<OrderEvent> {
  if (order.status === 'unknown') return rejected('ORDER_UNKNOWN');
  const { orderId, burnId, memberId, points, amount, at } = use;
  if (order.burns.some((held) => held.burnId === burnId)) return accepted([]);
  if (order.status !== 'open') return rejected('ORDER_NOT_OPEN', { status: order.status });
  const open = order.lines.map((line) => openOf(line, order));
  const whole = open.reduce((sum, each) => sum + each, 0);
  if (amount < 1 || amount > whole)
    return rejected('POINTS_ABOVE_DUE', { largest: money(whole, order.currency) });
  const lines = spread(amount, order.lines, open);
  const used: OrderEvent = {
    type: 'OrderPointsUsed',
    data: { orderId, burnId, memberId, points, amount, lines },
  };
  const asked = { id: orderId, at, commandId: burnId };
  const after = apply(order, [used], asked);
  const isPaid = totalsOf(after).due === 0;
  return accepted(withTotals(order, isPaid ? [used, closedEvent(after, asked)] : [used], at));
}
