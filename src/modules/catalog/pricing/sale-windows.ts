/** Weekly windows in local time: when a product is sold, when a price list applies. */
import type { Static } from 'typebox';
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

/** True for no windows: then it holds always. */
export function isWithin(windows: readonly WeeklyWindow[], moment: LocalMoment): boolean {
  return windows.length === 0 || windows.some((window) => covers(window, moment));
}

function covers({ days, from, to }: WeeklyWindow, { weekday, time }: LocalMoment): boolean {
  const today = days.includes(weekday);
  if (from < to) return today && from <= time && time < to;
  // Past midnight: the evening of its day, and the morning after.
  const yesterday = days.includes(weekday === 1 ? 7 : weekday - 1);
  return (today && from <= time) || (yesterday && time < to);
}
