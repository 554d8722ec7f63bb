/**
 * projection: the read model of a module computed anew from a bucket of decided events, and how long after its command
 * was acknowledged an event is shown, at 2,000 commands a second over many tenants. In this process, through the log
 * port. Rows are counted and compared with what was written, so nothing can be left out.
 */
import { jsonDraftOf, type EventDraft } from '../../../src/core/event.ts';
import { wireType } from '../../../src/core/event-type.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { noMetrics } from '../../../src/core/metrics.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { Database } from '../../../src/platform/postgres/database.ts';
import type { PostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import {
  customerContactChanged,
  customerRegistered,
} from '../../../src/modules/customers/events.ts';
import { customers } from '../../../src/modules/customers/index.ts';
import {
  createProjections,
  type RunningProjections,
} from '../../../src/projections/create-projections.ts';
import { createPostgresStore } from '../../../src/projections/postgres/postgres-store.ts';
import { PROJECTION_CONNECTIONS } from '../../../src/projections/limits.ts';
import { connect } from '../database.ts';
import { createHistogram, percentileMs, record } from '../histogram.ts';
import { startLogHost, type LogHost } from '../embedded-log.ts';
import type { BenchResult } from '../fields.ts';
import { dueCount, OFFERED_SHARE } from '../pacing.ts';
import type { Scope } from '../scope.ts';
import { significant } from '../statistics.ts';
import type { BenchContext } from './context.ts';

const EVENTS = 500_000;
/** Events of one customer, spread over the time in which WINDOW other customers are written to. */
const EVENTS_PER_CUSTOMER = 20;
const WINDOW = 2_000;
const STREAMS_PER_APPEND = 8;
const APPENDS_IN_FLIGHT = 64;
const TENANT = 'rebuilt';

const COMMANDS_PER_SECOND = 2_000;
const TENANTS = 50;
const SECONDS = 20;
const WARM_UP_SECONDS = 3;
const WAIT_MS = 10_000;
const REBUILD_MS_MAX = 300_000;

const model = customers.readModels[0];

export async function projection({ options, scope }: BenchContext): Promise<BenchResult> {
  if (model === undefined) throw new Error('The module has no read model.');
  // A log of its own for each, so that the live phase has one copy to fill, as a server mostly has.
  const quiet = await open(scope);
  const lag = await live(quiet, options.seconds ?? SECONDS);
  scope.say(`shown ${lag.p99Ms.toFixed(1)} ms after the acknowledgement (p99)`);
  const full = await open(scope);
  const { log } = full;
  const events = Math.min(options.events, EVENTS);
  await write(log, events);
  scope.say(`${events} events of ${events / EVENTS_PER_CUSTOMER} customers are written`);
  const rebuilt = await rebuild(full, events);
  scope.say(`rebuilt at ${Math.round(rebuilt.perSecond)}/s`);
  return {
    events,
    rebuildEventsPerSecond: significant(rebuilt.perSecond),
    rebuildCpuMicrosPerEvent: significant(rebuilt.cpuMicros),
    lagP99Ms: significant(lag.p99Ms),
    lagP50Ms: significant(lag.p50Ms),
    sentToShownP99Ms: significant(lag.sentP99Ms),
    commandsPerSecond: significant(lag.perSecond),
  };
}

/** Customers register one after the other; each changes its contact while WINDOW others are active. */
async function write(log: PostgresLog, events: number): Promise<void> {
  const customersMax = Math.ceil(events / EVENTS_PER_CUSTOMER);
  const lists: (readonly number[])[] = [];
  for (let first = 0; first < customersMax; first += WINDOW) {
    const count = Math.min(WINDOW, customersMax - first);
    for (let round = 0; round < EVENTS_PER_CUSTOMER; round += 1)
      for (let at = 0; at < count; at += STREAMS_PER_APPEND)
        lists.push(
          Array.from(
            { length: Math.min(STREAMS_PER_APPEND, count - at) },
            (_, index) => (first + at + index) * EVENTS_PER_CUSTOMER + round,
          ),
        );
  }
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let list = lists[next++]; list !== undefined; list = lists[next++])
      await append(log, TENANT, list);
  };
  // A customer's events are appends apart by far more than are in flight, so versions come in order.
  await Promise.all(Array.from({ length: APPENDS_IN_FLIGHT }, writer));
}

async function append(
  log: PostgresLog,
  tenant: string,
  numbers: readonly number[],
): Promise<bigint> {
  const streams = numbers.map((number) => {
    const customer = `c${Math.floor(number / EVENTS_PER_CUSTOMER)}`;
    const version = number % EVENTS_PER_CUSTOMER;
    const events = [draft({ customer, version, number })];
    return { stream: `customers/${customer}`, expectedVersion: BigInt(version), events };
  });
  const outcome = await log.appendDecided({ tenant, streams });
  if (outcome.status !== 'appended') throw new Error(`Not appended: ${outcome.status}.`);
  return outcome.position;
}

