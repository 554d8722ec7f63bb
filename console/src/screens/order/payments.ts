/** What a guest hands over: change, tips and the sums that are quickest to tap. Amounts are minor units. */

export interface Handed {
  readonly kind: 'cash' | 'card' | 'other';
  /** What the guest gave, tip and change included. */
  readonly amount: number;
  readonly tip: number;
}

/** What comes back to the guest; below zero when something is still owed. Only cash gives change. */
export function changeOf({ kind, amount, tip }: Handed, due: number): number {
  const rest = amount - tip - due;
  return kind === 'cash' ? rest : Math.min(0, rest);
}

/** Why it cannot be taken; null when it can. */
export function paymentFault(
  { kind, amount, tip }: Handed,
  due: number,
): 'empty' | 'tip-above' | 'above-due' | null {
  if (amount <= 0) return 'empty';
  if (tip > amount) return 'tip-above';
  if (kind !== 'cash' && amount - tip > due) return 'above-due';
  return null;
}

/** Notes and coins of the currencies of this product, in minor units, the largest first. */
const NOTES: Readonly<Record<string, readonly number[]>> = {
  EUR: [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  PLN: [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  BRL: [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5],
  USD: [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1],
  GBP: [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  CHF: [100_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5],
  NOK: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 100],
  SEK: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100],
  DKK: [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50],
  CZK: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100],
  HUF: [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5],
  RON: [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1],
  CAD: [10_000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5],
  MXN: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50],
  ARS: [2_000_000, 1_000_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000],
  CLP: [20_000, 10_000, 5000, 2000, 1000, 500, 100, 50, 10],
  COP: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50],
  JPY: [10_000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1],
  AUD: [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5],
  NZD: [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10],
  ZAR: [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10],
};

/** The smallest note, where it is not worth 500 minor units. */
const SMALLEST_NOTE: Readonly<Record<string, number>> = {
  CHF: 1000,
  NOK: 5000,
  SEK: 2000,
  DKK: 5000,
  CZK: 10_000,
  MXN: 2000,
  ARS: 100_000,
  CLP: 1000,
  COP: 2000,
  JPY: 1000,
  ZAR: 1000,
};
const SMALLEST_NOTE_USUAL = 500;
/** Nobody pays a coffee with a note of more than forty times the smallest. */
const LARGEST_OF_SMALLEST = 40;

export function denominations(currency: string): readonly number[] {
  return NOTES[currency] ?? [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
}

/** Sums that guests are likely to hand over: exactly, and the next whole ones above. */
export function likelySums(due: number, currency: string): readonly number[] {
  if (due <= 0) return [];
  const smallest = SMALLEST_NOTE[currency] ?? SMALLEST_NOTE_USUAL;
  const paper = denominations(currency).filter(
    (each) => each >= smallest && each <= smallest * LARGEST_OF_SMALLEST,
  );
  const above = paper.map((note) => Math.ceil(due / note) * note);
  const sums = [...new Set([due, ...above])].filter((sum) => sum >= due);
  return sums.toSorted((a, b) => a - b).slice(0, 5);
}

/** A tip of so many per cent, in whole minor units. */
export function tipOf(due: number, percent: number): number {
  return Math.round((due * percent) / 100);
}

/** With another tip: what was handed over grows with it, unless cash above both lies there already. */
export function withTip(
  handed: Handed,
  { tip, due }: { readonly tip: number; readonly due: number },
): Handed {
  const isEnough = handed.kind === 'cash' && handed.amount > due + tip;
  return { ...handed, tip, amount: isEnough ? handed.amount : due + tip };
}

/** What each guest owes when a bill is split evenly: no two differ by more than one minor unit. */
export function evenParts(due: number, guests: number): readonly number[] {
  const least = Math.floor(due / guests);
  const more = due - least * guests;
  return Array.from({ length: guests }, (_, at) => (at < more ? least + 1 : least));
}
