import { describe, expect, it } from 'vitest';
import type { LogReader } from '../log/log.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { systemPrincipal } from './authorise.ts';
import { CONSULTED_FRESH_MS } from './consulted-streams.ts';
import type { PipelineDependencies } from './create-pipeline.ts';
import { done, openPipeline, TENANT, testClock } from './fixture.ts';
import type { Pipeline } from './pipeline.ts';
import { shopModule, type SaleState } from './shop.fixture.ts';

const owner = systemPrincipal(TENANT, 'key-1', ['shop:write']);
const shop = (over: Partial<PipelineDependencies> = {}): Pipeline =>
  openPipeline({ modules: [shopModule], ...over });

const price = (pipeline: Pipeline, id: string, set: number | readonly [number, ...string[]]) => {
  const [much, ...linked] = typeof set === 'number' ? [set] : set;
  return pipeline.handle({
    principal: owner,
    category: 'shop.prices',
    command: 'SetPrice',
    id,
    input: { price: much, linked },
  });
};
const sell = (
  pipeline: Pipeline,
  [product, expected]: readonly [product: string, expected: number],
  more: object = {},
) =>
  pipeline.handle({
    principal: owner,
    category: 'shop.sales',
    command: 'Sell',
    id: null,
    input: { product, expected, ...more },
  });

/** Counts what is read of the log. */
function countingReader(log: LogReader) {
  const reads: string[] = [];
  const looks: (readonly string[])[] = [];
  const reader: LogReader = {
    ...log,
    readStream(tenant, stream, options) {
      reads.push(stream);
      return log.readStream(tenant, stream, options);
    },
    streamVersions(tenant, streams) {
      looks.push(streams);
      return log.streamVersions(tenant, streams);
    },
  };
  return { reader, reads, looks };
}

