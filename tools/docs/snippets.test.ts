/** What the documents tell a reader to type exists: npm scripts, commands of the command line and their options. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { GLOBAL_OPTIONS } from '../../src/cli/options.ts';
import { readTree } from '../tidy/tree.ts';
import { namedCommands } from './commands-named.ts';

const tree = readTree(fileURLToPath(new URL('../..', import.meta.url)));
/** Pages about what is not there yet name commands that do not exist: that is what they say. */
const EXEMPT = new Set(['LIMITATIONS.md', 'CHANGELOG.md']);
const named = namedCommands(
  tree.filter((file) => file.path.endsWith('.md') && !EXEMPT.has(file.path)),
);

test('every npm script that a document names is a script of package.json', () => {
  const text = tree.find((file) => file.path === 'package.json')?.text ?? '{}';
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  const wrong = named
    .filter(({ kind, name }) => kind === 'script' && scripts[name] === undefined)
    .map(({ path, line, name }) => `${path}:${line} npm run ${name}`);
  expect(wrong).toEqual([]);
  expect(named.some(({ kind }) => kind === 'script')).toBe(true);
});

test('every command and option that a document names is one of the command line', () => {
  const wrong = named
    .filter(({ kind }) => kind === 'command')
    .flatMap(({ path, line, name, options }) => {
      const command = COMMANDS.find((each) => each.name === name);
      if (command === undefined) return [`${path}:${line} comptoir ${name}`];
      const known = { ...command.options, ...GLOBAL_OPTIONS };
      return options
        .filter((option) => !Object.hasOwn(known, option.slice(2)))
        .map((option) => `${path}:${line} comptoir ${name} ${option}`);
    });
  expect(wrong).toEqual([]);
  expect(named.some(({ kind }) => kind === 'command')).toBe(true);
});

test('every file that a snippet reads or a page shows as shipped is there', () => {
  const paths = new Set(tree.map((file) => file.path));
  for (const file of tree.filter((each) => each.path.endsWith('.md')))
    for (const [, path] of file.text.matchAll(
      /`((?:src|tools|docs|test|migrations)\/[\w./-]+\.\w+)`/g,
    ))
      expect.soft(paths, `${file.path} names ${path}`).toContain(path);
});
