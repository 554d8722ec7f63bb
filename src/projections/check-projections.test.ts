import { expect, test } from 'vitest';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { checkProjections, type CheckPage } from './check-projections.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { createWriter, projectionsOf, trailModel } from './projections.fixture.ts';
import { systemClock } from '../core/clock.ts';

const NAMES = ['test.c', 'test.a', 'test.b'];

test('a check without time left goes on with the next read model until all were looked at', async () => {
  const log = createMemoryLog({ bucketCount: 2 });
  const store = createMemoryStore({ bucketCount: 2, clock: systemClock });
  const broken = { current: false };
  const models = NAMES.map((name) => trailModel({ name, broken }));
  const projections = projectionsOf({ log, store, models });
  await projections.start();
  const place = { tenant: 'acme', stream: 'notes/a' };
  const position = await createWriter(log)(place, [{ key: 'a', number: 1 }]);
  for (const model of models)
    await projections.waitFor(model, { tenant: 'acme', position }, 30_000);

  // An hour passes whenever somebody looks.
  let nowMs = 0;
  const clock = { nowMs: () => (nowMs += 3_600_000) };
  const pages: CheckPage[] = [];
  for (let after: string | null | undefined; after !== null && pages.length < 10;) {
    const page = await checkProjections({ log, store, models, clock }, after);
    pages.push(page);
    after = page.next;
  }
  expect(pages.map(({ items }) => items.map(({ name }) => name))).toEqual([
    ['test.a'],
    ['test.b'],
    ['test.c'],
  ]);
  const items = pages.flatMap((page) => page.items);
  expect(items.map(({ samples }) => samples.map(({ equal }) => equal))).toEqual([
    [true],
    [true],
    [true],
  ]);
  expect(items.map(({ notCompared }) => notCompared)).toEqual([0, 0, 0]);
  const whole = await checkProjections({ log, store, models, clock: systemClock });
  expect(whole.items).toHaveLength(3);
  expect(whole.next).toBeNull();
  await projections.stop();
  await log.close();
});

test('the row of a person who was erased equals a replay that can still read the events', async () => {
  const log = createMemoryLog({ bucketCount: 1 });
  const erased = new Set<string>();
  const isErased = (_tenant: string, person: string): boolean => erased.has(person);
  const store = createMemoryStore({ bucketCount: 1, clock: systemClock, isErased });
  const models = [trailModel({ name: 'test.erased' })];
  const projections = projectionsOf({ log, store, models });
  await projections.start();
  const position = await createWriter(log)({ tenant: 'acme', stream: 'notes/a' }, [
    { key: 'ana', number: 1, name: 'Ana' },
    { key: 'jan', number: 2, name: 'Jan' },
  ]);
  await projections.waitFor(models[0]!, { tenant: 'acme', position }, 30_000);
  erased.add('ana');
  await projections.forget({ tenant: 'acme', personId: 'ana', reference: 'r' });
  const { items } = await checkProjections({ log, store, models, clock: systemClock });
  expect(items.flatMap(({ samples }) => samples.map(({ equal }) => equal))).toEqual([true]);
  await projections.stop();
  await log.close();
});

test('a person who is erased between the two looks does not make rows differ from a replay', async () => {
  const log = createMemoryLog({ bucketCount: 1 });
  const erased = new Set<string>();
  const isErased = (_tenant: string, person: string): boolean => erased.has(person);
  const store = createMemoryStore({ bucketCount: 1, clock: systemClock, isErased });
  const models = [trailModel({ name: 'test.erased' })];
  const projections = projectionsOf({ log, store, models });
  await projections.start();
  const place = { tenant: 'acme', stream: 'notes/a' };
  const position = await createWriter(log)(place, [{ key: 'ana', number: 1, name: 'Ana' }]);
  await projections.waitFor(models[0]!, { tenant: 'acme', position }, 30_000);
  const erasing: typeof log = {
    ...log,
    async readBatches(...asked) {
      erased.add('ana');
      await projections.forget({ tenant: 'acme', personId: 'ana', reference: 'r' });
      return log.readBatches(...asked);
    },
  };
  const { items } = await checkProjections({ log: erasing, store, models, clock: systemClock });
  expect(items.flatMap(({ samples }) => samples.map(({ equal }) => equal))).toEqual([true]);
  await projections.stop();
  await log.close();
});
