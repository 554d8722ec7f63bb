/**
 * Which names the locations of a tenant and the tills of its locations have: one stream, so that of two that take a name
 * at once one is refused. It is written when somebody sets up, and read by nothing that sells.
 */
import type { EventsElsewhere, Rejected } from '../../../core/decision.ts';
import { rejected } from '../../../core/decision.ts';
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import type { NameEvent } from './events.ts';

export const NAMES = 'business.names';

/** Of the tenant. */
export const NAMES_STREAM: StreamReference = { category: NAMES, id: 'main' };

export interface Named {
  readonly of: 'location' | 'till';
  readonly id: string;
  readonly locationId: string | null;
}

export interface HeldName extends Named {
  /** Null once it was freed: what is noted later of its past is not taken. */
  readonly name: string | null;
  /** Said by the command that gave it, not found in the history. */
  readonly isSaid: boolean;
}

export interface NamesState {
  readonly held: readonly HeldName[];
}

export const initialState: NamesState = { held: [] };

export function evolve(state: NamesState, event: NameEvent): NamesState {
  const { of, id, locationId, noted } = event.data;
  const name = event.type === 'NameTaken' ? event.data.name : null;
  const others = state.held.filter((each) => each.of !== of || each.id !== id);
  return { held: [...others, { of, id, locationId, name, isSaid: !noted }] };
}

/** How people read a name: without regard to capitals and spaces around or between. */
export function readAs(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

export function namesFrom(around: Surroundings): NamesState {
  // safe because streams of this category are folded by the aggregate of names alone
  return around.stateOf(NAMES_STREAM) as NamesState;
}

const TAKEN = { location: 'LOCATION_NAME_TAKEN', till: 'TILL_NAME_TAKEN' } as const;

/** The name for `whose`, on the stream of names; refused with the one that has it: `existing` {id, name}. */
export function takeName(
  { held }: NamesState,
  whose: Named & { readonly name: string },
): EventsElsewhere | Rejected {
  const { of, id, locationId, name } = whose;
  const wanted = readAs(name);
  const other = held.find(
    (each) =>
      each.of === of &&
      each.id !== id &&
      each.locationId === locationId &&
      each.name !== null &&
      readAs(each.name) === wanted,
  );
  if (other !== undefined)
    return rejected(TAKEN[of], { name, existing: { id: other.id, name: other.name } });
  const taken: NameEvent = { type: 'NameTaken', data: { of, id, locationId, name, noted: false } };
  return { ...NAMES_STREAM, events: [taken] };
}

/** Others may have the name from now on. */
export function freeName({ of, id, locationId }: Named): EventsElsewhere {
  const freed: NameEvent = { type: 'NameFreed', data: { of, id, locationId, noted: false } };
  return { ...NAMES_STREAM, events: [freed] };
}

export const NAME_REFUSALS = {
  LOCATION_NAME_TAKEN: {
    sentence: 'Another location of the business has this name.',
    remedy: 'Choose another name, or rename the location that `existing` names.',
  },
  TILL_NAME_TAKEN: {
    sentence: 'Another till of the location has this name.',
    remedy: 'Choose another name, or rename the till that `existing` names.',
  },
} as const;
