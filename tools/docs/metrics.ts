/**
 * Reads what is measured from the source: metrics are declared where they are counted, often by parts that need a
 * database to exist, so a list at run time would depend on how far a server was started. A name is a string literal
 * with one of the prefixes below; its help is the next literal.
 */
import { scan } from '../tidy/scan.ts';

export interface MetricRow {
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

const DECLARATION =
  /'((?:comptoir|process|nodejs)_[a-z0-9_]+)',\s*(?:help:\s*)?((?:'(?:[^'\\]|\\.)*'|"[^"]*"|`[^`$]*`|\s*\+\s*)+)/g;
/** Two names side by side are a list of metrics, not a declaration. */
const NAME = /^[a-z0-9]+_[a-z0-9_]+$/;
const LITERAL = /'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`/g;
/** How far before a name the word `histogram` may stand, in characters: the call and its opening brace. */
const CALL_REACH = 60;

/** Metrics declared in `source`, one row for each name. */
export function metricsIn(source: string): readonly MetricRow[] {
  const { comments } = scan(source);
  return [...source.matchAll(DECLARATION)]
    .filter((match) => comments.charAt(match.index) !== "'")
    .filter((match) => !NAME.test(textOf(match[2] ?? '')))
    .map((match) => {
      const name = match[1] ?? '';
      const before = source.slice(Math.max(0, match.index - CALL_REACH), match.index);
      const after = restOfCall(source, match.index + match[0].length);
      return {
        name,
        kind: kindOf(name, before),
        help: textOf(match[2] ?? ''),
        labels: labelsOf(after),
      };
    });
}

function kindOf(name: string, before: string): MetricRow['kind'] {
  if (name.endsWith('_total')) return 'counter';
  const call = [...before.matchAll(/\b(gauge|histogram)\b/gi)].at(-1)?.[1]?.toLowerCase();
  return call === 'histogram' ? 'histogram' : 'gauge';
}

function textOf(literals: string): string {
  return [...literals.matchAll(LITERAL)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? '').replaceAll('\\', ''))
    .join('');
}

/** From the help to the bracket that closes the declaration. */
function restOfCall(source: string, from: number): string {
  let depth = 1;
  for (let at = from; at < source.length; at += 1) {
    const char = source.charAt(at);
    if ('({['.includes(char)) depth += 1;
    if (')}]'.includes(char)) depth -= 1;
    if (depth === 0) return source.slice(from, at);
  }
  return '';
}

function labelsOf(rest: string): readonly string[] {
  const list =
    /^\s*,\s*(?:labels:\s*)?\[([^\]]*)\]/.exec(rest) ?? /\blabels:\s*\[([^\]]*)\]/.exec(rest);
  return [...(list?.[1] ?? '').matchAll(/'(\w+)'/g)].flatMap((match) => match[1] ?? []);
}

/** The text of `docs/reference/metrics.md`. */
export function metricsPage(sources: readonly string[]): string {
  const rows = sources
    .flatMap((source) => metricsIn(source))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return `<!-- Generated from the declarations in src/. Do not edit. -->

# Metrics

\`GET /metrics\` answers in the text format of Prometheus, to loopback or to a key with the scope metrics:read. No label ever
carries a tenant, a key or an id. A histogram \`x\` is exported as \`x_bucket\`, \`x_sum\` and \`x_count\`.

| name | kind | labels | meaning |
|---|---|---|---|
${rows.map(rowText).join('\n')}
`;
}

function rowText({ name, kind, labels, help }: MetricRow): string {
  const shown = labels.map((label) => `\`${label}\``).join(', ');
  return `| \`${name}\` | ${kind} | ${shown} | ${help} |`;
}
