/**
 * replay: reading a whole bucket through the log port in this process, every event's data parsed as JSON, into a
 * reader that does nothing more, and into a SQL projection that moves its table and its checkpoint in one
 * transaction. Passes of both alternate; what was read is summed up and compared, so nothing can be optimised away.
 */
import type { LogBatch } from '../../../src/log/log.ts';
import type { PostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { createTemplates, draftsOf } from '../corpus/corpus.ts';
import { identityOf } from '../corpus/patch.ts';
import type { LogHost } from '../embedded-log.ts';
import { startLogHost } from '../embedded-log.ts';
import type { BenchResult } from '../fields.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import type { Sale, SalesProjection } from './sales-projection.ts';
import { createSalesProjection } from './sales-projection.ts';

const TENANT = 'replayed';
/** Far beyond every cache, small enough to be written in half a minute. */
const EVENTS = 1_000_000;
const APPEND_EVENTS = 1_000;
const APPENDS_IN_FLIGHT = 8;
const READ_EVENTS = 10_000;
const SECONDS = 30;

interface Pass {
  readonly events: number;
  readonly amount: number;
  readonly eventsPerSecond: number;
  readonly nodeMicros: number;
  readonly postgresMicros: number;
}

export async function replay({ options, scope }: BenchContext): Promise<BenchResult> {
  const host = await startLogHost(scope);
  const events = Math.min(options.events, EVENTS);
  await write(host, options, events);
  const log = await openLog(host);
  scope.defer(() => log.close());
  const projection = await createSalesProjection(host.database);
  await onePass({ host, log });
  const noop: Pass[] = [];
  const sql: Pass[] = [];
  const endMs = performance.now() + (options.seconds ?? SECONDS) * 2_000;
  do {
    noop.push(await onePass({ host, log }));
    await projection.reset();
    sql.push(await onePass({ host, log, projection }));
    scope.say(`pass ${noop.length}: no-op ${describe(noop.at(-1))}; SQL ${describe(sql.at(-1))}`);
  } while (performance.now() < endMs);
  for (const pass of [...noop, ...sql])
    if (pass.events !== events || pass.amount !== noop[0]?.amount)
      throw new Error(`A pass read ${pass.events} of ${events} events, amount ${pass.amount}.`);
  const rates = spreadOf(noop.map(({ eventsPerSecond }) => eventsPerSecond));
  const cpu = spreadOf(noop.map(cpuOf));
  return {
    events,
    passes: noop.length,
    noopEventsPerSecond: significant(rates.median),
    noopEventsPerSecondRange: [significant(rates.min), significant(rates.max)],
    cpuMicrosPerEvent: significant(cpu.median),
    cpuMicrosPerEventRange: [significant(cpu.min), significant(cpu.max)],
    nodeCpuMicrosPerEvent: significant(spreadOf(noop.map(({ nodeMicros }) => nodeMicros)).median),
    sqlEventsPerSecond: significant(
      spreadOf(sql.map(({ eventsPerSecond }) => eventsPerSecond)).median,
    ),
    sqlCpuMicrosPerEvent: significant(spreadOf(sql.map(cpuOf)).median),
  };
}

function openLog(host: LogHost): Promise<PostgresLog> {
  return openPostgresLog({
    database: host.database,
    dedupeWindowSeconds: 3_600,
    dedupeKeysMax: 50_000_000,
    maintenance: false,
  });
}

/** Writes the bucket as ingest would and compacts it; the log is closed, so that its cache is gone. */
async function write(
  host: LogHost,
  options: BenchContext['options'],
  events: number,
): Promise<void> {
  const log = await openLog(host);
  const templates = createTemplates(options.seed);
  const identity = identityOf(options.seed, options.ids);
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < events) {
      const range = { identity, first: next, count: Math.min(APPEND_EVENTS, events - next) };
      next += range.count;
      await log.appendReceived(TENANT, draftsOf(templates, range));
    }
  };
  await Promise.all(Array.from({ length: APPENDS_IN_FLIGHT }, writer));
  await log.maintain();
  await log.close();
}

/** Reads everything once; the next batches are on their way while these are looked at. */
async function onePass(parts: {
  readonly host: LogHost;
  readonly log: PostgresLog;
  readonly projection?: SalesProjection;
}): Promise<Pass> {
  const { host, log, projection } = parts;
  const bucket = log.bucketOf(TENANT);
  const before = host.cpuSeconds();
  const startMs = performance.now();
  let [events, amount] = [0, 0];
  let coming = log.readBatches(bucket, 0n, { eventsMax: READ_EVENTS });
  for (;;) {
    const batches = await coming;
    const last = batches.at(-1);
    if (last === undefined) break;
    coming = log.readBatches(bucket, last.lastPosition, { eventsMax: READ_EVENTS });
    // A failure of the read ahead is thrown when it is awaited; until then it must not count as unhandled.
    coming.catch(() => {});
    for (const batch of batches)
      readBatch(batch, (sale) => {
        events += 1;
        amount += sale.total.amount;
        projection?.add(sale);
      });
    await projection?.commit(last.lastPosition);
  }
  const seconds = (performance.now() - startMs) / 1000;
  const after = host.cpuSeconds();
  await projection?.check({ events, amount });
  return {
    events,
    amount,
    eventsPerSecond: events / seconds,
    nodeMicros: ((after.node - before.node) * 1e6) / events,
    postgresMicros: ((after.postgres - before.postgres) * 1e6) / events,
  };
}

function readBatch(batch: LogBatch, each: (sale: Sale) => void): void {
  for (let index = 0; index < batch.count; index += 1) {
    const event = batch.eventAt(index);
    if (event === null) continue;
    const { data } = event;
    const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString();
    // safe because the bucket holds nothing but the corpus; a wrong sum fails the bench.
    each(JSON.parse(text) as Sale);
  }
}

function describe(pass: Pass | undefined): string {
  if (pass === undefined) return '';
  const { eventsPerSecond, nodeMicros, postgresMicros } = pass;
  return `${Math.round(eventsPerSecond)}/s at ${nodeMicros.toFixed(2)} + ${postgresMicros.toFixed(2)} us`;
}

const cpuOf = (pass: Pass): number => pass.nodeMicros + pass.postgresMicros;
