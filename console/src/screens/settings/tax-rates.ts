/** Tax rates as they are typed, and since when each has held. Pure. */
import type { TaxRate, Taxes } from './location-types.ts';

/** Rates are thousandths of a per cent; people write per cent. */
const RATE_PER_PERCENT = 1000;
const RATE_MAX = 100 * RATE_PER_PERCENT;

export function percentOf(rate: number): number {
  return rate / RATE_PER_PERCENT;
}

export function rateOf(percent: number): number {
  return Math.round(percent * RATE_PER_PERCENT);
}

/** A rate while it is typed. */
export interface TypedRate extends Omit<TaxRate, 'rate'> {
  readonly rate: number | null;
}

export interface TypedTaxes {
  readonly mode: Taxes['mode'];
  readonly rates: readonly TypedRate[];
}

export type RateFault = 'class' | 'label' | 'rate' | 'twice';

/** What is wrong with each rate, in their order; null for nothing. */
export function rateFaults(rates: readonly TypedRate[]): readonly (RateFault | null)[] {
  return rates.map((rate, at) => {
    if (rate.taxClass.trim() === '') return 'class';
    if (rate.label.trim() === '') return 'label';
    if (rate.rate === null || rate.rate < 0 || rate.rate > RATE_MAX) return 'rate';
    return rates.findIndex((each) => keyOf(each) === keyOf(rate)) < at ? 'twice' : null;
  });
}

export function taxesOf({ mode, rates }: TypedTaxes): Taxes {
  return {
    mode,
    rates: rates.map((rate) => ({
      ...rate,
      taxClass: rate.taxClass.trim(),
      label: rate.label.trim(),
      rate: rate.rate ?? 0,
    })),
  };
}

/** What the rates were from a moment (RFC 3339) on. */
export interface TaxStep {
  readonly at: string;
  readonly taxes: Taxes;
}

/** Since when each rate has been what it is now, by `keyOf`. Steps are given oldest first. */
export function sinceOf(steps: readonly TaxStep[]): ReadonlyMap<string, string> {
  let held = new Map<string, { readonly rate: number; readonly at: string }>();
  for (const { at, taxes } of steps)
    held = new Map(
      taxes.rates.map((rate) => {
        const before = held.get(keyOf(rate));
        const since = before?.rate === rate.rate ? before.at : at;
        return [keyOf(rate), { rate: rate.rate, at: since }];
      }),
    );
  return new Map([...held].map(([key, { at }]) => [key, at]));
}

/** What a rate is of: its class and channel. */
export function keyOf({ taxClass, channel }: Pick<TaxRate, 'taxClass' | 'channel'>): string {
  return `${taxClass.trim()}/${channel ?? ''}`;
}
