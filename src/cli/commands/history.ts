import { ask } from '../answers.ts';
import { EXIT, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';
import { entryText, streamPath } from '../stream-text.ts';

/** The most that the server gives in one page. */
const PAGE_MAX = 1000;
/** More events than a stream ever gets; `history` shows all unless told otherwise. */
const LIMIT_MAX = 100_000_000;

export const history: Command = {
  name: 'history',
  summary: 'Show what happened to a stream and what each event changed',
  usage: 'STREAM [options]',
  examples: [
    { line: 'history customers/01J9ZQ4Y', says: 'everything, oldest first' },
    { line: 'history customers/01J9ZQ4Y --after 10 --limit 5', says: 'versions 11 to 15' },
    { line: 'history customers/01J9ZQ4Y --json', says: 'one JSON line for each event' },
  ],
  options: {
    after: { type: 'text', value: 'VERSION', help: 'Only what follows this version.' },
    limit: { type: 'text', short: 'n', value: 'N', help: 'How many at most (all).' },
  },
  words: { min: 1, max: 1 },
  notes: ['Where more follow, stderr names the version to go on after.'],
  run: showHistory,
};

async function showHistory(input: CommandInput): Promise<ExitCode> {
  const { options, terminal, signal } = input;
  const path = `${streamPath(input.words[0] ?? '')}/history`;
  let left = options.number('limit', { min: 1, max: LIMIT_MAX, fallback: LIMIT_MAX, whole: true });
  let after = options.text('after');
  let more = true;
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    while (more && left > 0 && !signal.aborted) {
      const parameters = new URLSearchParams({
        limit: String(Math.min(PAGE_MAX, left)),
        ...(after === undefined ? {} : { after }),
      });
      const page = await ask(client, {
        method: 'GET',
        path: `${path}?${parameters.toString()}`,
        signal,
      });
      const items = listMember(page, 'items');
      const lines = items.map((entry) =>
        options.flag('json') ? `${JSON.stringify(entry)}\n` : entryText(entry, terminal),
      );
      if (lines.length > 0) await terminal.data(lines.join(''));
      left -= items.length;
      after = textMember(page, 'next');
      more = member(page, 'more') === true && after !== undefined;
    }
  } finally {
    client.close();
  }
  if (more && after !== undefined) terminal.say(`More follow: --after ${after}`);
  return signal.aborted ? EXIT.interrupted : EXIT.ok;
}
