/** First letters of a name, for where there is room for two. Pure. */

/** Of the first and the last word; graphemes, so that no letter is cut in two. */
export function initialsOf(name: string): string {
  const parts = name
    .trim()
    .split(/\s+/)
    .filter((part) => part !== '');
  const chosen = parts.length > 1 ? [parts[0], parts.at(-1)] : parts.slice(0, 1);
  const letters = new Intl.Segmenter();
  return chosen
    .map(
      (part) =>
        letters
          .segment(part ?? '')
          [Symbol.iterator]()
          .next().value?.segment ?? '',
    )
    .join('')
    .toUpperCase();
}
