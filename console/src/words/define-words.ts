/**
 * Words of a screen in the languages of the console. A key that one language lacks is a type error.
 *
 * One word for one thing, on every screen (English: Polish, Brazilian Portuguese):
 *
 *     guest: gość, cliente                     order: zamówienie, pedido        bill: rachunek, conta
 *     line: pozycja, item                      receipt: paragon, recibo         course: danie, etapa
 *     menu: menu (never karta), cardápio       section: dział, seção            size: rozmiar, tamanho
 *     modifiers: dodatki, adicionais           sold out: wyprzedane, esgotado   recipe: przepis, receita
 *     station: stanowisko, estação             ticket: bon, comanda             void: anulować, anular
 *     area: sala, área                         table: stolik, mesa              location: lokal, local
 *     till: kasa, caixa                        float: pogotowie, fundo de troco Z report: raport Z, relatório Z
 *     held reservation: wstępna, retida        deposit: zadatek, sinal          waiting list: lista oczekujących, lista de espera
 *     member: uczestnik, membro                tier: poziom, nível              tag: oznaczenie, etiqueta
 *     lead: lead, lead                         template: szablon, modelo        sender: nadawca, remetente
 *     take away: na wynos, para viagem         picture: zdjęcie, foto           link: link, link
 *     add: dodaj, adicionar                    change: zmień, alterar           status: stan, situação
 *     settings: ustawienia, configurações      approval: zgoda, aprovação       note: notatka, observação
 *
 * The reader is addressed as ty (lower case) and você. Units stand after a no-break space, a percent sign after none.
 */

export const LANGUAGES = ['en', 'pl', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Forms by the categories of Intl.PluralRules; `other` stands in for those a language does not tell apart. */
export interface Plural {
  readonly one?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export type Entry = string | Plural;
export type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, Entry>>>>;

/**
 * `{name}` in a text is filled in; an entry with plural forms is chosen by the value `count`, which is written as the
 * reader writes numbers when it is one.
 */
export function defineWords<const Key extends string>(words: {
  readonly en: Readonly<Record<Key, Entry>>;
  readonly pl: Readonly<Record<NoInfer<Key>, Entry>>;
  readonly pt: Readonly<Record<NoInfer<Key>, Entry>>;
}): Words<Key> {
  return words;
}

export type Values = Readonly<Record<string, string | number>>;

export function say<Key extends string>(
  words: Words<Key>,
  language: Language,
  message: { readonly key: Key; readonly values?: Values },
): string {
  const { key, values = {} } = message;
  const entry = words[language][key];
  const text = typeof entry === 'string' ? entry : formOf(entry, language, values['count']);
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    return name === 'count' && typeof value === 'number'
      ? numbersOf(language).format(value)
      : String(value);
  });
}

function formOf(entry: Plural, language: Language, count: unknown): string {
  const category = rulesOf(language).select(typeof count === 'number' ? count : Number(count));
  const form = category === 'one' || category === 'few' || category === 'many' ? category : 'other';
  return entry[form] ?? entry.other;
}

const plurals = new Map<Language, Intl.PluralRules>();

/** Kept, since making one costs as much as the whole of a table's row. */
function rulesOf(language: Language): Intl.PluralRules {
  const known = plurals.get(language);
  if (known !== undefined) return known;
  const rules = new Intl.PluralRules(LOCALES[language]);
  plurals.set(language, rules);
  return rules;
}

const numbers = new Map<Language, Intl.NumberFormat>();

function numbersOf(language: Language): Intl.NumberFormat {
  const known = numbers.get(language);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(LOCALES[language]);
  numbers.set(language, format);
  return format;
}

/** The locale that numbers and moments are written in. */
export const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  pl: 'pl-PL',
  pt: 'pt-BR',
};
