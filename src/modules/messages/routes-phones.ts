/** What a phone number says by itself: whether it can be one, and in which countries. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Whether the length is one that numbers of its country have. */
export function isPossiblePhone(phone: string): boolean {
  return parsePhoneNumberFromString(phone)?.isPossible() === true;
}

/** Countries of ISO 3166 that a number in E.164 may belong to; none for what is no number. */
export function countriesOfPhone(phone: string): readonly string[] {
  const parsed = parsePhoneNumberFromString(phone);
  if (parsed === undefined) return [];
  return parsed.country === undefined ? parsed.getPossibleCountries() : [parsed.country];
}
