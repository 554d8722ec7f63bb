import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { problemOf, refused, unreachable } from '../answers.ts';
import { EXIT, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient, pauseMs, Unreachable, type HttpClient } from '../http-client.ts';
import { parseKeepingNumbers, textMember } from '../json.ts';
import { serverSentEvents } from '../../client/server-events.ts';
import { FILTER_OPTIONS, filterParameters, shownEvent } from './events.ts';

/** The server sends a comment every 15 s: three missed mean that the connection is dead. */
const SILENCE_MAX_MS = 45_000;
const COUNT_MAX = 1_000_000_000;
/** Longer refusals are not read. */
const REFUSAL_BYTES_MAX = 65_536;

export const tail: Command = {
  name: 'tail',
  summary: 'Watch events as they arrive',
  usage: '[options]',
  examples: [
    { line: 'tail', says: 'everything from now on' },
    { line: 'tail --type com.example.order.* -n 10', says: 'the next ten orders, then end' },
    { line: 'tail --json | jq .data', says: 'for another program' },
  ],
  options: {
    ...FILTER_OPTIONS,
    count: { type: 'text', short: 'n', value: 'N', help: 'End after this many events.' },
  },
  words: { min: 0, max: 0 },
  notes: [
    'A broken connection is taken up again where it ended: nothing is missed or shown twice.',
    'Ctrl-C ends it.',
  ],
  run: watch,
};

interface Place {
  /** Id of the last event seen. */
  lastId: string | undefined;
  left: number;
  tries: number;
  /** Whether the server ever answered. */
  reached: boolean;
}

async function watch(input: CommandInput): Promise<ExitCode> {
  const { options, signal, terminal } = input;
  const range = { min: 1, max: COUNT_MAX, fallback: Number.POSITIVE_INFINITY, whole: true };
  const place: Place = {
    lastId: undefined,
    left: options.number('count', range),
    tries: 0,
    reached: false,
  };
  const client = createHttpClient({
    connection: findConnection(input.settings),
    timeoutMs: SILENCE_MAX_MS,
  });
  try {
    while (place.left > 0 && !signal.aborted) {
      const reason = await follow(client, place, input);
      if (place.left <= 0 || signal.aborted) break;
      const waitMs = pauseMs(place.tries);
      place.tries += 1;
      terminal.say(`${reason} Trying again in ${(waitMs / 1000).toFixed(1)} s.`);
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    terminal.progress('');
    client.close();
  }
  return place.left <= 0 ? EXIT.ok : EXIT.interrupted;
}

/** Follows one connection to its end and returns why it ended. Errors: CliError where trying again is of no use. */
async function follow(client: HttpClient, place: Place, input: CommandInput): Promise<string> {
  const parameters = filterParameters(input, ['type', 'source', 'subject']);
  const after = input.options.text('after');
  if (place.lastId === undefined && after !== undefined) parameters.set('after', after);
  try {
    const response = await client.open({
      method: 'GET',
      path: `/v1/events/tail?${parameters.toString()}`,
      signal: input.signal,
      headers: {
        accept: 'text/event-stream',
        ...(place.lastId === undefined ? {} : { 'last-event-id': place.lastId }),
      },
    });
    place.reached = true;
    if (response.statusCode !== 200) return await refusal(response);
    // Else a quiet house looks like a command that hangs. The first event takes the line away.
    input.terminal.progress('Waiting for events. Ctrl-C ends it.');
    return await show(response, place, input);
  } catch (error) {
    if (input.signal.aborted) return '';
    if (!place.reached) throw unreachable(error);
    if (error instanceof Unreachable) return error.message;
    if (isBrokenConnection(error)) return 'The connection broke.';
    throw error;
  }
}

function isBrokenConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    /^(ECONN|EPIPE|ERR_STREAM|ETIMEDOUT)/.test(String(error.code))
  );
}

async function show(response: IncomingMessage, place: Place, input: CommandInput): Promise<string> {
  for await (const message of serverSentEvents(response)) {
    if (message.event === 'dropped')
      return `The server closed the tail (${textMember(JSON.parse(message.data), 'code') ?? 'no code'}).`;
    place.tries = 0;
    if (message.id !== '') place.lastId = message.id;
    if (message.event !== 'message') continue;
    await input.terminal.data(shownEvent(parseKeepingNumbers(message.data), input));
    place.left -= 1;
    if (place.left > 0) continue;
    response.destroy();
    return '';
  }
  return 'The server ended the connection.';
}

async function refusal(response: IncomingMessage): Promise<string> {
  const status = response.statusCode ?? 0;
  let text = '';
  response.setEncoding('utf8');
  for await (const part of response) {
    text += String(part);
    if (text.length > REFUSAL_BYTES_MAX) break;
  }
  if (status < 500 && status !== 429) throw refused({ status, headers: response.headers, text });
  return problemOf({ status, text }).detail;
}
