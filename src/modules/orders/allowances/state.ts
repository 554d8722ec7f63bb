/** What one person gave back and discounted on one business day, by location. */
import { stateIfListed, type StreamReference, type Surroundings } from '../../../core/aggregate.ts';
import type { AllowanceEvent } from './events.ts';

export const ALLOWANCES = 'orders.allowances';

/** At one location; minor units of its currency. */
export interface GivenAway {
  readonly locationId: string;
  readonly refund: number;
  readonly discount: number;
}

export interface KnownAllowance {
  readonly status: 'known';
  readonly person: string;
  readonly businessDay: string;
  readonly places: readonly GivenAway[];
}

export type AllowanceState = { readonly status: 'unknown' } | KnownAllowance;

export const initialState: AllowanceState = { status: 'unknown' };

export function evolve(state: AllowanceState, { type, data }: AllowanceEvent): AllowanceState {
  const { person, businessDay, locationId } = data;
  const before: readonly GivenAway[] = state.status === 'unknown' ? [] : state.places;
  const held = before.find((place) => place.locationId === locationId);
  const { refund = 0, discount = 0 } = held ?? {};
  const sums = { locationId, refund, discount };
  const now =
    type === 'AllowanceRestarted'
      ? { ...sums, refund: 0, discount: 0 }
      : { ...sums, [data.given]: sums[data.given] + data.amount };
  const others = before.filter((place) => place.locationId !== locationId);
  return { status: 'known', person, businessDay, places: [...others, now] };
}

/** One stream for each person and day: only what they themselves do at once meets on it. */
export function allowanceStream(of: {
  readonly person: string;
  readonly businessDay: string;
}): StreamReference {
  const person = of.person.replaceAll(/[^A-Za-z0-9._-]/g, '~');
  return { category: ALLOWANCES, id: `${of.businessDay}~${person}` };
}

/**
 * The allowance beside a command; null where `streams` did not name it: the order was placed by another process a moment
 * ago, or the business day began between taking the command in and deciding it.
 */
export function allowanceFrom(
  around: Surroundings,
  stream: StreamReference,
): AllowanceState | null {
  // safe because streams of this category are folded by the aggregate of allowances alone
  return (stateIfListed(around, stream) ?? null) as AllowanceState | null;
}

/** Of the person at the location until now. */
export function givenAt(
  state: AllowanceState,
  { locationId, given }: { readonly locationId: string; readonly given: 'refund' | 'discount' },
): number {
  if (state.status === 'unknown') return 0;
  return state.places.find((place) => place.locationId === locationId)?.[given] ?? 0;
}
