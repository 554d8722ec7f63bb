import type { SenderEvent, SenderTerms } from './events.ts';

export const SENDERS = 'messages.senders';

export interface KnownSender {
  readonly status: 'open' | 'paused' | 'closed';
  readonly terms: SenderTerms;
  /** While it is paused. */
  readonly pausedFor: string | null;
}

export type SenderState = { readonly status: 'unknown' } | KnownSender;

export const initialState: SenderState = { status: 'unknown' };

export function evolve(state: SenderState, event: SenderEvent): SenderState {
  if (event.type === 'MessageSenderAdded')
    return { status: 'open', terms: event.data.terms, pausedFor: null };
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'MessageSenderChanged':
      return { ...state, terms: event.data.terms };
    case 'MessageSenderPaused':
      return { ...state, status: 'paused', pausedFor: event.data.reason };
    case 'MessageSenderResumed':
      return { ...state, status: 'open', pausedFor: null };
    case 'MessageSenderClosed':
      return { ...state, status: 'closed', pausedFor: null };
  }
}