describe('consulted streams', () => {
  it('are loaded round after round until nothing new is named', async () => {
    const pipeline = shop();
    await price(pipeline, 'menu', [10, 'starter', 'wine']);
    await price(pipeline, 'starter', [3, 'bread']);
    await price(pipeline, 'wine', 5);
    await price(pipeline, 'bread', [1, 'menu']);
    expect(done(await sell(pipeline, ['menu', 19])).members).toMatchObject({ total: 19 });
    expect(await sell(pipeline, ['menu', 18])).toMatchObject({
      code: 'PRICE_CHANGED',
      details: { current: 19 },
    });
  });

  it('what goes on naming further ones is a defect of the module', async () => {
    const pipeline = shop();
    for (let at = 0; at < 8; at += 1) await price(pipeline, `p${at}`, [1, `p${at + 1}`]);
    await expect(sell(pipeline, ['p0', 8])).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(sell(pipeline, ['p6', 2])).resolves.toMatchObject({ status: 'done' });
  });

  it('an id that cannot be one is refused as input', async () => {
    await expect(sell(shop(), ['no id/', 0])).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('are the newest of this process, without a read of the log', async () => {
    const log = createMemoryLog();
    const { reader, reads, looks } = countingReader(log);
    const pipeline = shop({ log, reader, clock: testClock() });
    await price(pipeline, 'tea', 1);
    await sell(pipeline, ['tea', 1]);
    const before = [reads.length, looks.length];
    for (let much = 2; much < 12; much += 1) {
      await price(pipeline, 'tea', much);
      expect(await sell(pipeline, ['tea', much])).toMatchObject({ status: 'done' });
    }
    expect([reads.length, looks.length]).toEqual(before);
  });

  it('one that has no events is not read again and again', async () => {
    const log = createMemoryLog();
    const { reader, reads } = countingReader(log);
    const pipeline = shop({ log, reader, clock: testClock() });
    for (let turn = 0; turn < 5; turn += 1) await sell(pipeline, ['air', 0]);
    expect(reads.filter((stream) => stream === 'shop.prices/air')).toHaveLength(1);
  });

  it('many commands at once look at all stale streams together, and once', async () => {
    const log = createMemoryLog();
    const { reader, looks } = countingReader(log);
    const clock = testClock();
    const pipeline = shop({ log, reader, clock });
    await price(pipeline, 'tea', [1, 'milk']);
    await price(pipeline, 'milk', 1);
    await sell(pipeline, ['tea', 2]);
    clock.set(clock.nowMs() + CONSULTED_FRESH_MS + 1);
    looks.length = 0;
    const answers = await Promise.all(Array.from({ length: 50 }, () => sell(pipeline, ['tea', 2])));
    expect(answers.every(({ status }) => status === 'done')).toBe(true);
    expect(looks.map((streams) => [...streams].sort())).toEqual([
      ['shop.prices/tea'],
      ['shop.prices/milk'],
    ]);
  });

  it('are looked at together before they are too old, and no command waits for that', async () => {
    const log = createMemoryLog();
    const { reader, looks } = countingReader(log);
    const clock = testClock();
    const pipeline = shop({ log, reader, clock });
    for (const id of ['tea', 'cake', 'soup']) {
      await price(pipeline, id, 2);
      await sell(pipeline, [id, 2]);
    }
    looks.length = 0;
    clock.set(clock.nowMs() + CONSULTED_FRESH_MS * 0.6);
    await sell(pipeline, ['tea', 2]);
    expect(looks.map((streams) => streams.toSorted())).toEqual([
      ['shop.prices/cake', 'shop.prices/soup', 'shop.prices/tea'],
    ]);
    clock.set(clock.nowMs() + CONSULTED_FRESH_MS * 0.45);
    for (const id of ['tea', 'cake', 'soup']) await sell(pipeline, [id, 2]);
    expect(looks).toHaveLength(1);
  });
});

describe('what another process changes', () => {
  async function twoProcesses() {
    const log = createMemoryLog();
    const clock = testClock();
    const here = shop({ log, reader: log, clock });
    const there = shop({ log, reader: log, clock });
    await price(here, 'tea', 5);
    await sell(here, ['tea', 5]);
    return { clock, here, there };
  }

  it('may be unknown for a moment, and is known afterwards', async () => {
    const { clock, here, there } = await twoProcesses();
    await price(there, 'tea', 6);
    expect(await sell(here, ['tea', 5])).toMatchObject({ status: 'done' });
    clock.set(clock.nowMs() + CONSULTED_FRESH_MS + 1);
    expect(await sell(here, ['tea', 5])).toMatchObject({ code: 'PRICE_CHANGED' });
  });

  it('refuses nothing wrongly: a refusal is decided once more beside the newest', async () => {
    const { clock, here, there } = await twoProcesses();
    clock.set(clock.nowMs() + 10);
    await price(there, 'tea', 6);
    expect(await sell(here, ['tea', 6])).toMatchObject({ status: 'done' });
    expect(await sell(here, ['tea', 7])).toMatchObject({ details: { current: 6 } });
  });

  it('the clock going back does not decide a refusal for ever', async () => {
    const { clock, here } = await twoProcesses();
    clock.set(clock.nowMs() - 3_600_000);
    expect(await sell(here, ['tea', 7])).toMatchObject({ code: 'PRICE_CHANGED' });
  });

  it('a refusal that holds is recorded for repeats', async () => {
    const { clock, here } = await twoProcesses();
    clock.set(clock.nowMs() + 10);
    const request = {
      principal: owner,
      category: 'shop.sales',
      command: 'Sell',
      id: null,
      input: { product: 'tea', expected: 9 },
      idempotencyKey: 'k',
    };
    expect(await here.handle(request)).toMatchObject({ status: 'refused', replayed: false });
    expect(await here.handle(request)).toMatchObject({ status: 'refused', replayed: true });
  });
});

describe('streams beside consulted ones', () => {
  it('the last portion is sold once, whichever process sells it', async () => {
    const log = createMemoryLog();
    const processes = [shop({ log, reader: log }), shop({ log, reader: log })];
    await price(processes[0]!, 'cake', 4);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        sell(processes[index % 2]!, ['cake', 4], { portion: 'cake' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'done')).toHaveLength(3);
    expect(
      answers.filter((answer) => 'code' in answer && answer.code === 'PORTION_GONE'),
    ).toHaveLength(17);
  });

  it('a command that only consults shares its commit with others', async () => {
    const log = createMemoryLog();
    const pipeline = shop({ log, reader: log });
    await price(pipeline, 'tea', 1);
    const resume = log.holdAppends();
    const sales = Array.from({ length: 30 }, () => sell(pipeline, ['tea', 1]));
    resume();
    await Promise.all(sales);
    const batches = await log.readBatches(log.bucketOf(TENANT), 1n, { eventsMax: 100 });
    expect(batches.reduce((sum, { count }) => sum + count, 0)).toBe(30);
  });
});

describe('numbers of a series', () => {
  const numberOf = async (pipeline: Pipeline, answer: Awaited<ReturnType<typeof sell>>) => {
    const { id } = done(answer);
    return ((await pipeline.load(TENANT, 'shop.sales', id)).state as SaleState).number;
  };

  it('rise from 1 in each series and are in the answer', async () => {
    const pipeline = shop();
    const numbers = [];
    for (const series of ['a', 'a', 'b', 'a'])
      numbers.push(done(await sell(pipeline, ['air', 0], { series })).members['number']);
    expect(numbers).toEqual([1, 2, 1, 3]);
    expect(await numberOf(pipeline, await sell(pipeline, ['air', 0]))).toBe(0);
  });

  it('a repeat draws none, and neither does an input that is refused', async () => {
    const pipeline = shop();
    const request = {
      principal: owner,
      category: 'shop.sales',
      command: 'Sell',
      id: null,
      input: { product: 'air', expected: 0, series: 's' },
      idempotencyKey: 'once',
    };
    const first = await pipeline.handle(request);
    expect(await pipeline.handle(request)).toEqual({ ...first, replayed: true });
    await expect(sell(pipeline, ['air', -1], { series: 's' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(done(await sell(pipeline, ['air', 0], { series: 's' })).members['number']).toBe(2);
  });

  it('a command that is decided again keeps its number', async () => {
    const log = createMemoryLog();
    const clock = testClock();
    const here = shop({ log, reader: log, clock });
    const there = shop({ log, reader: log, clock });
    await price(here, 'tea', 5);
    await sell(here, ['tea', 5]);
    clock.set(clock.nowMs() + 10);
    await price(there, 'tea', 6);
    expect(done(await sell(here, ['tea', 6], { series: 's' })).members['number']).toBe(1);
    expect(done(await sell(here, ['tea', 6], { series: 's' })).members['number']).toBe(2);
  });
});
