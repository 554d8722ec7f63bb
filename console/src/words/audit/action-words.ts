/** What an entry of the audit trail says was done, in the reader's language. Pure. */
import { LANGUAGES, type Language } from '../define-words.ts';
import { typeInWords } from '../event-words.ts';
import type { Names } from '../names/lookup.ts';
import type { Name, NameTable } from '../names/name.ts';
import { ENGINE_ACTIONS } from './actions-engine.ts';
import { PEOPLE_ACTIONS } from './actions-people.ts';

export const ACTIONS: NameTable = { ...ENGINE_ACTIONS, ...PEOPLE_ACTIONS };

/** Reads that every aggregate has: `CATEGORY.listed`. What they read is filled in by its name. */
const READS: NameTable = {
  listed: ['Read a list: {what}', 'Odczyt listy: {what}', 'Leu uma lista: {what}'],
  followed: ['Followed live: {what}', 'Na żywo: {what}', 'Acompanhou ao vivo: {what}'],
  read: ['Read: {what}', 'Odczyt: {what}', 'Leu: {what}'],
  'history-read': [
    'Read the history: {what}',
    'Odczyt historii: {what}',
    'Leu o histórico: {what}',
  ],
};
const OF_MANY: ReadonlySet<string> = new Set(['listed', 'followed']);

export interface WordedEntry {
  readonly action: string;
  /** `CATEGORY/ID` of what a command was about. */
  readonly subject?: string | undefined;
  /** Of a command: `{ command: NAME }`. */
  readonly after?: unknown;
}

/** `namesOf` gives the names of a module; of one that nobody names, identifiers are made readable. */
export function actionWords(
  entry: WordedEntry,
  language: Language,
  namesOf: (module: string) => Names,
): string {
  const { action } = entry;
  const place = LANGUAGES.indexOf(language);
  const said = (name: Name): string => name[place] ?? name[0];
  const command = commandOf(entry);
  if (command !== null) return namesOf(moduleOf(command.category)).command(command.name);
  const own = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (own !== undefined) return said(own);
  const [category, word] = splitLast(action);
  const read = Object.hasOwn(READS, word) ? READS[word] : undefined;
  const names = namesOf(moduleOf(category));
  const what = OF_MANY.has(word) ? names.many(category) : names.one(category);
  if (read === undefined || what === undefined) return typeInWords(action);
  return said(read).replace('{what}', () => what);
}

/** The names of actions that have words; of commands and of reads of aggregates those are made from their names. */
export function hasWords(action: string, categories: ReadonlySet<string>): boolean {
  const [category, word] = splitLast(action);
  return Object.hasOwn(ACTIONS, action) || (Object.hasOwn(READS, word) && categories.has(category));
}

function commandOf({
  action,
  subject,
  after,
}: WordedEntry): { readonly name: string; readonly category: string } | null {
  if (action !== 'command.done' || subject === undefined) return null;
  if (typeof after !== 'object' || after === null || !('command' in after)) return null;
  const { command } = after;
  return typeof command === 'string'
    ? { name: command, category: subject.split('/')[0] ?? '' }
    : null;
}

/** `orders.tickets.listed` is `orders.tickets` and `listed`. */
function splitLast(action: string): readonly [category: string, word: string] {
  const dot = action.lastIndexOf('.');
  return [action.slice(0, Math.max(0, dot)), action.slice(dot + 1)];
}

function moduleOf(category: string): string {
  return category.split('.')[0] ?? category;
}
