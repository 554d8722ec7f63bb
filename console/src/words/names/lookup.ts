/** Finds names in a dictionary; what has none is its identifier made readable. Pure. */
import { LANGUAGES, LOCALES, type Language } from '../define-words.ts';
import type { Dictionary, Name, NameTable } from './name.ts';
import { readable } from './readable.ts';

/** Where a field stands: the fields that hold it, the command, the aggregate; the nearest first. */
export type Within = readonly string[];

/** The names of one module in one language. */
export interface Names {
  module(): string | undefined;
  moduleSummary(): string | undefined;
  one(category: string): string | undefined;
  many(category: string): string | undefined;
  command(name: string): string;
  /** What a command does; undefined in English, which the description itself speaks. */
  about(name: string): string | undefined;
  field(name: string, within?: Within): string;
  hint(name: string, within?: Within): string | undefined;
  /** undefined for a value that is no listed one: a name, a text, an id. */
  value(field: string, value: string, within?: Within): string | undefined;
  /** The values that a field of the module may have, as far as the dictionary lists them. */
  choices(field: string, within?: Within): readonly string[];
  /** By the type of an event, with or without `comptoir.` and version. */
  event(type: string): string | undefined;
}

export function namesOf(names: Dictionary | null, language: Language): Names {
  const place = LANGUAGES.indexOf(language);
  const said = (name: Name | null | undefined): string | undefined => name?.[place];
  const aggregate = (category: string) => own(names?.aggregates, category);
  return {
    module: () => said(names?.title),
    moduleSummary: () => said(names?.summary),
    one: (category) => said(aggregate(category)?.one),
    many: (category) => said(aggregate(category)?.many),
    command: (name) => said(own(names?.commands, name)) ?? readable(name),
    about: (name) => own(names?.about, name)?.[place - 1],
    field: (name, within) => said(findField(names, name, within)) ?? readable(name),
    hint: (name, within) => said(nearest(names?.hints, name, within)[0]),
    value: (field, value, within) =>
      said(findValue(names, { field, value, within })) ?? worldly(field, value, language),
    choices: (field, within) => Object.keys(nearest(names?.choices, field, within)[0] ?? {}),
    event: (type) => said(own(names?.events, bareType(type))),
  };
}

export function findField(
  names: Dictionary | null,
  name: string,
  within?: Within,
): Name | undefined {
  return nearest(names?.fields, name, within)[0];
}

export function findValue(
  names: Dictionary | null,
  {
    field,
    value,
    within,
  }: { readonly field: string; readonly value: string; readonly within?: Within | undefined },
): Name | undefined {
  return nearest<NameTable>(names?.values, field, within)
    .map((table) => own(table, value))
    .find((name) => name !== undefined);
}

/** What a table says of a field, what is said for the nearest place first. */
function nearest<Value>(
  table: Readonly<Record<string, Value>> | undefined,
  name: string,
  within: Within = [],
): readonly Value[] {
  return [...within.map((place) => `${place}/${name}`), name]
    .map((key) => own(table, key))
    .filter((found) => found !== undefined);
}

/** Keys come from data, which may be called `constructor`. */
function own<Value>(
  table: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Names that the world has given: of languages, countries and currencies. */
function worldly(field: string, value: string, language: Language): string | undefined {
  const type = own(WORLDLY, field);
  if (type === undefined || !CODES[type].test(value)) return undefined;
  const name = new Intl.DisplayNames(LOCALES[language], {
    type,
    fallback: 'none',
    languageDisplay: 'standard',
  }).of(value);
  return name === undefined ? undefined : type === 'currency' ? `${value} · ${name}` : name;
}

const WORLDLY: Readonly<Record<string, 'language' | 'region' | 'currency'>> = {
  language: 'language',
  languages: 'language',
  country: 'region',
  currency: 'currency',
};
const CODES = {
  language: /^[a-z]{2,3}(?:-[A-Z]{2})?$/,
  region: /^[A-Z]{2}$/,
  currency: /^[A-Z]{3}$/,
} as const;

/** `comptoir.order.placed.v1` is `order.placed`. */
function bareType(type: string): string {
  return type.replace(/^comptoir\./, '').replace(/\.v\d+$/, '');
}
