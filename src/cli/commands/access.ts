import { ask } from '../answers.ts';
import { EXIT, usageError, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient } from '../http-client.ts';
import { member, textMember } from '../json.ts';

export const access: Command = {
  name: 'access',
  summary: 'The way back in when nobody can sign in',
  usage: 'break-glass --email EMAIL [--tenant TENANT]',
  examples: [
    {
      line: 'access break-glass --tenant cafe-aurora --email ada@cafe-aurora.example',
      says: 'an owner with a link of one hour',
    },
  ],
  options: {
    tenant: { type: 'text', value: 'TENANT', help: 'The house; "default" when it is not given.' },
    email: {
      type: 'text',
      value: 'EMAIL',
      help: 'Who becomes an owner, again or for the first time.',
    },
  },
  words: { min: 1, max: 1 },
  notes: [
    'Asks the running server with an admin key of the installation, such as the one in',
    'cli.json, which only whoever started the server can read. It is recorded in the security',
    'trail before it is done. The link sets a new password, takes a second factor away and',
    'ends every session of the person; it counts once and is shown this once.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const { options, terminal, words } = input;
  const email = options.text('email');
  if (words[0] !== 'break-glass' || email === undefined)
    throw usageError(`Usage: comptoir access ${access.usage}`);
  const tenant = options.text('tenant') ?? 'default';
  const connection = findConnection(input.settings);
  const client = createHttpClient({ connection });
  try {
    const made = await ask(client, {
      method: 'POST',
      path: `/v1/tenants/${encodeURIComponent(tenant)}/break-glass`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    });
    if (options.flag('json')) await terminal.data(`${JSON.stringify(made)}\n`);
    else {
      const link = member(made, 'link');
      terminal.say(
        `Until ${textMember(link, 'expiresAt') ?? ''} this sets the password of ${email} in ${tenant}, once:`,
      );
      await terminal.data(`${textMember(link, 'token') ?? ''}\n`);
      terminal.say('POST it with the new password to /v1/session/links: {"token", "password"}.');
    }
  } finally {
    client.close();
  }
  return EXIT.ok;
}
