/** What the filter line offers while it is typed. Pure. */
import {
  FILTER_NAMES,
  isFilterName,
  quoted,
  tokensOf,
  type FilterName,
} from './filter-language.ts';

export interface Known {
  /** Types of events, of the modules and of what was loaded. */
  readonly types: readonly string[];
  readonly sources: readonly string[];
  readonly streams: readonly string[];
}

export interface Suggestion {
  /** What the token becomes. */
  readonly text: string;
  /** A name is completed and its value follows; everything else ends with a space. */
  readonly isName: boolean;
}

const SHOWN_MAX = 8;
const TIMES = ['-15m', '-1h', '-24h', '-7d', '-30d'];

/** Offers for the token at `caret`; none where nothing fits or it stands there already. */
export function suggestionsFor(line: string, caret: number, known: Known): readonly Suggestion[] {
  const token = tokenAt(line, caret);
  const [name = '', ...rest] = token.text.split(':');
  if (rest.length === 0)
    return FILTER_NAMES.filter(
      (each) => each.startsWith(name.toLowerCase()) && !line.includes(`${each}:`),
    ).map((each) => ({
      text: `${each}:`,
      isName: true,
    }));
  if (!isFilterName(name)) return [];
  const typed = rest.join(':').replaceAll('"', '').toLowerCase();
  return valuesOf(name, known)
    .filter((value) => value.toLowerCase().includes(typed) && value.toLowerCase() !== typed)
    .toSorted(
      (a, b) =>
        Number(b.toLowerCase().startsWith(typed)) - Number(a.toLowerCase().startsWith(typed)),
    )
    .slice(0, SHOWN_MAX)
    .map((value) => ({ text: `${name}:${quoted(value)}`, isName: false }));
}

function valuesOf(name: FilterName, known: Known): readonly string[] {
  if (name === 'type') return [...prefixesOf(known.types), ...known.types];
  if (name === 'source') return known.sources;
  if (name === 'stream') return known.streams;
  return name === 'from' || name === 'to' ? TIMES : [];
}

/** `comptoir.order.*` for every family of at least two types. */
function prefixesOf(types: readonly string[]): readonly string[] {
  const families = Map.groupBy(
    types.filter((type) => type.split('.').length > 2),
    (type) => `${type.split('.').slice(0, 2).join('.')}.*`,
  );
  return [...families].filter(([, members]) => members.length > 1).map(([family]) => family);
}

/** The line with the token at `caret` replaced, and where the caret goes. */
export function accepted(
  line: string,
  caret: number,
  suggestion: Suggestion,
): { readonly line: string; readonly caret: number } {
  const { start, end } = tokenAt(line, caret);
  const text = suggestion.isName ? suggestion.text : `${suggestion.text} `;
  return {
    line: line.slice(0, start) + text + line.slice(end).trimStart(),
    caret: start + text.length,
  };
}

function tokenAt(
  line: string,
  caret: number,
): { readonly text: string; readonly start: number; readonly end: number } {
  return (
    tokensOf(line).find(({ start, end }) => start < caret && caret <= end) ?? {
      text: '',
      start: caret,
      end: caret,
    }
  );
}
