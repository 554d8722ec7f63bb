/** A till and its location for tests. */
import type { LocationState } from '../locations/state.ts';
import type { TillEvent } from './events.ts';
import { ringOnTill, type TillSale } from './ring-on-till.ts';
import type { TillState } from './state.ts';

export const TILL_ID = 'id-1';
export const LOCATION_ID = 'loc-1';

export const OPEN_LOCATION: LocationState = {
  status: 'open',
  locationId: LOCATION_ID,
  name: 'Rynek',
  timeZone: 'Europe/Warsaw',
  currency: 'PLN',
  dayCutOff: '05:00',
  languages: ['pl'],
  address: null,
  areas: [],
  tables: [],
  stations: [],
  taxes: {
    mode: 'inclusive',
    rates: [
      {
        taxClass: 'food',
        channel: null,
        label: 'B',
        rate: 8e3,
      },
    ],
  },
};

export const added: TillEvent = {
  type: 'TillAdded',
  data: { tillId: TILL_ID, locationId: LOCATION_ID, name: 'Bar', currency: 'PLN' },
};

export const sessionOpened: TillEvent = {
  type: 'TillSessionOpened',
  data: {
    tillId: TILL_ID,
    locationId: LOCATION_ID,
    sessionId: 's-1',
    businessDay: '2026-11-21',
    float: 2e4,
    openedBy: 'user:ana',
  },
};

export function saleOf(more: Partial<TillSale> = {}): TillSale {
  return {
    tillId: TILL_ID,
    locationId: LOCATION_ID,
    currency: 'PLN',
    orderId: 'o-1',
    sale: { paymentId: 'p-1' },
    kind: 'cash',
    amount: 1e4,
    tip: 500,
    change: 1500,
    taxes: [
      {
        label: 'B',
        rate: 8e3,
        net: 7407,
        tax: 593,
        gross: 8e3,
      },
    ],
    ...more,
  };
}

/** The events that a sale rings up, or the code of its refusal. */
export function rung(state: TillState, sale: TillSale): readonly TillEvent[] | string {
  const decision = ringOnTill(state, sale);
  return decision.outcome === 'accepted' ? decision.events : decision.code;
}
