import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMenuCache, type MenuReading } from './menu-cache.ts';
import type { MenuSource } from './menu-source.ts';

const TENANT = 't';
const named = { tenant: TENANT, name: 'menu' };
/** The number of the change that the menu shows, which is what a menu of these tests is. */
const shown = ({ products }: MenuSource): string => [...products.keys()].join(',');

/** A read model whose rows say how many changes there were; `pause` comes before each of its answers. */
function readModel(pause: () => Promise<void>) {
  let changes = 0;
  let readings = 0;
  const reading: MenuReading = {
    async version() {
      await pause();
      return changes;
    },
    async rows() {
      await pause();
      readings += 1;
      const row = { kind: 'product', data: {}, changes: 0, offered: true };
      return [{ key: `product:${changes}`, row }];
    },
  };
  const change = (): void => void (changes += 1);
  return { reading, change, changes: () => changes, readings: () => readings };
}

const turn = (): Promise<void> => Promise.resolve();

describe('K10: a menu', () => {
  test('is rendered once for as long as nothing changes', async () => {
    const model = readModel(turn);
    const cache = createMenuCache(model.reading);
    let rendered = 0;
    const ask = () =>
      cache.rendered(named, (source) => {
        rendered += 1;
        return shown(source);
      });
    expect([await ask(), await ask(), await ask()]).toEqual(['0', '0', '0']);
    expect([rendered, model.readings()]).toEqual([1, 1]);
    model.change();
    expect([await ask(), await ask()]).toEqual(['1', '1']);
    expect([rendered, model.readings()]).toEqual([2, 2]);
  });

  test('is read once for all who ask at the same time', async () => {
    const model = readModel(turn);
    const cache = createMenuCache(model.reading);
    const texts = await Promise.all(Array.from({ length: 50 }, () => cache.rendered(named, shown)));
    expect(new Set(texts)).toEqual(new Set(['0']));
    expect(model.readings()).toBe(1);
  });

  test('that fails to be read is read again for the next who asks', async () => {
    const model = readModel(turn);
    let broken = true;
    const rows: MenuReading['rows'] = (tenant) =>
      broken ? Promise.reject(new Error('gone')) : model.reading.rows(tenant);
    const cache = createMenuCache({ ...model.reading, rows });
    await expect(cache.rendered(named, shown)).rejects.toThrow('gone');
    broken = false;
    expect(await cache.rendered(named, shown)).toBe('0');
  });

  test('shows at least every change made before it was asked for', async () => {
    await fc.assert(
      freshness((reading) => createMenuCache(reading)),
      { numRuns: 200 },
    );
  });

  test('kept without a look at the count of changes is found out', async () => {
    const careless = (reading: MenuReading) =>
      createMenuCache({ ...reading, version: async () => 0 });
    await expect(
      fc.assert(freshness(careless), { numRuns: 200, endOnFailure: true }),
    ).rejects.toThrow();
  });
});

/** Changes and questions in any order, each step of the reading model let through by the scheduler. */
function freshness(make: (reading: MenuReading) => ReturnType<typeof createMenuCache>) {
  const steps = fc.array(fc.constantFrom('ask', 'change', 'wait'), { maxLength: 30 });
  return fc.asyncProperty(fc.scheduler(), steps, async (scheduler, order) => {
    const model = readModel(() => scheduler.schedule(Promise.resolve(), 'read'));
    const cache = make(model.reading);
    const asked: Promise<{ readonly least: number; readonly text: string }>[] = [];
    for (const step of order) {
      if (step === 'change') model.change();
      else if (step === 'wait') {
        // Lets everybody come to where they wait for the reading model.
        await setImmediate();
        if (scheduler.count() > 0) await scheduler.waitOne();
      } else {
        const least = model.changes();
        asked.push(cache.rendered(named, shown).then((text) => ({ least, text })));
      }
    }
    for (const { least, text } of await scheduler.waitFor(Promise.all(asked)))
      expect(Number(text)).toBeGreaterThanOrEqual(least);
  });
}
