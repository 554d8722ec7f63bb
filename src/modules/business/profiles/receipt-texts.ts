/** What stands on every receipt, whatever the business would like: that it is no fiscal document. */
import type { ProfileState } from './state.ts';

/**
 * Comptoir registers nothing with a tax authority. Where the law asks for a fiscal printer or an authorised electronic
 * receipt, a FiscalDevice makes that document (src/core/fiscal-device.ts), and this one stays what it says it is.
 */
const NOT_FISCAL: Readonly<Record<string, string>> = {
  de: 'Kein Steuerbeleg',
  en: 'Not a fiscal document',
  es: 'Documento no fiscal',
  fr: 'Document non fiscal',
  it: 'Documento non fiscale',
  pl: 'Dokument niefiskalny',
  pt: 'Documento não fiscal',
};
const LANGUAGE_DEFAULT = 'en';

export interface ReceiptFrame {
  readonly header: readonly string[];
  /** The last line is always the one that says it is no fiscal document. */
  readonly footer: readonly string[];
}

/** "Not a fiscal document" in the language (BCP 47), in English where there is no translation. */
export function notFiscalText(language: string): string {
  const [main = LANGUAGE_DEFAULT] = language.toLowerCase().split('-');
  return NOT_FISCAL[main] ?? 'Not a fiscal document';
}

/** What a receipt says above and below the lines of an order: names, tax number, address and the texts of the business. */
export function receiptFrame(profile: ProfileState, language: string): ReceiptFrame {
  const mandatory = notFiscalText(language);
  if (profile.status === 'unknown') return { header: [], footer: [mandatory] };
  const { legalName, tradeName, taxId, address, receipt } = profile;
  const place = address === null ? [] : [...address.lines, cityLine(address)];
  const names =
    tradeName === null || tradeName === legalName ? [legalName] : [tradeName, legalName];
  return {
    header: [...names, ...place, ...(taxId === null ? [] : [taxId]), ...receipt.header],
    footer: [...receipt.footer, mandatory],
  };
}

function cityLine({ postalCode, city }: { postalCode?: string; city: string }): string {
  return postalCode === undefined ? city : `${postalCode} ${city}`;
}
