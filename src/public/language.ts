/** Which of the three languages a visitor reads. Pure. */

export const LANGUAGES = ['en', 'pl', 'pt-BR'] as const;
export type Language = (typeof LANGUAGES)[number];

/** More ranges than anybody has; the rest of a longer header is not looked at. */
const RANGES_MAX = 20;

/** What is asked for by the switch, else by the browser (RFC 9110, section 12.5.4), else by the house. */
export function languageOf(asked: {
  readonly chosen: string | undefined;
  readonly accepted: string | undefined;
  readonly house: readonly string[];
}): Language {
  const wanted = [asked.chosen ?? '', ...rangesOf(asked.accepted ?? ''), ...asked.house];
  for (const tag of wanted) {
    const found = known(tag);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** The tags of the header, the most wanted first; those that are not wanted at all left out. */
function rangesOf(header: string): readonly string[] {
  return header
    .split(',', RANGES_MAX)
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((each) => /^\s*q=([\d.]{1,5})\s*$/.exec(each)?.[1]);
      return { tag, index, quality: Number(quality.find((each) => each !== undefined) ?? 1) };
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index)
    .map(({ tag }) => tag);
}

/** By the language alone: whoever reads Portuguese of Portugal reads that of Brazil rather than English. */
function known(tag: string): Language | undefined {
  const base = tag.toLowerCase().split('-')[0] ?? '';
  return LANGUAGES.find((language) => language.toLowerCase().split('-')[0] === base);
}
