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
import { textMember } from '../json.ts';
import {
  ownerPath,
  parkedOf,
  parkedOwners,
  placeOf,
  type ParkedEvent,
  type ParkedOwner,
} from '../parked-events.ts';

export const parked: Command = {
  name: 'parked',
  summary: 'Show, retry and skip events that could not be processed',
  usage: 'list | show STREAM | retry STREAM | skip STREAM  [--model NAME | --policy NAME]',
  examples: [
    { line: 'parked list', says: 'everything that waits for a person' },
    {
      line: 'parked show orders/01J9ZQ4Y --model orders.board',
      says: 'the events of one stream that a list could not show, with the reason',
    },
    {
      line: 'parked retry orders/01J9ZQ4Y --policy loyalty.earn-on-order',
      says: 'after a repair: answer them again, in order',
    },
    {
      line: 'parked skip orders/01J9ZQ4Y --model orders.board --tenant cafe-aurora',
      says: 'give up the first one for good; what waits behind it is processed',
    },
  ],
  options: {
    model: { type: 'text', value: 'NAME', help: 'Of this read model, such as customers.list.' },
    policy: {
      type: 'text',
      value: 'NAME',
      help: 'Of this policy; STREAM is then the lane that the list shows.',
    },
    tenant: { type: 'text', value: 'TENANT', help: 'Of this tenant; needed where several fit.' },
  },
  words: { min: 0, max: 2 },
  notes: [
    'An event is parked when processing it failed, with those of its stream behind it; all else',
    'goes on. Mend the cause first: a retry ends with 1 while one fails again. A skip cannot be',
    'taken back, but by rebuilding the list. It needs a key with projections:write.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const [action = 'list', stream] = input.words;
  const owner = ownerOf(input);
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    if (action === 'list' && stream === undefined) return await list(client, input, owner);
    const known = action === 'show' || action === 'retry' || action === 'skip';
    if (!known || stream === undefined) throw usageError(`Usage: comptoir parked ${parked.usage}`);
    if (owner === undefined)
      throw usageError(`Say whose: --model NAME or --policy NAME. "comptoir parked list" tells.`);
    const of = { owner, stream, tenant: input.options.text('tenant') };
    if (action === 'show') return await show(client, input, of);
    return await settle(client, input, { ...of, action });
  } finally {
    client.close();
  }
}

type Client = ReturnType<typeof createHttpClient>;

function ownerOf({ options }: CommandInput): ParkedOwner | undefined {
  const [model, policy] = [options.text('model'), options.text('policy')];
  if (model !== undefined && policy !== undefined)
    throw usageError('Give --model or --policy, not both.');
  if (model !== undefined) return { kind: 'model', name: model };
  return policy === undefined ? undefined : { kind: 'policy', name: policy };
}

async function list(
  client: Client,
  { options, terminal }: CommandInput,
  owner: ParkedOwner | undefined,
): Promise<ExitCode> {
  const tenant = options.text('tenant');
  const owners = owner === undefined ? await parkedOwners(client) : [owner];
  let count = 0;
  for (const each of owners) {
    const { items, more } = await parkedOf(client, each);
    for (const item of items) {
      if (tenant !== undefined && item.tenant !== tenant) continue;
      count += 1;
      await terminal.data(options.flag('json') ? jsonLine(each, item) : textLine(each, item));
    }
    if (more) terminal.say(`${each.kind} ${each.name} has more: settle some of these first.`);
  }
  if (count === 0) terminal.say('Nothing is parked.');
  return EXIT.ok;
}

function jsonLine({ kind, name }: ParkedOwner, { answer }: ParkedEvent): string {
  return `${JSON.stringify({ [kind]: name, ...answer })}\n`;
}

function textLine({ kind, name }: ParkedOwner, item: ParkedEvent): string {
  const { tenant, stream, position, type, reason, attempts } = item;
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`;
  return `${[`${kind} ${name}`, tenant, stream, position, type, reason, tries].join('  ')}\n`;
}

interface Asked {
  readonly owner: ParkedOwner;
  readonly stream: string;
  readonly tenant: string | undefined;
}

async function show(
  client: Client,
  { options, terminal }: CommandInput,
  asked: Asked,
): Promise<ExitCode> {
  const { items } = await placeOf(client, asked);
  for (const item of items)
    await terminal.data(
      options.flag('json') ? jsonLine(asked.owner, item) : `${detailsOf(item).join('\n')}\n\n`,
    );
  return EXIT.ok;
}

function detailsOf({ tenant, stream, position, type, reason, ...rest }: ParkedEvent) {
  return [
    `${type} at ${position}`,
    `  tenant    ${tenant}`,
    `  stream    ${stream === '' ? '(none)' : stream}`,
    ...(rest.timer === undefined ? [] : [`  timer     ${rest.timer}`]),
    `  reason    ${reason === 'behind' ? 'waits behind the one before it' : reason}`,
    `  tries     ${rest.attempts}`,
    `  parked    ${rest.parkedAt}`,
  ];
}

async function settle(
  client: Client,
  { options, terminal }: CommandInput,
  asked: Asked & { readonly action: 'retry' | 'skip' },
): Promise<ExitCode> {
  const { owner, action, stream } = asked;
  const { tenant, items } = await placeOf(client, asked);
  const place = owner.kind === 'model' ? { tenant, stream } : { tenant, lane: stream };
  const answer = await ask(client, {
    method: 'POST',
    path: `${ownerPath(owner)}${owner.kind === 'model' ? '/parked' : ''}/${action}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(place),
  });
  // safe because both routes answer with a count
  const { left } = answer as { readonly left: number };
  if (options.flag('json'))
    await terminal.data(`${JSON.stringify({ [owner.kind]: owner.name, ...place, left })}\n`);
  const done =
    action === 'skip' ? `${items[0]?.type ?? 'The first event'} was given up` : 'Retried';
  const rest = left === 0 ? 'nothing of this stream is parked any more' : `${left} still parked`;
  const again = action === 'retry' && left > 0;
  if (again) throw new CliError(EXIT.failed, `${done}; ${rest}. ${await whyLeft(client, asked)}`);
  terminal.say(`${done}; ${rest}.`);
  return EXIT.ok;
}

/** What the first of them failed with this time. */
async function whyLeft(client: Client, asked: Asked): Promise<string> {
  const { items } = await placeOf(client, asked);
  const reason = items[0] === undefined ? undefined : textMember(items[0].answer, 'reason');
  return `The first failed again: ${reason ?? 'see the log of the server'}.`;
}
