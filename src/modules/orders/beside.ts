/** Which other streams each command is read beside or decided over, and which number it takes. Pure. */
import type { CommandAttributes, StreamReference, Surroundings } from '../../core/aggregate.ts';
import {
  businessDayAt,
  locationFrom,
  LOCATIONS,
  shiftOf,
  tillFrom,
  TILLS,
} from '../business/index.ts';
import {
  groupStreams,
  isCounted,
  portionsStream,
  PRICE_LISTS_STREAM,
  productStream,
  type PortionsState,
  type ProductState,
} from '../catalog/index.ts';
import { givenOnDay, streamsOfGiving } from './allowances/note-given.ts';
import { hasOwnParts } from './bill-parts.ts';
import type { OrderCommand, OrderCommandNamed } from './commands.ts';
import { correctedTill } from './decide-corrections.ts';
import { amountGivenAway } from './given-away.ts';
import type { LineInput } from './inputs.ts';
import { newBillIds } from './split-bills.ts';
import type { LineState, OrderState } from './order-state.ts';
import { takenAt } from './taken-at.ts';

export const ORDERS = 'orders';

/** Beside the order itself and a till: a unit has 8 streams at most. */
export const COUNTED_PRODUCTS_MAX = 6;

export function locationStream(id: string): StreamReference {
  return { category: LOCATIONS, id };
}

export function orderStream(id: string): StreamReference {
  return { category: ORDERS, id };
}

/** An order beside a command. */
export function orderFrom(around: Surroundings, id: string): OrderState {
  // safe because streams of this category are folded by the aggregate of orders alone
  return around.stateOf(orderStream(id)) as OrderState;
}

export function productFrom(around: Surroundings, id: string): ProductState {
  // safe because streams of this category are folded by the aggregate of products alone
  return around.stateOf(productStream(id)) as ProductState;
}

export function portionsFrom(
  around: Surroundings,
  place: { readonly locationId: string; readonly productId: string },
): PortionsState {
  // safe because streams of this category are folded by the aggregate of portions alone
  return around.stateOf(portionsStream(place)) as PortionsState;
}

export function consults(command: OrderCommand, around: Surroundings): readonly StreamReference[] {
  switch (command.type) {
    case 'PlaceOrder':
      return ofLines(command.input.locationId, command.input.lines, around);
    case 'AddLines': {
      const own = orderFrom(around, command.id);
      const locationId = own.status === 'unknown' ? null : own.locationId;
      return [orderStream(command.id), ...ofLines(locationId, command.input.lines, around)];
    }
    case 'MoveOrder': {
      const own = orderFrom(around, command.id);
      return [
        orderStream(command.id),
        ...(own.status === 'unknown' ? [] : [locationStream(own.locationId)]),
      ];
    }
    case 'CorrectPayment':
    case 'CorrectRefund':
    case 'RefundOrder':
    case 'GiveDiscount':
    case 'VoidLines':
    case 'RemoveLines':
    case 'CancelOrder':
    case 'DiscardOrder':
    case 'SplitOrder':
      return [orderStream(command.id)];
    default:
      return [];
  }
}

function ofLines(
  locationId: string | null,
  lines: readonly LineInput[],
  around: Surroundings,
): readonly StreamReference[] {
  const named: StreamReference[] = [PRICE_LISTS_STREAM];
  if (locationId !== null) named.push(locationStream(locationId));
  for (const productId of new Set(lines.map((line) => line.productId))) {
    named.push(productStream(productId));
    if (locationId !== null) named.push(portionsStream({ locationId, productId }));
    named.push(...groupStreams(productFrom(around, productId)));
  }
  return named;
}

