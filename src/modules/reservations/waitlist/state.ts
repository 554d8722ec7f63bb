import type { Contact } from '../contact.ts';
import type { Timing } from '../floor.ts';
import type { WaitlistEvent } from './events.ts';

export interface Offer extends Timing {
  readonly tableIds: readonly string[];
  readonly until: string;
}

export interface Waiting {
  readonly status: 'waiting' | 'offered' | 'accepted' | 'left' | 'lapsed';
  readonly personId: string;
  readonly customerId: string | null;
  readonly locationId: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly partySize: number;
  readonly contact: Contact;
  readonly note: string | null;
  readonly language: string | null;
  readonly offer: Offer | null;
  readonly reservationId: string | null;
}

export type WaitlistState = { readonly status: 'none' } | Waiting;

export const initialState: WaitlistState = { status: 'none' };

export function evolve(state: WaitlistState, event: WaitlistEvent): WaitlistState {
  if (event.type === 'WaitlistJoined') {
    const { waiterId: _id, ...joined } = event.data;
    return { ...joined, status: 'waiting', offer: null, reservationId: null };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'WaitlistOffered': {
      const { waiterId: _id, locationId: _location, ...offer } = event.data;
      return { ...state, status: 'offered', offer };
    }
    case 'WaitlistAccepted':
      return { ...state, status: 'accepted', reservationId: event.data.reservationId };
    case 'WaitlistLeft':
      return { ...state, status: 'left' };
    case 'WaitlistLapsed':
      return { ...state, status: 'lapsed' };
  }
}

export function viewOf(state: WaitlistState): object {
  if (state.status === 'none') return state;
  const { personId: _person, ...seen } = state;
  return seen;
}
