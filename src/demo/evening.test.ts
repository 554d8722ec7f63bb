import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoFixture, type DemoFixture } from './demo.fixture.ts';
import { ACTS, EVENING_TABLES } from './evening-plan.ts';
import { createEvening, type Evening } from './evening.ts';
import { hasDemoEnded, markDemoEnded } from './ended.ts';
import { fillDemo } from './fill-demo.ts';

/** A Friday at half past four in Paris: the happy hour begins at five, so that prices change on the way. */
const BEGIN = Date.parse('2026-11-20T15:30:00Z');
const TIMEOUT_MS = 120_000;
const MINUTE = 60_000;
const FIRST = 'orders/demo-open-';
const BEAT = 3_000;

let demo: DemoFixture;
const known = new Set<string>();

/** As the read models say it: orders of the evening that are open, or of which a line is still at its station. */
async function unfinishedOrders(): Promise<readonly string[]> {
  for (const { stream } of await demo.eventsAfter(0n))
    if (stream?.startsWith('orders/evening-') === true || stream?.startsWith(FIRST) === true)
      known.add(stream.slice('orders/'.length));
  const unfinished: string[] = [];
  for (const id of known) if (!(await isFinished(id))) unfinished.push(id);
  return unfinished;
}

async function isFinished(id: string): Promise<boolean> {
  const { state } = await demo.pipeline.load('demo', 'orders', id);
  const { status, lines } = state as { status: string; lines: { kitchen: string }[] };
  return status === 'closed' && lines.every(({ kitchen }) => !['held', 'fired'].includes(kitchen));
}

const open = (): Evening =>
  createEvening({ ...demo, unfinishedOrders, isOver: () => hasDemoEnded(demo.log) });

async function pass(evening: Evening, minutes: number): Promise<void> {
  for (const endMs = demo.now.ms + minutes * MINUTE; demo.now.ms < endMs; demo.now.ms += BEAT)
    await evening.beat();
}

const tablesTaken = async (): Promise<readonly string[]> => {
  const taken: string[] = [];
  for (const tableId of EVENING_TABLES) {
    const { state } = await demo.pipeline.load('demo', 'orders.tables', `le-comptoir~${tableId}`);
    const { status } = state as { status: string };
    if (status === 'seated' || status === 'dirty') taken.push(tableId);
  }
  return taken;
};

beforeAll(async () => {
  demo = await demoFixture(BEGIN);
  expect((await fillDemo({ ...demo, days: 1 }).done).complete).toBe(true);
}, TIMEOUT_MS);
afterAll(() => demo.close());

