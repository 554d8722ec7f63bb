import { createInterface } from 'node:readline/promises';
import { ask } from '../answers.ts';
import { CliError, EXIT, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient, type HttpClient } from '../http-client.ts';
import { textMember } from '../json.ts';

/** Between two looks at the receipt. */
const LOOK_MS = 500;
/** Rewriting a large log takes minutes; it goes on without us. */
const WAIT_MS = 30 * 60_000;

export const erase: Command = {
  name: 'erase',
  summary: 'Erase a person for good',
  usage: 'PERSON [--confirm PERSON]',
  examples: [
    { line: 'erase 01J9ZQ4Y7M', says: 'asks for the id once more, then erases' },
    { line: 'erase 01J9ZQ4Y7M --confirm 01J9ZQ4Y7M', says: 'from a script' },
  ],
  options: {
    confirm: { type: 'text', value: 'PERSON', help: 'The id once more, instead of typing it.' },
    'no-wait': { type: 'flag', help: 'End when the key is destroyed; the rest follows by itself.' },
  },
  words: { min: 1, max: 1 },
  notes: [
    'Destroys the data key of the person: sealed fields read as null from then on, in every',
    'copy. Then it clears what was kept in clear and rewrites the tables that held it. This',
    'cannot be undone. Backups of the key store made before still open backups of the data.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const [person = ''] = input.words;
  await confirm(input, person);
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    const path = `/v1/persons/${encodeURIComponent(person)}/erase`;
    const taken = await ask(client, { method: 'POST', path });
    input.terminal.say('The key is destroyed: sealed fields read as null.');
    const receipt = input.options.flag('no-wait') ? taken : await done(client, taken, input);
    await input.terminal.data(
      input.options.flag('json')
        ? `${JSON.stringify(receipt)}\n`
        : `${textMember(receipt, 'receiptId') ?? ''}  ${textMember(receipt, 'state') ?? ''}\n`,
    );
  } finally {
    client.close();
  }
  return EXIT.ok;
}

/** The id as typed by the person at the keyboard, or given twice by a script. */
async function confirm({ options, terminal }: CommandInput, person: string): Promise<void> {
  const given = options.text('confirm') ?? (await typed(terminal.input, terminal.say));
  if (given !== person) throw new CliError(EXIT.usage, 'The two ids differ: nothing was erased.');
}

async function typed(input: NodeJS.ReadableStream, say: (text: string) => void): Promise<string> {
  say('This cannot be undone. Type the id of the person to erase:');
  const lines = createInterface({ input });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
  }
}

async function done(
  client: HttpClient,
  taken: unknown,
  { signal, terminal }: CommandInput,
): Promise<unknown> {
  const id = encodeURIComponent(textMember(taken, 'receiptId') ?? '');
  const deadline = performance.now() + WAIT_MS;
  let receipt = taken;
  while (textMember(receipt, 'state') === 'pending') {
    if (signal.aborted || performance.now() > deadline) {
      terminal.say('The rest follows by itself; ask for the receipt later.');
      break;
    }
    terminal.progress('Clearing what was kept in clear ...');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    receipt = await ask(client, { method: 'GET', path: `/v1/persons/erasures/${id}` });
  }
  terminal.progress('');
  return receipt;
}
