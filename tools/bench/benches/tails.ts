/**
 * tails: what readers at the live end cost the server at a paced rate of ingest. Without a tail, with one that wants
 * every event, and with a thousand that want one event in a thousand each; both kinds of tail are sent as many events
 * in all. Every phase with tails fails unless each received exactly what it was to receive.
 */
import type { Identity } from '../corpus/patch.ts';
import { identityOf, subjectOf as subjectNumberOf } from '../corpus/patch.ts';
import { SUBJECT_PREFIX } from '../corpus/template.ts';
import type { BenchResult } from '../fields.ts';
import type { LoadClient } from '../load/client.ts';
import { assertRan, startLoad } from '../load/client.ts';
import type { LoadPhase } from '../load/phase.ts';
import type { Subject } from '../measure.ts';
import { settle, subjectOf, targetOf } from '../measure.ts';
import type { BenchOptions } from '../options.ts';
import { OFFERED_SHARE } from '../pacing.ts';
import { startServer } from '../server.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { TailsClient } from '../tails/client.ts';
import { startTails } from '../tails/client.ts';
import { assertDelivered } from '../tails/expectation.ts';
import type { BenchContext } from './context.ts';
import type { EventNumbers } from './phases.ts';
import { advance, batchPhase, perSecond, takeStart, WARM_UP_SECONDS } from './phases.ts';

const SECONDS = 30;
const EVENTS_PER_SECOND = 5_000;
const MANY_TAILS = 1_000;
/** 100 events for each of the thousand: few enough that no tail falls behind, whatever the rate. */
const WARM_UP_REQUESTS = 1_000;
const WARM_UP_SECONDS_MAX = 60;

const KINDS = ['none', 'one', 'thousand'] as const;
type Kind = (typeof KINDS)[number];
const TAILS: Readonly<Record<Kind, number>> = { none: 0, one: 1, thousand: MANY_TAILS };

interface Cost {
  /** Microseconds of CPU per event acknowledged. */
  readonly server: number;
  readonly postgres: number;
  readonly eventsPerSecond: number;
  /** Events received by all tails together, warm-up included. */
  readonly delivered: number;
}

type Round = Readonly<Record<Kind, Cost>>;

interface Parts {
  readonly subject: Subject;
  readonly load: LoadClient;
  readonly tails: TailsClient;
  readonly identity: Identity;
  readonly numbers: EventNumbers;
  readonly options: BenchOptions;
}

export async function tails({ options, scope }: BenchContext): Promise<BenchResult> {
  const subject = await subjectOf(scope, await startServer(scope));
  const load = startLoad();
  scope.defer(() => load.close());
  const readers = startTails();
  scope.defer(() => readers.close());
  const identity = identityOf(options.seed, options.ids, MANY_TAILS);
  const parts = { subject, load, tails: readers, identity, numbers: { next: 0 }, options };
  await warmUp(parts);
  const rounds: Round[] = [];
  for (let index = 0; index < options.rounds; index += 1) {
    const costs = new Map<Kind, Cost>();
    for (let turn = 0; turn < KINDS.length; turn += 1) {
      // Each round begins with another kind, so that drift of the machine touches all of them.
      const kind = KINDS[(index + turn) % KINDS.length] ?? 'none';
      costs.set(kind, await measure(parts, kind));
    }
    const round = roundOf(costs);
    rounds.push(round);
    scope.say(
      `round ${index + 1}: ${KINDS.map((kind) => `${kind} ${round[kind].server.toFixed(1)} us`).join(', ')}` +
        ` an event, ratio ${ratioOf(round).toFixed(2)}`,
    );
  }
  return resultOf(rounds);
}

/** Runs both sides' code hot, at full speed: at the paced rate alone the compiler takes minutes. */
async function warmUp(parts: Parts): Promise<void> {
  await runServed(parts, MANY_TAILS, {
    seconds: WARM_UP_SECONDS_MAX,
    requestsMax: WARM_UP_REQUESTS,
  });
  await settle(parts.subject);
}

