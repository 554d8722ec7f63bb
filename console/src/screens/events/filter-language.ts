/**
 * The filter line: `type:comptoir.order.* stream:orders/17 from:-1h cash`. Names with a value are asked of the server;
 * words are looked for in what was loaded. A value with spaces stands in quotes. Pure.
 */

export const FILTER_NAMES = ['type', 'source', 'subject', 'id', 'stream', 'from', 'to'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

export type ProblemKind = 'unknown' | 'twice' | 'empty' | 'time' | 'stream' | 'quote' | 'order';

export interface FilterProblem {
  readonly kind: ProblemKind;
  /** What it is about, as typed. */
  readonly token: string;
  /** The name that was meant, for an unknown one. */
  readonly meant?: FilterName;
}

export interface ParsedFilter {
  readonly filters: Readonly<Partial<Record<FilterName, string>>>;
  /** Lower-case. */
  readonly words: readonly string[];
  readonly problems: readonly FilterProblem[];
}

export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Tokens with their places; quotes hold a token together. */
export function tokensOf(line: string): readonly Token[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*(?:"|$))+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

export function parseFilter(line: string): ParsedFilter {
  const filters: Partial<Record<FilterName, string>> = {};
  const words: string[] = [];
  const problems: FilterProblem[] = [];
  for (const { text } of tokensOf(line)) {
    if (text.split('"').length % 2 === 0) problems.push({ kind: 'quote', token: text });
    const named = /^([a-z]+):(?!\/\/)(.*)$/is.exec(text);
    if (named === null) {
      words.push(unquoted(text).toLowerCase());
      continue;
    }
    const name = (named[1] ?? '').toLowerCase();
    const value = unquoted(named[2] ?? '');
    if (!isFilterName(name)) {
      const meant = closest(name);
      problems.push({
        kind: 'unknown',
        token: `${name}:`,
        ...(meant === undefined ? {} : { meant }),
      });
    } else if (value === '') problems.push({ kind: 'empty', token: `${name}:` });
    else if (filters[name] !== undefined) problems.push({ kind: 'twice', token: `${name}:` });
    else {
      filters[name] = value;
      if (name === 'stream' && !/^[^/]+\/.+$/.test(value))
        problems.push({ kind: 'stream', token: value });
      if ((name === 'from' || name === 'to') && momentOf(value, 0) === null)
        problems.push({ kind: 'time', token: value });
    }
  }
  return { filters, words: words.filter((word) => word !== ''), problems };
}

export function isFilterName(name: string): name is FilterName {
  // safe because includes only compares
  return FILTER_NAMES.includes(name as FilterName);
}

function unquoted(text: string): string {
  return text.replaceAll('"', '');
}

/** A value as it stands in the line. */
export function quoted(value: string): string {
  return /\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}

/** The line with one filter set, added or (with null) taken out. */
export function withFilter(line: string, name: FilterName, value: string | null): string {
  const kept = tokensOf(line)
    .map(({ text }) => text)
    .filter((text) => !text.toLowerCase().startsWith(`${name}:`));
  return [...kept, ...(value === null ? [] : [`${name}:${quoted(value)}`])].join(' ');
}

/** A name that is at most two letters away, or begins alike. */
function closest(name: string): FilterName | undefined {
  return (
    FILTER_NAMES.find(
      (known) => name.length > 1 && (known.startsWith(name) || name.startsWith(known)),
    ) ?? FILTER_NAMES.find((known) => distance(known, name) <= 2 && name.length > 2)
  );
}

/** Edits between two short words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, letter] of a.split('').entries()) {
    const next = [at + 1];
    for (const [to, other] of b.split('').entries())
      next.push(
        Math.min(
          (next[to] ?? 0) + 1,
          (row[to + 1] ?? 0) + 1,
          (row[to] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Milliseconds of a time as typed: `-90m`, `2026-11-20`, `2026-11-20T19:30`, with or without zone; without one it is the
 * reader's. null for what is none.
 */
export function momentOf(value: string, nowMs: number): number | null {
  const relative = /^-(\d{1,6})([smhdw])$/.exec(value);
  if (relative !== null) return nowMs - Number(relative[1]) * (UNITS[relative[2] ?? ''] ?? 0);
  if (value === 'now') return nowMs;
  if (
    !/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(
      value,
    )
  )
    return null;
  // A day alone would be taken as UTC.
  const ms = Date.parse(value.length === 10 ? `${value}T00:00` : value.replace(' ', 'T'));
  return Number.isNaN(ms) ? null : ms;
}

/** What is asked of the server, and the bounds of recorded time. */
export interface EventQuestion {
  readonly query: Readonly<
    Partial<Record<'type' | 'source' | 'subject' | 'id' | 'stream', string>>
  >;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly words: readonly string[];
}

export function questionOf({ filters, words }: ParsedFilter, nowMs: number): EventQuestion {
  const { from, to, ...query } = filters;
  return {
    query,
    fromMs: from === undefined ? null : momentOf(from, nowMs),
    toMs: to === undefined ? null : momentOf(to, nowMs),
    words,
  };
}

/** Whether every word stands somewhere in the event, in the words the screen says or in its attributes and data. */
export function holdsWords(event: unknown, said: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${said} ${JSON.stringify(event)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
