import { ask } from '../answers.ts';
import {
  EXIT,
  type Command,
  type CommandInput,
  type ExitCode,
  type OptionSpec,
} from '../command.ts';
import { findConnection } from '../connection.ts';
import { eventLine, harmless } from '../event-text.ts';
import { createHttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';

/** Filters of GET /v1/events that the tail shares. */
export const FILTER_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  type: { type: 'text', value: 'TYPE', help: 'Exact, or a prefix ending in ".*".' },
  source: { type: 'text', value: 'SOURCE', help: 'Events of this source.' },
  subject: { type: 'text', value: 'SUBJECT', help: 'Events about this subject.' },
  after: { type: 'text', value: 'CURSOR', help: 'Only what follows this cursor.' },
};

const LIMIT = 100;
/** More than anybody reads, few enough to end: `--all` has no end but the log's. */
const LIMIT_MAX = 100_000_000;
/** The most that the server gives in one page. */
const PAGE_MAX = 1000;

export const events: Command = {
  name: 'events',
  summary: 'List events, oldest first',
  usage: '[options]',
  examples: [
    { line: 'events --type com.example.order.* --limit 20', says: 'the first twenty orders' },
    { line: 'events --subject order/1042 --all', says: 'everything about one order' },
    { line: 'events --from 2026-11-20T00:00:00Z --json', says: 'since then, one JSON line each' },
  ],
  options: {
    ...FILTER_OPTIONS,
    id: { type: 'text', value: 'ID', help: 'Events with this id.' },
    stream: { type: 'text', value: 'STREAM', help: 'Events of this stream, as category/id.' },
    from: { type: 'text', value: 'TIME', help: 'Recorded at or after this time.' },
    to: { type: 'text', value: 'TIME', help: 'Recorded before this time.' },
    limit: { type: 'text', short: 'n', value: 'N', help: `How many at most (${LIMIT}).` },
    all: { type: 'flag', help: 'As many as there are.' },
  },
  words: { min: 0, max: 0 },
  notes: ['Where more follow, stderr names the cursor to go on with.'],
  run: listEvents,
};

async function listEvents(input: CommandInput): Promise<ExitCode> {
  const { options, terminal, signal } = input;
  const range = { min: 1, max: LIMIT_MAX, fallback: LIMIT, whole: true };
  let left = options.flag('all') ? Number.POSITIVE_INFINITY : options.number('limit', range);
  const client = createHttpClient({ connection: findConnection(input.settings) });
  const filters = filterParameters(input, [
    'type',
    'source',
    'subject',
    'id',
    'stream',
    'from',
    'to',
  ]);
  let after = options.text('after');
  let more = true;
  let any = false;
  try {
    while (more && left > 0 && !signal.aborted) {
      const parameters = new URLSearchParams(filters);
      parameters.set('limit', String(Math.min(PAGE_MAX, left)));
      if (after !== undefined) parameters.set('after', after);
      const page = await ask(client, {
        method: 'GET',
        path: `/v1/events?${parameters.toString()}`,
        signal,
      });
      const found = listMember(page, 'events');
      if (found.length > 0)
        await terminal.data(found.map((event) => shownEvent(event, input)).join(''));
      any ||= found.length > 0;
      left -= found.length;
      after = textMember(page, 'next');
      more = member(page, 'more') === true && after !== undefined;
    }
  } finally {
    client.close();
  }
  if (!any && !more && terminal.dataOnScreen) terminal.say('No events found.');
  if (more && after !== undefined) terminal.say(`More follow: --after ${after}`);
  return signal.aborted ? EXIT.interrupted : EXIT.ok;
}

export function filterParameters(input: CommandInput, names: readonly string[]): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of names) {
    const value = input.options.text(name);
    if (value !== undefined) parameters.set(name, value);
  }
  return parameters;
}

export function shownEvent(event: unknown, input: CommandInput): string {
  if (input.options.flag('json')) return `${JSON.stringify(event)}\n`;
  return `${harmless(eventLine(event, input.terminal))}\n`;
}
