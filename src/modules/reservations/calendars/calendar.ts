/** The calendar of a location: how it takes reservations. Its id is the location's. */
import { Type } from 'typebox';
import type { Refusal, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { LOCATIONS, type LocationState } from '../../business/index.ts';
import { PLACE_REFUSALS } from '../refusals.ts';
import type { CalendarEvent } from './events.ts';
import { SETTINGS_DEFAULT, SETTINGS_FIELDS, type CalendarSettings } from './settings.ts';

export const CALENDARS = 'reservations.calendars';

export type CalendarState =
  | { readonly status: 'standard' }
  | { readonly status: 'set'; readonly locationId: string; readonly settings: CalendarSettings };

export const initialState: CalendarState = { status: 'standard' };

export function evolve(_state: CalendarState, { data }: CalendarEvent): CalendarState {
  return { status: 'set', locationId: data.locationId, settings: data.settings };
}

/** The settings of a location, those by default when it never set any. */
export function settingsOf(state: CalendarState): CalendarSettings {
  return state.status === 'set' ? state.settings : SETTINGS_DEFAULT;
}

export const setCalendar = defineCommand({
  name: 'SetReservationCalendar',
  summary: 'Sets how a location takes reservations; what is left out stays',
  permission: 'configure',
  input: Type.Object(
    { locationId: Type.String({ minLength: 1, maxLength: 128 }), ...optional(SETTINGS_FIELDS) },
    { additionalProperties: false },
  ),
  examples: [
    { locationId: 'a1', bufferMinutes: 15, gridMinutes: 30, partySizeMax: 12 },
    {
      locationId: 'a1',
      weekly: [
        { weekday: 5, opens: '18:00', closes: '02:00' },
        { weekday: 6, opens: '18:00', closes: '02:00' },
      ],
      exceptions: [{ date: '2026-12-24', hours: [] }],
      durations: [{ partySizeTo: 500, minutes: 120 }],
      coversPerSlot: 20,
    },
  ],
});

function optional<Fields extends typeof SETTINGS_FIELDS>(fields: Fields) {
  return Type.Partial(Type.Object(fields)).properties;
}

export const CALENDAR_COMMANDS = [setCalendar] as const;
export type CalendarCommand = CommandFor<typeof setCalendar>;

export const CALENDAR_REFUSALS = {
  LOCATION_UNKNOWN: PLACE_REFUSALS.LOCATION_UNKNOWN,
  CALENDAR_OF_ANOTHER_LOCATION: {
    sentence: 'The calendar belongs to another location.',
    remedy: 'Leave the id out: the calendar of a location has the id of the location.',
  },
  CALENDAR_UNSOUND: {
    sentence: 'The settings contradict one another.',
    remedy: 'Correct what `at` names.',
  },
} as const satisfies Record<string, Refusal>;

export function consults({ input }: CalendarCommand): readonly StreamReference[] {
  return [{ category: LOCATIONS, id: input.locationId }];
}

export function decide(
  state: CalendarState,
  { id, input }: CalendarCommand,
  around: Surroundings,
): Decision<CalendarEvent> {
  const { locationId, ...changes } = input;
  if (id !== locationId) return rejected('CALENDAR_OF_ANOTHER_LOCATION');
  // safe because the stream is one of the category
  const location = around.stateOf({ category: LOCATIONS, id }) as LocationState;
  if (location.status === 'unknown') return rejected('LOCATION_UNKNOWN');
  const before = settingsOf(state);
  // safe because the input has only members of the settings, each valid
  const settings = { ...before, ...changes } as CalendarSettings;
  const fault = faultOf(settings);
  if (fault !== null) return rejected('CALENDAR_UNSOUND', { at: fault });
  if (state.status === 'set' && JSON.stringify(settings) === JSON.stringify(before))
    return accepted([]);
  return accepted([{ type: 'ReservationCalendarSet', data: { locationId, settings } }]);
}

/** Which member makes no sense beside the others; null for none. */
function faultOf({ partySizeMin, partySizeMax, durations, exceptions }: CalendarSettings) {
  if (partySizeMin > partySizeMax) return 'partySizeMin';
  const sizes = durations.map(({ partySizeTo }) => partySizeTo);
  if (sizes.some((size, index) => index > 0 && size <= (sizes[index - 1] ?? 0))) return 'durations';
  const dates = exceptions.map(({ date }) => date);
  return new Set(dates).size < dates.length ? 'exceptions' : null;
}