export function streams(command: OrderCommand, around: Surroundings): readonly StreamReference[] {
  switch (command.type) {
    case 'PlaceOrder': {
      const { locationId, lines, payments = [] } = command.input;
      return [...tillsOf(payments), ...countedOf(locationId, lines, around)];
    }
    case 'AddLines': {
      const own = orderFrom(around, command.id);
      if (own.status === 'unknown') return [];
      return countedOf(own.locationId, command.input.lines, around);
    }
    case 'PayOrder':
      return tillsOf([command.input]);
    case 'RefundOrder': {
      const own = orderFrom(around, command.id);
      return [...tillsOf([command.input]), ...streamsOfGiving(own, command)];
    }
    case 'GiveDiscount':
      return streamsOfGiving(orderFrom(around, command.id), command);
    case 'CorrectPayment':
    case 'CorrectRefund': {
      const own = orderFrom(around, command.id);
      const id = own.status === 'unknown' ? null : correctedTill(own, command.input);
      return id === null ? [] : [{ category: TILLS, id }];
    }
    case 'SplitOrder':
      return newBillIds(command).map(orderStream);
    case 'TransferLines':
    case 'MergeOrder':
      return [orderStream(command.input.intoOrderId)];
    case 'VoidLines':
    case 'RemoveLines': {
      const chosen = new Set(command.input.lines.map(({ lineId }) => lineId));
      return limitedOf(orderFrom(around, command.id), (lineId) => chosen.has(lineId));
    }
    case 'CancelOrder':
    case 'DiscardOrder':
      return limitedOf(orderFrom(around, command.id), () => true);
    default:
      return [];
  }
}

/** At most one till: `decide` refuses payments at several. */
function tillsOf(paid: readonly { readonly tillId?: string }[]): readonly StreamReference[] {
  const id = paid.find(({ tillId }) => tillId !== undefined)?.tillId;
  return id === undefined ? [] : [{ category: TILLS, id }];
}

function countedOf(
  locationId: string,
  lines: readonly LineInput[],
  around: Surroundings,
): readonly StreamReference[] {
  const productIds = [...new Set(lines.map(({ productId }) => productId))];
  return productIds
    .filter((productId) => isCounted(portionsFrom(around, { locationId, productId })))
    .slice(0, COUNTED_PRODUCTS_MAX)
    .map((productId) => portionsStream({ locationId, productId }));
}

/** Whether it took counted portions that nothing was made of yet. */
export function isUnmade({ limited, kitchen }: LineState): boolean {
  return limited && kitchen !== 'ready' && kitchen !== 'served';
}

function limitedOf(
  order: OrderState,
  isMeant: (lineId: string) => boolean,
): readonly StreamReference[] {
  if (order.status === 'unknown') return [];
  const { locationId } = order;
  const meant = order.lines.filter((line) => isUnmade(line) && isMeant(line.lineId));
  return [...new Set(meant.map(({ productId }) => productId))]
    .slice(0, COUNTED_PRODUCTS_MAX)
    .map((productId) => portionsStream({ locationId, productId }));
}

export function series(command: OrderCommand, around: Surroundings): string | null {
  if (command.type === 'SplitOrder') return seriesOfParts(command, around);
  if (command.type !== 'PlaceOrder') return null;
  const { locationId, device } = command.input;
  const location = locationFrom(around, locationId);
  if (location.status === 'unknown') return null;
  const { at } = command;
  return `orders/${locationId}/${businessDayAt(location, takenAt(device, { at }) ?? at)}`;
}

/** Only where the bill has no more parts of its own to give. */
function seriesOfParts(
  command: OrderCommandNamed<'SplitOrder'>,
  around: Surroundings,
): string | null {
  const own = orderFrom(around, command.id);
  if (own.status === 'unknown' || hasOwnParts(own, newBillIds(command).length)) return null;
  return `orders/${own.locationId}/${own.businessDay}/parts`;
}

export function attributes(
  state: OrderState,
  command: OrderCommand,
  around: Surroundings,
): CommandAttributes {
  const locationId =
    command.type === 'PlaceOrder'
      ? command.input.locationId
      : state.status === 'unknown'
        ? null
        : state.locationId;
  const till = tillOf(state, command);
  const shift = till === undefined ? null : shiftOf(tillFrom(around, till));
  const amount = state.status === 'unknown' ? null : amountGivenAway(state, command);
  const isGiving = command.type === 'RefundOrder' || command.type === 'GiveDiscount';
  if (!isGiving || state.status === 'unknown') return { locationId, amount, shiftOf: shift };
  return { locationId, amount, dayAmount: givenOnDay(state, command, around), shiftOf: shift };
}

/** The till whose session it counts in, and so whose shift it is. */
function tillOf(state: OrderState, command: OrderCommand): string | undefined {
  switch (command.type) {
    case 'PayOrder':
    case 'RefundOrder':
      return command.input.tillId;
    case 'CorrectPayment':
    case 'CorrectRefund':
      return state.status === 'unknown'
        ? undefined
        : (correctedTill(state, command.input) ?? undefined);
    case 'PlaceOrder':
      return command.input.payments?.find(({ tillId }) => tillId !== undefined)?.tillId;
    default:
      return undefined;
  }
}
