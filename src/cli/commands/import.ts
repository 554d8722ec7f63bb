import { closestWord } from '../../config-closest-word.ts';
import { EXIT, usageError, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient } from '../http-client.ts';
import type { ImportKind } from '../import/kind.ts';
import { IMPORT_KINDS } from '../import/kinds.ts';
import { locate } from '../ingest/input.ts';

/** A large file is one request that the server works on for a while. */
const TIMEOUT_MS = 5 * 60_000;
/** More than a person reads; the exit code says that there were some. */
const REJECTIONS_SAID_MAX = 20;

/** `import` is a word of the language. */
export const importFile: Command = {
  name: 'import',
  summary: 'Import recipes, a menu and more from a file',
  usage: 'KIND FILE [--date DAY] [--location ID]',
  examples: [
    {
      line: 'import orders orders.tsv --date 2026-11-20',
      says: 'orders of the past with their menu',
    },
    { line: 'import cocktails recipes.json', says: 'recipes; again, nothing changes' },
    { line: 'import products menu.csv', says: 'a menu from a spreadsheet' },
  ],
  options: {
    date: {
      type: 'text',
      value: 'DAY',
      help: 'Day that undated records count for, YYYY-MM-DD; yesterday by default.',
    },
    location: {
      type: 'text',
      value: 'ID',
      help: 'Where orders belong, or whose currency a menu has; one that fits by default.',
    },
  },
  words: { min: 2, max: 2 },
  notes: [
    'Kinds:',
    ...IMPORT_KINDS.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
    'Importing sends, earns and bills nothing. The same file again changes nothing, so an',
    'interrupted import is simply repeated.',
  ],
  run,
};

async function run(command: CommandInput): Promise<ExitCode> {
  const [word = '', given = ''] = command.words;
  const { terminal, options, settings } = command;
  const kind = kindOf(word);
  const date = dayOf(options.text('date'));
  const file = locate({ file: given, callerDir: settings.callerDir });
  const connection = findConnection(settings);
  const client = createHttpClient({ connection, timeoutMs: TIMEOUT_MS });
  try {
    const { json, text, rejections } = await kind.run({ client, file, date, command });
    terminal.progress('');
    for (const { where, detail } of rejections.slice(0, REJECTIONS_SAID_MAX))
      terminal.say(`${terminal.paint('bad', where)}: ${detail}`);
    const hidden = rejections.length - REJECTIONS_SAID_MAX;
    if (hidden > 0) terminal.say(`and ${hidden} more`);
    await terminal.data(options.flag('json') ? `${JSON.stringify(json)}\n` : `${text}\n`);
    return rejections.length > 0 ? EXIT.partlyRejected : EXIT.ok;
  } finally {
    client.close();
  }
}

function kindOf(word: string): ImportKind {
  const found = IMPORT_KINDS.find(({ name }) => name === word);
  if (found !== undefined) return found;
  const names = IMPORT_KINDS.map(({ name }) => name);
  const near = closestWord(word, names);
  const hint =
    near === undefined ? `It must be one of ${names.join(', ')}.` : `Did you mean ${near}?`;
  throw usageError(`Nothing of the kind "${word}" can be imported. ${hint}`);
}

function dayOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse rolls 30 February over; writing it back shows that.
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(text)) return text;
  throw usageError(`--date must be a day such as 2026-11-21. It is "${text}".`);
}
