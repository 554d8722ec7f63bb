import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { calendarSettings } from './settings.ts';

/** Holds all settings, so that what applied at a time is one event. */
export const calendarSet = defineEvent({
  name: 'ReservationCalendarSet',
  wireName: 'comptoir.reservation-calendar.set',
  data: Type.Object({ locationId: Type.String(), settings: calendarSettings }),
});

export const CALENDAR_EVENTS = [calendarSet] as const;
export type CalendarEvent = EventOf<(typeof CALENDAR_EVENTS)[number]>;
