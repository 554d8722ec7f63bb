import { describe, expect, it } from 'vitest';
import { rateOf, readingOf, secondsLeft } from './rate.ts';

const generation = (eventsDone: number) => ({
  generation: 2,
  state: 'filling',
  eventsDone,
  behindEvents: 300,
});

describe('the rate of a read model', () => {
  const before = readingOf([{ name: 'orders.list', generations: [generation(1000)] }], 10_000);
  const now = readingOf([{ name: 'orders.list', generations: [generation(1200)] }], 12_000);

  it('is what was done between two readings', () => {
    expect(rateOf('orders.list 2', before, now)).toBe(100);
    expect(secondsLeft(generation(1200), 100)).toBe(3);
  });

  it('is unknown for one reading, an unknown copy and a copy that began anew', () => {
    expect(rateOf('orders.list 2', null, now)).toBeNull();
    expect(rateOf('orders.list 3', before, now)).toBeNull();
    expect(rateOf('orders.list 2', now, { ...before, atMs: 14_000 })).toBeNull();
    expect(secondsLeft(generation(0), null)).toBeNull();
  });
});
