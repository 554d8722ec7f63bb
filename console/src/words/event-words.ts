/** Events in plain words: a sentence for what the house does, a readable name for everything else. Pure. */
import { LANGUAGES, say, type Language, type Words } from './define-words.ts';
import { GUEST_SENTENCES } from './event-sentences/guests.ts';
import { HOUSE_FACTS } from './event-sentences/house-facts.ts';
import { GUEST_FACTS } from './event-sentences/guest-facts.ts';
import { HOUSE_SENTENCES } from './event-sentences/house.ts';
import { LOYALTY_SENTENCES } from './event-sentences/loyalty.ts';
import { ORDER_SENTENCES } from './event-sentences/orders.ts';
import { REACH_FACTS } from './event-sentences/reach-facts.ts';
import { REACH_SENTENCES } from './event-sentences/reach.ts';
import type { Sentence, WordedEvent } from './event-sentences/sentence.ts';
import { eventValues, type EventNames } from './event-values.ts';

export type { EventNames } from './event-values.ts';

const SENTENCES: ReadonlyMap<string, Sentence> = new Map(
  [
    ORDER_SENTENCES,
    HOUSE_SENTENCES,
    HOUSE_FACTS,
    GUEST_SENTENCES,
    GUEST_FACTS,
    LOYALTY_SENTENCES,
    REACH_SENTENCES,
    REACH_FACTS,
  ].flatMap((part) => Object.entries(part)),
);

/** Names that have a sentence, without their variants. */
export const WORDED_NAMES: readonly string[] = [...SENTENCES.keys()].filter(
  (key) => !key.includes('~'),
);

/**
 * A sentence in the reader's language. `names` tells what ids are called where the screen knows: tables, guests. An event
 * without a sentence gets its type as words: `com.example.order.line.v1` is "Order line".
 */
export function eventWords(event: WordedEvent, language: Language, names: EventNames = {}): string {
  return eventSentence(event, language, names) ?? typeInWords(event.type);
}

/** As eventWords, but null for an event without a sentence, or without a value that its sentence needs. */
export function eventSentence(
  event: WordedEvent,
  language: Language,
  names: EventNames = {},
): string | null {
  const name = nameOfType(event.type);
  const plain = SENTENCES.get(name);
  if (plain === undefined || !event.type.startsWith(OWN_PREFIX)) return null;
  const values = eventValues(event, { language, names });
  // A value that the event does not have, such as what an erasure took, must not show as a gap.
  const sentence = [...variantsOf(name, values), plain].find((each) => hasAll(each, values));
  if (sentence === undefined) return null;
  return say(asWords(sentence), language, { key: 'sentence', values }).replace(/(?:: *|\. +)$/, '');
}

const OWN_PREFIX = 'comptoir.';

type Values = Readonly<Record<string, string | number>>;

/** Of the variants those whose value is there, the last one in the files first. */
function variantsOf(name: string, values: Values): readonly Sentence[] {
  return (VARIANTS.get(name) ?? [])
    .filter((value) => Object.hasOwn(values, value) && values[value] !== '')
    .map((value) => SENTENCES.get(`${name}~${value}`))
    .filter((sentence) => sentence !== undefined)
    .toReversed();
}

function hasAll([entry]: Sentence, values: Values): boolean {
  const texts = typeof entry === 'string' ? [entry] : Object.values<string>({ ...entry });
  return texts.every((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].every(([, value = '']) => Object.hasOwn(values, value)),
  );
}

const VARIANTS: ReadonlyMap<string, readonly string[]> = new Map(
  WORDED_NAMES.map((name) => [
    name,
    [...SENTENCES.keys()]
      .filter((key) => key.startsWith(`${name}~`))
      .map((key) => key.slice(name.length + 1)),
  ]),
);

function asWords(sentence: Sentence): Words<'sentence'> {
  const [en, pl, pt] = sentence;
  return { en: { sentence: en }, pl: { sentence: pl }, pt: { sentence: pt } };
}

/** `comptoir.order.placed.v1` is `order.placed`. */
export function nameOfType(type: string): string {
  const bare = type.startsWith(OWN_PREFIX) ? type.slice(OWN_PREFIX.length) : type;
  return bare.replace(/\.v\d+$/, '');
}

/** The last two parts of a type as words; the whole of what does not look like one. */
export function typeInWords(type: string): string {
  const parts = nameOfType(type)
    .split('.')
    .filter((part) => part !== '');
  const text = parts.slice(-2).join(' ').replaceAll(/[-_]+/g, ' ').trim();
  return text === '' ? type : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Every language has its sentence by type; this is for the test that no placeholder is lost on the way. */
export function sentencesOf(
  name: string,
): Readonly<Record<Language, Sentence[number]>> | undefined {
  const sentence = SENTENCES.get(name);
  if (sentence === undefined) return undefined;
  const words = asWords(sentence);
  // safe because LANGUAGES are exactly the keys
  return Object.fromEntries(
    LANGUAGES.map((language) => [language, words[language].sentence]),
  ) as Readonly<Record<Language, Sentence[number]>>;
}

export function sentenceKeys(): readonly string[] {
  return [...SENTENCES.keys()];
}
