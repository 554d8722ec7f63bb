/** A postal address as it is typed: one field for the lines. Pure. */
import type { Address } from './location-types.ts';

export interface AddressDraft {
  /** One line of the address a line. */
  readonly lines: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

/** As the server takes it. */
const LINES_MAX = 4;
const LINE_LENGTH_MAX = 100;

export function draftOf(address: Address | null, country: string): AddressDraft {
  return {
    lines: (address?.lines ?? []).join('\n'),
    postalCode: address?.postalCode ?? '',
    city: address?.city ?? '',
    country: address?.country ?? country,
  };
}

/** Null where nothing but the country is filled in. */
export function addressOf(draft: AddressDraft): Address | null {
  const lines = linesOf(draft);
  const [city, postalCode] = [draft.city.trim(), draft.postalCode.trim()];
  if (lines.length === 0 && city === '' && postalCode === '') return null;
  return { lines, ...(postalCode === '' ? {} : { postalCode }), city, country: draft.country };
}

/** What an address needs before it can be saved; null when it has it, or is none. */
export function addressFault(draft: AddressDraft): 'lines' | 'long' | 'city' | 'country' | null {
  const address = addressOf(draft);
  if (address === null) return null;
  if (address.lines.length === 0 || address.lines.length > LINES_MAX) return 'lines';
  if (address.lines.some((line) => line.length > LINE_LENGTH_MAX)) return 'long';
  if (address.city === '') return 'city';
  return address.country === '' ? 'country' : null;
}

function linesOf({ lines }: AddressDraft): readonly string[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
