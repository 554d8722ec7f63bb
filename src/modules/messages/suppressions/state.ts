import type { EventMoment } from '../../../core/aggregate.ts';
import type { Channel } from '../shapes.ts';
import type { SuppressionEvent, SuppressionReason, SuppressionScope } from './events.ts';

export const SUPPRESSIONS = 'messages.suppressions';

export interface KnownSuppression {
  readonly status: 'suppressed' | 'lifted';
  readonly channel: Channel;
  readonly reason: SuppressionReason;
  readonly scope: SuppressionScope;
  readonly customerId: string | null;
  readonly origin: string | null;
  /** RFC 3339. */
  readonly since: string;
}

export type SuppressionState = { readonly status: 'none' } | KnownSuppression;

export const initialState: SuppressionState = { status: 'none' };

export function evolve(
  state: SuppressionState,
  event: SuppressionEvent,
  { at }: EventMoment,
): SuppressionState {
  if (event.type === 'AddressSuppressed') {
    const { suppressionId: _id, ...facts } = event.data;
    return { status: 'suppressed', ...facts, since: at };
  }
  return state.status === 'none' ? state : { ...state, status: 'lifted', since: at };
}
