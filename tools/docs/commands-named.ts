/** Finds in documents the commands that readers are told to type, so that a test can hold them against the project. */
export interface NamedCommand {
  readonly path: string;
  readonly line: number;
  /** What runs: an npm script or a command of `comptoir`. */
  readonly kind: 'script' | 'command';
  readonly name: string;
  /** Options given in the same line, with their dashes. */
  readonly options: readonly string[];
}

interface Document {
  readonly path: string;
  readonly text: string;
}

const SCRIPT = /\bnpm (?:run (?:--silent )?)?(start|test|[a-z][\w:]*)(?=[\s`]|$)/g;
const COMMAND = /(?:\bnpm run (?:--silent )?comptoir -- |`comptoir )([a-z]+)([^`|]*)/g;
/** Words after `npm` that are npm's own. */
const NPM_WORDS = new Set(['ci', 'audit', 'install', 'run']);

/** Every npm script and every command of `comptoir` in code blocks and code spans of `documents`. */
export function namedCommands(documents: readonly Document[]): readonly NamedCommand[] {
  return documents.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const code = line.startsWith('    ') ? line : [...line.matchAll(/`[^`]+`/g)].join(' ');
      const at = { path, line: index + 1 };
      const scripts = [...code.matchAll(SCRIPT)]
        .map((match) => match[1] ?? '')
        .filter((name) => !NPM_WORDS.has(name))
        .map((name): NamedCommand => ({ ...at, kind: 'script', name, options: [] }));
      const commands = [...code.matchAll(COMMAND)].map((match): NamedCommand => ({
        ...at,
        kind: 'command',
        name: match[1] ?? '',
        options: (match[2] ?? '').match(/(?<=\s)--[a-z][\w-]*/g) ?? [],
      }));
      return [...scripts, ...commands];
    }),
  );
}
