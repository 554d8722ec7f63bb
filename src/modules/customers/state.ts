import type { EventMoment } from '../../core/aggregate.ts';
import type { CustomerEvent } from './events.ts';

export interface Consent {
  readonly channel: string;
  /** RFC 3339. */
  readonly since: string;
  readonly wording: string;
}

export interface KnownCustomer {
  readonly status: 'active' | 'archived';
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string;
  readonly consents: readonly Consent[];
  /** RFC 3339. */
  readonly registeredAt: string;
}

export type CustomerState = { readonly status: 'unknown' } | KnownCustomer;

export const initialState: CustomerState = { status: 'unknown' };

export function evolve(
  state: CustomerState,
  event: CustomerEvent,
  { at }: EventMoment,
): CustomerState {
  if (event.type === 'CustomerRegistered') {
    const { name, email = null, phone = null, language } = event.data;
    return { status: 'active', name, email, phone, language, consents: [], registeredAt: at };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'CustomerContactChanged': {
      const { name = state.name, email = state.email, phone = state.phone } = event.data;
      return { ...state, name, email, phone };
    }
    case 'CustomerConsentGiven': {
      const { channel, wording } = event.data;
      return { ...state, consents: [...without(state, channel), { channel, since: at, wording }] };
    }
    case 'CustomerConsentWithdrawn':
      return { ...state, consents: without(state, event.data.channel) };
    case 'CustomerArchived':
      return { ...state, status: 'archived' };
  }
}

function without(state: KnownCustomer, channel: string): readonly Consent[] {
  return state.consents.filter((consent) => consent.channel !== channel);
}
