/** What each operation asks for: one table for the dialog, and from what was typed to what the server takes. */
import type { Operations } from '../../../../src/client/client.ts';
import type { OperationWord } from './operation-words.ts';

export type OperationName = Operations['POST /v1/documents/jobs']['body']['operation'];

interface FieldBase {
  /** Of the option. */
  readonly name: string;
  readonly label: OperationWord;
  readonly hint?: OperationWord;
}

export type OperationField = FieldBase &
  (
    | { readonly kind: 'line' | 'password' | 'pages'; readonly isNeeded: boolean }
    /** One line of pages for each file. */
    | { readonly kind: 'parts' }
    /** Sent empty, which removes it, only where `clearEmpty` is set. */
    | { readonly kind: 'property' }
    /** `per` is what the number shown is divided by. */
    | {
        readonly kind: 'number';
        readonly least: number;
        readonly most: number;
        readonly first: number;
        readonly per?: number;
        readonly unit?: string;
      }
    | { readonly kind: 'choice'; readonly of: readonly number[]; readonly unit: string }
    | { readonly kind: 'flag'; readonly first: boolean; readonly isOwn?: true }
  );

export type Typed = Readonly<Record<string, string | number | boolean | null>>;
export type Options = Record<string, string | number | boolean | readonly string[]>;

const SOME_PAGES: OperationField = {
  name: 'pages',
  label: 'pages',
  hint: 'pages-hint',
  kind: 'pages',
  isNeeded: false,
};
const PASSWORD: OperationField = {
  name: 'password',
  label: 'password',
  kind: 'password',
  isNeeded: true,
};

export const OPERATION_FORMS: Readonly<Record<OperationName, readonly OperationField[]>> = {
  info: [],
  text: [],
  thumbnail: [
    { name: 'page', label: 'page', kind: 'number', least: 1, most: 10_000, first: 1 },
    { name: 'width', label: 'width', kind: 'number', least: 16, most: 1600, first: 320 },
  ],
  merge: [],
  split: [{ name: 'parts', label: 'parts', hint: 'parts-hint', kind: 'parts' }],
  rotate: [
    { name: 'angle', label: 'angle', kind: 'choice', of: [90, 180, 270], unit: '°' },
    SOME_PAGES,
  ],
  reorder: [{ name: 'pages', label: 'pages', hint: 'order-hint', kind: 'pages', isNeeded: true }],
  watermark: [
    { name: 'text', label: 'text', hint: 'letters-hint', kind: 'line', isNeeded: true },
    {
      name: 'opacity',
      label: 'opacity',
      kind: 'number',
      least: 5,
      most: 100,
      first: 30,
      per: 100,
      unit: '%',
    },
    SOME_PAGES,
  ],
  numberPages: [
    { name: 'start', label: 'start-at', kind: 'number', least: 0, most: 1_000_000, first: 1 },
    { name: 'format', label: 'format', hint: 'format-hint', kind: 'line', isNeeded: false },
  ],
  protect: [
    PASSWORD,
    {
      name: 'ownerPassword',
      label: 'owner-password',
      hint: 'owner-hint',
      kind: 'password',
      isNeeded: false,
    },
    { name: 'print', label: 'print', kind: 'flag', first: true },
    { name: 'copy', label: 'copy', kind: 'flag', first: true },
    { name: 'change', label: 'change', kind: 'flag', first: true },
  ],
  unlock: [PASSWORD],
  sanitise: [],
  setMetadata: [
    { name: 'title', label: 'title', kind: 'property' },
    { name: 'author', label: 'author', kind: 'property' },
    { name: 'subject', label: 'subject', kind: 'property' },
    { name: 'keywords', label: 'keywords', kind: 'property' },
    { name: 'clearEmpty', label: 'clear-empty', kind: 'flag', first: false, isOwn: true },
  ],
};

export const ONE_LOCKED: readonly OperationName[] = ['unlock'];
export const ONE_OPEN: readonly OperationName[] = [
  'text',
  'split',
  'rotate',
  'reorder',
  'watermark',
  'numberPages',
  'protect',
  'setMetadata',
  'thumbnail',
  'sanitise',
  'info',
];

export function firstValue(field: OperationField): string | number | boolean {
  switch (field.kind) {
    case 'number':
    case 'flag':
      return field.first;
    case 'choice':
      return field.of[0] ?? 0;
    default:
      return '';
  }
}

/** What the server takes of what was typed; a field that was not touched has its first value. */
export function optionsOf(operation: OperationName, typed: Typed): Options {
  const options: Options = {};
  for (const field of OPERATION_FORMS[operation]) {
    const value = optionOf(field, typed);
    if (value !== undefined) options[field.name] = value;
  }
  return options;
}

function optionOf(field: OperationField, typed: Typed): Options[string] | undefined {
  const value = typed[field.name] ?? firstValue(field);
  switch (field.kind) {
    case 'parts':
      return linesOf(String(value));
    case 'pages':
      return compact(String(value)) || undefined;
    case 'number':
      // A number is brought within its limits when its field is left, which the Enter key does not do.
      return (
        Math.min(field.most, Math.max(field.least, Math.round(Number(value)))) / (field.per ?? 1)
      );
    case 'flag':
      return field.isOwn === true ? undefined : value;
    case 'property':
      return value === '' && typed['clearEmpty'] !== true ? undefined : value;
    case 'line':
      return String(value).trim() || undefined;
    case 'password':
      return value === '' ? undefined : value;
    case 'choice':
      return value;
  }
}

export interface Problem {
  readonly key: 'needed' | 'pages-unclear' | 'pages-beyond';
  readonly values?: Readonly<Record<string, number>>;
}

/** What keeps a field from being sent; null when nothing does. `pages` is how many the document has, null for unknown. */
export function problemOf(
  field: OperationField,
  typed: Typed,
  pages: number | null,
): Problem | null {
  const value = String(typed[field.name] ?? '');
  switch (field.kind) {
    case 'line':
      return field.isNeeded && value.trim() === '' ? { key: 'needed' } : null;
    case 'password':
      return field.isNeeded && value === '' ? { key: 'needed' } : null;
    case 'pages':
      if (compact(value) === '') return field.isNeeded ? { key: 'needed' } : null;
      return problemOfRanges(compact(value), pages);
    case 'parts': {
      const lines = linesOf(value);
      if (lines.length === 0) return { key: 'needed' };
      return (
        lines.map((line) => problemOfRanges(line, pages)).find((each) => each !== null) ?? null
      );
    }
    default:
      return null;
  }
}

/** As the server reads them: `1-3,7`. */
const RANGES = /^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/;

function problemOfRanges(ranges: string, pages: number | null): Problem | null {
  if (!RANGES.test(ranges)) return { key: 'pages-unclear' };
  const isWithin = (page: number): boolean => page >= 1 && (pages === null || page <= pages);
  if (ranges.split(/[,-]/).map(Number).every(isWithin)) return null;
  return pages === null
    ? { key: 'pages-unclear' }
    : { key: 'pages-beyond', values: { count: pages } };
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map(compact).filter(Boolean);
}

/** People write `1 - 3, 7` and a dash as their keyboard has it. */
function compact(ranges: string): string {
  return ranges.replaceAll(/\s/g, '').replaceAll('–', '-');
}

/** The list with one of its places moved by one; beyond the ends nothing changes. */
export function moved<Item>(items: readonly Item[], from: number, by: 1 | -1): readonly Item[] {
  const to = from + by;
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}
