import type { ProfileEvent, ProfileFacts } from './events.ts';

export type ProfileState =
  { readonly status: 'unknown' } | (ProfileFacts & { readonly status: 'set-up' });

export const initialState: ProfileState = { status: 'unknown' };

export function evolve(_state: ProfileState, { data }: ProfileEvent): ProfileState {
  return { status: 'set-up', ...data.profile };
}
