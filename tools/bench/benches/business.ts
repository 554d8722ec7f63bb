/**
 * business: a house that sells through HTTP. Quick sales, each followed by the loyalty command of the policy, as fast as
 * they go and paced; how soon they stand on the boards; everybody at once for the last places; one account hit by
 * hundreds of commands a second; and reads beside a long history.
 */
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { openAsking } from '../business/asking.ts';
import { startBusinessLoad, type BusinessClient } from '../business/client.ts';
import { startOnHistory } from '../business/data-folder.ts';
import { create, done, type House } from '../business/house.ts';
import { openLedger, type Ledger } from '../business/ledger.ts';
import { countsOf, reservedDates } from '../business/history.ts';
import { READ_KINDS, type HotLoad, type PlacesLoad, type SalesLoad } from '../business/messages.ts';
import type { BenchResult } from '../fields.ts';
import { percentileMs } from '../histogram.ts';
import { settle, subjectOf, targetOf, type Subject } from '../measure.ts';
import { OFFERED_SHARE } from '../pacing.ts';
import type { Scope } from '../scope.ts';
import { startServer } from '../server.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';

/** All rounds of one kind of phase together. */
const SECONDS = 30;
const WARM_UP_SECONDS = 5;
const ROUND_WARM_UP_SECONDS = 1;
const MEMBERS = 5_000;
const SALE_CONNECTIONS = 100;
/** A till that waits for an answer does not keep others waiting: open loop. */
const PACED_CONNECTIONS = 400;
const SALES_PER_SECOND = 1_000;
const HOT_CONNECTIONS = 64;
const READS_PER_SECOND = 1_000;
const READ_CONNECTIONS = 100;
/** Evenings that are asked for in turn. */
const READ_DATES = 60;
const CLIENTS = 1_000;
const PLACES = 10;
const TENANT = 'default';
/** What the policies have not answered within it counts as lost. */
const SETTLED_SECONDS = 120;

interface Parts {
  readonly scope: Scope;
  readonly subject: Subject;
  readonly client: BusinessClient;
  readonly ledger: Ledger;
  readonly house: House;
}

