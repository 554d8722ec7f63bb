/**
 * append: checked appends (each names the version it was decided on) over many streams, through the log port in this
 * process. Grouped: 2,000 callers wait, and whatever waits for a bucket goes in one batch. Baseline: the very same
 * function with batches of one, 20 connections, 200 callers. Both write to the same 20 tenants in 20 buckets, so the
 * baseline has 20 commits in flight and nobody overtakes anybody. Rounds alternate.
 */
import { bucketOfTenant } from '../../../src/core/bucket.ts';
import type { PostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { createTemplates, draftsOf } from '../corpus/corpus.ts';
import { identityOf } from '../corpus/patch.ts';
import { connect } from '../database.ts';
import type { LogHost } from '../embedded-log.ts';
import { startLogHost } from '../embedded-log.ts';
import type { BenchResult } from '../fields.ts';
import type { Scope } from '../scope.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';

const SECONDS = 30;
const WARM_UP_SECONDS = 3;
const CONNECTIONS = 20;
const CALLERS_GROUPED = 2_000;
const CALLERS_ONE = 200;
/** Streams each caller writes to in turn: 50,000 in all when grouped. */
const STREAMS_PER_CALLER = 25;
const BUCKETS = 64;
const TEMPLATES = 10_000;

interface Variant {
  readonly name: string;
  readonly log: PostgresLog;
  readonly tenants: readonly string[];
  readonly callers: number;
}

interface Measure {
  readonly perSecond: number;
  readonly nodeMicros: number;
  readonly postgresMicros: number;
}

export async function append({ options, scope }: BenchContext): Promise<BenchResult> {
  const host = await startLogHost(scope);
  const tenants = tenantsInOwnBuckets(CONNECTIONS);
  const grouped = await variant(scope, host, {
    name: 'grouped',
    tenants,
    callers: CALLERS_GROUPED,
  });
  const oneTenant = {
    ...grouped,
    name: 'grouped, one tenant',
    tenants: tenants.slice(0, 1),
  };
  const one = await variant(scope, host, { name: 'one', tenants, callers: CALLERS_ONE });
  const appender = createAppender(options, host);
  for (const each of [grouped, one, oneTenant]) await appender(each, WARM_UP_SECONDS);
  const measures: Record<'grouped' | 'one' | 'oneTenant', Measure[]> = {
    grouped: [],
    one: [],
    oneTenant: [],
  };
  const seconds = (options.seconds ?? SECONDS) / options.rounds;
  for (let round = 1; round <= options.rounds; round += 1) {
    measures.grouped.push(await appender(grouped, seconds));
    measures.one.push(await appender(one, seconds));
    measures.oneTenant.push(await appender(oneTenant, seconds));
    const words = Object.entries(measures).map(([name, all]) => `${name} ${describe(all.at(-1))}`);
    scope.say(`round ${round}: ${words.join('; ')}`);
  }
  return report(measures);
}

function report(measures: Record<'grouped' | 'one' | 'oneTenant', Measure[]>): BenchResult {
  const { grouped, one, oneTenant } = measures;
  const median = (all: readonly Measure[], of: (measure: Measure) => number): number =>
    significant(spreadOf(all.map(of)).median);
  const ratio = spreadOf(
    grouped.map(({ perSecond }, index) => perSecond / perSecondAt(one, index)),
  );
  return {
    groupedPerSecond: median(grouped, ({ perSecond }) => perSecond),
    groupedOneTenantPerSecond: median(oneTenant, ({ perSecond }) => perSecond),
    onePerTransactionPerSecond: median(one, ({ perSecond }) => perSecond),
    ratio: significant(ratio.median),
    ratioRange: [significant(ratio.min), significant(ratio.max)],
    groupedCpuMicrosPerEvent: median(grouped, cpuOf),
    groupedOneTenantCpuMicrosPerEvent: median(oneTenant, cpuOf),
    onePerTransactionCpuMicrosPerEvent: median(one, cpuOf),
  };
}

async function variant(scope: Scope, host: LogHost, rest: Omit<Variant, 'log'>): Promise<Variant> {
  const log = await openPostgresLog({
    database: connect(scope, host.url, CONNECTIONS),
    bucketCount: BUCKETS,
    dedupeWindowSeconds: 3_600,
    dedupeKeysMax: 50_000_000,
    maintenance: false,
    ...(rest.name === 'one' ? { batchEventsMax: 1 } : {}),
  });
  scope.defer(() => log.close());
  return { ...rest, log };
}

/** Tenants no two of which share a bucket, so that each has a writer of its own. */
function tenantsInOwnBuckets(count: number): string[] {
  const byBucket = new Map<number, string>();
  for (let index = 0; byBucket.size < count; index += 1) {
    const tenant = `shop-${index}`;
    const bucket = bucketOfTenant(tenant, BUCKETS);
    if (!byBucket.has(bucket)) byBucket.set(bucket, tenant);
  }
  return [...byBucket.values()];
}

/** Runs a variant for some seconds; events and streams are new in every run. */
function createAppender(
  options: BenchContext['options'],
  host: LogHost,
): (variant: Variant, seconds: number) => Promise<Measure> {
  const templates = createTemplates(options.seed, TEMPLATES);
  const identity = identityOf(options.seed, options.ids);
  let nextEvent = 0;
  let runs = 0;
  return async ({ log, tenants, callers, name }, seconds) => {
    runs += 1;
    const prefix = `orders/${runs}`;
    const before = host.cpuSeconds();
    const startMs = performance.now();
    const endMs = startMs + seconds * 1000;
    let appended = 0;
    const call = async (caller: number): Promise<void> => {
      const tenant = tenants[caller % tenants.length] ?? '';
      for (let turn = 0; performance.now() < endMs; turn += 1) {
        const stream = `${prefix}-${caller}-${turn % STREAMS_PER_CALLER}`;
        const expectedVersion = BigInt(Math.floor(turn / STREAMS_PER_CALLER));
        const events = draftsOf(templates, { identity, first: nextEvent, count: 1 });
        nextEvent += 1;
        const streams = [{ stream, expectedVersion, events }];
        const outcome = await log.appendDecided({ tenant, streams });
        if (outcome.status !== 'appended') throw new Error(`${name}: ${outcome.status}`);
        appended += 1;
      }
    };
    await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
    const elapsed = (performance.now() - startMs) / 1000;
    const after = host.cpuSeconds();
    return {
      perSecond: appended / elapsed,
      nodeMicros: ((after.node - before.node) * 1e6) / appended,
      postgresMicros: ((after.postgres - before.postgres) * 1e6) / appended,
    };
  };
}

function perSecondAt(measures: readonly Measure[], index: number): number {
  return measures[index]?.perSecond ?? Number.NaN;
}

function describe(measure: Measure | undefined): string {
  if (measure === undefined) return '';
  const { perSecond, nodeMicros, postgresMicros } = measure;
  return `${Math.round(perSecond)}/s at ${nodeMicros.toFixed(1)} + ${postgresMicros.toFixed(1)} us`;
}

const cpuOf = (measure: Measure): number => measure.nodeMicros + measure.postgresMicros;
