/** How a location takes reservations, and forms about parts of it. */
import { CallFailed } from '../../../../src/client/client.ts';
import { client, useCommand, useRead } from '../../api/api.ts';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { words as editWords } from '../lists/edit-words.ts';
import { useEdit, type Edit } from '../lists/use-edit.ts';
import { shaped } from '../order/order-types.ts';
import { SETTINGS_DEFAULT, type CalendarSettings } from './calendar-types.ts';

export interface Calendar {
  readonly version: number;
  readonly settings: CalendarSettings;
}

const READ = 'GET /v1/reservations/calendars/{id}';
const NOT_FOUND = 404;
/** Of a location that said nothing yet. */
const UNSET: Calendar = { version: 0, settings: SETTINGS_DEFAULT };

export function useCalendar(
  locationId: string,
  at: string | null,
): {
  readonly calendar: Calendar | null;
  readonly error: CallFailed | null;
  readAgain(): void;
} {
  const query = at === null ? {} : { query: { at } };
  const read = useRead(READ, { params: { id: locationId }, ...query });
  const isUnset = read.error?.status === NOT_FOUND;
  return {
    calendar: isUnset ? UNSET : read.data === undefined ? null : shaped<Calendar>(read.data),
    error: isUnset ? null : read.error,
    readAgain: () => void read.refetch(),
  };
}

async function newestOf(locationId: string): Promise<Calendar> {
  try {
    const { body } = await client.call(READ, { params: { id: locationId } });
    return shaped<Calendar>(body);
  } catch (error) {
    if (error instanceof CallFailed && error.status === NOT_FOUND) return UNSET;
    throw error;
  }
}

/** A form about some of the settings; those that it does not write stay. */
export function useCalendarEdit<Part>(
  locationId: string,
  calendar: Calendar,
  part: { of(settings: CalendarSettings): Part; write(value: Part): Partial<CalendarSettings> },
): Edit<Part> {
  const te = useWords(editWords);
  const set = useCommand('POST /v1/reservations/calendars', {
    again: [READ, 'GET /v1/reservations/calendars', 'GET /v1/reservations/availability'],
  });
  return useEdit<Part>({
    current: { version: calendar.version, part: part.of(calendar.settings) },
    readNewest: async () => {
      const { version, settings } = await newestOf(locationId);
      return { version, part: part.of(settings) };
    },
    // The id follows from the location, so the version is named in the header itself.
    give: (value, { ifMatch }) =>
      set.mutateAsync({
        headers: { 'if-match': `"${String(ifMatch)}"` },
        body: { locationId, ...part.write(value) },
      }),
    onSaved: () => toast(te('saved')),
  });
}
