/**
 * campaign: a campaign at a budget of 1,000 messages a second against the fake provider, which judges it. In the middle the
 * server and its database are killed. Everybody gets the message once; one recipient is sent 60 different messages, of
 * which the pair limit lets 45 out at once.
 *
 * A second is judged by the provider's clock; where its own loop stood still for more than 20 ms, by the stamp that the
 * server put on each request when it left.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import type { Database } from '../../../src/platform/postgres/database.ts';
import { startFakeProvider, type FakeProvider } from '../../fake-provider/fake-provider.ts';
import { appendAudience, phoneOf } from '../campaign/audience.ts';
import { askManyForOne, makeHouse, startCampaign } from '../campaign/house.ts';
import { countInFlight, countOpen, readOutbox } from '../campaign/outbox.ts';
import { connect } from '../database.ts';
import type { BenchResult } from '../fields.ts';
import type { Scope } from '../scope.ts';
import { subjectOf } from '../measure.ts';
import { metricValues, readMetrics } from '../metrics.ts';
import { residentMb, type CpuReading } from '../process-table.ts';
import { startServer, type BenchServer } from '../server.ts';
import { significant } from '../statistics.ts';
import type { BenchContext } from './context.ts';

const SECONDS = 30;
const BUDGET = 1_000;
/** About as long as the real one takes. */
const ANSWERS = { delayMs: 100, jitterMs: 100 };
/** Of the budget that the server paces itself to. */
const PACED = 0.97;
/** One recipient's different messages. */
const MANY = 60;
const FULL_RECIPIENTS = 100_000;
const TENANT = 'default';
const APP_SECRET = 'bench app secret';
const POLL_MS = 100;
/** Of the readings of memory, one in so many is told. */
const MEMORY_EVERY = 100;
/** Lost intents are settled 15 s after a kill; a slow machine takes longer for the rest, and --full has 100,000. */
const END_MS_MAX = 600_000;
/** Within this long after the kill nothing arrives: the server and its database start anew. */
const PAUSE_MS_MIN = 400;
const CAUGHT_UP_MS_MAX = 600_000;

export async function campaign({ options, scope }: BenchContext): Promise<BenchResult> {
  const recipients = options.full
    ? FULL_RECIPIENTS
    : Math.floor((options.seconds ?? SECONDS) * BUDGET * PACED);
  const provider = await startFakeProvider({
    appSecret: APP_SECRET,
    behaviour: ANSWERS,
  });
  scope.defer(() => provider.close());
  const server = await start(scope, provider);
  await fill(scope, server, recipients);
  const house = await makeHouse(server, BUDGET);
  const many = await askManyForOne(server, house, { phone: phoneOf(recipients), count: MANY });
  const subject = await subjectOf(scope, server);
  const memoryBefore = watchMemory(scope, server);
  await startCampaign(server, house);
  await untilReceived(provider, MANY);
  const before = {
    ...subject.cpu(),
    provider: process.cpuUsage(),
    count: provider.received.length,
  };
  await untilReceived(provider, Math.floor(recipients / 2));
  const cpuMicrosPerMessage = cpuSince(before, subject.cpu(), provider.received.length);
  const lostBefore = await lostMoments(server);
  scope.say(`kills the server after ${provider.received.length} messages`);
  await server.kill();
  const killedMs = Date.now();
  const again = await start(scope, provider, server.dataDir);
  const database = connect(scope, await again.databaseUrl());
  const inFlight = await countInFlight(database, killedMs);
  scope.say(`${inFlight} requests were under way`);
  const memory = watchMemory(scope, again);
  await untilEnded(database);
  await provider.settle();
  const lostAfter = await lostMoments(again);
  const rows = await readOutbox(database);
  const result = verdictOf(provider, { rows, recipients, many });
  await again.stop();
  return {
    ...result,
    inFlightAtKill: inFlight,
    cpuMicrosPerMessage,
    momentsLost: { before: lostBefore, after: lostAfter },
    serverRssMaxMb: Math.max(memoryBefore.maxMb(), memory.maxMb()),
    serverRssMb: { before: memoryBefore.everyMb(), after: memory.everyMb() },
  };
}

/** Of the pace of a process: how many moments passed unused, by what was late. */
async function lostMoments(server: BenchServer): Promise<Readonly<Record<string, number>>> {
  return metricValues(await readMetrics(server), 'comptoir_messages_moments_lost_total', 'reason');
}

interface MemoryWatch {
  maxMb(): number;
  /** Every ten seconds. */
  everyMb(): readonly number[];
}

function watchMemory(scope: Scope, server: BenchServer): MemoryWatch {
  const readings: number[] = [];
  const timer = setInterval(() => readings.push(Math.round(residentMb(server.pid))), POLL_MS);
  scope.defer(() => clearInterval(timer));
  return {
    maxMb: () => Math.max(0, ...readings),
    everyMb: () => readings.filter((_, index) => index % MEMORY_EVERY === 0),
  };
}

