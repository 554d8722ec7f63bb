/**
 * scale: how fast a full log takes events against an empty one.
 *
 * One server is filled first; then each round measures a server on a fresh, empty data directory and the full one,
 * one after the other, with the same warm-up, so that drift of the machine touches both. In every second round the
 * full one comes first.
 */
import type { BenchResult } from '../fields.ts';
import type { LoadClient } from '../load/client.ts';
import { assertRan, startLoad } from '../load/client.ts';
import { settle, subjectOf } from '../measure.ts';
import { logSize } from '../database.ts';
import { createScope } from '../scope.ts';
import { startServer } from '../server.ts';
import type { BenchServer } from '../server.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import type { EventNumbers } from './phases.ts';
import { advance, batchPhase, fill, perSecond, takeStart, WARM_UP_SECONDS } from './phases.ts';

const SECONDS = 30;

export async function scale(context: BenchContext): Promise<BenchResult> {
  const { options, scope } = context;
  const client = startLoad();
  scope.defer(() => client.close());
  const full = await startServer(scope);
  const subject = await subjectOf(scope, full);
  const fullNumbers = { next: 0 };
  const startMs = performance.now();
  await fill({ server: full, client, numbers: fullNumbers }, options, options.events);
  await settle(subject);
  const size = await logSize(subject.database);
  const fillSeconds = Math.round((performance.now() - startMs) / 1000);
  scope.say(`filled to ${size.events} events in ${fillSeconds} s`);
  const empty: number[] = [];
  const filled: number[] = [];
  const measureFull = async (): Promise<void> => {
    filled.push(await rateOf(context, client, { server: full, numbers: fullNumbers }));
    // Its compaction must not take from whoever is measured next.
    await settle(subject);
  };
  for (let round = 0; round < options.rounds; round += 1) {
    if (round % 2 === 1) await measureFull();
    empty.push(await emptyRate(context, client));
    if (round % 2 === 0) await measureFull();
    scope.say(
      `round ${round + 1}: empty ${Math.round(empty[round] ?? 0)}/s, full ${Math.round(filled[round] ?? 0)}/s`,
    );
  }
  const ratio = spreadOf(filled.map((rate, index) => rate / (empty[index] ?? Number.NaN)));
  return {
    events: size.events,
    emptyPerSecond: significant(spreadOf(empty).median),
    fullPerSecond: significant(spreadOf(filled).median),
    ratio: significant(ratio.median),
    ratioRange: [significant(ratio.min), significant(ratio.max)],
  };
}

/** A server of its own on an empty log, gone again before anything else is measured. */
async function emptyRate(context: BenchContext, client: LoadClient): Promise<number> {
  const scope = createScope(context.scope.say);
  context.scope.defer(() => scope.close());
  try {
    return await rateOf(context, client, {
      server: await startServer(scope),
      numbers: { next: 0 },
    });
  } finally {
    await scope.close();
  }
}

async function rateOf(
  { options }: BenchContext,
  client: LoadClient,
  target: { readonly server: BenchServer; readonly numbers: EventNumbers },
): Promise<number> {
  const phase = batchPhase(target.server, options, {
    firstEvent: takeStart(target.numbers, options.batchEvents),
    warmUpSeconds: WARM_UP_SECONDS,
    seconds: (options.seconds ?? SECONDS) / options.rounds,
  });
  const result = await client.run(phase);
  assertRan(result, 'the phase');
  advance(target.numbers, phase, result);
  return perSecond(result);
}
