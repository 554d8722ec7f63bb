/** Weekly windows in local time: when a product is sold, when a price list applies. */
import type { Static } from 'typebox';
import { addDays } from '../../../core/calendar.ts';
import type { weeklyWindow } from '../products/events.ts';

export type WeeklyWindow = Static<typeof weeklyWindow>;

/** A local moment taken apart. */
export interface LocalMoment {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** 1 (Monday) to 7. */
  readonly weekday: number;
  /** `HH:MM`. */
  readonly time: string;
}

/** `YYYY-MM-DDTHH:MM:SS` as `localOf` of core/calendar.ts gives it. */
export function localMomentOf(local: string): LocalMoment {
  const day = local.slice(0, 10);
  return { day, weekday: Temporal.PlainDate.from(day).dayOfWeek, time: local.slice(11, 16) };
}

/** `YYYY-MM-DD`, both inclusive; null for no bound. */
export interface DaySpan {
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}
const ALWAYS: DaySpan = { firstDay: null, lastDay: null };

/** True for no windows on any day of the span. A window past midnight belongs to the day it begins on. */
export function isWithin(
  windows: readonly WeeklyWindow[],
  moment: LocalMoment,
  span = ALWAYS,
): boolean {
  if (windows.length === 0) return isOn(span, moment.day);
  return windows.some((window) => covers(window, moment, span));
}

function isOn({ firstDay, lastDay }: DaySpan, day: string): boolean {
  return (firstDay === null || firstDay <= day) && (lastDay === null || day <= lastDay);
}

function covers(
  { days, from, to }: WeeklyWindow,
  { day, weekday, time }: LocalMoment,
  span: DaySpan,
): boolean {
  const today = days.includes(weekday) && isOn(span, day);
  if (from < to) return today && from <= time && time < to;
  if (today && from <= time) return true;
  // The morning after the evening of its day.
  const yesterday = days.includes(weekday === 1 ? 7 : weekday - 1);
  return yesterday && time < to && isOn(span, addDays(day, -1));
}
