import { ask } from '../answers.ts';
import { EXIT, usageError, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient } from '../http-client.ts';
import { stateText, streamPath } from '../stream-text.ts';

export const state: Command = {
  name: 'state',
  summary: 'Show the state of a stream, now or as it was',
  usage: 'STREAM [--version N | --at TIME]',
  examples: [
    { line: 'state customers/01J9ZQ4Y', says: 'a customer as it is now' },
    { line: 'state customers/01J9ZQ4Y --version 3', says: 'after its third event' },
    {
      line: 'state customers/01J9ZQ4Y --at 2026-11-21T09:30:00Z',
      says: 'as it was recorded by then',
    },
  ],
  options: {
    version: { type: 'text', value: 'N', help: 'As it was at this version.' },
    at: { type: 'text', value: 'TIME', help: 'As it was recorded up to this time.' },
  },
  words: { min: 1, max: 1 },
  run: showState,
};

async function showState(input: CommandInput): Promise<ExitCode> {
  const { options, terminal, signal } = input;
  const path = `${streamPath(input.words[0] ?? '')}/state`;
  const [version, at] = [options.text('version'), options.text('at')];
  if (version !== undefined && at !== undefined)
    throw usageError('Give --version or --at, not both.');
  const parameters = new URLSearchParams({
    ...(version === undefined ? {} : { version }),
    ...(at === undefined ? {} : { at }),
  });
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    const answer = await ask(client, {
      method: 'GET',
      path: parameters.size === 0 ? path : `${path}?${parameters.toString()}`,
      signal,
    });
    const isJson = options.flag('json');
    await terminal.data(isJson ? `${JSON.stringify(answer)}\n` : stateText(answer, terminal));
  } finally {
    client.close();
  }
  return EXIT.ok;
}
