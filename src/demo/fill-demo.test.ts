import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { MODULES } from '../modules/index.ts';
import { createMasterKeys } from '../personal-data/master-key.ts';
import { createPersonalData, type PersonalDataService } from '../personal-data/personal-data.ts';
import { createPipeline } from '../pipeline/create-pipeline.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { createMemorySnapshots } from '../pipeline/snapshots/memory-snapshots.ts';
import { createMemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import type { Clock } from '../core/clock.ts';
import { until } from '../../test/support/until.ts';
import { fillDemo, type DemoOutcome } from './fill-demo.ts';
import { DEMO_GUESTS } from './guests.ts';
import { HISTORY_DAYS, historyDays } from './history.ts';
import { DEMO_PRODUCTS } from './menu.ts';

/** A Sunday, before anything is sold. */
const NOW = Date.parse('2026-11-22T06:20:00Z');
const clock: Clock = { nowMs: () => NOW };
const TIMEOUT_MS = 60_000;
/** Events: the past is being told. */
const HALF = 4_000n;

let log: MemoryLog;
let personal: PersonalDataService;
let pipeline: Pipeline;
let first: DemoOutcome;

function pipelineAt(at: Clock): Pipeline {
  return createPipeline({
    log,
    reader: log,
    modules: MODULES,
    personal,
    snapshots: createMemorySnapshots(at),
    clock: at,
    newId: () => randomUUIDv7(),
    newSecret: () => randomBytes(16).toString('base64url'),
    hashSecret: randomBytes(32),
    metrics: noMetrics,
    logger: silentLogger,
  });
}

const warnings: unknown[] = [];
const logger = { ...silentLogger, warn: (...said: unknown[]) => void warnings.push(said) };
const fill = () => fillDemo({ pipeline, pipelineAt, clock, logger });
const head = async (): Promise<bigint> => (await log.head(log.bucketOf('demo'))).position;

beforeAll(async () => {
  log = createMemoryLog({ bucketCount: 4 });
  personal = await createPersonalData({
    keys: createMemoryKeyStore(),
    master: createMasterKeys(randomBytes(32).toString('base64')),
  });
  pipeline = pipelineAt(clock);
  // Cut in the middle first: what follows goes on from there.
  const cut = fill();
  await until('half of the demo', async () => (await head()) > HALF);
  await cut.stop();
  expect((await cut.done).complete).toBe(false);
  first = await fill().done;
}, TIMEOUT_MS);
afterAll(async () => {
  await pipeline.close();
  await personal.close();
});

describe('the demo', () => {
  test('is filled without a refusal but of what was there before it was cut', () => {
    expect(warnings).toEqual([]);
    expect(first.complete).toBe(true);
    const codes = [...first.refused.keys()];
    expect(codes).toContain('PRODUCT_EXISTS');
    expect(codes.filter((code) => !code.endsWith('_EXISTS'))).toEqual([]);
  });

  test('that is full is one look', async () => {
    const before = await head();
    expect(await fill().done).toMatchObject({ given: 0, complete: true });
    expect(await head()).toBe(before);
  });

  test('has a house, a menu of sixty products, a till with a Z report and tables that are taken', async () => {
    expect(DEMO_PRODUCTS).toHaveLength(new Set(DEMO_PRODUCTS.map(({ id }) => id)).size);
    expect(DEMO_PRODUCTS.length).toBeGreaterThanOrEqual(60);
    const till = await pipeline.load('demo', 'business.tills', 'till-bar');
    expect(till).toMatchObject({ state: { zNumber: 1 }, at: '2026-11-21T10:30:00.000Z' });
    const sale = await pipeline.load('demo', 'orders', 'demo-till-1');
    expect(sale.state).toMatchObject({ status: 'closed', businessDay: '2026-11-21' });
    const order = await pipeline.load('demo', 'orders', 'demo-open-t3');
    expect(order.state).toMatchObject({ status: 'open', tableId: 't3' });
    const guest = await pipeline.load('demo', 'loyalty.members', 'guest-001');
    expect(guest.version).toBeGreaterThan(1n);
  });

  test('has orders of the past at their hour, which nobody earned points for', async () => {
    const [step] = historyDays('2026-11-22').at(-1) ?? [];
    const { orders } = step!.input as { orders: { id: string }[] };
    const sold = await pipeline.history(
      { tenant: 'demo', category: 'orders', id: orders[0]!.id },
      { afterVersion: 0n, limit: 10 },
    );
    expect(sold.entries.map(({ at }) => Date.parse(at))).toEqual(
      sold.entries.map(() => step!.atMs),
    );
    const { state } = await pipeline.load('demo', 'orders', orders[0]!.id);
    expect(state).toMatchObject({ status: 'closed', imported: true, businessDay: '2026-11-21' });
  });
});

describe('the past of the demo', () => {
  const days = historyDays('2026-11-22');
  const ordersOf = (day: (typeof days)[number]) =>
    day.flatMap(({ input }) => (input as { orders: { businessDay: string }[] }).orders);

  test('is the same whenever it is made', () => {
    expect(historyDays('2026-11-22')).toEqual(days);
  });

  test('has ninety days, closed on Mondays, fuller at the end of the week', () => {
    expect(days).toHaveLength(HISTORY_DAYS);
    const counts = new Map<number, number>();
    for (const { businessDay } of days.flatMap(ordersOf)) {
      const weekday = new Date(businessDay).getUTCDay();
      counts.set(weekday, (counts.get(weekday) ?? 0) + 1);
    }
    expect(counts.has(1)).toBe(false);
    expect(counts.get(6)).toBeGreaterThan(2 * (counts.get(2) ?? 0));
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(all).toBeGreaterThan(2000);
    expect(all).toBeLessThan(4500);
  });

  test('was before the day on which it is made', () => {
    const today = Date.parse('2026-11-22T05:00:00+01:00');
    expect(Math.max(...days.flat().map(({ atMs }) => atMs))).toBeLessThan(today);
  });
});

test('guests have names, numbers and addresses that nobody else has', () => {
  for (const field of ['id', 'name', 'phone', 'email'] as const)
    expect(new Set(DEMO_GUESTS.map((guest) => guest[field])).size).toBe(DEMO_GUESTS.length);
});
