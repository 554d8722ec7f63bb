import { ALL_SCOPE, SCOPES } from '../../access/principal.ts';
import { ask } from '../answers.ts';
import { EXIT, usageError, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient, type HttpClient } from '../http-client.ts';
import { listMember, textMember } from '../json.ts';

export const keys: Command = {
  name: 'keys',
  summary: 'Create, list and revoke API keys',
  usage: 'create --name NAME --scope SCOPE ... | list | revoke ID',
  examples: [
    {
      line: 'keys create --name till-1 --scope events:write',
      says: 'a key that may only send events',
    },
    { line: 'keys list', says: 'which keys there are' },
    { line: 'keys revoke 01J9ZQ4Y', says: 'a key stops working within two seconds' },
  ],
  options: {
    name: { type: 'text', value: 'NAME', help: 'create: who or what uses the key.' },
    scope: {
      type: 'text',
      multiple: true,
      value: 'SCOPE',
      help: 'create: a right of the key; several with commas or repeated.',
    },
    expires: { type: 'text', value: 'TIME', help: 'create: when the key ends by itself.' },
  },
  words: { min: 0, max: 2 },
  notes: [
    'Scopes of the server:',
    ...SCOPES.map((scope) => `  ${scope}`),
    'Each module has MODULE:read, MODULE:write for all of its commands, and a word for each kind',
    'of command, such as orders:refund; "all" is everything within the tenant, modules that come',
    'later included. The key itself is shown once, when it is created.',
  ],
  run,
};

const KNOWN_SCOPES: ReadonlySet<string> = new Set([...SCOPES, ALL_SCOPE]);
/** Which modules there are, the server knows. */
const MODULE_SCOPE = /^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*$/;

async function run(input: CommandInput): Promise<ExitCode> {
  const [action = 'list', id] = input.words;
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    if (action === 'create' && id === undefined) await create(client, input);
    else if (action === 'list' && id === undefined) await list(client, input);
    else if (action === 'revoke' && id !== undefined) await revoke(client, id, input);
    else throw usageError(`Usage: comptoir keys ${keys.usage}`);
  } finally {
    client.close();
  }
  return EXIT.ok;
}

async function create(client: HttpClient, input: CommandInput): Promise<void> {
  const { options, terminal } = input;
  const name = options.text('name');
  const scopes = options
    .texts('scope')
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '');
  if (name === undefined || scopes.length === 0)
    throw usageError('A key needs a --name and at least one --scope.');
  const unknown = scopes.find((scope) => !KNOWN_SCOPES.has(scope) && !MODULE_SCOPE.test(scope));
  if (unknown !== undefined)
    throw usageError(
      `There is no scope "${unknown}". Scopes: ${[...KNOWN_SCOPES].join(', ')}, MODULE:read, MODULE:write, MODULE:WORD.`,
    );
  const expiresAt = options.text('expires');
  const body = { name, scopes, ...(expiresAt === undefined ? {} : { expiresAt }) };
  const created = await ask(client, {
    method: 'POST',
    path: '/v1/keys',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (options.flag('json')) return await terminal.data(`${JSON.stringify(created)}\n`);
  terminal.say(`Key ${textMember(created, 'id') ?? ''} for ${name}, shown this once:`);
  await terminal.data(`${textMember(created, 'key') ?? ''}\n`);
}

async function list(client: HttpClient, input: CommandInput): Promise<void> {
  const { options, terminal } = input;
  let path = '/v1/keys';
  for (;;) {
    const page = await ask(client, { method: 'GET', path });
    for (const item of listMember(page, 'items'))
      await terminal.data(
        options.flag('json') ? `${JSON.stringify(item)}\n` : `${keyLine(item)}\n`,
      );
    const next = textMember(page, 'next');
    if (next === undefined) return;
    path = `/v1/keys?after=${encodeURIComponent(next)}`;
  }
}

function keyLine(item: unknown): string {
  const revoked = textMember(item, 'revokedAt');
  const expires = textMember(item, 'expiresAt');
  const state =
    revoked !== undefined
      ? `revoked ${revoked}`
      : expires !== undefined
        ? `expires ${expires}`
        : 'active';
  const used = textMember(item, 'lastUsedOn');
  return [
    textMember(item, 'id') ?? '',
    textMember(item, 'name') ?? '',
    listMember(item, 'scopes').join(','),
    state,
    used === undefined ? 'not used yet' : `used ${used}`,
  ].join('  ');
}

async function revoke(client: HttpClient, id: string, input: CommandInput): Promise<void> {
  await ask(client, { method: 'DELETE', path: `/v1/keys/${encodeURIComponent(id)}` });
  if (input.options.flag('json')) await input.terminal.data(`${JSON.stringify({ revoked: id })}\n`);
  else input.terminal.say(`Key ${id} is revoked.`);
}
