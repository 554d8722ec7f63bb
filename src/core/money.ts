/**
 * Money as integer minor units and a currency, and the few rules by which amounts are divided: whatever is split adds
 * up to what it was, to the last minor unit. Pure; sums stay exact because amounts are bounded well below 2^53.
 */
import { Type, type Static } from 'typebox';

/**
 * Digits after the decimal separator: those of ISO 4217, but none for forint and Colombian peso, whose smaller coins are
 * gone (CLDR has them so too).
 */
export const CURRENCIES = {
  EUR: 2,
  PLN: 2,
  BRL: 2,
  USD: 2,
  GBP: 2,
  CHF: 2,
  NOK: 2,
  SEK: 2,
  DKK: 2,
  CZK: 2,
  HUF: 0,
  RON: 2,
  CAD: 2,
  MXN: 2,
  ARS: 2,
  CLP: 0,
  COP: 0,
  JPY: 0,
  AUD: 2,
  NZD: 2,
  ZAR: 2,
} as const;
export type Currency = keyof typeof CURRENCIES;

/** A hundred million in a currency with cents: more is a typing mistake, and sums of millions of these stay exact. */
export const AMOUNT_MAX = 10_000_000_000;

export const currencySchema = Type.Union(
  [
    Type.Literal('EUR'),
    Type.Literal('PLN'),
    Type.Literal('BRL'),
    Type.Literal('USD'),
    Type.Literal('GBP'),
    Type.Literal('CHF'),
    Type.Literal('NOK'),
    Type.Literal('SEK'),
    Type.Literal('DKK'),
    Type.Literal('CZK'),
    Type.Literal('HUF'),
    Type.Literal('RON'),
    Type.Literal('CAD'),
    Type.Literal('MXN'),
    Type.Literal('ARS'),
    Type.Literal('CLP'),
    Type.Literal('COP'),
    Type.Literal('JPY'),
    Type.Literal('AUD'),
    Type.Literal('NZD'),
    Type.Literal('ZAR'),
  ],
  { title: 'Currency' },
);
/** Marks a whole number as minor units of a currency that stands elsewhere, so that forms and lists show money. */
export const MINOR_UNITS = { title: 'Minor units' } as const;
/** An amount in minor units that may be negative. */
export const amountSchema = Type.Integer({
  minimum: -AMOUNT_MAX,
  maximum: AMOUNT_MAX,
  ...MINOR_UNITS,
});
/** Not negative. */
export const priceSchema = Type.Integer({ minimum: 0, maximum: AMOUNT_MAX, ...MINOR_UNITS });

export const MONEY_TITLE = 'Money';
export const moneySchema = Type.Object(
  { amount: amountSchema, currency: currencySchema },
  { additionalProperties: false, title: MONEY_TITLE },
);
export type Money = Static<typeof moneySchema>;

export function money(amount: number, currency: Currency): Money {
  return { amount, currency };
}

/** `12.50 EUR`: for logs, receipts in plain text and messages of refusals; screens use Intl. */
export function moneyText({ amount, currency }: Money): string {
  const digits = CURRENCIES[currency];
  const sign = amount < 0 ? '-' : '';
  const minor = String(Math.abs(amount)).padStart(digits + 1, '0');
  if (digits === 0) return `${sign}${minor} ${currency}`;
  return `${sign}${minor.slice(0, -digits)}.${minor.slice(-digits)} ${currency}`;
}

/** `numerator / denominator` (positive) to the nearest integer, halves to the even one (IEEE 754 roundTiesToEven). */
export function divideHalfEven(numerator: bigint, denominator: bigint): number {
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  const whole = size / denominator;
  const twice = (size % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && whole % 2n === 1n);
  const rounded = Number(up ? whole + 1n : whole);
  return negative && rounded !== 0 ? -rounded : rounded;
}

/**
 * Divides a whole amount in proportion to weights (integers, not negative) by the largest remainder: the parts add up to
 * `total` exactly, a weight of zero gets nothing unless all weights are zero (then the first part gets everything), and
 * equal remainders go to the earlier part. The sign of `total` may be negative. No parts for no weights.
 */
export function allocate(total: number, weights: readonly number[]): readonly number[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((before, weight) => before + BigInt(weight), 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0));
  const negative = total < 0;
  const size = BigInt(Math.abs(total));
  const shares = weights.map((weight, index) => {
    const product = size * BigInt(weight);
    return { index, whole: product / sum, rest: product % sum };
  });
  let left = size - shares.reduce((before, { whole }) => before + whole, 0n);
  const parts = shares.map(({ whole }) => whole);
  const byRest = [...shares].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  );
  for (const { index } of byRest) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map((part) => (negative && part !== 0n ? -Number(part) : Number(part)));
}

/**
 * Spreads a discount over amounts in proportion to them, never more than an amount: the sum of the parts is `discount`,
 * or all of the amounts when that is less.
 */
export function spreadDiscount(discount: number, amounts: readonly number[]): readonly number[] {
  const whole = amounts.reduce((sum, amount) => sum + amount, 0);
  return allocate(Math.min(discount, whole), amounts);
}
