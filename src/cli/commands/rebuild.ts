import { setTimeout as delay } from 'node:timers/promises';
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
import { createHttpClient, type HttpClient } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';
import { barOf } from '../progress-bar.ts';

/** Fluent enough for a bar that moves for seconds to minutes. */
const POLL_MS = 250;
/** The server looks each second whether a copy can be swapped in. Afterwards it is asked what keeps it. */
const SWAP_EXPECTED_MS = 3_000;
/** As many as the server lists at once; it pauses a projection that parks more. */
const PARKED_LIMIT = 1_000;

export const rebuild: Command = {
  name: 'rebuild',
  summary: 'Compute a read model anew from the log, while the old copy serves',
  usage: 'PROJECTION [--as-of TIME]',
  examples: [
    { line: 'rebuild customers.list', says: 'fill a new copy and swap it in' },
    {
      line: 'rebuild customers.list --as-of 2026-11-21T09:30:00Z',
      says: 'a copy as it was then, beside the one in use',
    },
    { line: 'rebuild customers.list --detach', says: 'begin, and do not wait' },
  ],
  options: {
    'as-of': { type: 'text', value: 'TIME', help: 'A copy as of then (RFC 3339 with zone).' },
    detach: { type: 'flag', help: 'Do not wait until it is done.' },
  },
  words: { min: 1, max: 1 },
  notes: [
    'Ctrl-C ends the watching, not the rebuild: the server goes on, also after a restart.',
    'It needs a key with projections:write. Two copies as of a moment are kept of each list.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const [name = ''] = input.words;
  const asOf = input.options.text('as-of');
  if (asOf !== undefined && Number.isNaN(Date.parse(asOf)))
    throw usageError('--as-of must be a time such as 2026-11-21T09:30:00Z.');
  const client = createHttpClient({ connection: findConnection(input.settings) });
  try {
    const begun = await ask(client, {
      method: 'POST',
      path: `/v1/projections/${encodeURIComponent(name)}/rebuild`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asOf === undefined ? {} : { asOf }),
    });
    if (input.options.flag('detach')) return await told(input, begun, `${name} is being rebuilt.`);
    return await watch(client, input, { name, asOf, begun });
  } finally {
    input.terminal.progress('');
    client.close();
  }
}

interface Watched {
  readonly name: string;
  readonly asOf: string | undefined;
  readonly begun: unknown;
}

async function watch(client: HttpClient, input: CommandInput, of: Watched): Promise<ExitCode> {
  const { terminal, signal } = input;
  let projection = of.begun;
  let askAt: number | undefined;
  for (;;) {
    if (member(projection, 'paused') === true)
      throw new CliError(EXIT.failed, `${of.name} is paused; resume it and the rebuild goes on.`);
    const copy = of.asOf === undefined ? fillingOf(projection) : shadowOf(projection, of.asOf);
    if (copy === undefined && of.asOf !== undefined)
      throw new CliError(
        EXIT.failed,
        `${of.name} as of ${of.asOf} is gone: later copies took its place.`,
      );
    if (copy === undefined || member(copy, 'ready') === true) break;
    // Events that come in meanwhile put it behind again, for a moment: what counts is that it was there once.
    if (member(copy, 'behindEvents') === 0) askAt ??= performance.now() + SWAP_EXPECTED_MS;
    if (askAt !== undefined && performance.now() > askAt) {
      await refuseParked(client, of.name, projection);
      askAt = undefined;
    }
    terminal.progress(barOf(Number(member(copy, 'progress') ?? 0), wordsOf(copy)));
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) {
      terminal.say('The rebuild goes on without being watched.');
      return EXIT.interrupted;
    }
    const page = await ask(client, { method: 'GET', path: '/v1/projections' });
    projection = listMember(page, 'items').find((each) => textMember(each, 'name') === of.name);
  }
  const done =
    of.asOf === undefined
      ? `${of.name} was rebuilt; the new copy is in use.`
      : `${of.name} as of ${of.asOf} can be read.`;
  return told(input, projection, done);
}

/** A copy that has more parked events than the one in use is not swapped in. Errors: CliError that says so. */
async function refuseParked(client: HttpClient, name: string, projection: unknown): Promise<void> {
  const path = `/v1/projections/${encodeURIComponent(name)}/parked`;
  const page = await ask(client, { method: 'GET', path: `${path}?limit=${PARKED_LIMIT}` });
  // The list is of both copies, the number of the one in use.
  const extra = listMember(page, 'items').length - Number(member(projection, 'parkedEvents') ?? 0);
  if (extra <= 0) return;
  throw new CliError(
    EXIT.failed,
    `The new copy of ${name} is not swapped in: ${extra} events are parked in it that the copy in use has not parked.\n"comptoir parked list --model ${name}" shows them; once they are retried or skipped, it is swapped in.`,
  );
}

async function told(input: CommandInput, projection: unknown, words: string): Promise<ExitCode> {
  if (input.options.flag('json'))
    await input.terminal.data(`${JSON.stringify(projection ?? null)}\n`);
  else input.terminal.say(words);
  return EXIT.ok;
}

/** Undefined once it was swapped in. */
function fillingOf(projection: unknown): unknown {
  return listMember(projection, 'generations').find(
    (each) => textMember(each, 'state') === 'filling',
  );
}

/** The server writes times in its own form: they are compared as moments. */
function shadowOf(projection: unknown, asOf: string): unknown {
  const moment = Date.parse(asOf);
  return listMember(projection, 'shadows').find(
    (each) => Date.parse(textMember(each, 'asOf') ?? '') === moment,
  );
}

function wordsOf(copy: unknown): string {
  const done = member(copy, 'eventsDone');
  const behind = member(copy, 'behindEvents');
  return typeof done === 'number' && typeof behind === 'number'
    ? `${done} events, ${behind} left`
    : '';
}
