import { expect, test } from 'vitest';
import { createCatalogue } from './catalogue.ts';
import { accountsModule } from './fixture.ts';
import { emptyStream, type FoldedStream } from './fold.ts';
import { createStateCache, stateBytesMax } from './state-cache.ts';

const known = createCatalogue([accountsModule()]).get('accounts')!;

function at(version: bigint, more: Partial<FoldedStream> = {}): FoldedStream {
  return { ...emptyStream(known, 0), version, bytes: 100, ...more };
}

test('the state used longest ago goes first when there are too many', () => {
  const cache = createStateCache({ statesMax: 2 });
  cache.put('a', at(1n));
  cache.put('b', at(1n));
  cache.get('a');
  cache.put('c', at(1n));
  expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
});

test('states go when they weigh too much together', () => {
  const cache = createStateCache({ bytesMax: 10_000 });
  for (let i = 0; i < 50; i += 1) cache.put(`k${i}`, at(1n, { bytes: 400 }));
  expect(cache.size).toBe(10);
  cache.put('large', at(1n, { bytes: 60_000, state: 'x'.repeat(60_000) }));
  expect(cache.size).toBe(0);
});

test('streams that nobody asks for again do not put out those that are used', () => {
  const cache = createStateCache({ statesMax: 20 });
  for (let member = 0; member < 10; member += 1) cache.put(`member ${member}`, at(1n));
  for (let member = 0; member < 10; member += 1) cache.get(`member ${member}`);
  for (let sale = 0; sale < 1_000; sale += 1) cache.put(`sale ${sale}`, at(1n));
  expect(cache.size).toBe(20);
  for (let member = 0; member < 10; member += 1)
    expect(cache.get(`member ${member}`), `member ${member}`).toBeDefined();
});

test('a club that comes all the time is held whole where the machine has the memory', () => {
  const cache = createStateCache({ bytesMax: stateBytesMax(16 * 2 ** 30), statesMax: 80_000 });
  const visit = at(1n, { bytes: 8_000 });
  for (let visits = 0; visits < 3; visits += 1)
    for (let member = 0; member < 5_000; member += 1) {
      cache.put(`member ${member}`, visit);
      cache.put(`sale ${visits}-${member}`, visit);
    }
  const missing = Array.from({ length: 5_000 }, (_, member) => `member ${member}`).filter(
    (key) => cache.get(key) === undefined,
  );
  expect(missing).toEqual([]);
});

test('room for states is a part of the memory, never below what a small machine has anyway', () => {
  const room = [1, 4, 8, 16, 256].map((gigabytes) => stateBytesMax(gigabytes * 2 ** 30) / 2 ** 20);
  expect(room).toEqual([32, 32, 64, 128, 128]);
});

test('what was used often goes too where it alone would take all', () => {
  const cache = createStateCache({ statesMax: 20 });
  for (let key = 0; key < 100; key += 1) {
    cache.put(`k${key}`, at(1n));
    cache.get(`k${key}`);
  }
  expect(cache.size).toBe(20);
  expect(cache.get('k99')).toBeDefined();
  expect(cache.get('k0')).toBeUndefined();
});

test('an older state never replaces a newer one', () => {
  const cache = createStateCache();
  cache.put('a', at(5n));
  cache.put('a', at(4n));
  expect(cache.get('a')!.version).toBe(5n);
});

test('after an erasure nothing is there that was read before it, also what is put later', () => {
  const cache = createStateCache();
  cache.put('a', at(1n));
  cache.dropAll();
  expect(cache.get('a')).toBeUndefined();
  cache.put('a', at(2n));
  expect(cache.get('a')).toBeUndefined();
  cache.put('a', at(2n, { epoch: cache.epoch }));
  expect(cache.get('a')!.version).toBe(2n);
});

test('a small state that many events made weighs what it is, not what they were', () => {
  const cache = createStateCache({ bytesMax: 2_000_000 });
  const folded = at(1n, { bytes: 10_000_000, state: { balance: 1 } });
  cache.put('a', folded);
  expect(cache.get('a')!.bytes).toBeLessThan(100_000);
});
