import { ask } from '../answers.ts';
import { EXIT, usageError, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient, type HttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';

export const policies: Command = {
  name: 'policies',
  summary: 'Show how far policies are, and go on with one that was suspended',
  usage: 'list | resume NAME',
  examples: [
    { line: 'policies list', says: 'how far each one is, and whether it is suspended' },
    {
      line: 'policies resume loyalty.earn-on-order',
      says: 'after a repair: it goes on where it stood',
    },
  ],
  options: {},
  words: { min: 0, max: 2 },
  notes: [
    'A policy that makes no progress for seven days is suspended; the log of the server says why.',
    'Events that it could not answer are parked instead: see "comptoir parked". It needs a key',
    'with projections:write.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const [action = 'list', name] = input.words;
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    if (action === 'list' && name === undefined) await list(client, input);
    else if (action === 'resume' && name !== undefined) await resume(client, name, input);
    else throw usageError(`Usage: comptoir policies ${policies.usage}`);
  } finally {
    client.close();
  }
  return EXIT.ok;
}

async function list(client: HttpClient, { options, terminal }: CommandInput): Promise<void> {
  const page = await ask(client, { method: 'GET', path: '/v1/policies' });
  const items = listMember(page, 'items');
  for (const item of items)
    await terminal.data(`${options.flag('json') ? JSON.stringify(item) : policyLine(item)}\n`);
  if (items.length === 0) terminal.say('This server has no policies.');
}

function policyLine(item: unknown): string {
  const count = (name: string): number => Number(member(item, name) ?? 0);
  return [
    textMember(item, 'name') ?? '',
    member(item, 'suspended') === true ? 'suspended' : 'runs',
    `${count('behindEvents')} events behind`,
    `${count('parked')} parked`,
    `${count('timers')} timers`,
    `${count('done')} done`,
    `${count('refused')} refused`,
  ].join('  ');
}

/** Without effect on one that runs, as the server takes it. */
async function resume(
  client: HttpClient,
  name: string,
  { options, terminal }: CommandInput,
): Promise<void> {
  const path = `/v1/policies/${encodeURIComponent(name)}/resume`;
  await ask(client, { method: 'POST', path });
  if (options.flag('json')) await terminal.data(`${JSON.stringify({ policy: name })}\n`);
  else terminal.say(`${name} goes on within seconds.`);
}
