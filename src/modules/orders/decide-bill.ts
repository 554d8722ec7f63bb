/** Lines are changed or taken off, the bill is moved, cancelled, asked for. */
import type { Surroundings } from '../../core/aggregate.ts';
import {
  accepted,
  rejected,
  type Decision,
  type EventsElsewhere,
  type Rejected,
} from '../../core/decision.ts';
import { allocate, money } from '../../core/money.ts';
import { taxTotals } from '../../core/tax.ts';
import { locationFrom } from '../business/index.ts';
import { givePortionsBack, portionsStream } from '../catalog/index.ts';
import { tipsOf, totalsOf } from './amounts.ts';
import { COUNTED_PRODUCTS_MAX, isUnmade, orderFrom, portionsFrom, streams } from './beside.ts';
import type { OrderCommand, OrderCommandNamed } from './commands.ts';
import { lineMissing } from './decide-discounts.ts';
import { closeIfSettled, dayOf, partOf } from './decide-payments.ts';
import type { OrderEvent } from './events.ts';
import {
  chooseLines,
  headingOf,
  kitchenLineOf,
  weightsOf,
  type ChosenLine,
} from './line-choice.ts';
import type { KnownOrder, LineState } from './order-state.ts';

/** A change of a line that somebody else changed meanwhile is refused with what the line says now. */
export function changeLine(
  order: KnownOrder,
  { id, input }: OrderCommandNamed<'ChangeLine'>,
): Decision<OrderEvent> {
  const line = order.lines.find(({ lineId }) => lineId === input.lineId);
  if (line === undefined) return lineMissing(order, input.lineId);
  const { note = line.note, course = line.course, seat = line.seat } = input;
  const fresh = {
    ...(note === line.note ? {} : { note }),
    ...(course === line.course ? {} : { course }),
    ...(seat === line.seat ? {} : { seat }),
  };
  if (Object.keys(fresh).length === 0) return accepted([]);
  const { lineId, revision } = line;
  if (input.revision !== revision) {
    const current = { revision, note: line.note, course: line.course, seat: line.seat };
    return rejected('LINE_CHANGED', { lineId, current });
  }
  const { ticketId, stationId } = line;
  const told = ticketId === null ? {} : { ticketId, stationId };
  const data = { orderId: id, lineId, revision: revision + 1, ...fresh, ...told };
  return accepted([{ type: 'LineChanged', data }]);
}

const TOLD: ReadonlySet<string> = new Set(['fired', 'ready', 'served']);

/** Whether its station was ever told of it: who holds a line again must not be able to make it vanish. */
function wasTold({ kitchen, ticketId }: LineState): boolean {
  return TOLD.has(kitchen) || (kitchen === 'held' && ticketId !== null);
}

export function takeLinesOff(
  order: KnownOrder,
  command: OrderCommandNamed<'VoidLines' | 'RemoveLines'>,
  around: Surroundings,
): Decision<OrderEvent> {
  const chosen = chooseLines(order, command.input.lines);
  if (chosen.outcome === 'rejected') return chosen;
  const told = chosen.lines.filter(({ line }) => wasTold(line));
  if (command.type === 'RemoveLines' && told.length > 0)
    return rejected('LINES_FIRED', { lineIds: told.map(({ line }) => line.lineId) });
  const { reason } = command.input;
  const lines = chosen.lines.map((each) => {
    const { line, quantity } = each;
    const [left = 0, off = 0] = allocate(line.amount, weightsOf(each));
    const { kitchen } = line;
    const discounts = discountsLeft(order, each);
    const kept = discounts.length === 0 ? {} : { discounts: [...discounts] };
    const stays = { quantity: line.quantity - quantity, amount: left, ...kept };
    return { ...partOf(line, off), ...kitchenLineOf(line), quantity, kitchen, left: stays };
  });
  const { locationId } = order;
  const place = { locationId, businessDay: dayOf(order, command.at) };
  const data = { orderId: command.id, lines, reason, ...place };
  const back = portionsBack(order, { command, around, unused: chosen.lines });
  if ('outcome' in back) return back;
  return accepted(closeIfSettled(order, [{ type: 'LinesVoided', data }], command), back);
}

/** A share of the line, such as 10 %, goes with what is taken off; a fixed amount stays where the rest can carry it. */
function discountsLeft({ discounts }: KnownOrder, chosen: ChosenLine): LineState['discounts'] {
  return chosen.line.discounts.map(({ discountId, amount }) => {
    const isFixed = discounts.some((held) => held.discountId === discountId && held.rate === null);
    const [left = 0] = isFixed ? [amount] : allocate(amount, weightsOf(chosen));
    return { discountId, amount: left };
  });
}

/** Nothing is due and nothing is made: an order that money is left on must be refunded first. */
export function cancelOrder(
  order: KnownOrder,
  command: OrderCommandNamed<'CancelOrder' | 'DiscardOrder'>,
  around: Surroundings,
): Decision<OrderEvent> {
  const { paid, refunded, gross } = totalsOf(order);
  const held = paid - refunded + tipsOf(order);
  if (held > 0) return rejected('ORDER_PAID', { paid: money(held, order.currency) });
  const fired = order.lines.filter(({ kitchen }) => TOLD.has(kitchen));
  const told = order.lines.filter(wasTold);
  if (command.type === 'DiscardOrder' && told.length > 0)
    return rejected('LINES_FIRED', { lineIds: told.map(({ lineId }) => lineId) });
  const unused = order.lines.map((line) => ({ line, quantity: line.quantity }));
  const back = portionsBack(order, { command, around, unused });
  if ('outcome' in back) return back;
  const { locationId, customerId } = order;
  const burns = order.burns.map(({ burnId, memberId }) => ({ burnId, memberId }));
  const { reason } = command.input;
  const place = { locationId, businessDay: dayOf(order, command.at), customerId };
  const lines = fired.map(kitchenLineOf);
  const { tableId } = order;
  const sums = { gross, ...takenOf(order) };
  const data = { orderId: command.id, ...place, reason, burns, fired: lines, ...sums, tableId };
  return accepted([{ type: 'OrderCancelled', data }], back);
}

