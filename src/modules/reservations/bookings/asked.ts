/** A command about an open reservation, with everything it is decided on. */
import type { Surroundings } from '../../../core/aggregate.ts';
import type { House } from '../floor.ts';
import type { FollowUp } from './commands.ts';
import type { Held } from './day-changes.ts';
import type { Booking } from './state.ts';

export interface Asked<Command extends FollowUp = FollowUp> {
  readonly booking: Booking;
  readonly command: Command;
  readonly house: House;
  readonly around: Surroundings;
}

export type Of<Type extends FollowUp['type']> = Asked<Extract<FollowUp, { readonly type: Type }>>;

/** The entry of a reservation in the streams of its dates. */
export function heldOf(booking: Booking, id: string): Held {
  return { ...booking, key: id, kind: 'reservation' };
}
