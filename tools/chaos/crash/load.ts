/**
 * The load of the crash proof, a process of its own: several connections, batches and single events, the same event
 * twice at once and again later, other content under a stored id now and then, unknown outcomes repeated with the
 * same ids. Every attempt is in the fsynced ledger before it leaves. Runs until told to stop or left alone.
 */
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { NotSent, send } from '../http-client.ts';
import { type Random, randomOf } from '../random.ts';
import { encode, type Mode, readAnswer } from './encode.ts';
import {
  type LedgerWriter,
  openLedger,
  type SentEvent,
  type ToldEvent,
  type Variant,
} from './ledger.ts';
import type { LoadConfig, LoadReport, TenantAccess } from './messages.ts';
import { cloudEventOf } from './workload.ts';

/** Acknowledged events remembered per tenant for later duplicates and conflicts. */
const REMEMBERED_MAX = 500;
/** Bounds every retry: a server that never comes back must not keep the load alive. */
const TRIES_MAX = 400;
const RETRY_PAUSE_MS = { low: 20, high: 250 };
/** After the order to stop, open outcomes get this long to be settled. */
const SETTLE_MS = 15_000;
/** This share of open outcomes is never repeated, so that real unknowns remain for the checker. */
const ABANDONED_SHARE = 0.05;

interface TenantState extends TenantAccess {
  sent: number;
  readonly stored: SentEvent[];
}

/** One run of the load: the shared state of its workers. */
interface Load {
  readonly config: LoadConfig;
  readonly ledger: LedgerWriter;
  readonly agent: Agent;
  readonly tenants: readonly TenantState[];
  attempts: number;
  stopAt: number;
  /** When the pace lets the next events out, on the clock of performance.now(). */
  paceAt: number;
  readonly report: LoadReport;
}

interface Delivery {
  readonly tenant: TenantState;
  readonly events: readonly SentEvent[];
}

async function run(config: LoadConfig): Promise<LoadReport> {
  const load: Load = {
    config,
    ledger: await openLedger(config.ledgerPath),
    agent: new Agent({ keepAlive: true, maxSockets: config.connections * 3 }),
    tenants: config.tenants.map((tenant) => ({ ...tenant, sent: 0, stored: [] })),
    attempts: 0,
    stopAt: Infinity,
    paceAt: performance.now(),
    report: { acknowledged: 0, unknown: 0 },
  };
  process.on('message', (message) => {
    if (message === 'stop') load.stopAt = performance.now();
    if (message === 'report') process.send?.(load.report);
  });
  const workers = Array.from({ length: config.connections }, (_, index) =>
    work(load, randomOf(`${config.seed}/worker/${index}`)),
  );
  await Promise.all(workers);
  load.agent.destroy();
  await load.ledger.close();
  return load.report;
}

async function work(load: Load, random: Random): Promise<void> {
  while (performance.now() < load.stopAt) {
    const tenant = load.tenants[random.between({ low: 0, high: load.tenants.length - 1 })];
    if (tenant === undefined) return;
    const delivery = { tenant, events: choose(tenant, random) };
    await pace(load, delivery.events.length);
    const isTwin = random.chance(0.1);
    const deliveries = [deliver(load, delivery, random)];
    if (isTwin) deliveries.push(deliver(load, delivery, random));
    await Promise.all(deliveries);
  }
}

/** Mostly new events; sometimes old ones again, other content under an old id, or one that must be refused. */
function choose(tenant: TenantState, random: Random): SentEvent[] {
  const dice = random.next();
  if (dice < 0.15 && tenant.stored.length > 0) return again(tenant, 'true', random);
  if (dice < 0.2 && tenant.stored.length > 0) return again(tenant, 'other', random);
  const count = dice < 0.5 ? 1 : random.between({ low: 2, high: 40 });
  const events: SentEvent[] = Array.from({ length: count }, () => ({
    number: tenant.sent++,
    variant: 'true',
  }));
  if (dice > 0.9) events.push({ number: tenant.sent++, variant: 'invalid' });
  return events;
}

