import type { Surroundings } from '../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import { businessDayAt, locationFrom } from '../business/index.ts';
import { withGivenAway } from './allowances/note-given.ts';
import { orderFrom, ORDERS } from './beside.ts';
import { withTotals } from './bill-totals.ts';
import type { OrderCommand, OrderCommandNamed } from './commands.ts';
import {
  askBill,
  cancelOrder,
  changeLine,
  moveOrder,
  setCustomer,
  takeLinesOff,
} from './decide-bill.ts';
import { correctPayment, correctRefund, takePointsOff } from './decide-corrections.ts';
import { giveDiscount, withdrawDiscount } from './decide-discounts.ts';
import { decideKitchen } from './decide-kitchen.ts';
import { sellLines } from './decide-lines.ts';
import { ringAll, takePayments } from './decide-payments.ts';
import { decideRefund } from './decide-refunds.ts';
import { mergeOrder, splitOrder, transferLines } from './decide-splits.ts';
import type { OrderEvent } from './events.ts';
import { channelOf, deviceCommandId, LINES_PER_ORDER_MAX, type DeviceInput } from './inputs.ts';
import { headingOf } from './line-choice.ts';
import { evolve, initialState } from './state.ts';
import { paidAt, takenAt } from './taken-at.ts';
import { type KnownOrder, type OrderState } from './order-state.ts';

/** Every event that changes what a bill comes to says the sum, so that lists of orders need not know how it is made. */
export function decide(
  state: OrderState,
  command: OrderCommand,
  around: Surroundings,
): Decision<OrderEvent> {
  const decision = decideOrder(state, command, around);
  if (decision.outcome === 'rejected') return decision;
  const { at } = command;
  const elsewhere = decision.elsewhere.map((other) => {
    if (other.category !== ORDERS) return other;
    // Bills that a split makes begin with these events; others were listed.
    const isNew = other.events[0]?.type === 'OrderPlaced';
    const before = isNew ? initialState : orderFrom(around, other.id);
    // safe because streams of orders are given events of orders only
    return { ...other, events: withTotals(before, other.events as readonly OrderEvent[], at) };
  });
  return accepted(withTotals(state, decision.events, at), elsewhere);
}

function decideOrder(
  state: OrderState,
  command: OrderCommand,
  around: Surroundings,
): Decision<OrderEvent> {
  if (command.type === 'PlaceOrder') return place(state, command, around);
  if (state.status === 'unknown') return rejected('ORDER_UNKNOWN');
  switch (command.type) {
    case 'PayOrder':
      return pay(state, command, around);
    case 'RefundOrder':
      return refund(state, command, around);
    case 'CorrectPayment':
      return correctPayment(state, command, around);
    case 'CorrectRefund':
      return correctRefund(state, command, around);
    case 'FireLines':
    case 'HoldLines':
    case 'RushLines':
    case 'BumpLines':
    case 'RecallLines':
    case 'ServeLines':
      return decideKitchen(state, command);
    default:
      if (state.status !== 'open') return rejected('ORDER_NOT_OPEN', { status: state.status });
      return decideOpen(state, command, around);
  }
}

type OpenCommand = Exclude<
  OrderCommand,
  {
    readonly type:
      | 'PlaceOrder'
      | 'PayOrder'
      | 'RefundOrder'
      | 'CorrectPayment'
      | 'CorrectRefund'
      | 'FireLines'
      | 'HoldLines'
      | 'RushLines'
      | 'BumpLines'
      | 'RecallLines'
      | 'ServeLines';
  }
>;

function decideOpen(
  state: KnownOrder,
  command: OpenCommand,
  around: Surroundings,
): Decision<OrderEvent> {
  switch (command.type) {
    case 'AddLines':
      return addLines(state, command, around);
    case 'ChangeLine':
      return changeLine(state, command);
    case 'RemoveLines':
    case 'VoidLines':
      return takeLinesOff(state, command, around);
    case 'GiveDiscount':
      return withGivenAway(state, command, { decision: giveDiscount(state, command), around });
    case 'WithdrawDiscount':
      return withdrawDiscount(state, command);
    case 'TakePointsOff':
      return takePointsOff(state, command);
    case 'AskBill':
      return askBill(state, command);
    case 'SetOrderCustomer':
      return setCustomer(state, command);
    case 'MoveOrder':
      return moveOrder(state, command, around);
    case 'SplitOrder':
      return splitOrder(state, command);
    case 'TransferLines':
      return transferLines(state, command, around);
    case 'MergeOrder':
      return mergeOrder(state, command, around);
    case 'CancelOrder':
    case 'DiscardOrder':
      return cancelOrder(state, command, around);
  }
}

