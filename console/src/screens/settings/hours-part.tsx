/** When guests may come: the week, and the days that are other than it. */
import type { ReactElement } from 'react';
import { SwitchField } from '../../design/fields.tsx';
import { useNow } from '../../design/texts.tsx';
import { useWords } from '../../words/language.ts';
import { businessDayOf } from '../floor/locations.ts';
import { EditCard } from '../lists/edit-card.tsx';
import { useLimits } from '../lists/use-limits.ts';
import type { CalendarSettings, Exception } from './calendar-types.ts';
import { ExceptionsFields } from './exceptions-fields.tsx';
import { words } from './hours-words.ts';
import type { LocationState } from './location-types.ts';
import { words as refusals } from './refusal-words.ts';
import { useCalendarEdit, type Calendar } from './use-calendar.ts';
import { WeekGrid } from './week-grid.tsx';
import { exceptionsFault, spansFault, weeklyOf, weekOf, type Week } from './week.ts';

interface Hours {
  readonly takesBookings: boolean;
  readonly week: Week;
  readonly exceptions: readonly Exception[];
}

const PART = {
  of: ({ takesBookings, weekly, exceptions }: CalendarSettings): Hours => ({
    takesBookings,
    week: weekOf(weekly),
    exceptions: exceptions.toSorted((a, b) => a.date.localeCompare(b.date)),
  }),
  write: ({ takesBookings, week, exceptions }: Hours) => ({
    takesBookings,
    weekly: weeklyOf(week),
    exceptions,
  }),
};

export function HoursPart({
  location,
  calendar,
}: {
  readonly location: LocationState;
  readonly calendar: Calendar;
}): ReactElement {
  const t = useWords(words);
  const allowed = useLimits()('reservations:configure');
  const limits = location.status === 'closed' ? { ...allowed, disabled: true } : allowed;
  const edit = useCalendarEdit(location.id, calendar, PART);
  const { value } = edit;
  const today = businessDayOf(location, useNow(null));
  const isReady =
    value.week.every((spans) => spansFault(spans) === null) &&
    exceptionsFault(value.exceptions) === null;
  return (
    <EditCard
      title={t('title')}
      text={t('text')}
      edit={edit}
      isReady={isReady}
      limits={limits}
      refusals={refusals}
    >
      <SwitchField
        label={t('takes-bookings')}
        hint={value.takesBookings ? undefined : t('takes-none')}
        value={value.takesBookings}
        onChange={(takesBookings) => edit.set({ ...value, takesBookings })}
      />
      <WeekGrid
        value={value.week}
        isOff={limits.disabled}
        onChange={(week) => edit.set({ ...value, week })}
      />
      <ExceptionsFields
        value={value.exceptions}
        week={value.week}
        today={today}
        isOff={limits.disabled}
        onChange={(exceptions) => edit.set({ ...value, exceptions })}
      />
    </EditCard>
  );
}
