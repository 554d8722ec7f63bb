/** Orders of the past: what was recorded wins over catalog and prices; nothing is sent, earned or billed for them. */
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type EventsElsewhere } from '../../../core/decision.ts';
import { divideHalfEven } from '../../../core/money.ts';
import type { ServiceChannel } from '../../../core/tax.ts';
import { locationFrom, locationTaxRate, type KnownLocation } from '../../business/index.ts';
import { grossOf, totalsOf } from '../amounts.ts';
import { locationStream, orderFrom, orderStream } from '../beside.ts';
import { withTotals } from '../bill-totals.ts';
import { apply, closedEvent, partOf } from '../decide-payments.ts';
import type { OrderEvent } from '../events.ts';
import { channelOf } from '../inputs.ts';
import type { OrderLine } from '../shapes.ts';
import { evolve, initialState as noOrder } from '../state.ts';
import { type KnownOrder } from '../order-state.ts';
import type { ImportCommand, ImportedLine, ImportedOrder } from './commands.ts';
import type { ImportEvent } from './events.ts';
import type { ImportState } from './state.ts';

export const IMPORT_BATCHES = 'orders.import-batches';

export function consults({ input }: ImportCommand): readonly StreamReference[] {
  return [locationStream(input.locationId)];
}

export function streams({ input }: ImportCommand): readonly StreamReference[] {
  return input.orders.map(({ id }) => orderStream(id));
}

/** An order that is there counts as unchanged, whatever the batch says of it. */
export function decide(
  state: ImportState,
  { at, commandId, input }: ImportCommand,
  around: Surroundings,
): Decision<ImportEvent> {
  if (state.status !== 'unknown') return rejected('IMPORT_BATCH_EXISTS');
  const { locationId, currency, orders } = input;
  const location = locationFrom(around, locationId);
  if (location.status === 'unknown') return rejected('LOCATION_UNKNOWN', { locationId });
  if (location.currency !== currency)
    return rejected('CURRENCY_DIFFERS', { currency: location.currency });
  const elsewhere: EventsElsewhere[] = [];
  const fresh = new Map(orders.map((order) => [order.id, order]));
  for (const [id, order] of fresh) {
    if (orderFrom(around, id).status !== 'unknown') continue;
    const made = eventsOf(order, { location, locationId, at, commandId });
    if ('outcome' in made) return made;
    elsewhere.push({ ...orderStream(id), events: made });
  }
  if (elsewhere.length === 0) return accepted([]);
  const orderIds = elsewhere.map(({ id }) => id);
  const unchanged = orders.length - orderIds.length;
  const data = { locationId, orderIds, unchanged };
  return accepted([{ type: 'OrdersImported', data }], elsewhere);
}

interface Recorder {
  readonly location: KnownLocation;
  readonly locationId: string;
  readonly at: string;
  readonly commandId: string;
}

function eventsOf(order: ImportedOrder, recorder: Recorder) {
  const { location, locationId, at, commandId } = recorder;
  const { id, businessDay, customerId = null } = order;
  const channel = channelOf(order.channel ?? 'eat-in');
  const lines: OrderLine[] = [];
  for (const [index, line] of order.lines.entries()) {
    const tax = locationTaxRate(location, { taxClass: line.taxClass, channel });
    if (tax === undefined)
      return rejected('TAX_CLASS_UNKNOWN', { taxClass: line.taxClass, orderId: id });
    lines.push(lineOf(line, index, { taxLabel: tax.label, taxRate: tax.rate }));
  }
  const placed = placedEvent(order, { lines, channel, recorder });
  const placedOrder = evolve(noOrder, placed, { at, version: 1 });
  if (placedOrder.status === 'unknown' || totalsOf(placedOrder).gross < 0)
    return rejected('IMPORT_BELOW_ZERO', { orderId: id });
  const asked = { id, at, commandId };
  const paid = paymentOf(placedOrder, order, { locationId, businessDay, customerId });
  const after = apply(placedOrder, [paid], asked);
  const end = closedEvent(after, asked);
  // safe because only the day of the event is replaced by the recorded one
  const closing = { ...end, data: { ...end.data, businessDay } } as OrderEvent;
  return withTotals(noOrder, [placed, paid, closing], at);
}

function lineOf(
  line: ImportedLine,
  index: number,
  tax: Pick<OrderLine, 'taxLabel' | 'taxRate'>,
): OrderLine {
  const { productId, variantId = null, categoryId = null, name, quantity, amount } = line;
  const { modifiers = [], note = null } = line;
  return {
    lineId: String(index + 1),
    productId,
    variantId,
    categoryId,
    name,
    quantity,
    amount,
    unitPrice: divideHalfEven(BigInt(amount), BigInt(quantity)),
    modifiers: modifiers.map(({ groupId = '', quantity: count = 1, price = 0, ...option }) => ({
      ...option,
      groupId,
      quantity: count,
      price,
    })),
    ...tax,
    stationId: null,
    course: null,
    seat: null,
    note,
    kitchen: 'none',
    ticketId: null,
  };
}

function placedEvent(
  { id, number, businessDay, customerId }: ImportedOrder,
  made: {
    readonly lines: OrderLine[];
    readonly channel: ServiceChannel;
    readonly recorder: Recorder;
  },
): OrderEvent {
  const { lines, channel, recorder } = made;
  const { location, locationId } = recorder;
  const { timeZone, dayCutOff, currency, taxes } = location;
  return {
    type: 'OrderPlaced',
    data: {
      orderId: id,
      number,
      locationId,
      businessDay,
      channel,
      lines,
      customerId: customerId ?? null,
      currency,
      taxMode: taxes.mode,
      timeZone,
      dayCutOff,
      imported: true,
      tableId: null,
      deviceId: null,
      deviceSequence: null,
      clientTime: null,
    },
  };
}

/** Each line is paid with what it was recorded at, corrections with what they took off. */
function paymentOf(
  order: KnownOrder,
  { id, paidBy: kind = 'other' }: ImportedOrder,
  of: {
    readonly locationId: string;
    readonly businessDay: string;
    readonly customerId: string | null;
  },
): OrderEvent {
  const { gross } = totalsOf(order);
  const lines = order.lines.map((line) => partOf(line, grossOf(line, order.taxMode)));
  const sums = { amount: gross, tip: 0, change: 0, settled: gross, lines, due: 0 };
  const ids = { orderId: id, paymentId: 'import', kind, currency: order.currency };
  const data = { ...ids, tillId: null, ...sums, ...of, imported: true };
  return { type: 'OrderPaymentTaken', data };
}
