/**
 * Who holds tables without having confirmed: one stream for each pair of address and contact, named by a keyed hash of
 * the pair that the public page's server makes. It bounds the open holds of the pair, whatever the day or location (R5).
 * Holds of the public page count on a second stream too, that of the address alone (R14): who sends many contacts from one
 * address holds no more than that.
 */
import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';

/** A family that cannot agree on a time, but no script that empties the house. */
export const OPEN_HOLDS_MAX = 2;

/**
 * Of one address, whatever contacts it names: an office or a hotel behind one address, and the people of one mobile
 * network that share it.
 */
const ADDRESS_HOLDS_MAX = 6;

/** Of a small house an address never holds more than half of the tables, but for the two that anybody may. */
function addressHoldsMax(tables: number): number {
  return Math.max(OPEN_HOLDS_MAX, Math.min(ADDRESS_HOLDS_MAX, Math.floor(tables / 2)));
}

const holder = Type.String();
export const holdOpened = defineEvent({
  name: 'HoldOpened',
  wireName: 'comptoir.reservation-holder.hold-opened',
  data: Type.Object({ holder, reservationId: Type.String(), until: Type.String() }),
});
export const holdEnded = defineEvent({
  name: 'HoldEnded',
  wireName: 'comptoir.reservation-holder.hold-ended',
  data: Type.Object({ holder, reservationId: Type.String() }),
});
export const holdsAllowed = defineEvent({
  name: 'HoldsAllowed',
  wireName: 'comptoir.reservation-holder.holds-allowed',
  data: Type.Object({ holder, holdsMax: Type.Integer() }),
});

export const HOLDER_EVENTS = [holdOpened, holdEnded, holdsAllowed] as const;
export type HolderEvent = EventOf<(typeof HOLDER_EVENTS)[number]>;

export interface HolderState {
  readonly holds: readonly { readonly reservationId: string; readonly until: string }[];
  readonly holdsMax: number;
}

export const initialState: HolderState = { holds: [], holdsMax: OPEN_HOLDS_MAX };

export function evolve(state: HolderState, event: HolderEvent, { at }: { readonly at: string }) {
  if (event.type === 'HoldsAllowed') return { ...state, holdsMax: event.data.holdsMax };
  const { reservationId } = event.data;
  // Those that ran out are forgotten here too, so that the list stays short.
  const holds = state.holds.filter(
    (hold) => hold.reservationId !== reservationId && hold.until > at,
  );
  if (event.type === 'HoldEnded') return { ...state, holds };
  return { ...state, holds: [...holds, { reservationId, until: event.data.until }] };
}

/** Whether one more may be opened; holds that have run out do not count, whether or not anybody took them away. */
export function mayHold({ holds, holdsMax }: HolderState, at: string): boolean {
  return openAt(holds, at) < holdsMax;
}

/** The same of an address; who was allowed more by name has that. */
export function addressMayHold(
  { holds, holdsMax }: HolderState,
  { tables, at }: { readonly tables: number; readonly at: string },
): boolean {
  return openAt(holds, at) < Math.max(holdsMax, addressHoldsMax(tables));
}

function openAt(holds: HolderState['holds'], at: string): number {
  return holds.filter(({ until }) => until > at).length;
}

/** A keyed hash of the pair, made by the server: never the pair itself. */
export const holderInput = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{15,63}$' });

export const allowHolds = defineCommand({
  name: 'AllowHolds',
  summary:
    'Lets a pair of address and contact hold more at once, such as a hotel that books for its guests',
  permission: 'configure',
  input: Type.Object(
    { holder: holderInput, holdsMax: Type.Integer({ minimum: 1, maximum: 50 }) },
    { additionalProperties: false },
  ),
  examples: [{ holder: 'c2VjcmV0LXBzZXVkb255bQ', holdsMax: 10 }],
});

export const HOLDER_COMMANDS = [allowHolds] as const;
export type HolderCommand = CommandFor<typeof allowHolds>;
export const HOLDER_REFUSALS = {
  HOLDER_OF_ANOTHER_ID: {
    sentence: 'The limit belongs to another holder.',
    remedy: 'Leave the id out: the limit has the pseudonym of the holder as its id.',
  },
} as const satisfies Record<string, Refusal>;

export function decide(
  state: HolderState,
  { id, input: { holder: named, holdsMax } }: HolderCommand,
): Decision<HolderEvent> {
  if (named !== id) return rejected('HOLDER_OF_ANOTHER_ID');
  if (state.holdsMax === holdsMax) return accepted([]);
  return accepted([{ type: 'HoldsAllowed', data: { holder: id, holdsMax } }]);
}
