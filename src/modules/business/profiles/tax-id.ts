/** Tax numbers of businesses whose check digits are public rules; numbers of other countries are taken as they are. */

/** As it is compared and stored: without blanks, dots, dashes and slashes, in capitals. */
export function plainTaxId(text: string): string {
  return text.replaceAll(/[\s./-]/g, '').toUpperCase();
}

/** Whether a plain number can be one of the country: NIP in Poland, CNPJ in Brazil; true elsewhere. */
export function isTaxId(country: string, plain: string): boolean {
  if (country === 'PL') return isNip(plain.replace(/^PL/, ''));
  if (country === 'BR') return isCnpj(plain);
  return true;
}

const NIP_WEIGHTS = [6, 5, 7, 2, 3, 4, 5, 6, 7];

/** Source: ustawa z 13.10.1995 o zasadach ewidencji i identyfikacji podatników; a rest of 10 is never given out. */
function isNip(plain: string): boolean {
  return /^[0-9]{10}$/.test(plain) && weighted(plain, NIP_WEIGHTS) % 11 === Number(plain[9]);
}

const CNPJ_WEIGHTS = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];

/**
 * Twelve digits or letters and two check digits; a character counts as its ASCII code less 48. Source: Instrução
 * Normativa RFB 2.229/2024 (letters from July 2026; numbers of digits alone keep the older rule, which is the same).
 */
function isCnpj(plain: string): boolean {
  if (!/^[0-9A-Z]{12}[0-9]{2}$/.test(plain) || /^0+$/.test(plain)) return false;
  const digit = (length: number): number => {
    const rest = weighted(plain, CNPJ_WEIGHTS.slice(13 - length)) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  return digit(12) === Number(plain[12]) && digit(13) === Number(plain[13]);
}

function weighted(plain: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (plain.charCodeAt(at) - 48), 0);
}
