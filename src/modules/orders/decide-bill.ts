/** Lines are changed or taken off, the bill is moved, cancelled, asked for. */
import type { Surroundings } from '../../core/aggregate.ts';
import { accepted, rejected, type Decision, type EventsElsewhere } from '../../core/decision.ts';
import { allocate, money } from '../../core/money.ts';
import { locationFrom } from '../business/index.ts';
import { givePortionsBack, portionsStream } from '../catalog/index.ts';
import { tipsOf, totalsOf } from './amounts.ts';
import { orderFrom, portionsFrom, streams } from './beside.ts';
import type { OrderCommand, OrderCommandNamed } from './commands.ts';
import { lineMissing } from './decide-discounts.ts';
import { closeIfSettled, dayOf, partOf } from './decide-payments.ts';
import type { OrderEvent } from './events.ts';
import { chooseLines, headingOf, kitchenLineOf, weightsOf } from './line-choice.ts';
import type { KnownOrder, LineState } from './state.ts';

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

export function takeLinesOff(
  order: KnownOrder,
  command: OrderCommandNamed<'VoidLines' | 'RemoveLines'>,
  around: Surroundings,
): Decision<OrderEvent> {
  const chosen = chooseLines(order, command.input.lines);
  if (chosen.outcome === 'rejected') return chosen;
  const told = chosen.lines.filter(({ line }) => TOLD.has(line.kitchen));
  if (command.type === 'RemoveLines' && told.length > 0)
    return rejected('LINES_FIRED', { lineIds: told.map(({ line }) => line.lineId) });
  const { reason } = command.input;
  const lines = chosen.lines.map((each) => {
    const { line, quantity } = each;
    const [left = 0, off = 0] = allocate(line.amount, weightsOf(each));
    const { kitchen } = line;
    const stays = { quantity: line.quantity - quantity, amount: left };
    return { ...partOf(line, off), ...kitchenLineOf(line), quantity, kitchen, left: stays };
  });
  const { locationId } = order;
  const place = { locationId, businessDay: dayOf(order, command.at) };
  const data = { orderId: command.id, lines, reason, ...place };
  const back = portionsBack(order, { command, around, unused: chosen.lines });
  if (back === null) return rejected('ORDER_CHANGED');
  return accepted(closeIfSettled(order, [{ type: 'LinesVoided', data }], command), back);
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
  if (command.type === 'DiscardOrder' && fired.length > 0)
    return rejected('LINES_FIRED', { lineIds: fired.map(({ lineId }) => lineId) });
  const unused = order.lines.map((line) => ({ line, quantity: line.quantity }));
  const back = portionsBack(order, { command, around, unused });
  if (back === null) return rejected('ORDER_CHANGED');
  const { locationId, customerId } = order;
  const burns = order.burns.map(({ burnId, memberId }) => ({ burnId, memberId }));
  const { reason } = command.input;
  const place = { locationId, businessDay: dayOf(order, command.at), customerId };
  const lines = fired.map(kitchenLineOf);
  const { tableId } = order;
  const data = { orderId: command.id, ...place, reason, burns, fired: lines, gross, tableId };
  return accepted([{ type: 'OrderCancelled', data }], back);
}

interface Unused {
  readonly command: OrderCommand;
  readonly around: Surroundings;
  readonly unused: readonly { readonly line: LineState; readonly quantity: number }[];
}

/**
 * Counted portions that were not made go back to the stock. Null when the lines changed after it was listed which stocks
 * that concerns: the command is then asked again.
 */
function portionsBack(
  { locationId }: KnownOrder,
  { command, around, unused }: Unused,
): readonly EventsElsewhere[] | null {
  const quantities = new Map<string, number>();
  for (const { line, quantity } of unused)
    if (line.limited && line.kitchen !== 'ready' && line.kitchen !== 'served')
      quantities.set(line.productId, (quantities.get(line.productId) ?? 0) + quantity);
  if (quantities.size === 0) return [];
  const listed = new Set(streams(command, around).map(({ id }) => id));
  const back: EventsElsewhere[] = [];
  for (const [productId, quantity] of quantities) {
    const place = { locationId, productId };
    const stream = portionsStream(place);
    if (!listed.has(stream.id)) return null;
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
