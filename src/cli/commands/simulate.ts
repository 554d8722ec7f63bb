import { randomInt } from 'node:crypto';
import { ask } from '../answers.ts';
import { EXIT, type Command, type CommandInput, type ExitCode } from '../command.ts';
import { findConnection } from '../connection.ts';
import { createHttpClient } from '../http-client.ts';
import { createGenerator } from '../simulate/generator.ts';
import type { Plan } from '../simulate/pace.ts';
import { runPlan, type Outcome, type Progress } from '../simulate/run-plan.ts';

/** 400,000 events a minute. */
const RATE = 6667;
const RATE_MAX = 1_000_000;
const SECONDS = 60;
const SECONDS_MAX = 7 * 86_400;
const BATCH = 100;
/** At low rates smaller, so that something arrives this many times a second and not all in one jump. */
const REQUESTS_A_SECOND = 10;
const BATCH_MAX = 1000;
const CONNECTIONS = 8;
const CONNECTIONS_MAX = 256;
const SEED_MAX = 2 ** 48 - 1;
/** Time of the first event of a seeded run, whose events must be the same whenever it is run. */
const SEEDED_START_MS = Date.UTC(2026, 0, 1);
/** A run holds its rate when it misses at most this share of it. */
const MISSED_SHARE_MAX = 0.02;

export const simulate: Command = {
  name: 'simulate',
  summary: 'Send made-up events at a steady rate and measure',
  usage: '[options]',
  examples: [
    { line: 'simulate --rate 6667 --seconds 60', says: '400,000 events a minute for a minute' },
    { line: 'simulate --rate 500 --duplicates 0.05 --malformed 0.01', says: 'with faults in it' },
    { line: 'simulate --seed 7 --seconds 5', says: 'the same events at every run' },
  ],
  options: {
    rate: { type: 'text', value: 'N', help: `Events a second (${RATE}).` },
    seconds: { type: 'text', value: 'N', help: `How long (${SECONDS}).` },
    batch: {
      type: 'text',
      value: 'N',
      help: `Events in one request (${BATCH}, fewer at low rates).`,
    },
    connections: { type: 'text', value: 'N', help: `Requests at the same time (${CONNECTIONS}).` },
    seed: { type: 'text', value: 'N', help: 'Repeat the events of this number, ids included.' },
    ramp: { type: 'text', value: 'SECONDS', help: 'Rise to the rate from zero in this time (0).' },
    burst: {
      type: 'text',
      value: 'FACTOR',
      help: 'One second in ten at this many times the rate (1).',
    },
    duplicates: { type: 'text', value: 'SHARE', help: 'Share of repeated events, 0 to 1 (0).' },
    malformed: { type: 'text', value: 'SHARE', help: 'Share of invalid events, 0 to 1 (0).' },
  },
  words: { min: 0, max: 0 },
  notes: [
    'Latency is measured from when a batch was due, so a slow server cannot hide it.',
    'It fails when the rate was missed by more than 2 %.',
    'With --seed a second run sends the same events, so they come back as duplicates.',
  ],
  run,
};

