import type { EventMoment } from '../../core/aggregate.ts';
import type { OrderEvent } from './events.ts';
import { changedLines, lineStateOf } from './line-state.ts';
import type { MovedLine } from './shapes.ts';
import type { KnownOrder, LineState } from './order-state.ts';

type EventNamed<Name extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: Name }>;
type BillEvent = EventNamed<
  | 'LinesAdded'
  | 'OrderCancelled'
  | 'LineChanged'
  | 'LinesVoided'
  | 'DiscountGiven'
  | 'DiscountWithdrawn'
  | 'BillAsked'
  | 'OrderMoved'
  | 'OrderCustomerSet'
  | 'LinesMovedOut'
  | 'LinesMovedIn'
  | 'OrderMerged'
>;

export function evolveBill(state: KnownOrder, event: BillEvent, { at }: EventMoment): KnownOrder {
  switch (event.type) {
    case 'LinesAdded':
      return { ...state, lines: [...state.lines, ...event.data.lines.map(lineStateOf)] };
    case 'LineChanged':
      return { ...state, lines: lineChanged(state.lines, event.data) };
    case 'LinesVoided':
      return voided(state, event.data);
    case 'DiscountGiven':
      return discountGiven(state, event.data);
    case 'DiscountWithdrawn':
      return discountWithdrawn(state, event.data.discountId);
    case 'BillAsked':
      return { ...state, billAskedAt: at };
    case 'OrderMoved':
      return { ...state, tableId: event.data.toTableId };
    case 'OrderCustomerSet':
      return { ...state, customerId: event.data.customerId };
    case 'LinesMovedOut':
      return movedOut(state, event.data);
    case 'LinesMovedIn':
      return movedIn(state, event.data);
    case 'OrderMerged':
      return { ...state, status: 'merged', mergedInto: event.data.intoOrderId, closedAt: at };
    case 'OrderCancelled':
      return { ...state, status: 'cancelled', closedAt: at };
  }
}

function lineChanged(
  lines: readonly LineState[],
  data: EventNamed<'LineChanged'>['data'],
): readonly LineState[] {
  return changedLines(lines, [data], (line, { revision, note, course, seat }) => ({
    ...line,
    revision,
    note: note === undefined ? line.note : note,
    course: course === undefined ? line.course : course,
    seat: seat === undefined ? line.seat : seat,
  }));
}

/** A line keeps no more discount than its remaining amount can carry. */
function voided(state: KnownOrder, data: EventNamed<'LinesVoided'>['data']): KnownOrder {
  const kept = changedLines(state.lines, data.lines, (line, { left }) => ({
    ...line,
    quantity: left.quantity,
    amount: left.amount,
    discounts: capped(left.discounts ?? line.discounts, left.amount),
    fixed: null,
    revision: line.revision + 1,
  }));
  const gone = data.lines.filter(({ left }) => left.quantity === 0).map(({ lineId }) => lineId);
  return {
    ...state,
    lines: kept.filter(({ lineId }) => !gone.includes(lineId)),
    gone: [...state.gone, ...gone.map((lineId) => ({ lineId, why: 'voided' as const }))],
  };
}

function capped(discounts: LineState['discounts'], amount: number): LineState['discounts'] {
  let left = amount;
  return discounts.map(({ discountId, amount: given }) => {
    const kept = Math.min(given, left);
    left -= kept;
    return { discountId, amount: kept };
  });
}

function discountGiven(state: KnownOrder, data: EventNamed<'DiscountGiven'>['data']): KnownOrder {
  const { discountId, on, rate, reason, promotionId } = data;
  const lines = changedLines(state.lines, data.lines, (line, { amount }) => ({
    ...line,
    discounts: [...line.discounts, { discountId, amount }],
    fixed: null,
  }));
  const discounts = [...state.discounts, { discountId, on, rate, reason, promotionId }];
  return { ...state, lines, discounts };
}

function discountWithdrawn(state: KnownOrder, discountId: string): KnownOrder {
  const lines = state.lines.map((line) => {
    const discounts = line.discounts.filter((held) => held.discountId !== discountId);
    return discounts.length === line.discounts.length ? line : { ...line, discounts, fixed: null };
  });
  const discounts = state.discounts.filter((held) => held.discountId !== discountId);
  return { ...state, lines, discounts };
}

function movedOut(state: KnownOrder, data: EventNamed<'LinesMovedOut'>['data']): KnownOrder {
  const kept = changedLines(state.lines, data.left, (line, left) => ({
    ...line,
    quantity: left.quantity,
    amount: left.amount,
    discounts: left.discounts,
    fixed: { net: left.net, tax: left.tax, gross: left.gross },
    revision: line.revision + 1,
  }));
  const gone = data.left
    .filter(({ quantity, amount, gross }) => quantity === 0 && amount === 0 && gross === 0)
    .map(({ lineId }) => lineId);
  const isSplit = data.by !== 'transfer' && data.by !== 'merge';
  return {
    ...state,
    lines: kept.filter(({ lineId }) => !gone.includes(lineId)),
    gone: [...state.gone, ...gone.map((lineId) => ({ lineId, why: 'moved' as const }))],
    parts: state.parts + (isSplit ? new Set(data.lines.map((line) => line.toOrderId)).size : 0),
  };
}

function movedIn(state: KnownOrder, data: EventNamed<'LinesMovedIn'>['data']): KnownOrder {
  const { guests = state.guests } = data;
  return { ...state, guests, lines: [...state.lines, ...data.lines.map(movedLineStateOf)] };
}

function movedLineStateOf({ line, discounts, net, tax, gross, kitchen }: MovedLine): LineState {
  return { ...lineStateOf(line), discounts, fixed: { net, tax, gross }, kitchen };
}
