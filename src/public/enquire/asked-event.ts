/** What the form of an enquiry asks for, and what is wrong with it. Pure. */
import { AMOUNT_MAX, CURRENCIES, money, type Currency, type Money } from '../../core/money.ts';
import { PARTY_SIZE_MAX } from '../../modules/reservations/index.ts';
import { isDate } from '../book/asked.ts';
import type { Form } from '../form.ts';
import type { EnquiryWords } from '../words/words.ts';

export const EVENT_FIELDS = ['date', 'guests', 'budget', 'packageName'] as const;
export const PACKAGE_LENGTH_MAX = 100;

export type EventField = (typeof EVENT_FIELDS)[number];
export type EventFaults = Readonly<Partial<Record<EventField, string>>>;

export interface EventAsked {
  readonly date: string;
  readonly guests: number;
  readonly budget?: Money;
  readonly packageName?: string;
}

export type EventRead =
  | { readonly kind: 'given'; readonly given: EventAsked }
  | { readonly kind: 'faulty'; readonly faults: EventFaults };

/** Whole units, with the marks that people put between thousands in any of our languages. */
const WHOLE = /^\d{1,3}(?:[ .,'\u00a0\u202f]?\d{3})*$/;

export function eventOf(
  form: Form,
  { words, currency }: { readonly words: EnquiryWords; readonly currency: Currency },
): EventRead {
  const date = form.get('date') ?? '';
  const guests = form.get('guests') ?? '';
  const packageName = form.get('packageName') ?? '';
  const written = form.get('budget') ?? '';
  const budget = written === '' ? null : budgetOf(written, currency);
  const faults: { -readonly [Field in EventField]?: string } = {};
  if (!isDate(date)) faults.date = words.needDate;
  if (!/^[1-9]\d{0,3}$/.test(guests) || Number(guests) > PARTY_SIZE_MAX)
    faults.guests = words.needGuests;
  if (budget === 'none') faults.budget = words.badBudget;
  if (packageName.length > PACKAGE_LENGTH_MAX) faults.packageName = words.tooLong;
  if (Object.keys(faults).length > 0) return { kind: 'faulty', faults };
  const given = {
    date,
    guests: Number(guests),
    ...(budget === null || budget === 'none' ? {} : { budget }),
    ...(packageName === '' ? {} : { packageName }),
  };
  return { kind: 'given', given };
}

function budgetOf(written: string, currency: Currency): Money | 'none' {
  if (!WHOLE.test(written)) return 'none';
  const amount = Number(written.replaceAll(/\D/g, '')) * 10 ** CURRENCIES[currency];
  return amount > 0 && amount <= AMOUNT_MAX ? money(amount, currency) : 'none';
}
