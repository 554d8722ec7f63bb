import { describe, expect, it } from 'vitest';
import { createMemoryNumbers } from './memory-numbers.ts';
import { BLOCK_NUMBERS, createNumberSeries, type NumberStore } from './number-series.ts';

function counted(store: NumberStore = createMemoryNumbers()) {
  const draws: number[] = [];
  const drawing: NumberStore = {
    draw(tenant, series, count) {
      draws.push(count);
      return store.draw(tenant, series, count);
    },
  };
  return { draws, store: drawing };
}

describe('numbers of a series', () => {
  it('a block is drawn once and given out from memory', async () => {
    const { draws, store } = counted();
    const numbers = createNumberSeries(store);
    const given = [];
    for (let at = 0; at < BLOCK_NUMBERS + 1; at += 1) given.push(await numbers.next('t', 's'));
    expect(given).toEqual(Array.from({ length: BLOCK_NUMBERS + 1 }, (_, at) => at + 1));
    expect(draws).toEqual([BLOCK_NUMBERS, BLOCK_NUMBERS]);
  });

  it('many that ask at once wait for one draw, in their order', async () => {
    const { draws, store } = counted();
    const numbers = createNumberSeries(store);
    const given = await Promise.all(
      Array.from({ length: 180 }, async () => numbers.next('t', 's')),
    );
    expect(given).toEqual(Array.from({ length: 180 }, (_, at) => at + 1));
    expect(draws.length).toBeLessThanOrEqual(3);
  });

  it('two processes never give the same one, and each gives rising ones', async () => {
    const store = createMemoryNumbers();
    const processes = [createNumberSeries(store), createNumberSeries(store)];
    const given = await Promise.all(
      processes.map((numbers) =>
        Promise.all(Array.from({ length: 130 }, async () => numbers.next('t', 's'))),
      ),
    );
    expect(new Set(given.flat()).size).toBe(260);
    for (const own of given) expect(own).toEqual([...own].sort((a, b) => a - b));
  });

  it('series and tenants are apart, and a block that was closed is skipped', async () => {
    const numbers = createNumberSeries(createMemoryNumbers(), 1);
    expect(await numbers.next('t', 'a')).toBe(1);
    expect(await numbers.next('u', 'a')).toBe(1);
    expect(await numbers.next('t', 'a')).toBe(BLOCK_NUMBERS + 1);
  });

  it('a draw that fails is told to all that wait, and the next one tries again', async () => {
    let fails = true;
    const memory = createMemoryNumbers();
    const numbers = createNumberSeries({
      draw: (...args) => (fails ? Promise.reject(new Error('gone')) : memory.draw(...args)),
    });
    const asked = await Promise.allSettled([1, 2].map(async () => numbers.next('t', 's')));
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await numbers.next('t', 's')).toBe(1);
  });
});
