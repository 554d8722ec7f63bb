import type { EventMoment } from '../../../src/core/aggregate.ts';
import type { SampleThingEvent } from './events.ts';

export interface KnownSampleThing {
  readonly status: 'open' | 'closed';
  readonly title: string;
  /** RFC 3339. */
  readonly openedAt: string;
  /** RFC 3339, null while it is open. */
  readonly closedAt: string | null;
}

export type SampleThingState = { readonly status: 'unknown' } | KnownSampleThing;

export const initialState: SampleThingState = { status: 'unknown' };

export function evolve(
  state: SampleThingState,
  event: SampleThingEvent,
  { at }: EventMoment,
): SampleThingState {
  if (event.type === 'SampleThingOpened')
    return { status: 'open', title: event.data.title, openedAt: at, closedAt: null };
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'SampleThingRenamed':
      return { ...state, title: event.data.title };
    case 'SampleThingClosed':
      return { ...state, status: 'closed', closedAt: at };
  }
}