/** All that was paid has been refunded by now, so what was refunded says what had been sold, to the unit of tax. */
function takenOf({ payments, lines, currency, channel }: KnownOrder) {
  if (payments.length === 0) return {};
  const sold = lines
    .filter(({ paid }) => paid !== 0)
    .map((line) => {
      const { lineId, productId, categoryId, name, paid: gross, refundedTax: tax } = line;
      return { lineId, productId, categoryId, name, net: gross - tax, tax, gross };
    });
  const rated = lines.map(({ taxLabel: label, taxRate: rate, paid: gross, refundedTax: tax }) => ({
    label,
    rate,
    net: gross - tax,
    tax,
    gross,
  }));
  const taken = {
    currency,
    channel,
    gross: sold.reduce((sum, each) => sum + each.gross, 0),
    taxes: [...taxTotals(rated.filter(({ gross }) => gross !== 0))],
    lines: sold,
    payments: payments.map(({ settled: _settled, ...payment }) => payment),
  };
  return { taken };
}

interface Unused {
  readonly command: OrderCommand;
  readonly around: Surroundings;
  readonly unused: readonly { readonly line: LineState; readonly quantity: number }[];
}

/**
 * Counted portions that were not made go back to the stock. ORDER_CHANGED when the lines changed after it was listed
 * which stocks that concerns: the command is then asked again. TOO_MANY_COUNTED_PRODUCTS for more than a unit can hold.
 */
function portionsBack(
  { locationId }: KnownOrder,
  { command, around, unused }: Unused,
): readonly EventsElsewhere[] | Rejected {
  const quantities = new Map<string, number>();
  for (const { line, quantity } of unused)
    if (isUnmade(line))
      quantities.set(line.productId, (quantities.get(line.productId) ?? 0) + quantity);
  if (quantities.size === 0) return [];
  if (quantities.size > COUNTED_PRODUCTS_MAX)
    return rejected('TOO_MANY_COUNTED_PRODUCTS', { most: COUNTED_PRODUCTS_MAX });
  const listed = new Set(streams(command, around).map(({ id }) => id));
  const back: EventsElsewhere[] = [];
  for (const [productId, quantity] of quantities) {
    const place = { locationId, productId };
    const stream = portionsStream(place);
    if (!listed.has(stream.id)) return rejected('ORDER_CHANGED');
    const move = { ...place, orderId: command.id, quantity };
    const events = givePortionsBack(portionsFrom(around, place), move);
    if (events.length > 0) back.push({ ...stream, events });
  }
  return back;
}

export function moveOrder(
  order: KnownOrder,
  { id, input }: OrderCommandNamed<'MoveOrder'>,
  around: Surroundings,
): Decision<OrderEvent> {
  const { locationId, tableId: fromTableId } = order;
  const { tableId: toTableId } = input;
  if (fromTableId === toTableId) return accepted([]);
  // The order is listed beside its location, so an order that was read without one has none.
  const listed = orderFrom(around, id);
  if (listed.status === 'unknown') return rejected('ORDER_CHANGED');
  const location = locationFrom(around, locationId);
  if (location.status === 'unknown') return rejected('LOCATION_UNKNOWN', { locationId });
  if (toTableId !== null && !location.tables.some(({ tableId }) => tableId === toTableId))
    return rejected('NO_SUCH_TABLE', { tableId: toTableId });
  const data = {
    orderId: id,
    locationId,
    fromTableId,
    toTableId,
    bill: { ...headingOf(order), tableId: toTableId },
    billAsked: order.billAskedAt !== null,
    tickets: ticketsOf(order),
  };
  return accepted([{ type: 'OrderMoved', data }]);
}

/** Each once, as boards know them: by ticket and station. */
function ticketsOf({ lines }: KnownOrder) {
  const found = new Map<string, { ticketId: string; stationId: string }>();
  for (const { ticketId, stationId } of lines)
    if (ticketId !== null && stationId !== null)
      found.set(`${ticketId}~${stationId}`, { ticketId, stationId });
  return [...found.values()];
}

export function askBill(order: KnownOrder, { id }: OrderCommandNamed<'AskBill'>) {
  const { locationId, tableId, billAskedAt } = order;
  const data = { orderId: id, locationId, tableId };
  const events: readonly OrderEvent[] = billAskedAt === null ? [{ type: 'BillAsked', data }] : [];
  return accepted(events);
}

export function setCustomer(
  order: KnownOrder,
  { id, input }: OrderCommandNamed<'SetOrderCustomer'>,
): Decision<OrderEvent> {
  const { customerId } = input;
  if (customerId === order.customerId) return accepted([]);
  return accepted([{ type: 'OrderCustomerSet', data: { orderId: id, customerId } }]);
}
