import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { demoFixture, type DemoFixture } from './demo.fixture.ts';
import { fillDemo, type DemoOutcome } from './fill-demo.ts';
import { DEMO_GUESTS } from './guests.ts';
import { HISTORY_DAYS } from './history-days.ts';
import { historyDays } from './history.ts';
import { DEMO_PRODUCTS } from './menu.ts';
import { DEMO_QUIZ } from './quiz.ts';

/** A Sunday, before anything is sold. */
const NOW = Date.parse('2026-11-22T06:20:00Z');
const TIMEOUT_MS = 120_000;
/** A week is told as ninety days are, in a tenth of the time. */
const DAYS = 7;
/** Events: the past is being told. */
const HALF = 1_000n;

let demo: DemoFixture;
let first: DemoOutcome;

const fill = () => fillDemo({ ...demo, days: DAYS });

beforeAll(async () => {
  demo = await demoFixture(NOW);
  // Cut in the middle first: what follows goes on from there.
  const cut = fill();
  await until('half of the demo', async () => (await demo.head()) > HALF, {
    timeoutMs: TIMEOUT_MS,
  });
  await cut.stop();
  expect((await cut.done).complete).toBe(false);
  first = await fill().done;
}, TIMEOUT_MS);
afterAll(() => demo.close());

describe('the demo', () => {
  test('is filled without a refusal but of what was there before it was cut', () => {
    expect(demo.warnings).toEqual([]);
    expect(first.complete).toBe(true);
    const codes = [...first.refused.keys()];
    expect(codes).toContain('PRODUCT_EXISTS');
    expect(codes.filter((code) => !code.endsWith('_EXISTS'))).toEqual([]);
  });

  test('that is full is one look', async () => {
    const before = await demo.head();
    expect(await fill().done).toMatchObject({ given: 0, complete: true });
    expect(await demo.head()).toBe(before);
  });

  test('has a house, a menu of sixty products, a till with a Z report and tables that are taken', async () => {
    expect(DEMO_PRODUCTS).toHaveLength(new Set(DEMO_PRODUCTS.map(({ id }) => id)).size);
    expect(DEMO_PRODUCTS.length).toBeGreaterThanOrEqual(60);
    const till = await demo.pipeline.load('demo', 'business.tills', 'till-bar');
    expect(till).toMatchObject({ state: { zNumber: 1 }, at: '2026-11-21T10:30:00.000Z' });
    const sale = await demo.pipeline.load('demo', 'orders', 'demo-till-1');
    expect(sale.state).toMatchObject({ status: 'closed', businessDay: '2026-11-21' });
    const order = await demo.pipeline.load('demo', 'orders', 'demo-open-t3');
    expect(order.state).toMatchObject({ status: 'open', tableId: 't3' });
    const guest = await demo.pipeline.load('demo', 'loyalty.members', 'guest-001');
    expect(guest.version).toBeGreaterThan(1n);
    const invoice = await demo.pipeline.load('demo', 'invoices', 'demo-till-2');
    expect(invoice.version).toBeGreaterThan(0n);
    const campaign = await demo.pipeline.load('demo', 'messages.campaigns', 'autumn-menu');
    expect(campaign.state).toMatchObject({ status: 'draft' });
    const quiz = await demo.pipeline.load('demo', 'leads.quizzes', DEMO_QUIZ);
    expect(quiz.state).toMatchObject({ status: 'open' });
    const visit = await demo.pipeline.load('demo', 'leads.sessions', 'demo-visit-1');
    expect(visit.version).toBeGreaterThan(3n);
  });

  test('has members who joined on days of months ago, after the programme began', async () => {
    const since = await Promise.all(
      ['guest-001', 'guest-060', 'guest-120'].map(async (id) => {
        const stream = { tenant: 'demo', category: 'loyalty.members', id };
        const { entries } = await demo.pipeline.history(stream, { afterVersion: 0n, limit: 1 });
        return Date.parse(entries[0]!.at);
      }),
    );
    const daysAgo = since.map((at) => Math.round((NOW - at) / 86_400_000));
    expect(new Set(daysAgo).size).toBe(3);
    expect(Math.min(...daysAgo)).toBeGreaterThan(HISTORY_DAYS);
    const programme = { tenant: 'demo', category: 'loyalty.programmes', id: 'main' };
    const { entries } = await demo.pipeline.history(programme, { afterVersion: 0n, limit: 1 });
    expect(Date.parse(entries[0]!.at)).toBeLessThan(Math.min(...since));
    const guest = await demo.pipeline.load('demo', 'customers', 'guest-001');
    expect((guest.state as { registeredAt: string }).registeredAt < '2026-08-24').toBe(true);
    const tiers = await Promise.all(
      DEMO_GUESTS.slice(0, 20).map(async ({ id }) => {
        const { state } = await demo.pipeline.load('demo', 'loyalty.members', id);
        return (state as { standing: { tier: string } }).standing.tier;
      }),
    );
    expect(new Set(tiers)).toEqual(new Set(['standard', 'silver']));
  });

  test('has orders of the past at their hour, which nobody earned points for', async () => {
    const [step] = historyDays('2026-11-22', DAYS).at(-1) ?? [];
    const { orders } = step!.input as { orders: { id: string }[] };
    const sold = await demo.pipeline.history(
      { tenant: 'demo', category: 'orders', id: orders[0]!.id },
      { afterVersion: 0n, limit: 10 },
    );
    expect(sold.entries.map(({ at }) => Date.parse(at))).toEqual(
      sold.entries.map(() => step!.atMs),
    );
    const { state } = await demo.pipeline.load('demo', 'orders', orders[0]!.id);
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
