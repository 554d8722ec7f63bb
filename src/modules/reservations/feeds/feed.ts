/** A calendar feed of a location: whoever has its secret address may read it until it is revoked. */
import { Type } from 'typebox';
import type { Refusal, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { idInput } from '../bookings/commands.ts';
import { houseFrom, houseStreams } from '../floor.ts';
import { PLACE_REFUSALS } from '../refusals.ts';

const closed = { additionalProperties: false };

/** Holds no secret: the address derives from the id and a secret of the server. */
export const feedOpened = defineEvent({
  name: 'ReservationFeedOpened',
  wireName: 'comptoir.reservation-feed.opened',
  data: Type.Object({ feedId: Type.String(), locationId: Type.String(), name: Type.String() }),
});
export const feedRevoked = defineEvent({
  name: 'ReservationFeedRevoked',
  wireName: 'comptoir.reservation-feed.revoked',
  data: Type.Object({ feedId: Type.String() }),
});
export const FEED_EVENTS = [feedOpened, feedRevoked] as const;
export type FeedEvent = EventOf<(typeof FEED_EVENTS)[number]>;

export const openFeed = defineCommand({
  name: 'OpenReservationFeed',
  summary: 'Makes a secret address of the reservations of a location, for calendars',
  permission: 'configure',
  input: Type.Object(
    { locationId: idInput, name: Type.String({ minLength: 1, maxLength: 100 }) },
    closed,
  ),
  examples: [{ locationId: 'a1', name: 'Tablet at the door' }],
});
export const revokeFeed = defineCommand({
  name: 'RevokeReservationFeed',
  word: 'revoke',
  summary: 'Makes the address worthless',
  permission: 'configure',
  input: Type.Object({}, closed),
  examples: [{}],
});
export const FEED_COMMANDS = [openFeed, revokeFeed] as const;
export type FeedCommand = CommandFor<(typeof FEED_COMMANDS)[number]>;

export const FEED_REFUSALS = {
  LOCATION_UNKNOWN: PLACE_REFUSALS.LOCATION_UNKNOWN,
  FEED_EXISTS: {
    sentence: 'There is a feed with this id already.',
    remedy: 'Use the existing one, or make another under its own id.',
  },
} as const satisfies Record<string, Refusal>;

export type FeedState =
  | { readonly status: 'none' }
  | { readonly status: 'active' | 'revoked'; readonly locationId: string; readonly name: string };
export const initialState: FeedState = { status: 'none' };

export function evolve(state: FeedState, event: FeedEvent): FeedState {
  if (event.type === 'ReservationFeedOpened') {
    const { locationId, name } = event.data;
    return { status: 'active', locationId, name };
  }
  return state.status === 'none' ? state : { ...state, status: 'revoked' };
}

export function consults(command: FeedCommand): readonly StreamReference[] {
  return command.type === 'OpenReservationFeed' ? houseStreams(command.input.locationId) : [];
}

export function decide(
  state: FeedState,
  command: FeedCommand,
  around: Surroundings,
): Decision<FeedEvent> {
  const feedId = command.id;
  if (command.type === 'RevokeReservationFeed')
    return accepted(
      state.status === 'active' ? [{ type: 'ReservationFeedRevoked', data: { feedId } }] : [],
    );
  if (state.status !== 'none') return rejected('FEED_EXISTS');
  const { locationId, name } = command.input;
  if (houseFrom(around, locationId) === null) return rejected('LOCATION_UNKNOWN');
  return accepted([{ type: 'ReservationFeedOpened', data: { feedId, locationId, name } }]);
}
