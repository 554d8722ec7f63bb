/** What events make of an order. */
import type { EventMoment } from '../../core/aggregate.ts';
import { evolveBill } from './evolve-bill.ts';
import { evolveKitchen, isKitchenEvent } from './evolve-kitchen.ts';
import { evolvePayments, isPaymentEvent } from './evolve-payments.ts';
import type { OrderEvent } from './events.ts';
import { lineStateOf } from './line-state.ts';
import type { KnownOrder, OrderState } from './order-state.ts';

export const initialState: OrderState = { status: 'unknown' };

export function evolve(state: OrderState, event: OrderEvent, moment: EventMoment): OrderState {
  if (event.type === 'OrderPlaced') return placed(event.data, moment);
  if (state.status === 'unknown') return state;
  if (isPaymentEvent(event)) return evolvePayments(state, event, moment);
  if (isKitchenEvent(event)) return evolveKitchen(state, event);
  return evolveBill(state, event, moment);
}

type Placed = Extract<OrderEvent, { readonly type: 'OrderPlaced' }>['data'];

function placed(data: Placed, { at }: EventMoment): KnownOrder {
  const { number, locationId, businessDay, channel, tableId, customerId, currency } = data;
  const { taxMode, imported, guests = null, part = 0, splitFrom = null } = data;
  const { timeZone = 'UTC', dayCutOff = '00:00' } = data;
  return {
    status: 'open',
    number,
    part,
    locationId,
    businessDay,
    timeZone,
    dayCutOff,
    channel,
    tableId,
    customerId,
    guests,
    currency,
    taxMode,
    imported,
    splitFrom,
    lines: data.lines.map(lineStateOf),
    gone: [],
    payments: [],
    payers: [],
    refunds: [],
    corrections: [],
    discounts: [],
    burns: [],
    parts: 0,
    mergedInto: null,
    placedAt: data.takenAt ?? at,
    billAskedAt: null,
    closedAt: null,
  };
}
