/** How long a party that still sits keeps its tables beyond its time. Pure. */
import type { LocalDate } from '../../../core/calendar.ts';
import type { House } from '../floor.ts';
import { datesOf, isoOf } from '../times.ts';
import type { Booking } from './state.ts';

/** Long enough that nobody is promised a table that is about to be left, short enough that one is free soon after. */
const STEP_MS = 30 * 60_000;

/** Four hours; whoever sits longer was forgotten to be marked as gone. */
export const EXTENSIONS_MAX = 8;

export interface LongerStay {
  readonly takenUntil: string;
  readonly dates: readonly LocalDate[];
}

export function longerStay(
  { startsAt, takenUntil }: Pick<Booking, 'startsAt' | 'takenUntil'>,
  { location }: House,
): LongerStay {
  return stayUntil(startsAt, { location, toMs: Date.parse(takenUntil) + STEP_MS });
}

export function stayUntil(
  startsAt: string,
  { location, toMs }: Pick<House, 'location'> & { readonly toMs: number },
): LongerStay {
  const dates = datesOf({ fromMs: Date.parse(startsAt), toMs }, location);
  return { takenUntil: isoOf(toMs), dates };
}
