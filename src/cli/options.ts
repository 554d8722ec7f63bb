import { parseArgs } from 'node:util';
import { closestWord } from '../config-closest-word.ts';
import { usageError, type OptionSpec, type Options } from './command.ts';

export interface ParsedLine {
  readonly options: Options;
  readonly words: readonly string[];
}

/** Options of every command. */
export const GLOBAL_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'flag', help: 'Write JSON to stdout instead of text.' },
  help: { type: 'flag', short: 'h', help: 'Show this help.' },
};

/** Parses what follows the command's name. Errors: usage, with the closest known option. */
export function parseLine(
  line: readonly string[],
  own: Readonly<Record<string, OptionSpec>>,
): ParsedLine {
  const specs = { ...own, ...GLOBAL_OPTIONS };
  const { tokens } = parseArgs({
    args: [...line],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        name,
        {
          type: spec.type === 'flag' ? ('boolean' as const) : ('string' as const),
          ...(spec.short === undefined ? {} : { short: spec.short }),
        },
      ]),
    ),
  });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, Object.keys(specs));
    const value = checkedValue(token.rawName, token, spec);
    const before = values.get(token.name) ?? [];
    if (before.length > 0 && spec.type === 'text' && spec.multiple !== true)
      throw usageError(`${token.rawName} is given twice.`);
    values.set(token.name, [...before, value]);
  }
  return { options: optionsOf(values), words };
}

function checkedValue(
  rawName: string,
  given: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
  spec: OptionSpec,
): string {
  const { value } = given;
  if (spec.type === 'flag') {
    if (value !== undefined) throw usageError(`${rawName} takes no value.`);
    return '';
  }
  // `--type --source x` forgot a value; whoever means a value with dashes writes --type=--x.
  const swallowed = given.inlineValue !== true && value?.startsWith('--') === true;
  if (value === undefined || value === '' || swallowed)
    throw usageError(`${rawName} needs a value: ${rawName} ${spec.value ?? 'VALUE'}.`);
  return value;
}

function unknownOption(rawName: string, known: readonly string[]): Error {
  const near = closestWord(rawName.replace(/^-+/, ''), known);
  return usageError(
    `There is no option ${rawName}.${near === undefined ? '' : ` Did you mean --${near}?`}`,
  );
}

function optionsOf(values: ReadonlyMap<string, readonly string[]>): Options {
  return {
    flag: (name) => values.has(name),
    text: (name) => values.get(name)?.[0],
    texts: (name) => values.get(name) ?? [],
    number(name, range) {
      const given = values.get(name)?.[0];
      if (given === undefined) return range.fallback;
      const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
      const fits = value >= range.min && value <= range.max;
      if (fits && (range.whole !== true || Number.isInteger(value))) return value;
      const kind = range.whole === true ? 'a whole number' : 'a number';
      throw usageError(
        `--${name} must be ${kind} from ${range.min} to ${range.max}. It is "${given}".`,
      );
    },
  };
}