/** Everything that runs on the machine: server, PostgreSQL, and the provider with this conductor. */
function cpuSince(
  before: CpuReading & { readonly provider: NodeJS.CpuUsage; readonly count: number },
  after: CpuReading,
  count: number,
) {
  const messages = Math.max(1, count - before.count);
  const { user, system } = process.cpuUsage(before.provider);
  return {
    server: significant(((after.serverSeconds - before.serverSeconds) * 1e6) / messages),
    postgres: significant(((after.postgresSeconds - before.postgresSeconds) * 1e6) / messages),
    provider: significant((user + system) / messages),
  };
}

function start(scope: Scope, provider: FakeProvider, dataDir?: string): Promise<BenchServer> {
  const environment = {
    COMPTOIR_WHATSAPP_URL: provider.url,
    COMPTOIR_WHATSAPP_TOKEN: 'bench',
    COMPTOIR_WHATSAPP_APP_SECRET: APP_SECRET,
  };
  return startServer(scope, {
    environment,
    ...(dataDir === undefined ? {} : { dataDir }),
  }).then((server) => {
    provider.webhookTo(`${server.url}/public/webhooks/whatsapp/${TENANT}`);
    return server;
  });
}

async function fill(scope: Scope, server: BenchServer, count: number): Promise<void> {
  const database = connect(scope, await server.databaseUrl());
  const log = await openPostgresLog({
    database,
    dedupeWindowSeconds: 3_600,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  await appendAudience(log, { tenant: TENANT, count });
  await log.close();
  const deadline = performance.now() + CAUGHT_UP_MS_MAX;
  for (;;) {
    const { rows } = await database.query<{ behind: number }>({
      text: `select coalesce(sum(h.head - c.position), 0)::float8 as behind
               from projection_checkpoints c
               join projection_generations g on g.name = c.name and g.generation = c.generation
               join log_heads h on h.bucket = c.bucket where g.state in ('active', 'filling')`,
    });
    if (rows[0]?.behind === 0) break;
    if (performance.now() > deadline) throw new Error('The list of customers did not catch up.');
    await delay(POLL_MS);
  }
  await database.close();
  scope.say(`${count} customers agreed to be written to`);
}

async function untilReceived(provider: FakeProvider, count: number): Promise<void> {
  const deadline = performance.now() + END_MS_MAX;
  while (provider.received.length < count) {
    if (performance.now() > deadline)
      throw new Error(`The provider received ${provider.received.length} of ${count} messages.`);
    await delay(POLL_MS);
  }
}

async function untilEnded(database: Database): Promise<void> {
  const deadline = performance.now() + END_MS_MAX;
  for (;;) {
    if ((await countOpen(database)) === 0) return;
    if (performance.now() > deadline) throw new Error('The campaign did not end.');
    await delay(POLL_MS * 5);
  }
}

interface Ended {
  readonly rows: readonly { readonly messageId: string; readonly state: string }[];
  readonly recipients: number;
  readonly many: readonly string[];
}

function verdictOf(provider: FakeProvider, { rows, recipients, many }: Ended): BenchResult {
  const verdict = provider.judge(BUDGET);
  const received = new Set(provider.received.map(({ callbackData }) => callbackData));
  const states = new Map(rows.map(({ messageId, state }) => [messageId, state]));
  const queued = rows.filter(({ state }) => state === 'waiting' || state === 'queued').length;
  const unknown = rows.filter(({ state }) => state === 'unknown').length;
  const shown = rows.filter(
    ({ messageId, state }) =>
      received.has(messageId) || ['unknown', 'waiting', 'queued'].includes(state),
  ).length;
  const own = new Set(many);
  const times = provider.received
    .filter(({ callbackData }) => !own.has(callbackData))
    .map(({ sentAtUs, atUs }) => sentAtUs ?? atUs)
    .toSorted((one, other) => one - other);
  return {
    recipients,
    maxPerSecond: verdict.maxPerSecond,
    budgetViolations: verdict.budgetViolations,
    pairViolations: verdict.pairViolations,
    stalledWindows: verdict.stalledWindows.length,
    rateUsed: significant(rateOf(times) / BUDGET),
    perSecond: perSecondOf(times),
    doubles: verdict.doubles.length,
    unknown,
    lost: recipients + many.length - shown,
    queued,
    sentToOne: many.filter((id) => received.has(id)).length,
    states: Object.fromEntries(
      Object.entries(Object.groupBy([...states.values()], (state) => state)).map(
        ([state, some]) => [state, some?.length ?? 0],
      ),
    ),
  };
}

/** Messages a second over the time in which they were sent: the longest pause, that of the kill, is left out. */
function rateOf(timesUs: readonly number[]): number {
  const gaps = timesUs.slice(1).map((time, index) => time - (timesUs[index] ?? time));
  const pause = Math.max(0, ...gaps.filter((gap) => gap > PAUSE_MS_MIN * 1000));
  const spanUs = (timesUs.at(-1) ?? 0) - (timesUs[0] ?? 0) - pause;
  return spanUs === 0 ? 0 : (timesUs.length / spanUs) * 1_000_000;
}

/** Messages in each second from the first one on, by the stamps; the last second is not whole. */
function perSecondOf(timesUs: readonly number[]): readonly number[] {
  const first = timesUs[0] ?? 0;
  const counts: number[] = [];
  for (const time of timesUs) {
    const second = Math.floor((time - first) / 1_000_000);
    while (counts.length <= second) counts.push(0);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return counts;
}
