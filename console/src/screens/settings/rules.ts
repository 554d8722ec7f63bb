/** Rules of booking as they are typed: a number is null while its field is empty. Pure. */
import { PARTY_SIZE_MAX, type CalendarSettings } from './calendar-types.ts';

/** Fields that hold a number, with the bounds of the server. */
export const NUMBERS = {
  bufferMinutes: [0, 120],
  lastStartMinutes: [0, 480],
  leadMinutes: [0, 43_200],
  aheadDays: [1, 800],
  partySizeMin: [1, PARTY_SIZE_MAX],
  partySizeMax: [1, PARTY_SIZE_MAX],
  holdMinutes: [1, 60],
  offerMinutes: [1, 1440],
  freeCancelMinutes: [0, 43_200],
  depositFromPartySize: [1, PARTY_SIZE_MAX],
} as const satisfies Partial<Record<keyof CalendarSettings, readonly [number, number]>>;

export type NumberName = keyof typeof NUMBERS;

/** Null for as many as the tables hold. */
export const LIMITS = { bookingsPerSlot: 1000, coversPerSlot: 5000 } as const;
export type LimitName = keyof typeof LIMITS;

/** Amounts for each guest, in minor units. */
const AMOUNTS = ['depositPerGuest', 'lateCancelFeePerGuest', 'noShowFeePerGuest'] as const;
export type AmountName = (typeof AMOUNTS)[number];

export interface Duration {
  readonly partySizeTo: number | null;
  readonly minutes: number | null;
}

export type Rules = Readonly<Record<NumberName | LimitName, number | null>> &
  Readonly<Record<AmountName, number>> & {
    readonly gridMinutes: CalendarSettings['gridMinutes'];
    readonly confirmation: CalendarSettings['confirmation'];
    readonly durations: readonly Duration[];
  };

export function rulesOf(settings: CalendarSettings): Rules {
  const {
    takesBookings: _bookings,
    weekly: _weekly,
    exceptions: _exceptions,
    languages: _languages,
    ...rules
  } = settings;
  return rules;
}

/** Only rules that are whole are sent; see `ruleFaults`. */
export function settingsOf(rules: Rules): Partial<CalendarSettings> {
  // safe because a form with an empty field is not saved
  return rules as Partial<CalendarSettings>;
}

const DURATION_MINUTES = [15, 480] as const;

export type RuleFault = 'bounds' | 'min-above-max' | 'order' | 'empty';

/** What is wrong, by the field it stands at; `durations.0` is the first line of those. */
export function ruleFaults(rules: Rules): ReadonlyMap<string, RuleFault> {
  const faults = new Map<string, RuleFault>();
  for (const name of Object.keys(NUMBERS))
    // safe because the names are those of the table
    if (!isWithin(rules[name as NumberName], NUMBERS[name as NumberName]))
      faults.set(name, 'bounds');
  for (const [name, max] of Object.entries(LIMITS)) {
    // safe because the names are those of the table
    const value = rules[name as LimitName];
    if (value !== null && !isWithin(value, [1, max])) faults.set(name, 'bounds');
  }
  const { partySizeMin: min, partySizeMax: max, durations } = rules;
  if (min !== null && max !== null && min > max) faults.set('partySizeMax', 'min-above-max');
  if (durations.length === 0) faults.set('durations', 'empty');
  for (const [at, fault] of durations.map((_, each) => durationFault(durations, each)).entries())
    if (fault !== null) faults.set(`durations.${String(at)}`, fault);
  return faults;
}

function durationFault(durations: readonly Duration[], at: number): RuleFault | null {
  const { partySizeTo, minutes } = durations[at] ?? { partySizeTo: null, minutes: null };
  if (!isWithin(partySizeTo, [1, PARTY_SIZE_MAX]) || !isWithin(minutes, DURATION_MINUTES))
    return 'bounds';
  const before = at === 0 ? 0 : (durations[at - 1]?.partySizeTo ?? 0);
  return (partySizeTo ?? 0) > before ? null : 'order';
}

function isWithin(value: number | null, [min, max]: readonly [number, number]): boolean {
  return value !== null && Number.isInteger(value) && value >= min && value <= max;
}

/** A line that fits in before the last one, which stands for everybody larger. */
export function withDuration(durations: readonly Duration[]): readonly Duration[] {
  const last = durations.at(-1);
  const before = durations.at(-2)?.partySizeTo ?? 0;
  if (last === undefined) return [{ partySizeTo: PARTY_SIZE_MAX, minutes: 120 }];
  return [
    ...durations.slice(0, -1),
    { partySizeTo: before + 2, minutes: last.minutes },
    { ...last, partySizeTo: PARTY_SIZE_MAX },
  ];
}
