/** Tax of single lines and its sums by rate. Rounded per line, half to even; whatever is split adds up again. Pure. */
import { Type, type Static } from 'typebox';
import { allocate, divideHalfEven } from './money.ts';

/** Rates are integers in hundred-thousandths: 23 % is 23000, 8.875 % is 8875. */
export const RATE_UNIT = 100_000;

export const taxModeSchema = Type.Union([Type.Literal('inclusive'), Type.Literal('exclusive')]);
/** Whether prices contain the tax. */
export type TaxMode = Static<typeof taxModeSchema>;

/** How a sale is served, as tax law distinguishes it. */
export const serviceChannelSchema = Type.Union([
  Type.Literal('eat-in'),
  Type.Literal('take-away'),
  Type.Literal('delivery'),
]);
export type ServiceChannel = Static<typeof serviceChannelSchema>;

export const taxRateSchema = Type.Object(
  {
    /** Class of products that it applies to, such as `food`, `alcohol`, `standard`. */
    taxClass: Type.String({ minLength: 1, maxLength: 40 }),
    /** Null for every channel that no other rate of the class names. */
    channel: Type.Union([serviceChannelSchema, Type.Null()]),
    /** As on the receipt: `A`, `VAT 8 %`. */
    label: Type.String({ minLength: 1, maxLength: 40 }),
    rate: Type.Integer({ minimum: 0, maximum: RATE_UNIT }),
  },
  { additionalProperties: false },
);
export type TaxRate = Static<typeof taxRateSchema>;

export const taxRegimeSchema = Type.Object(
  { mode: taxModeSchema, rates: Type.Array(taxRateSchema, { minItems: 1, maxItems: 100 }) },
  { additionalProperties: false },
);
export type TaxRegime = Static<typeof taxRegimeSchema>;

/** The rate of a class in a channel: one that names the channel wins; undefined when there is none. */
export function taxRateOf(
  regime: TaxRegime,
  taxClass: string,
  channel: ServiceChannel,
): TaxRate | undefined {
  const ofClass = regime.rates.filter((rate) => rate.taxClass === taxClass);
  return (
    ofClass.find((rate) => rate.channel === channel) ??
    ofClass.find((rate) => rate.channel === null)
  );
}

/** `gross = net + tax`, all in minor units. */
export interface Taxed {
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

/** Tax of one line whose amount, after discounts, is in the mode of the regime. */
export function taxOfAmount(amount: number, rate: number, mode: TaxMode): Taxed {
  if (mode === 'inclusive') {
    const tax = taxIn({ amount, rate, unit: RATE_UNIT + rate });
    return { net: amount - tax, tax, gross: amount };
  }
  const tax = taxIn({ amount, rate, unit: RATE_UNIT });
  return { net: amount, tax, gross: amount + tax };
}

interface TaxedPart {
  readonly amount: number;
  readonly rate: number;
  readonly unit: number;
}

/**
 * `amount * rate / unit`, halves to the even one. With numbers where the product and twice the remainder are exact, which is
 * below 90 billion minor units: big integers made 160 bytes for each line, and a sale taxes each line six times.
 */
function taxIn({ amount, rate, unit }: TaxedPart): number {
  const product = amount * rate;
  if (!Number.isSafeInteger(product))
    return divideHalfEven(BigInt(amount) * BigInt(rate), BigInt(unit));
  const size = Math.abs(product);
  const rest = size % unit;
  const whole = (size - rest) / unit;
  const isUp = rest * 2 > unit || (rest * 2 === unit && whole % 2 === 1);
  const rounded = isUp ? whole + 1 : whole;
  return product < 0 && rounded !== 0 ? -rounded : rounded;
}

/**
 * Divides what was taxed once by weights, without taxing again: gross and tax are each divided by largest remainder, so
 * the parts add up to the whole in total and in tax.
 */
export function splitTaxed(whole: Taxed, weights: readonly number[]): readonly Taxed[] {
  const gross = allocate(whole.gross, weights);
  const tax = allocate(whole.tax, weights);
  return gross.map((part, index) => {
    const itsTax = tax[index] ?? 0;
    return { net: part - itsTax, tax: itsTax, gross: part };
  });
}

export const taxTotalSchema = Type.Object({
  label: Type.String(),
  rate: Type.Integer(),
  net: Type.Integer(),
  tax: Type.Integer(),
  gross: Type.Integer(),
});
/** Sum of the lines of one label and rate. */
export type TaxTotal = Static<typeof taxTotalSchema>;

export interface TaxedLine extends Taxed {
  readonly label: string;
  readonly rate: number;
}

/** Sums by label and rate, highest rate first. */
export function taxTotals(lines: Iterable<TaxedLine>): readonly TaxTotal[] {
  // A handful of rates at most: looking through them costs less than a key for each line.
  const totals: { -readonly [Name in keyof TaxTotal]: TaxTotal[Name] }[] = [];
  for (const { label, rate, net, tax, gross } of lines) {
    const total = totals.find((each) => each.rate === rate && each.label === label);
    if (total === undefined) totals.push({ label, rate, net, tax, gross });
    else {
      total.net += net;
      total.tax += tax;
      total.gross += gross;
    }
  }
  return totals.sort((a, b) => b.rate - a.rate || (a.label < b.label ? -1 : 1));
}
