/** Countries and languages for choice fields, called as the reader calls them. Pure. */
import { LOCALES, type Language } from '../../words/define-words.ts';

/** ISO 3166-1 alpha-2, two letters each. */
const REGIONS =
  'ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCY' +
  'CZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISIT' +
  'JEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNI' +
  'NLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTK' +
  'TLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW';

/** BCP 47, as a location takes them. */
const TONGUES =
  'ar bg ca cs da de el en es et eu fi fr ga gl he hr hu is it ja ko lt lv mt nl nb pl pt pt-BR ro ru sk sl sq sr sv tr uk vi zh';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export function countries(language: Language): readonly Choice[] {
  const names = new Intl.DisplayNames(LOCALES[language], { type: 'region' });
  return inOrder(REGIONS.match(/../g) ?? [], language, (code) => names.of(code));
}

export function tongues(language: Language): readonly Choice[] {
  return inOrder(TONGUES.split(' '), language, (code) => tongueName(code, language));
}

export function tongueName(code: string, language: Language): string {
  return new Intl.DisplayNames(LOCALES[language], { type: 'language' }).of(code) ?? code;
}

function inOrder(
  codes: readonly string[],
  language: Language,
  nameOf: (code: string) => string | undefined,
): readonly Choice[] {
  const order = new Intl.Collator(LOCALES[language]);
  return codes
    .map((value) => ({ value, label: nameOf(value) ?? value }))
    .toSorted((a, b) => order.compare(a.label, b.label));
}