function draft(of: {
  readonly customer: string;
  readonly version: number;
  readonly number: number;
}): EventDraft {
  const { customer, version, number } = of;
  const contact = {
    name: `Ana Souza ${number}`,
    phone: `+55119${String(number).padStart(8, '0')}`,
  };
  const first = { ...contact, email: `ana.${number}@example.com`, language: 'pt-BR' };
  const type = version === 0 ? customerRegistered : customerContactChanged;
  return jsonDraftOf(
    {
      id: `${customer}-${version}`,
      source: '/comptoir/customers',
      type: wireType(type),
      time: '2026-11-21T09:30:00.000Z',
      extensions: { commandid: `command-${number}`, actor: 'bench', hops: 0 },
    },
    { customerId: customer, ...(version === 0 ? first : contact) },
  );
}

interface Parts {
  readonly host: LogHost;
  readonly log: PostgresLog;
  /** Of the projections alone, as in a server. */
  readonly pool: Database;
}

async function open(scope: Scope): Promise<Parts> {
  const host = await startLogHost(scope);
  const log = await openPostgresLog({
    database: host.database,
    dedupeWindowSeconds: 3_600,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  scope.defer(() => log.close());
  return { host, log, pool: connect(scope, host.url, PROJECTION_CONNECTIONS) };
}

function begin({ log, pool }: Parts): RunningProjections {
  return createProjections({
    log,
    models: customers.readModels,
    store: createPostgresStore({ database: pool, bucketCount: log.bucketCount }),
    clock: systemClock,
    metrics: noMetrics,
    logger: silentLogger,
  });
}

/** The first fill is of the same kind as a rebuild, but for the indexes; what is measured is a rebuild beside it. */
async function rebuild(
  parts: Parts,
  events: number,
): Promise<{ readonly perSecond: number; readonly cpuMicros: number }> {
  const { host, log } = parts;
  const projections = begin(parts);
  if (model === undefined) throw new Error('The module has no read model.');
  await projections.start();
  try {
    const { position } = await log.head(log.bucketOf(TENANT));
    await projections.waitFor(model, { tenant: TENANT, position }, REBUILD_MS_MAX);
    const before = host.cpuSeconds();
    const startMs = performance.now();
    await projections.rebuild(model.name, {});
    await projections.waitForAll(log.bucketOf(TENANT), position, REBUILD_MS_MAX);
    const seconds = (performance.now() - startMs) / 1000;
    const after = host.cpuSeconds();
    await check(host, events);
    const cpuSeconds = after.node - before.node + after.postgres - before.postgres;
    return { perSecond: events / seconds, cpuMicros: (cpuSeconds * 1e6) / events };
  } finally {
    await projections.stop();
  }
}

/** The newest copy holds every customer, each with its last name. */
async function check({ database }: LogHost, events: number): Promise<void> {
  const { rows } = await database.query<{ count: bigint; last: bigint }>({
    text: `select count(*) as count, count(*) filter (where split_part(name, ' ', 3)::bigint % $1 = $1 - 1) as last
             from read_customers_list_g2`,
    values: [EVENTS_PER_CUSTOMER],
  });
  const wanted = BigInt(Math.ceil(events / EVENTS_PER_CUSTOMER));
  if (rows[0]?.count !== wanted || rows[0].last !== wanted)
    throw new Error(`The copy holds ${rows[0]?.count} customers, ${rows[0]?.last} of them whole.`);
}

interface Lag {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly sentP99Ms: number;
  readonly perSecond: number;
}

/** Paced, open loop: each command registers a customer; it counts once it is shown. */
async function live(parts: Parts, seconds: number): Promise<Lag> {
  if (model === undefined) throw new Error('The module has no read model.');
  const { log } = parts;
  const projections = begin(parts);
  const shown = createHistogram();
  const sent = createHistogram();
  await projections.start();
  try {
    const pace = { startMs: performance.now(), perSecond: COMMANDS_PER_SECOND * OFFERED_SHARE };
    const measureMs = pace.startMs + WARM_UP_SECONDS * 1_000;
    const endMs = measureMs + seconds * 1_000;
    const underWay = new Set<Promise<void>>();
    let failure: unknown;
    let number = 0;
    const one = async (index: number): Promise<void> => {
      const tenant = `live-${index % TENANTS}`;
      const sentMs = performance.now();
      const customer = `live-${index}`;
      const events = [draft({ customer, version: 0, number: index })];
      const streams = [{ stream: `customers/${customer}`, expectedVersion: 0n, events }];
      const outcome = await log.appendDecided({ tenant, streams });
      if (outcome.status !== 'appended') throw new Error(`Not appended: ${outcome.status}.`);
      const acknowledgedMs = performance.now();
      await projections.waitFor(model, { tenant, position: outcome.position }, WAIT_MS);
      const nowMs = performance.now();
      if (sentMs < measureMs) return;
      record(shown, (nowMs - acknowledgedMs) * 1_000);
      record(sent, (nowMs - sentMs) * 1_000);
    };
    while (performance.now() < endMs && failure === undefined) {
      for (const due = dueCount(pace, performance.now()); number < due; number += 1) {
        const working = one(number)
          .catch((error: unknown) => (failure = error))
          .then(() => void underWay.delete(working));
        underWay.add(working);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(underWay);
    if (failure !== undefined) throw failure;
    return {
      p50Ms: percentileMs(shown, 0.5),
      p99Ms: percentileMs(shown, 0.99),
      sentP99Ms: percentileMs(sent, 0.99),
      perSecond: shown.count / seconds,
    };
  } finally {
    await projections.stop();
  }
}
