import type { Static } from 'typebox';
import type { texts } from '../products/events.ts';

export type Texts = Static<typeof texts>;

/**
 * The text in the first language that has one: `pt-BR`, then any other of `pt`, then the next wish; at last whatever
 * stands first. Empty only when there is no text at all.
 */
export function textIn(held: Texts, languages: readonly string[]): string {
  for (const language of languages) {
    const exact = Object.hasOwn(held, language) ? held[language] : undefined;
    if (exact !== undefined) return exact;
    const stem = language.slice(0, 2);
    const near = Object.keys(held).find((tag) => tag.slice(0, 2) === stem);
    if (near !== undefined) return held[near] ?? '';
  }
  return Object.values(held)[0] ?? '';
}
