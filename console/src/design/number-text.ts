/** Numbers and amounts as people type them: with a comma or a point, with spaces between thousands. */
import { minorDigitsOf } from '../words/format.ts';

/** The number that a text says; null when it is empty, undefined when it is none. */
export function numberOf(text: string): number | null | undefined {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '');
  if (plain === '') return null;
  // A mark that is followed by one or two last digits, or stands alone, is the decimal one.
  const decimal = /[.,](?=\d*$)/.exec(plain)?.index ?? -1;
  const marks = plain.match(/[.,]/g)?.length ?? 0;
  const whole = (decimal < 0 ? plain : plain.slice(0, decimal)).replaceAll(/[.,]/g, '');
  const rest = decimal < 0 ? '' : plain.slice(decimal + 1);
  const isGrouped = marks > 1 && rest.length === 3 && new Set(plain.match(/[.,]/g)).size === 1;
  const written = isGrouped ? `${whole}${rest}` : rest === '' ? whole : `${whole}.${rest}`;
  return /^-?\d*(?:\.\d+)?$/.test(written) && /\d/.test(written) ? Number(written) : undefined;
}

/** Minor units that a text says in a currency; null when empty, undefined when it says no amount. */
export function minorUnitsOf(text: string, currency: string): number | null | undefined {
  const value = numberOf(text);
  if (value === null || value === undefined) return value;
  const digits = minorDigitsOf(currency);
  const minor = Math.round(value * 10 ** digits);
  // More digits than the currency has are a slip of the hand, not half a cent.
  const isExact = Math.abs(minor / 10 ** digits - value) < 10 ** -(digits + 3);
  return isExact && Number.isSafeInteger(minor) ? minor : undefined;
}

export function amountText(amount: number, currency: string): string {
  const digits = minorDigitsOf(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
