import { open } from 'node:fs/promises';
import { ask } from '../answers.ts';
import {
  CliError,
  EXIT,
  usageError,
  type Command,
  type CommandInput,
  type ExitCode,
} from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';

/** Each checkpoint vouches for everything before it, so the newest of a chain say all; some more in case of a bad line. */
const PER_CHAIN_MAX = 20;
/** As many as the server takes at once. */
const CHECKPOINTS_MAX = 5_000;
/** A thousand million entries take the server this long. */
const TIMEOUT_MS = 30 * 60_000;
/** How the lines of the server's log that are checkpoints begin. */
const LOGGED = 'audit checkpoint ';

export const audit: Command = {
  name: 'audit',
  summary: 'Check that nobody changed the audit trail',
  usage: 'verify [--checkpoint FILE]',
  examples: [
    {
      line: 'audit verify',
      says: 'every chain of the tenant of the key, against the checkpoints of the server',
    },
    {
      line: 'audit verify --checkpoint /mnt/safe/checkpoints.ndjson',
      says: 'also against a copy that was kept elsewhere',
    },
  ],
  options: {
    checkpoint: {
      type: 'text',
      value: 'FILE',
      help: 'A copy of checkpoints.ndjson, or output of the server.',
    },
    tenant: {
      type: 'text',
      value: 'NAME',
      help: 'Only checkpoints of this tenant of the file.',
    },
  },
  words: { min: 1, max: 1 },
  notes: [
    'Ends with 1 when a chain is damaged, and names its first entry that is not as it was written.',
    'It needs a key with audit:read and checks the tenant of that key. The server does the work:',
    'it alone has the keys of the chains.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  if (input.words[0] !== 'verify') throw usageError(`Usage: comptoir audit ${audit.usage}`);
  const file = input.options.text('checkpoint');
  const checkpoints = file === undefined ? [] : await checkpointsIn(file, input);
  const client = createHttpClient({
    connection: findConnection(input.settings),
    timeoutMs: TIMEOUT_MS,
  });
  try {
    const found = await ask(client, {
      method: 'POST',
      path: '/v1/audit/verify',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ checkpoints }),
      signal: input.signal,
    });
    return await told(input, found);
  } finally {
    client.close();
  }
}

async function told({ options, terminal }: CommandInput, found: unknown): Promise<ExitCode> {
  const ok = member(found, 'ok') === true;
  const tenant = textMember(found, 'tenant') ?? '';
  if (options.flag('json')) await terminal.data(`${JSON.stringify(found)}\n`);
  else {
    for (const chain of listMember(found, 'chains'))
      await terminal.data(`${chainLine(tenant, chain)}\n`);
  }
  const said = `The audit trail of ${tenant} is ${ok ? 'as it was written' : 'damaged'}.`;
  terminal.say(`${said} Other tenants were not checked: each needs a key of its own.`);
  return ok ? EXIT.ok : EXIT.failed;
}

function chainLine(tenant: string, chain: unknown): string {
  const count = (name: string): number => Number(member(chain, name) ?? 0);
  const name = `${tenant}/${textMember(chain, 'class') ?? ''}`;
  const damage = member(chain, 'damage');
  const foreign = count('foreign');
  const strange = foreign === 0 ? '' : `; ${foreign} checkpoints were not signed by this server`;
  if (damage === null || damage === undefined) {
    const entries = count('last') - count('first') + 1;
    return `${name}  ok  ${entries} entries, ${count('checkpoints')} checkpoints${strange}`;
  }
  const kind = textMember(damage, 'kind') ?? '';
  const seq = Number(member(damage, 'seq') ?? 0);
  return `${name}  ${kind} at ${seq}  ${textMember(damage, 'detail') ?? ''}${strange}`;
}

/** The newest checkpoints of each chain that a file names. Errors: CliError when there is none, or it cannot be read. */
async function checkpointsIn(file: string, { options }: CommandInput): Promise<readonly unknown[]> {
  const tenant = options.text('tenant');
  const chains = new Map<string, unknown[]>();
  try {
    const handle = await open(file);
    for await (const line of handle.readLines()) {
      const checkpoint = checkpointOf(line);
      if (checkpoint === undefined) continue;
      if (tenant !== undefined && textMember(checkpoint, 'tenant') !== tenant) continue;
      keep(chains, checkpoint);
    }
  } catch (error) {
    throw new CliError(EXIT.failed, `${file} cannot be read.`, { cause: error });
  }
  const found = [...chains.values()].flat();
  if (found.length === 0) throw new CliError(EXIT.failed, `${file} holds no checkpoints.`);
  if (found.length > CHECKPOINTS_MAX)
    throw new CliError(
      EXIT.usage,
      `${file} holds checkpoints of too many tenants: name one with --tenant.`,
    );
  return found;
}

function keep(chains: Map<string, unknown[]>, checkpoint: unknown): void {
  const name = `${textMember(checkpoint, 'class') ?? ''}/${textMember(checkpoint, 'tenant') ?? ''}`;
  const seqOf = (each: unknown): number => Number(member(each, 'seq'));
  const kept = [...(chains.get(name) ?? []), checkpoint].sort(
    (left, right) => seqOf(right) - seqOf(left),
  );
  chains.set(name, kept.slice(0, PER_CHAIN_MAX));
}

/** A line of the checkpoint file, or of the server's log with a checkpoint as its message; undefined for any other. */
function checkpointOf(line: string): unknown {
  const value = parsed(line);
  const logged = textMember(value, 'msg');
  const found = logged?.startsWith(LOGGED) === true ? parsed(logged.slice(LOGGED.length)) : value;
  return typeof member(found, 'hash') === 'string' && typeof member(found, 'seq') === 'number'
    ? found
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