export async function business({ options, scope }: BenchContext): Promise<BenchResult> {
  const server = await startServer(scope);
  const subject = await subjectOf(scope, server);
  const client = startBusinessLoad();
  scope.defer(() => client.close());
  const house = await client.run({ kind: 'house', target: targetOf(server), members: MEMBERS });
  scope.say(`a house with ${house.locationIds.length} locations and ${MEMBERS} members`);
  const log = await openPostgresLog({
    database: subject.database,
    dedupeWindowSeconds: 3_600,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  scope.defer(() => log.close());
  const parts = { scope, subject, client, ledger: await openLedger(log, TENANT), house };
  const seconds = (options.seconds ?? SECONDS) / options.rounds;
  await sell(parts, { name: 'warm', seconds: WARM_UP_SECONDS, perSecond: null });
  const fast: Sold[] = [];
  const paced: Sold[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    fast.push(await sell(parts, { name: `fast-${round}`, seconds, perSecond: null }));
    const perSecond = SALES_PER_SECOND * OFFERED_SHARE;
    paced.push(await sell(parts, { name: `paced-${round}`, seconds, perSecond }));
  }
  const lastPlaces = await placesOf(parts);
  const hot = await hotOf(parts, seconds);
  await server.stop();
  const reads = await readsOf(scope, client, { orders: options.orders, seconds: seconds });
  return {
    ordersPerSecond: significant(spreadOf(fast.map(({ perSecond }) => perSecond)).median),
    boardLagP99Ms: significant(Math.max(...paced.map(({ load }) => percentileMs(load.lag, 0.99)))),
    fast: fast.map(figuresOf),
    paced: paced.map(figuresOf),
    readP95Ms: reads.p95Ms,
    reads: reads.figures,
    lastPlaces,
    loyaltyHot: hot,
  };
}

interface Sold {
  readonly load: SalesLoad;
  /** Sales a second whose loyalty command was done too, within the measuring time. */
  readonly perSecond: number;
  readonly serverMicros: number;
  readonly postgresMicros: number;
  readonly loadMicros: number;
}

async function sell(
  { scope, subject, client, ledger, house }: Parts,
  phase: { readonly name: string; readonly seconds: number; readonly perSecond: number | null },
): Promise<Sold> {
  const soldBefore = ledger.placed.size;
  const before = subject.cpu();
  const load = await client.run({
    ...phase,
    kind: 'sales',
    target: targetOf(subject.server),
    house,
    connections: phase.perSecond === null ? SALE_CONNECTIONS : PACED_CONNECTIONS,
    warmUpSeconds: ROUND_WARM_UP_SECONDS,
    boards: true,
  });
  const isSettled = await ledger.settled(SETTLED_SECONDS);
  const after = await settle(subject);
  check(load, { name: phase.name, isSettled, placed: ledger.placed.size - soldBefore, ledger });
  const sold: Sold = {
    load,
    perSecond: pairsPerSecond(ledger, load),
    serverMicros: ((after.serverSeconds - before.serverSeconds) * 1e6) / load.sold,
    postgresMicros: ((after.postgresSeconds - before.postgresSeconds) * 1e6) / load.sold,
    loadMicros: (load.cpuSeconds * 1e6) / load.measured,
  };
  scope.say(`${phase.name}: ${words(sold)}`);
  return sold;
}

/** Whichever is fewer: sales recorded while measuring, or loyalty commands. */
function pairsPerSecond({ placed, credited }: Ledger, { fromMs, toMs }: SalesLoad): number {
  const within = (times: ReadonlyMap<string, bigint>): number => {
    let count = 0;
    for (const micros of times.values()) {
      const ms = Number(micros) / 1_000;
      if (ms >= fromMs && ms < toMs) count += 1;
    }
    return count;
  };
  return (Math.min(within(placed), within(credited)) * 1_000) / (toMs - fromMs);
}

function check(
  load: SalesLoad,
  found: {
    readonly name: string;
    readonly isSettled: boolean;
    readonly placed: number;
    readonly ledger: Ledger;
  },
): void {
  const { name, isSettled, placed, ledger } = found;
  if (load.wrong > 0)
    throw new Error(`${name}: ${load.wrong} sales went wrong; first: ${load.firstProblem ?? ''}`);
  if (!isSettled)
    throw new Error(
      `${name}: of ${ledger.placed.size} sales ${ledger.credited.size} were credited.`,
    );
  if (placed !== load.sold)
    throw new Error(`${name}: ${load.sold} answered, ${placed} in the log.`);
  if (ledger.doubled > 0) throw new Error(`${name}: ${ledger.doubled} were credited twice.`);
  if (load.unseen > 0) throw new Error(`${name}: ${load.unseen} sales stood on no board.`);
}

function figuresOf(sold: Sold) {
  const { load, perSecond, serverMicros, postgresMicros, loadMicros } = sold;
  return {
    perSecond: significant(perSecond),
    answeredPerSecond: significant((load.measured * 1_000) / (load.toMs - load.fromMs)),
    p50Ms: significant(percentileMs(load.latency, 0.5)),
    p95Ms: significant(percentileMs(load.latency, 0.95)),
    p99Ms: significant(percentileMs(load.latency, 0.99)),
    lagP50Ms: significant(percentileMs(load.lag, 0.5)),
    lagP99Ms: significant(percentileMs(load.lag, 0.99)),
    serverCpuMicrosPerSale: significant(serverMicros),
    postgresCpuMicrosPerSale: significant(postgresMicros),
    loadCpuMicrosPerSale: significant(loadMicros),
  };
}

function words(sold: Sold): string {
  const figures = figuresOf(sold);
  return (
    `${figures.perSecond}/s with loyalty (${figures.answeredPerSecond} answered), p95 ${figures.p95Ms} ms, ` +
    `board p99 ${figures.lagP99Ms} ms, CPU ${figures.serverCpuMicrosPerSale} + ` +
    `${figures.postgresCpuMicrosPerSale} + ${figures.loadCpuMicrosPerSale} us a sale`
  );
}

async function readsOf(
  scope: Scope,
  client: BusinessClient,
  { orders, seconds }: { readonly orders: number; readonly seconds: number },
) {
  const { server, house, madeAtMs } = await startOnHistory(scope, orders);
  const subject = await subjectOf(scope, server);
  const phase = {
    kind: 'reads',
    target: targetOf(server),
    house,
    members: countsOf(orders).members,
    dates: reservedDates(madeAtMs, READ_DATES),
    connections: READ_CONNECTIONS,
    perSecond: READS_PER_SECOND * OFFERED_SHARE,
    warmUpSeconds: WARM_UP_SECONDS,
    name: 'reads',
    seconds,
  } as const;
  let before = subject.cpu();
  const load = await client.run(phase, () => (before = subject.cpu()));
  const after = subject.cpu();
  await server.stop();
  if (load.wrong > 0)
    throw new Error(`reads: ${load.wrong} went wrong; first: ${load.firstProblem ?? ''}`);
  const of = (fraction: number) =>
    Object.fromEntries(
      READ_KINDS.map((kind) => [kind, significant(percentileMs(load.latency[kind], fraction))]),
    );
  const micros = (from: number, to: number) => significant(((to - from) * 1e6) / load.answered);
  const figures = {
    orders,
    perSecond: significant(load.answered / load.seconds),
    p50Ms: of(0.5),
    p99Ms: of(0.99),
    serverCpuMicrosPerRead: micros(before.serverSeconds, after.serverSeconds),
    postgresCpuMicrosPerRead: micros(before.postgresSeconds, after.postgresSeconds),
  };
  const p95Ms = of(0.95);
  scope.say(`reads: ${JSON.stringify({ p95Ms, ...figures })}`);
  return { p95Ms, figures };
}

/** A location of its own with as many tables as there are places, an evening a month ahead. */
async function placesOf({ scope, subject, client }: Parts): Promise<object> {
  const target = targetOf(subject.server);
  const asking = await openAsking(target, 1);
  const place = { name: 'Last places', timeZone: 'Europe/Warsaw', country: 'PL' };
  const locationId = await create(asking, '/v1/business/locations', place);
  const path = `/v1/business/locations/${locationId}`;
  const post = (word: string, body: object) =>
    done(asking, { method: 'POST', path: `${path}/${word}`, body: JSON.stringify(body) });
  await post('set-area', { areaId: 'hall', name: 'Hall' });
  for (let table = 1; table <= PLACES; table += 1)
    await post('set-table', { tableId: `t${table}`, areaId: 'hall', name: `${table}`, seats: 2 });
  asking.close();
  const date = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
  const startsAt = `${date}T19:00`;
  const load: PlacesLoad = await client.run({
    kind: 'places',
    target,
    clients: CLIENTS,
    locationId,
    startsAt,
  });
  const { confirmed, refused, errors } = load;
  const p99Ms = significant(percentileMs(load.latency, 0.99));
  scope.say(
    `last places: ${confirmed} confirmed, ${refused} refused, ${errors} errors, ${p99Ms} ms`,
  );
  if (load.firstProblem !== undefined) scope.say(load.firstProblem);
  return { confirmed, refused, errors, p99Ms };
}

async function hotOf(
  { scope, subject, client, ledger, house }: Parts,
  seconds: number,
): Promise<object> {
  const memberId = house.memberIds[0] ?? '';
  const before = { ...ledger.movements, points: ledger.points.get(memberId) ?? 0 };
  const load: HotLoad = await client.run({
    kind: 'hot',
    target: targetOf(subject.server),
    connections: HOT_CONNECTIONS,
    warmUpSeconds: ROUND_WARM_UP_SECONDS,
    seconds,
    name: 'hot',
    memberId,
  });
  await ledger.readOn();
  if (load.wrong > 0)
    throw new Error(`hot: ${load.wrong} went wrong; first: ${load.firstProblem ?? ''}`);
  const counted = (word: 'earned' | 'burned') => ledger.movements[word] - before[word];
  const doubled =
    Math.abs(counted('earned') - load.earned.commands) +
    Math.abs(counted('burned') - load.burned.commands);
  const moved = (ledger.points.get(memberId) ?? 0) - before.points;
  if (moved !== load.earned.points - load.burned.points)
    throw new Error(
      `hot: points moved by ${moved}, answers say ${load.earned.points - load.burned.points}.`,
    );
  const perSecond = significant(load.measured / load.seconds);
  const p95Ms = significant(percentileMs(load.latency, 0.95));
  scope.say(
    `hot account: ${perSecond}/s, p95 ${p95Ms} ms, ${load.refused} refused, ${doubled} doubled`,
  );
  return {
    perSecond,
    doubled,
    minBalance: Math.min(load.minBalance, ledger.minBalance),
    refused: load.refused,
    p95Ms,
  };
}
