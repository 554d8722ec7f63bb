/**
 * How `npm start` starts the server: its settings of the allocator and of V8, read from package.json so that tests and
 * benches run the server that people run.
 */
import { readFileSync } from 'node:fs';

export interface StartCommand {
  /** Environment of the process, such as MALLOC_ARENA_MAX. */
  readonly environment: Readonly<Record<string, string>>;
  /** Options of Node, before the entry file. */
  readonly flags: readonly string[];
}

const PACKAGE = new URL('../../package.json', import.meta.url);
const FORM = /^(?<settings>(?:[A-Z_]+=\S+ )*)node (?<flags>(?:--\S+ )*)src\/main\.ts$/u;

/** Throws when the script `start` has another form than `NAME=value ... node --flag ... src/main.ts`. */
export function readStartCommand(): StartCommand {
  // safe because package.json of this project has scripts, and a start among them: its form is checked below
  const { scripts } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  return parseStartCommand(scripts.start);
}

export function parseStartCommand(script: string): StartCommand {
  const groups = FORM.exec(script)?.groups;
  if (groups === undefined) throw new Error(`"npm start" has an unknown form: ${script}`);
  const wordsOf = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
  const settings = wordsOf(groups['settings']).map((word): [string, string] => {
    const at = word.indexOf('=');
    return [word.slice(0, at), word.slice(at + 1)];
  });
  return { environment: Object.fromEntries(settings), flags: wordsOf(groups['flags']) };
}
