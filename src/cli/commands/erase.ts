import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
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
  const wait = !input.options.flag('no-wait');
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    const path = `/v1/persons/${encodeURIComponent(person)}/erase`;
    const taken = await ask(client, { method: 'POST', path });
    input.terminal.say('The key is destroyed: sealed fields read as null.');
    const receipt = wait ? await done(client, taken, input) : taken;
    await input.terminal.data(
      input.options.flag('json')
        ? `${JSON.stringify(receipt)}\n`
        : `${textMember(receipt, 'receiptId') ?? ''}  ${textMember(receipt, 'state') ?? ''}\n`,
    );
    return wait && isPending(receipt) ? EXIT.interrupted : EXIT.ok;
  } finally {
    client.close();
  }
}

/** The id as typed by the person at the keyboard, or given twice by a script. */
async function confirm(input: CommandInput, person: string): Promise<void> {
  const given = input.options.text('confirm') ?? (await typed(input));
  if (input.signal.aborted) throw new CliError(EXIT.interrupted, 'Nothing was erased.');
  if (given !== person) throw new CliError(EXIT.usage, 'The two ids differ: nothing was erased.');
}

/** Nothing when the input ends or Ctrl-C closes it. */
async function typed({ terminal, signal }: CommandInput): Promise<string> {
  terminal.say('This cannot be undone. Type the id of the person to erase:');
  const lines = createInterface({ input: terminal.input, signal });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
  }
}

const isPending = (receipt: unknown): boolean => textMember(receipt, 'state') === 'pending';

/** The last receipt: still pending after Ctrl-C or when the time was up. */
async function done(
  client: HttpClient,
  taken: unknown,
  { signal, terminal }: CommandInput,
): Promise<unknown> {
  const id = encodeURIComponent(textMember(taken, 'receiptId') ?? '');
  const deadline = performance.now() + WAIT_MS;
  let receipt = taken;
  while (isPending(receipt)) {
    if (signal.aborted || performance.now() > deadline) {
      terminal.say('The rest follows by itself; ask for the receipt later.');
      break;
    }
    terminal.progress('Clearing what was kept in clear ...');
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) continue;
    receipt = await ask(client, { method: 'GET', path: `/v1/persons/erasures/${id}` });
  }
  terminal.progress('');
  return receipt;
}
