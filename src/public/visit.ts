/** One look at one page: whose it is, in which language, and how its links are written. */
import type { Call } from '../http/route.ts';
import type { Reader } from './formats.ts';
import type { House } from './house.ts';
import { LANGUAGES, type Language } from './language.ts';
import { WORDS } from './words/index.ts';
import type { Words } from './words/words.ts';

export interface Visit {
  readonly house: House;
  readonly slug: string;
  readonly language: Language;
  readonly words: Words;
  /** For dates and times on the clock of the house. */
  readonly reader: Reader;
  readonly call: Call;
  /** Address of a page of the house: `book`, or `booking/TOKEN/cancel`. Keeps the chosen language and place. */
  address(page: string, query?: Query): string;
  /** This page in each language. */
  readonly inLanguages: readonly { readonly language: Language; readonly address: string }[];
}

export type Query = Readonly<Record<string, string | number | undefined>>;

export function createVisit(of: {
  readonly house: House;
  readonly slug: string;
  readonly language: Language;
  readonly call: Call;
  /** The page itself, without the slug. */
  readonly page: string;
}): Visit {
  const { house, slug, language, call, page } = of;
  const kept: Query = {
    at: call.query.get('at'),
    lang: call.query.has('lang') ? language : undefined,
  };
  const address = (name: string, query: Query = {}): string =>
    addressOf(`/public/${encodeURIComponent(slug)}/${name}`, { ...query, ...kept });
  const here = Object.fromEntries(call.query);
  return {
    house,
    slug,
    language,
    words: WORDS[language],
    reader: { language, timeZone: house.location.timeZone },
    call,
    address,
    inLanguages: LANGUAGES.map((each) => ({
      language: each,
      address: addressOf(`/public/${encodeURIComponent(slug)}/${page}`, { ...here, lang: each }),
    })),
  };
}

function addressOf(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value));
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}