function place(
  state: OrderState,
  command: OrderCommandNamed<'PlaceOrder'>,
  around: Surroundings,
): Decision<OrderEvent> {
  if (state.status !== 'unknown') return rejected('ORDER_EXISTS');
  const { id, at, commandId, number, input } = command;
  const { locationId, tableId = null, customerId = null, guests, device, payments = [] } = input;
  if (isMisplaced(device, command)) return rejected('DEVICE_QUEUE_ONLY');
  const location = locationFrom(around, locationId);
  if (location.status === 'unknown') return rejected('LOCATION_UNKNOWN', { locationId });
  if (location.status === 'closed') return rejected('LOCATION_NOT_SELLING', { locationId });
  if (tableId !== null && !location.tables.some((table) => table.tableId === tableId))
    return rejected('NO_SUCH_TABLE', { tableId });
  const channel = channelOf(input.channel);
  const taken = takenAt(device, { at });
  const moment = taken ?? at;
  const sale = { orderId: id, locationId, location, channel, at: moment, commandId };
  const sold = sellLines(input.lines, sale, around);
  if (sold.outcome === 'rejected') return sold;
  const { timeZone, dayCutOff, currency, taxes } = location;
  const placed: OrderEvent = {
    type: 'OrderPlaced',
    data: {
      orderId: id,
      number,
      locationId,
      businessDay: businessDayAt(location, moment),
      channel,
      tableId,
      customerId,
      currency,
      taxMode: taxes.mode,
      lines: [...sold.lines],
      ...fromDevice(device),
      imported: false,
      timeZone,
      dayCutOff,
      ...(guests === undefined ? {} : { guests }),
      ...(taken === null ? {} : { takenAt: taken }),
    },
  };
  const order = evolve(initialState, placed, { at, version: 1 });
  if (order.status === 'unknown') return rejected('ORDER_UNKNOWN');
  const asked = { ...command, takenAt: paidAt(taken, payments, around) };
  const paid = takePayments(order, payments, asked);
  if (paid.outcome === 'rejected') return paid;
  const tills = ringAll(paid.rung, around);
  if ('outcome' in tills) return tills;
  return accepted([placed, ...paid.events], [...sold.elsewhere, ...tills]);
}

/** Only the queue of a device gives commands and orders the ids that follow from device and sequence. */
function isMisplaced(
  device: DeviceInput | undefined,
  { id, commandId, type }: Pick<OrderCommand, 'id' | 'commandId' | 'type'>,
): boolean {
  if (device === undefined) return false;
  const own = deviceCommandId(device);
  return commandId !== own || (type === 'PlaceOrder' && id !== own);
}

function fromDevice(device: DeviceInput | undefined) {
  return {
    deviceId: device?.id ?? null,
    deviceSequence: device?.sequence ?? null,
    clientTime: device?.clientTime ?? null,
  };
}

function addLines(
  state: KnownOrder,
  command: OrderCommandNamed<'AddLines'>,
  around: Surroundings,
): Decision<OrderEvent> {
  const { id, at, commandId, input } = command;
  const { lines, device } = input;
  if (isMisplaced(device, command)) return rejected('DEVICE_QUEUE_ONLY');
  if (state.lines.length + lines.length > LINES_PER_ORDER_MAX)
    return rejected('TOO_MANY_LINES', { most: LINES_PER_ORDER_MAX });
  // The location is listed from the order as it was read beside itself.
  if (orderFrom(around, id).status === 'unknown') return rejected('ORDER_CHANGED');
  const { locationId, channel } = state;
  const location = locationFrom(around, locationId);
  if (location.status === 'unknown') return rejected('LOCATION_UNKNOWN', { locationId });
  if (location.status === 'closed') return rejected('LOCATION_NOT_SELLING', { locationId });
  // All lines of a bill are taxed in one mode, that of its first ones.
  if (location.taxes.mode !== state.taxMode) return rejected('TAX_MODE_CHANGED');
  const moment = takenAt(device, { at, since: state.placedAt }) ?? at;
  const sale = { orderId: id, locationId, location, channel, at: moment, commandId };
  const sold = sellLines(lines, sale, around);
  if (sold.outcome === 'rejected') return sold;
  const added = { orderId: id, lines: [...sold.lines], bill: headingOf(state) };
  const data = device === undefined ? added : { ...added, ...fromDevice(device) };
  return accepted([{ type: 'LinesAdded', data }], sold.elsewhere);
}

function pay(
  state: KnownOrder,
  command: OrderCommandNamed<'PayOrder'>,
  around: Surroundings,
): Decision<OrderEvent> {
  const { device, ...payment } = command.input;
  if (isMisplaced(device, command)) return rejected('DEVICE_QUEUE_ONLY');
  const taken = takenAt(device, { at: command.at, since: state.placedAt });
  const asked = { ...command, takenAt: paidAt(taken, [payment], around) };
  const paid = takePayments(state, [payment], asked);
  if (paid.outcome === 'rejected') return paid;
  const tills = ringAll(paid.rung, around);
  return 'outcome' in tills ? tills : accepted(paid.events, tills);
}

function refund(
  state: KnownOrder,
  command: OrderCommandNamed<'RefundOrder'>,
  around: Surroundings,
): Decision<OrderEvent> {
  const refunded = decideRefund(state, command.input, command);
  if (refunded.outcome === 'rejected') return refunded;
  const tills = ringAll(refunded.rung, around);
  if ('outcome' in tills) return tills;
  const decision = accepted<OrderEvent>(refunded.events, tills);
  return withGivenAway(state, command, { decision, around });
}
