/**
 * Lines go over to other bills: split off into new ones, transferred to another, merged with another. All of it is one
 * unit, lines keep what was decided on them, and stations are not told again of what they were told.
 */
import type { Surroundings } from '../../core/aggregate.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../core/decision.ts';
import { money } from '../../core/money.ts';
import { totalsOf } from './amounts.ts';
import { orderFrom, orderStream } from './beside.ts';
import { nextPart } from './bill-parts.ts';
import type { OrderCommandNamed } from './commands.ts';
import { closeIfSettled } from './decide-payments.ts';
import type { OrderEvent } from './events.ts';
import { LINES_PER_ORDER_MAX } from './inputs.ts';
import { bound, chooseLines, headingOf, weightsOf } from './line-choice.ts';
import { eventsOfMove, type Move } from './move-lines.ts';
import { planSplit } from './plan-split.ts';
import { newBillIds } from './split-bills.ts';
import type { KnownOrder } from './order-state.ts';

export function splitOrder(
  order: KnownOrder,
  command: OrderCommandNamed<'SplitOrder'>,
): Decision<OrderEvent> {
  const plan = planSplit(order, command.input);
  if (plan.outcome === 'rejected') return plan;
  const ids = newBillIds(command);
  const firstPart = nextPart(order, { count: ids.length, drawn: command.number });
  // Nothing was drawn for the order as it was read beside itself.
  if (firstPart === null) return rejected('ORDER_CHANGED');
  const partOf = (index: number): number => firstPart + index;
  const targets = ids.map((id, index) => ({
    id,
    bill: { ...headingOf(order), part: partOf(index) },
    taken: new Set<string>(),
  }));
  const { out, into } = eventsOfMove(order, { ...plan, targets, by: command.input.by }, command);
  const bills = ids.map((id, index) => ({
    ...orderStream(id),
    events: [billOpened(order, command.id, { id, part: partOf(index) }), ...into(index)],
  }));
  return accepted(closeIfSettled(order, [out], command), bills);
}

function billOpened(
  order: KnownOrder,
  splitFrom: string,
  { id, part }: { readonly id: string; readonly part: number },
): OrderEvent {
  const { number, locationId, businessDay, channel, tableId, currency, taxMode } = order;
  const { timeZone, dayCutOff, imported } = order;
  return {
    type: 'OrderPlaced',
    data: {
      orderId: id,
      number,
      locationId,
      businessDay,
      channel,
      tableId,
      customerId: null,
      currency,
      taxMode,
      lines: [],
      deviceId: null,
      deviceSequence: null,
      clientTime: null,
      imported,
      part,
      splitFrom,
      timeZone,
      dayCutOff,
    },
  };
}

export function transferLines(
  order: KnownOrder,
  command: OrderCommandNamed<'TransferLines'>,
  around: Surroundings,
): Decision<OrderEvent> {
  const chosen = chooseLines(order, command.input.lines);
  if (chosen.outcome === 'rejected') return chosen;
  const target = targetOf(order, command, around);
  if ('outcome' in target) return target;
  const moves = chosen.lines.map((each): Move => ({ line: each.line, weights: weightsOf(each) }));
  if (leavesNothing(order, moves)) return rejected('SPLIT_LEAVES_NOTHING');
  return movedInto(order, { command, target, moves, by: 'transfer' });
}

/**
 * The other order keeps its payments; one that was paid in part stays, so that what was paid is found where it was. Guests are
 * added up. A bill is of one customer, who earns for all of it: of two the one of the order that stays, as the house chose
 * that one; of one this one, so that points are not lost because bills became one. Nobody has earned for the order that ends.
 */
export function mergeOrder(
  order: KnownOrder,
  command: OrderCommandNamed<'MergeOrder'>,
  around: Surroundings,
): Decision<OrderEvent> {
  if (order.payments.length > 0) {
    const paid = money(totalsOf(order).paid, order.currency);
    return rejected('MERGE_PAID', { paid });
  }
  const held = order.lines.map(bound).find((each) => each !== null);
  if (held !== undefined) return held;
  const target = targetOf(order, command, around);
  if ('outcome' in target) return target;
  const moves = order.lines.map((line): Move => ({ line, weights: [0, 1] }));
  return movedInto(order, { command, target, moves, by: 'merge' });
}

function targetOf(
  order: KnownOrder,
  { id, input }: OrderCommandNamed<'TransferLines' | 'MergeOrder'>,
  around: Surroundings,
): KnownOrder | Rejected {
  const { intoOrderId } = input;
  if (intoOrderId === id) return rejected('SAME_ORDER');
  const target = orderFrom(around, intoOrderId);
  if (target.status === 'unknown') return rejected('ORDER_UNKNOWN');
  if (target.status !== 'open') return rejected('ORDER_NOT_OPEN', { status: target.status });
  const { locationId, currency, taxMode } = order;
  const fits =
    target.locationId === locationId && target.currency === currency && target.taxMode === taxMode;
  if (!fits) return rejected('OTHER_LOCATION');
  const count = target.lines.length + order.lines.length;
  if (count > LINES_PER_ORDER_MAX) return rejected('TOO_MANY_LINES', { most: LINES_PER_ORDER_MAX });
  return target;
}

function movedInto(
  order: KnownOrder,
  moving: {
    readonly command: OrderCommandNamed<'TransferLines' | 'MergeOrder'>;
    readonly target: KnownOrder;
    readonly moves: readonly Move[];
    readonly by: 'transfer' | 'merge';
  },
): Decision<OrderEvent> {
  const { command, target, moves, by } = moving;
  const { intoOrderId } = command.input;
  const { locationId, tableId } = order;
  const isMerge = by === 'merge';
  const guests = isMerge && order.guests !== null ? (target.guests ?? 0) + order.guests : null;
  const taken = new Set(target.lines.map(({ lineId }) => lineId));
  const targets = [{ id: intoOrderId, bill: headingOf(target), taken, guests }];
  const { out, into } = eventsOfMove(order, { moves, targets, by }, command);
  const merged: OrderEvent = {
    type: 'OrderMerged',
    data: { orderId: command.id, intoOrderId, locationId, tableId },
  };
  const moved = moves.length === 0 ? [] : [out];
  const own = isMerge ? [...moved, merged] : closeIfSettled(order, moved, command);
  const arrived = moves.length === 0 && guests === null ? [] : into(0);
  const events = isMerge ? [...arrived, ...customerBrought(order, intoOrderId, target)] : arrived;
  return accepted(own, events.length === 0 ? [] : [{ ...orderStream(intoOrderId), events }]);
}

/** Only where the order that stays has none. */
function customerBrought(
  { customerId }: KnownOrder,
  intoOrderId: string,
  target: KnownOrder,
): readonly OrderEvent[] {
  if (customerId === null || target.customerId !== null) return [];
  return [{ type: 'OrderCustomerSet', data: { orderId: intoOrderId, customerId } }];
}

function leavesNothing({ lines }: KnownOrder, moves: readonly Move[]): boolean {
  return moves.length === lines.length && moves.every(({ weights }) => weights[0] === 0);
}
