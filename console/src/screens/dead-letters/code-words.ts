/** Why an event was refused, by its code, in the reader's words. */
import type { Speak } from '../../words/language.ts';
import { words } from './words.ts';

/** A code that no words are known of stands as it is. */
export function codeWords(code: string, t: Speak<keyof typeof words.en>): string {
  const key = `code-${code}`;
  // safe because the words have the key
  return Object.hasOwn(words.en, key) ? t(key as 'code-SCHEMA_VIOLATION') : code;
}
