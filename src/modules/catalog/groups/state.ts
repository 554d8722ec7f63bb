import type { Static } from 'typebox';
import type { GroupEvent, groupFacts } from './events.ts';

export type GroupFacts = Static<typeof groupFacts>;
export type Option = GroupFacts['options'][number];

export type KnownGroup = GroupFacts & { readonly status: 'active' | 'retired' };

/** A modifier group. */
export type GroupState = { readonly status: 'unknown' } | KnownGroup;

export const initialState: GroupState = { status: 'unknown' };

export function evolve(state: GroupState, event: GroupEvent): GroupState {
  switch (event.type) {
    case 'GroupAdded':
      return { status: 'active', ...event.data.group };
    case 'GroupChanged':
      return state.status === 'unknown' ? state : { status: state.status, ...event.data.group };
    case 'GroupRetired':
      return state.status === 'unknown' ? state : { ...state, status: 'retired' };
  }
}
