/**
 * commands: through HTTP, authorised, validated, decided and durable before the answer, from 100 connections. Rounds of
 * many streams with a key on each command, many streams without keys, and one hot stream follow one another. Then a
 * stream of 10,000 events is loaded by a process that has nothing of it in memory.
 */
import { startCommandLoad, type CommandClient } from '../commands/client.ts';
import { measureColdLoads } from '../commands/cold-loads.ts';
import type { CommandLoad, CommandPhase } from '../commands/messages.ts';
import { startLogHost } from '../embedded-log.ts';
import type { BenchResult } from '../fields.ts';
import { createHistogram, mergeInto, percentileMs } from '../histogram.ts';
import { settle, subjectOf, targetOf, type Subject } from '../measure.ts';
import { startServer } from '../server.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import { WARM_UP_SECONDS } from './phases.ts';

/** All rounds of one kind of phase together. */
const SECONDS = 30;
const CONNECTIONS = 100;
/** Connections open, sockets and lanes settle; the code is warm from the phase before all rounds. */
const ROUND_WARM_UP_SECONDS = 1;

const KINDS = ['many', 'withoutKeys', 'hot'] as const;
type Kind = (typeof KINDS)[number];

interface Measure {
  readonly load: CommandLoad;
  readonly serverMicros: number;
  readonly postgresMicros: number;
}
type Round = Readonly<Record<Kind, Measure>>;

export async function commands({ options, scope }: BenchContext): Promise<BenchResult> {
  const server = await startServer(scope);
  const subject = await subjectOf(scope, server);
  const client = startCommandLoad();
  scope.defer(() => client.close());
  const hot = await registerCustomer(subject);
  const seconds = (options.seconds ?? SECONDS) / options.rounds;
  const phase = (kind: Kind, name: string): CommandPhase => ({
    ...targetOf(server),
    connections: CONNECTIONS,
    warmUpSeconds: ROUND_WARM_UP_SECONDS,
    seconds,
    hot: kind === 'hot' ? [hot] : [],
    keys: kind === 'many',
    name,
  });
  for (const kind of KINDS)
    await client.run({ ...phase(kind, `warm-${kind}`), seconds: WARM_UP_SECONDS });
  const rounds: Round[] = [];
  for (let index = 0; index < options.rounds; index += 1) {
    const round: Round = {
      many: await measured(subject, client, phase('many', `many-${index}`)),
      withoutKeys: await measured(subject, client, phase('withoutKeys', `free-${index}`)),
      hot: await measured(subject, client, phase('hot', `hot-${index}`)),
    };
    rounds.push(round);
    scope.say(`round ${index + 1}: ${KINDS.map((kind) => words(kind, round[kind])).join('; ')}`);
  }
  await server.stop();
  const cold = await measureColdLoads(scope, await startLogHost(scope));
  const many = report(rounds, 'many');
  const onHot = report(rounds, 'hot');
  return {
    perSecond: many.perSecond,
    p95Ms: many.p95Ms,
    hotStreamPerSecond: onHot.perSecond,
    loadP95Ms: significant(cold.p95Ms),
    many,
    withoutKeys: report(rounds, 'withoutKeys'),
    hotStream: onHot,
    coldLoad: Object.fromEntries(
      Object.entries(cold).map(([name, value]) => [name, significant(value)]),
    ),
  };
}

async function registerCustomer({ server }: Subject): Promise<string> {
  const response = await fetch(`${server.url}/v1/customers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Hot' }),
  });
  if (response.status !== 201)
    throw new Error(`POST /v1/customers answered ${response.status}: ${await response.text()}`);
  // safe because a created customer is answered with its id
  return ((await response.json()) as { readonly id: string }).id;
}

async function measured(
  subject: Subject,
  client: CommandClient,
  phase: CommandPhase,
): Promise<Measure> {
  let before = subject.cpu();
  const load = await client.run(phase, () => (before = subject.cpu()));
  const after = await settle(subject);
  return {
    load,
    serverMicros: ((after.serverSeconds - before.serverSeconds) * 1e6) / load.answered,
    postgresMicros: ((after.postgresSeconds - before.postgresSeconds) * 1e6) / load.answered,
  };
}

/** Rates and CPU are medians of the rounds; latencies are those of all rounds together. */
function report(rounds: readonly Round[], kind: Kind) {
  const spread = (of: (measure: Measure) => number) =>
    spreadOf(rounds.map(({ [kind]: measure }) => of(measure)));
  const merged = createHistogram();
  for (const { [kind]: measure } of rounds) mergeInto(merged, measure.load.latency);
  const rates = spread(rateOf);
  return {
    perSecond: significant(rates.median),
    perSecondRange: [significant(rates.min), significant(rates.max)],
    p50Ms: significant(percentileMs(merged, 0.5)),
    p95Ms: significant(percentileMs(merged, 0.95)),
    p99Ms: significant(percentileMs(merged, 0.99)),
    serverCpuMicrosPerCommand: significant(spread(({ serverMicros }) => serverMicros).median),
    postgresCpuMicrosPerCommand: significant(spread(({ postgresMicros }) => postgresMicros).median),
    loadCpuShare: significant(spread(({ load }) => load.cpuSeconds / load.seconds).median),
  };
}

const rateOf = ({ load }: Measure): number => load.done / load.seconds;

function words(kind: Kind, measure: Measure): string {
  const { latency } = measure.load;
  return (
    `${kind} ${Math.round(rateOf(measure))}/s at ${measure.serverMicros.toFixed(0)} + ` +
    `${measure.postgresMicros.toFixed(0)} us, p95 ${percentileMs(latency, 0.95).toFixed(1)} ms`
  );
}