describe('the evening of the demo', () => {
  test(
    'begins within a minute, and an hour of it is a bounded number of events',
    async () => {
      const before = await demo.head();
      const evening = open();
      await pass(evening, 1);
      expect(await demo.head()).toBeGreaterThan(before);
      await pass(evening, 59);
      await evening.stop();
      const types = Map.groupBy(await demo.eventsAfter(before), ({ type }) => type);
      const count = (type: string): number => types.get(`comptoir.${type}.v1`)?.length ?? 0;
      const all = [...types.values()].reduce((sum, { length }) => sum + length, 0);
      expect(all).toBeGreaterThan(500);
      // 25,000 events a day are promised.
      expect(all).toBeLessThan(25_000 / 24);
      expect(count('order.placed')).toBeGreaterThan(110);
      expect(count('table.seated')).toBe(40);
      expect(count('order.bill-asked')).toBeGreaterThan(35);
      expect([...types.keys()]).toEqual(
        expect.arrayContaining([
          expect.stringContaining('reservation'),
          expect.stringContaining('quiz'),
        ]),
      );
      expect(demo.warnings).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    'leaves nothing open but what is under way, also after a stop of a week',
    async () => {
      const cut = open();
      await pass(cut, 4);
      await cut.stop();
      expect((await unfinishedOrders()).length).toBeGreaterThan(0);
      expect((await tablesTaken()).length).toBeGreaterThan(0);
      demo.now.ms += 7 * 24 * 60 * MINUTE;
      const again = open();
      await again.beat();
      expect(await unfinishedOrders()).toEqual([]);
      expect(await tablesTaken()).toEqual([]);
      await again.stop();
      expect(demo.warnings).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    'goes on with what was under way when it is stopped and started at once',
    async () => {
      const first = open();
      await pass(first, 3);
      await first.stop();
      const underWay = await unfinishedOrders();
      expect(underWay.length).toBeGreaterThan(0);
      const second = open();
      await pass(second, 6);
      await second.stop();
      for (const id of underWay) expect([id, await isFinished(id)]).toEqual([id, true]);
    },
    TIMEOUT_MS,
  );

  test('ends when the demo is deleted', async () => {
    const log = await demoFixture(BEGIN);
    await markDemoEnded(log.log);
    await markDemoEnded(log.log);
    const evening = createEvening({
      ...log,
      unfinishedOrders: () => Promise.resolve([]),
      isOver: () => hasDemoEnded(log.log),
    });
    await pass(evening, 2);
    expect(await log.head()).toBe(1n);
    await log.close();
  });

  test(
    'of two processes counts once',
    async () => {
      const [one, other] = [open(), open()];
      const before = await demo.head();
      for (let beat = 0; beat < 100; beat += 1, demo.now.ms += BEAT) {
        await one.beat();
        await other.beat();
      }
      await one.stop();
      await other.stop();
      const placed = (await demo.eventsAfter(before)).filter(
        ({ type }) => type === 'comptoir.order.placed.v1',
      );
      expect(new Set(placed.map(({ stream }) => stream)).size).toBe(placed.length);
      expect(demo.warnings).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

describe('the parties that sat there when the demo was made', () => {
  let own: DemoFixture;
  const lookAt = async (tableId: string) => {
    const order = await own.pipeline.load('demo', 'orders', `demo-open-${tableId}`);
    const table = await own.pipeline.load('demo', 'orders.tables', `le-comptoir~${tableId}`);
    const { status, lines } = order.state as { status: string; lines: { kitchen: string }[] };
    const kitchen = [...new Set(lines.map((line) => line.kitchen))].toSorted().join(' ');
    return { status, kitchen, table: (table.state as { status: string }).status };
  };

  beforeAll(async () => {
    own = await demoFixture(BEGIN);
    await fillDemo({ ...own, days: 1 }).done;
  }, TIMEOUT_MS);
  afterAll(() => own.close());

  test(
    'are served before a ticket is late, pay and leave, but for one that somebody took over',
    async () => {
      await own.pipeline.handle({
        principal: { keyId: 'user:ada', tenant: 'demo', scopes: new Set(['orders:write']) },
        category: 'orders',
        command: 'BumpLines',
        id: 'demo-open-b2',
        input: { stationId: 'bar' },
      });
      const evening = createEvening({
        ...own,
        unfinishedOrders: () =>
          Promise.resolve(['t3', 't6', 'b2'].map((each) => `demo-open-${each}`)),
        isOver: () => Promise.resolve(false),
      });
      const goOn = async (minutes: number): Promise<void> => {
        for (let minute = 0; minute < minutes; minute += 1, own.now.ms += MINUTE)
          await evening.beat();
      };
      expect(await lookAt('t6')).toEqual({ status: 'open', kitchen: 'fired', table: 'free' });
      await goOn(9);
      expect(await lookAt('t6')).toMatchObject({
        status: 'open',
        kitchen: expect.not.stringContaining('fired'),
      });
      await goOn(12);
      expect(await lookAt('t3')).toMatchObject({ status: 'open', kitchen: 'served' });
      const touched = await lookAt('b2');
      await goOn(20);
      await evening.stop();
      for (const tableId of ['t3', 't6'])
        expect(await lookAt(tableId)).toEqual({
          status: 'closed',
          kitchen: 'served',
          table: 'free',
        });
      expect(await lookAt('b2')).toEqual(touched);
      expect(touched.status).toBe('open');
      expect(own.warnings).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

test('a slot is the same whenever it is looked at, and its steps come in order within its time', () => {
  for (const act of ACTS)
    for (let slot = 1_000_000; slot < 1_000_060; slot += 1) {
      const plan = act.plan(slot);
      expect(act.plan(slot)).toEqual(plan);
      const times = plan?.steps.map(({ atMs }) => atMs) ?? [];
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(Math.max(0, ...times)).toBeLessThanOrEqual(slot * act.everyMs + act.lastsMs);
    }
});