async function measure(parts: Parts, kind: Kind): Promise<Cost> {
  const { options, subject } = parts;
  const { result, delivered, used } = await runServed(parts, TAILS[kind], {
    warmUpSeconds: WARM_UP_SECONDS,
    seconds: (options.seconds ?? SECONDS) / options.rounds,
    eventsPerSecond: EVENTS_PER_SECOND * OFFERED_SHARE,
  });
  // Compaction of this phase must not be charged to the next.
  await settle(subject);
  const micros = (seconds: number): number => (seconds * 1e6) / result.answered.accepted;
  return {
    server: micros(used.serverSeconds),
    postgres: micros(used.postgresSeconds),
    eventsPerSecond: perSecond(result),
    delivered,
  };
}

/** Runs a load beside so many tails and checks what they received; CPU used since the beginning of measuring. */
async function runServed(
  parts: Parts,
  tails: number,
  rest: Pick<LoadPhase, 'seconds'> & Partial<LoadPhase>,
) {
  const { subject, load, identity, numbers, options } = parts;
  const queries = queriesOf(identity, tails);
  await parts.tails.open({ ...targetOf(subject.server), queries });
  const firstEvent = takeStart(numbers, options.batchEvents);
  const phase = batchPhase(subject.server, options, { firstEvent, subjects: MANY_TAILS, ...rest });
  let before = subject.cpu();
  const result = await load.run(phase, { onMeasuring: () => (before = subject.cpu()) });
  assertRan(result, `the phase with ${tails} tails`);
  const { accepted, refused } = result.total;
  if (refused > 0) throw new Error(`The server refused ${refused} events.`);
  const delivered = tails === 0 ? 0 : await parts.tails.received(accepted);
  const after = subject.cpu();
  const tallies = await parts.tails.finish();
  if (tails > 0) assertDelivered(tallies, { identity, first: firstEvent, count: accepted, tails });
  advance(numbers, phase, result);
  const used = {
    serverSeconds: after.serverSeconds - before.serverSeconds,
    postgresSeconds: after.postgresSeconds - before.postgresSeconds,
  };
  return { result, delivered, used };
}

/** One tail wants everything; of several, each wants one of the subjects, which come round in turn. */
function queriesOf(identity: Identity, tails: number): string[] {
  if (tails <= 1) return Array.from({ length: tails }, () => '');
  return Array.from({ length: tails }, (_, index) =>
    new URLSearchParams({
      subject: `${SUBJECT_PREFIX}${subjectNumberOf(identity, index)}`,
    }).toString(),
  );
}

function roundOf(costs: ReadonlyMap<Kind, Cost>): Round {
  const costOf = (kind: Kind): Cost => {
    const cost = costs.get(kind);
    if (cost === undefined) throw new Error(`The phase "${kind}" was not measured.`);
    return cost;
  };
  return { none: costOf('none'), one: costOf('one'), thousand: costOf('thousand') };
}

function ratioOf({ one, thousand }: Round): number {
  return thousand.server / one.server;
}

/** What a thousand tails add to a server without any, against what one adds. */
function addedRatioOf({ none, one, thousand }: Round): number {
  return (thousand.server - none.server) / (one.server - none.server);
}

function resultOf(rounds: readonly Round[]): BenchResult {
  const median = (of: (round: Round) => number): number =>
    significant(spreadOf(rounds.map(of)).median);
  const perKind = (of: (cost: Cost) => number): Record<Kind, number> => ({
    none: median((round) => of(round.none)),
    one: median((round) => of(round.one)),
    thousand: median((round) => of(round.thousand)),
  });
  const ratio = spreadOf(rounds.map(ratioOf));
  return {
    tails: MANY_TAILS,
    eventsPerSecond: perKind((cost) => cost.eventsPerSecond),
    cpuMicrosPerEvent: perKind((cost) => cost.server),
    postgresMicrosPerEvent: perKind((cost) => cost.postgres),
    delivered: perKind((cost) => cost.delivered),
    ratio: significant(ratio.median),
    ratioRange: [significant(ratio.min), significant(ratio.max)],
    addedRatio: median(addedRatioOf),
  };
}
