/** What the server refused, in the reader's language, with its values where these screens have words for them. */
import { say, type Language } from '../../words/define-words.ts';
import { formatMoney, type Money } from '../../words/format.ts';
import { words } from './words-failures.ts';

export interface Refused {
  readonly code: string;
  readonly detail: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

type Code = keyof typeof words.en;

/** `said` is what is said of the code everywhere; without it, what the server says. */
export function failureWords(
  { code, detail, details = {} }: Refused,
  language: Language,
  said?: string,
): string {
  if (!isKnown(code)) return said ?? (detail === '' ? code : detail);
  return say(words, language, { key: code, values: valuesOf(details, language) });
}

function isKnown(code: string): code is Code {
  return Object.hasOwn(words.en, code);
}

/** Amounts as money, texts and numbers as they are; what else a refusal tells is not for a sentence. */
function valuesOf(
  details: Readonly<Record<string, unknown>>,
  language: Language,
): Readonly<Record<string, string | number>> {
  const values = Object.entries(details).map(([name, value]): [string, string | number] => {
    if (isMoney(value)) return [name, formatMoney(value, language)];
    return [name, typeof value === 'number' ? value : typeof value === 'string' ? value : '…'];
  });
  return {
    product: '',
    current: '…',
    remaining: '…',
    largest: '…',
    refundable: '…',
    paid: '…',
    ...Object.fromEntries(values),
  };
}

function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null) return false;
  if (!('amount' in value) || typeof value.amount !== 'number') return false;
  return 'currency' in value && typeof value.currency === 'string';
}
