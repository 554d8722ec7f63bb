import { describe, expect, test } from 'vitest';
import { createGenerator, type GeneratorOptions } from './generator.ts';
import { dueAt, eventsDue, eventsPlanned, type Plan } from './pace.ts';
import { createRandom } from './random.ts';
import { SHAPES } from './shapes.ts';

const generator = (more: Partial<GeneratorOptions> = {}) =>
  createGenerator({ seed: 7, startMs: 0, stepMs: 1, duplicates: 0, malformed: 0, ...more });
type Event = Record<string, unknown> & { id: string; type: string };
const events = (made: ReturnType<typeof generator>, count: number, first = 0): Event[] =>
  JSON.parse(made.render(first, count).toString());

describe('the generator', () => {
  test('every event is JSON with a UUID, of about 300 bytes of data, and none is like another', () => {
    const made = events(generator(), 5000);
    expect(new Set(made.map(({ id }) => id)).size).toBe(5000);
    for (const { id } of made)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const data = made.map((event) => JSON.stringify(event['data']));
    expect(new Set(data).size).toBe(5000);
    const mean = data.reduce((sum, text) => sum + text.length, 0) / data.length;
    expect(mean).toBeGreaterThan(200);
    expect(mean).toBeLessThan(400);
  });

  test('types come in the shares of their weights', () => {
    const made = events(generator(), 20_000);
    const total = SHAPES.reduce((sum, { weight }) => sum + weight, 0);
    for (const { type, weight } of SHAPES) {
      const share = made.filter((event) => event.type === type).length / made.length;
      expect(Math.abs(share - weight / total)).toBeLessThan(0.015);
    }
  });

  test('a seed repeats a run however it is batched, another seed does not', () => {
    const whole = events(generator({ duplicates: 0.1, malformed: 0.1 }), 200);
    const again = generator({ duplicates: 0.1, malformed: 0.1 });
    const parts = [...events(again, 150), ...events(again, 50, 150)];
    expect(parts).toEqual(whole);
    expect(events(generator({ seed: 8 }), 1)).not.toEqual(events(generator(), 1));
    expect(events(generator({ seed: 7 + 2 ** 40 }), 1)).not.toEqual(events(generator(), 1));
  });

  test('duplicates repeat an earlier event to the letter, in the share asked for', () => {
    const made = events(generator({ duplicates: 0.2 }), 10_000);
    const first = new Map<string, Event>();
    let repeated = 0;
    for (const event of made) {
      const before = first.get(event.id);
      if (before === undefined) first.set(event.id, event);
      else {
        repeated += 1;
        expect(event).toEqual(before);
      }
    }
    expect(repeated / made.length).toBeGreaterThan(0.18);
    expect(repeated / made.length).toBeLessThan(0.22);
  });

  test('malformed events are JSON, come in the share asked for, and each lacks something', () => {
    const made = events(generator({ malformed: 0.1 }), 5000);
    const bad = made.filter((event) => !SHAPES.some(({ type }) => type === event.type));
    expect(bad.length / made.length).toBeGreaterThan(0.08);
    expect(bad.length / made.length).toBeLessThan(0.12);
  });
});

test('random numbers spread evenly over neighbouring seeds', () => {
  const random = createRandom(1);
  const buckets = Array.from({ length: 16 }, () => 0);
  for (let index = 0; index < 16_000; index++) {
    random.seed(index);
    buckets[random.below(16)]! += 1;
  }
  for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

describe('the plan', () => {
  const plan: Plan = { rate: 1000, seconds: 20, rampSeconds: 0, burst: 1, batch: 100 };
  test('an even rate is due evenly', () => {
    expect(eventsPlanned(plan)).toBe(20_000);
    expect(eventsDue(plan, 5)).toBe(5000);
    expect(eventsDue(plan, 50)).toBe(20_000);
    expect(eventsDue(plan, -1)).toBe(0);
  });
  test('a ramp rises from zero', () => {
    const ramp = { ...plan, rampSeconds: 10 };
    expect(eventsDue(ramp, 5)).toBe(1250);
    expect(eventsDue(ramp, 10)).toBe(5000);
    expect(eventsPlanned(ramp)).toBe(15_000);
  });
  test('a burst is one second in ten', () => {
    const burst = { ...plan, burst: 5 };
    expect(eventsDue(burst, 9)).toBe(9000);
    expect(eventsDue(burst, 9.5)).toBe(11_500);
    expect(eventsDue(burst, 10)).toBe(14_000);
    expect(eventsPlanned(burst)).toBe(28_000);
  });
  test('the moment of an event is the inverse of what is due', () => {
    for (const each of [plan, { ...plan, rampSeconds: 4 }, { ...plan, burst: 3 }])
      for (const count of [1, 777, 9000])
        expect(eventsDue(each, dueAt(each, count))).toBeCloseTo(count, 0);
  });
});
