/** One sentence of an event type in the order English, Polish, Brazilian Portuguese. A missing language is a type error. */
import type { Entry } from '../define-words.ts';

export type Sentence = readonly [en: Entry, pl: Entry, pt: Entry];

/**
 * By the name of the type without `comptoir.` and version. `name~value` is taken instead where the event has that value:
 * `order.placed~table` for an order at a table. `{count}` chooses the plural form.
 */
export type Sentences = Readonly<Record<string, Sentence>>;

/** What of an event the words are made of; every event of the interface has it. */
export interface WordedEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly subject?: string | undefined;
  readonly stream?: string | null | undefined;
}