async function run(input: CommandInput): Promise<ExitCode> {
  const { options, terminal, signal } = input;
  const whole = (name: string, range: { min: number; max: number; fallback: number }): number =>
    options.number(name, { ...range, whole: true });
  const share = (name: string): number => options.number(name, { min: 0, max: 1, fallback: 0 });
  const rate = options.number('rate', { min: 0.1, max: RATE_MAX, fallback: RATE });
  const usualBatch = Math.min(BATCH, Math.ceil(rate / REQUESTS_A_SECOND));
  const plan: Plan = {
    rate,
    seconds: options.number('seconds', { min: 0.1, max: SECONDS_MAX, fallback: SECONDS }),
    rampSeconds: options.number('ramp', { min: 0, max: SECONDS_MAX, fallback: 0 }),
    burst: options.number('burst', { min: 1, max: 100, fallback: 1 }),
    batch: whole('batch', { min: 1, max: BATCH_MAX, fallback: usualBatch }),
  };
  const connections = whole('connections', { min: 1, max: CONNECTIONS_MAX, fallback: CONNECTIONS });
  const seeded = options.text('seed') !== undefined;
  const seed = whole('seed', { min: 0, max: SEED_MAX, fallback: randomInt(SEED_MAX) });
  const shares = { duplicates: share('duplicates'), malformed: share('malformed') };
  const client = createHttpClient({
    connection: findConnection(input.settings),
    connectionsMax: connections,
  });
  try {
    // Finds a wrong address or key before the clock runs.
    await ask(client, { method: 'POST', path: '/v1/events', headers: BATCH_TYPE, body: '[]' });
    terminal.say(`${plan.rate} events a second for ${plan.seconds} s, seed ${seed}.`);
    const generator = createGenerator({
      seed,
      startMs: seeded ? SEEDED_START_MS : Date.now(),
      stepMs: seeded ? 1 : 1000 / plan.rate,
      ...shares,
    });
    const outcome = await runPlan({
      plan,
      generator,
      client,
      connections,
      stop: signal,
      onProgress: (progress) => terminal.progress(progressLine(progress)),
    });
    terminal.progress('');
    return await report(outcome, { ...input, plan, seed });
  } finally {
    client.close();
  }
}

const BATCH_TYPE = { 'content-type': 'application/cloudevents-batch+json' };

function progressLine({ totals, seconds, latency }: Progress): string {
  const { created, duplicates, rejected, failed } = totals;
  const rate = Math.round((created + duplicates + rejected) / seconds);
  const late = latency.percentile(0.95)?.toFixed(1) ?? '-';
  return `${seconds.toFixed(0)} s  ${rate} events/s  p95 ${late} ms  ${created} created  ${duplicates} duplicates  ${rejected} rejected  ${failed} failed`;
}

async function report(
  outcome: Outcome,
  input: CommandInput & { readonly plan: Plan; readonly seed: number },
): Promise<ExitCode> {
  const { terminal, options, plan } = input;
  const wantedRate = outcome.planned / plan.seconds;
  const held = outcome.achievedRate >= wantedRate * (1 - MISSED_SHARE_MAX);
  const ms = (part: number): number | null => {
    const value = outcome.latency.percentile(part);
    return value === null ? null : Math.round(value * 10) / 10;
  };
  const result = {
    seed: input.seed,
    rateWanted: Math.round(wantedRate * 10) / 10,
    rateAchieved: Math.round(outcome.achievedRate * 10) / 10,
    held,
    seconds: Math.round(outcome.seconds * 100) / 100,
    p50Ms: ms(0.5),
    p95Ms: ms(0.95),
    p99Ms: ms(0.99),
    maxMs: Math.round(outcome.latency.maxMs * 10) / 10,
    ...outcome.totals,
  };
  for (const [reason, count] of outcome.failures) terminal.say(`${count} events failed: ${reason}`);
  await terminal.data(options.flag('json') ? `${JSON.stringify(result)}\n` : text(result));
  if (outcome.stopped) return EXIT.interrupted;
  if (!held) terminal.say('The rate was not held.');
  return held ? EXIT.ok : EXIT.failed;
}

function text(result: Readonly<Record<string, number | boolean | null>>): string {
  const shown = (name: string): string => String(result[name] ?? '-');
  return [
    `rate        ${shown('rateAchieved')} of ${shown('rateWanted')} events/s`,
    `latency     p50 ${shown('p50Ms')} ms  p95 ${shown('p95Ms')} ms  p99 ${shown('p99Ms')} ms  max ${shown('maxMs')} ms`,
    `events      ${shown('created')} created, ${shown('duplicates')} duplicates, ${shown('rejected')} rejected, ${shown('failed')} failed, ${shown('unsent')} unsent`,
    '',
  ].join('\n');
}
