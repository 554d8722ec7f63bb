import { parseArgs } from 'node:util';
import type { BenchName } from './fields.ts';
import { BENCH_FIELDS, isBenchName } from './fields.ts';

/** How ids are made. v4 is what most producers send and is the harsher one: nothing of it compresses. */
export type IdKind = 'v4' | 'v7';

export interface BenchOptions {
  readonly name: BenchName;
  /** Print the JSON object as the last line of stdout, words on stderr. */
  readonly json: boolean;
  /** Length of each measuring phase, all its rounds together; undefined takes the bench's own default. */
  readonly seconds: number | undefined;
  /** Events in the log for find and scale. */
  readonly events: number;
  /** Orders in the history that business reads; a fifth as many customers, a tenth as many reservations. */
  readonly orders: number;
  readonly rounds: number;
  /** Connections of the phase with batches, and of the phase with one event a request. */
  readonly batchConnections: number;
  readonly singleConnections: number;
  readonly batchEvents: number;
  readonly ids: IdKind;
  readonly seed: number;
  /** As large as the design asks, whatever `seconds` says; for campaign. */
  readonly full: boolean;
}

const DEFAULTS = {
  seconds: undefined,
  events: '10000000',
  orders: '1000000',
  rounds: '3',
  'batch-connections': '24',
  'single-connections': '96',
  'batch-events': '100',
  ids: 'v4',
  seed: '1',
} as const;

export const USAGE = `usage: npm run bench -- NAME [--json] [--seconds N] [--rounds N] [--events N] [--seed N]
         [--orders N] [--full] [--ids v4|v7] [--batch-connections N] [--batch-events N] [--single-connections N]
NAME: ${Object.keys(BENCH_FIELDS).join(', ')}`;

/** Reads the arguments. Throws UsageError with one sentence when they make no sense. */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { values, positionals } = parsed(argv);
  const name = positionals[0] ?? '';
  if (positionals.length !== 1 || !isBenchName(name))
    throw new UsageError(`Name one bench; "${positionals.join(' ')}" is none.`);
  const text = { ...DEFAULTS, ...values };
  if (text.ids !== 'v4' && text.ids !== 'v7') throw new UsageError('--ids is v4 or v7.');
  return {
    name,
    json: values.json === true,
    seconds: text.seconds === undefined ? undefined : numberOf('seconds', text.seconds, 1),
    events: numberOf('events', text.events, 10_000),
    orders: numberOf('orders', text.orders, 1_000),
    rounds: numberOf('rounds', text.rounds, 1),
    batchConnections: numberOf('batch-connections', text['batch-connections'], 1),
    singleConnections: numberOf('single-connections', text['single-connections'], 1),
    batchEvents: numberOf('batch-events', text['batch-events'], 4),
    ids: text.ids,
    seed: numberOf('seed', text.seed, 0),
    full: values.full === true,
  };
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        seconds: { type: 'string' },
        events: { type: 'string' },
        orders: { type: 'string' },
        rounds: { type: 'string' },
        'batch-connections': { type: 'string' },
        'single-connections': { type: 'string' },
        'batch-events': { type: 'string' },
        ids: { type: 'string' },
        seed: { type: 'string' },
        full: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new UsageError(`--${name} is a whole number from ${least} on; "${text}" is not.`);
  return value;
}
