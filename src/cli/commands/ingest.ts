import { setImmediate } from 'node:timers/promises';
import { unreachable } from '../answers.ts';
import {
  EXIT,
  CliError,
  messageOf,
  type Command,
  type CommandInput,
  type ExitCode,
} from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient } from '../http-client.ts';
import { batchesOf, type Batch } from '../ingest/batches.ts';
import { formatOf, itemsOf, openInput, type OpenInput } from '../ingest/input.ts';
import type { Items } from '../ingest/item.ts';
import { showProgress } from '../ingest/progress.ts';
import { requiredRowOptions } from '../ingest/row-events.ts';
import { emptyTally, reject, sendBatch, type Sending, type Tally } from '../ingest/sender.ts';

/** Keeps the server busy while answers travel, and bounds memory to a few megabytes. */
const BATCHES_IN_FLIGHT = 4;

export const ingest: Command = {
  name: 'ingest',
  summary: 'Send a file of events',
  usage: 'FILE|- [options]',
  examples: [
    { line: 'ingest events.ndjson', says: 'one CloudEvent a line' },
    {
      line: `ingest orders.tsv --type com.example.order-line --source /import/orders \\\n    --id 'line-{row}' --subject 'order/{order_id}'`,
      says: 'a table: one event a row, attributes by templates over its columns',
    },
    { line: 'ingest events.ndjson.zst', says: 'compressed by gzip or zstd, as it is' },
    { line: 'ingest - --format ndjson < events', says: 'from another program' },
  ],
  options: {
    format: {
      type: 'text',
      value: 'NAME',
      help: 'ndjson, json, csv or tsv; else by the extension.',
    },
    type: { type: 'text', value: 'TEXT', help: 'Tables: type of the events.' },
    source: { type: 'text', value: 'TEXT', help: 'Tables: source of the events.' },
    id: { type: 'text', value: 'TEXT', help: 'Tables: id, unlike in every row.' },
    subject: { type: 'text', value: 'TEXT', help: 'Tables: what the event is about.' },
    time: { type: 'text', value: 'TEXT', help: 'Tables: when it happened, RFC 3339.' },
    number: { type: 'text', multiple: true, value: 'COLUMN', help: 'Tables: a number, not text.' },
    null: { type: 'text', value: 'TEXT', help: 'Tables: cells with this text are null.' },
    quotes: { type: 'flag', help: 'TSV: read quoted cells as CSV does.' },
    semicolon: { type: 'flag', help: 'CSV: cells are separated by semicolons.' },
    'dry-run': { type: 'flag', help: 'Write the events to stdout, send nothing.' },
  },
  words: { min: 1, max: 1 },
  notes: [
    'In templates {name} is a column, {row} the number of the row from 1, {{ and }} are',
    'braces. The data of an event is an object of all columns.',
    'Ids are stable, so an interrupted run is simply repeated: what had arrived counts as',
    'duplicates.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const [file = '-'] = input.words;
  const { settings, terminal, signal } = input;
  const dryRun = input.options.flag('dry-run');
  const connection = dryRun ? undefined : findConnection(settings);
  const opened = openInput({
    file,
    stdin: terminal.input,
    callerDir: settings.callerDir,
    stop: signal,
  });
  const items = await readItems(file, opened, input);
  const tally = emptyTally();
  if (connection === undefined) return await showItems(items, tally, input);
  const client = createHttpClient({ connection, connectionsMax: BATCHES_IN_FLIGHT });
  const endProgress = showProgress(terminal, { ...opened, tally });
  let failure: unknown;
  try {
    await sendAll(items, { client, tally, stop: signal });
  } catch (error) {
    failure = unreachable(error);
  } finally {
    endProgress();
    client.close();
  }
  await report(tally, input, failure);
  if (signal.aborted) return EXIT.interrupted;
  if (failure !== undefined) return failure instanceof CliError ? failure.exit : EXIT.failed;
  return tally.rejected > 0 ? EXIT.partlyRejected : EXIT.ok;
}

async function readItems(file: string, opened: OpenInput, input: CommandInput): Promise<Items> {
  const { options } = input;
  const { format, bytes } = await formatOf({ format: options.text('format'), file }, opened.bytes);
  return itemsOf(bytes, {
    format,
    quotes: options.flag('quotes'),
    delimiter: options.flag('semicolon') ? ';' : undefined,
    row: () => ({
      ...requiredRowOptions({
        type: options.text('type'),
        source: options.text('source'),
        id: options.text('id'),
      }),
      subject: options.text('subject'),
      time: options.text('time'),
      numbers: options.texts('number').flatMap((names) => names.split(',')),
      nullText: options.text('null'),
    }),
  });
}

/** Sends with several batches in flight; after the first failure nothing new is begun. */
async function sendAll(items: Items, sending: Sending): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const start = (batch: Batch): void => {
    const sent = sendBatch(batch, sending)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  };
  try {
    const batches = batchesOf(items, ({ line, refused }) => {
      // A stop cuts the input anywhere: what then looks broken is half a line, and the next run reads it whole.
      if (!sending.stop.aborted) reject(sending.tally, { line, ...refused });
    });
    for await (const batch of batches) {
      if (failures.length > 0 || sending.stop.aborted) break;
      start(batch);
      while (underWay.size >= BATCHES_IN_FLIGHT) await Promise.race(underWay);
      // Lets the answers and the progress line in while a fast file is read.
      await setImmediate();
    }
  } catch (error) {
    failures.push(error);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

async function showItems(items: Items, tally: Tally, input: CommandInput): Promise<ExitCode> {
  for await (const some of items)
    for (const item of some)
      if ('refused' in item) reject(tally, { line: item.line, ...item.refused });
      else await input.terminal.data(`${item.json}\n`);
  sayRejections(tally, input);
  return tally.rejected > 0 ? EXIT.partlyRejected : EXIT.ok;
}

/** Counts go to stdout whatever the ending, so that a script can always read them. */
async function report(tally: Tally, input: CommandInput, failure: unknown): Promise<void> {
  const { terminal, signal } = input;
  const { created, duplicates, rejected, rejections } = tally;
  sayRejections(tally, input);
  if (failure !== undefined) terminal.say(messageOf(failure));
  else if (signal.aborted)
    terminal.say('Stopped. Run the same command again to send the rest; nothing is stored twice.');
  await terminal.data(
    input.options.flag('json')
      ? `${JSON.stringify({ created, duplicates, rejected, rejections })}\n`
      : `${created} created, ${duplicates} duplicates, ${rejected} rejected\n`,
  );
}

function sayRejections({ rejected, rejections }: Tally, { terminal }: CommandInput): void {
  for (const { line, code, detail } of rejections)
    terminal.say(`${terminal.paint('bad', `line ${line}`)}: ${detail} (${code})`);
  const hidden = rejected - rejections.length;
  if (hidden > 0) terminal.say(`and ${hidden} more`);
}
