/** What the palette offers for a text. Pure. */

export interface PaletteItem {
  readonly id: string;
  readonly title: string;
  /** Heading it stands under. */
  readonly group: string;
  /** Address, or what it does. */
  readonly to: string | (() => void);
  /** Further words it is found by. */
  readonly also?: string;
}

const SHOWN_MAX = 12;

/** Lower case without accents: "zamowienia" finds "Zamówienia". */
export function plainText(text: string): string {
  // The stroke of ł is no accent to Unicode.
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l');
}

/** How well an item fits: 0 not at all; a title that begins so is best, then a word, then letters in order. */
export function fitOf(item: Pick<PaletteItem, 'title' | 'also'>, typed: string): number {
  const wanted = plainText(typed.trim());
  if (wanted === '') return 1;
  const title = plainText(item.title);
  if (title.startsWith(wanted)) return 4;
  const all = `${title} ${plainText(item.also ?? '')}`;
  if (all.split(/[\s/:.-]+/).some((word) => word.startsWith(wanted))) return 3;
  if (all.includes(wanted)) return 2;
  let at = 0;
  for (const letter of title) if (letter === wanted[at]) at += 1;
  return at === wanted.length ? 1 : 0;
}

export function itemsFor(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  return items
    .map((item) => ({ item, fit: fitOf(item, typed) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit)
    .slice(0, SHOWN_MAX)
    .map(({ item }) => item);
}

/** A UUID, a ULID or a dotted id: something to look up rather than to search for. */
export function looksLikeId(typed: string): boolean {
  const text = typed.trim();
  return /^[\w.:~-]{8,128}$/.test(text) && /\d/.test(text);
}

/** `orders/0198...` names a stream: category and id. */
export function streamOf(typed: string): { readonly category: string; readonly id: string } | null {
  const match = /^([a-z][a-z0-9.-]*)[/:]([\w.~-]{1,128})$/.exec(typed.trim());
  return match?.[1] === undefined || match[2] === undefined
    ? null
    : { category: match[1], id: match[2] };
}
