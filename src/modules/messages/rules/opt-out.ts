/**
 * Words by which somebody says that they do not want to be written to. Only a message that is nothing but the word counts:
 * "please do not stop" is none. Case, accents, surrounding punctuation and spaces are ignored. Pure.
 */

/** By language; English ones count everywhere, since phones and operators teach them. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'OPT OUT', 'OPTOUT'],
  pl: ['STOP', 'WYPISZ', 'WYPISZ MNIE', 'REZYGNUJĘ', 'REZYGNACJA'],
  pt: ['SAIR', 'PARAR', 'PARE', 'CANCELAR', 'DESCADASTRAR', 'STOP'],
};

/** Longer messages are no word; it bounds what is folded. */
const LENGTH_MAX = 40;

const FOLDED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(WORDS).map(([language, words]) => [language, new Set(words.map(folded))]),
);

/** Polish l with stroke has no decomposition, so it is folded by hand. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll(/^[\p{P}\p{S}\p{Z}\s]+|[\p{P}\p{S}\p{Z}\s]+$/gu, '')
    .replaceAll(/\s+/g, ' ');
}

/**
 * The language whose word the message is, that of the person first; null when it is none. Words of every language count
 * whatever the person speaks: a Brazilian guest of a Polish house writes SAIR.
 */
export function optOutLanguage(text: string, language: string): string | null {
  if (text.length > LENGTH_MAX) return null;
  const word = folded(text);
  const own = language.slice(0, 2).toLowerCase();
  const order = [own, ...FOLDED.keys()];
  return order.find((each) => FOLDED.get(each)?.has(word) === true) ?? null;
}

export function isOptOut(text: string, language: string): boolean {
  return optOutLanguage(text, language) !== null;
}

/** The one answer to an opt-out. */
const CONFIRMATIONS: Readonly<Record<string, string>> = {
  en: 'You will not get any more messages from us.',
  pl: 'Nie będziemy już do Ciebie pisać.',
  pt: 'Você não receberá mais mensagens nossas.',
};

export function optOutConfirmation(language: string): string {
  return CONFIRMATIONS[language.slice(0, 2).toLowerCase()] ?? CONFIRMATIONS['en'] ?? '';
}