function again(tenant: TenantState, variant: Variant, random: Random): SentEvent[] {
  const start = random.between({ low: 0, high: tenant.stored.length - 1 });
  const count = variant === 'other' ? 1 : random.between({ low: 1, high: 30 });
  return tenant.stored.slice(start, start + count).map(({ number }) => ({ number, variant }));
}

async function pace(load: Load, count: number): Promise<void> {
  const now = performance.now();
  load.paceAt = Math.max(now, load.paceAt) + (count * 1000) / load.config.eventsPerSecondMax;
  if (load.paceAt - now > 1) await pause(load.paceAt - now);
}

/** Sends until every event has a certain outcome, or the load gives up on purpose. */
async function deliver(load: Load, { tenant, events }: Delivery, random: Random): Promise<void> {
  let open = events;
  for (let tries = 0; tries < TRIES_MAX && open.length > 0; tries += 1) {
    const told = await attempt(load, { tenant, events: open }, random);
    remember(tenant, open, told);
    const isUnsettled = open.map((event, index) => mayRepeat(event, told[index]));
    open = open.filter((_, index) => isUnsettled[index]);
    if (
      performance.now() > load.stopAt + SETTLE_MS ||
      (open.length > 0 && random.chance(ABANDONED_SHARE))
    )
      return;
    if (open.length > 0) await pause(random.between(RETRY_PAUSE_MS));
  }
}

function mayRepeat({ variant }: SentEvent, told: ToldEvent | undefined): boolean {
  return told?.told === 'unknown' || (told?.told === 'refused' && variant === 'true');
}

function remember(
  tenant: TenantState,
  events: readonly SentEvent[],
  told: readonly ToldEvent[],
): void {
  for (const [index, event] of events.entries())
    if (told[index]?.told === 'created') tenant.stored.push(event);
  tenant.stored.splice(0, tenant.stored.length - REMEMBERED_MAX);
}

function modeFor(events: readonly SentEvent[], random: Random): Mode {
  if (events.length > 1) return random.chance(0.8) ? 'batch' : 'ndjson';
  return random.chance(0.5) && events[0]?.variant !== 'invalid' ? 'binary' : 'structured';
}

async function attempt(load: Load, delivery: Delivery, random: Random): Promise<ToldEvent[]> {
  const { tenant, events } = delivery;
  const number = load.attempts++;
  const mode = modeFor(events, random);
  const plain = events.map((event) =>
    cloudEventOf({ seed: load.config.seed, tenant: tenant.tenant, event }),
  );
  await load.ledger.sent({ attempt: number, tenant: tenant.tenant, events });
  const outcomes = await exchange(load, { tenant, mode, plain });
  await load.ledger.told(number, outcomes);
  for (const { told } of outcomes)
    if (told === 'created') load.report.acknowledged += 1;
    else if (told === 'unknown') load.report.unknown += 1;
  return outcomes;
}

interface Exchange {
  readonly tenant: TenantState;
  readonly mode: Mode;
  readonly plain: readonly Record<string, unknown>[];
}

async function exchange(load: Load, { tenant, mode, plain }: Exchange): Promise<ToldEvent[]> {
  const all = (told: ToldEvent['told']): ToldEvent[] => plain.map(() => ({ told, position: null }));
  try {
    const answer = await send({
      url: `${load.config.url}/v1/events`,
      method: 'POST',
      apiKey: tenant.apiKey,
      agent: load.agent,
      ...encode(mode, plain),
    });
    return readAnswer(mode, answer, plain.length);
  } catch (error) {
    return all(error instanceof NotSent ? 'refused' : 'unknown');
  }
}

process.once('disconnect', () => process.exit(1));
// safe because run.ts, the only caller, passes a LoadConfig
const report = await run(JSON.parse(process.argv[2] ?? '{}') as LoadConfig);
process.send?.(report, () => process.exit(0));
