import { expect, test } from 'vitest';
import { namedCommands } from './commands-named.ts';

function found(text: string): readonly string[] {
  return namedCommands([{ path: 'a.md', text }]).map(
    ({ kind, name, options }) => `${kind} ${[name, ...options].join(' ')}`,
  );
}

test('scripts and commands in code blocks and spans are found with their options', () => {
  expect(found('    npm ci && npm start')).toEqual(['script start']);
  expect(found('Run `npm run check` or `npm test`.')).toEqual(['script check', 'script test']);
  expect(found('    npm run comptoir -- tail --json')).toEqual([
    'script comptoir',
    'command tail --json',
  ]);
  expect(found('`comptoir backup DIR` copies it.')).toEqual(['command backup']);
});

test('words in prose name no command', () => {
  expect(found('Use npm and comptoir as you like.')).toEqual([]);
});
