import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DatabaseError, type Queryable } from '../../platform/postgres/database.ts';
import { watchAppend, type Lateness } from './late-append.ts';

let told: Lateness[];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  told = [];
});
afterEach(() => void vi.useRealTimers());

const alive: Queryable = { query: async () => ({ rows: [], rowCount: 1 }) };
const silent: Queryable = {
  query: ({ timeoutMs = 0 }) =>
    new Promise((_resolve, reject) =>
      setTimeout(() => reject(new DatabaseError('timeout', 'no answer')), timeoutMs),
    ),
};
const watch = (on: Queryable) => watchAppend(on, (late) => told.push(late));
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** The event loop does nothing for so long: timers that were due run afterwards. */
async function standStill(ms: number): Promise<void> {
  const before = performance.now();
  const now = vi.spyOn(performance, 'now').mockReturnValue(before + ms);
  await vi.advanceTimersToNextTimerAsync();
  now.mockRestore();
}

test('callers are told within the second that the contract allows where the server is silent', async () => {
  watch(silent);
  await pass(899);
  expect(told).toEqual([]);
  await pass(2);
  expect(told).toMatchObject([{ isAlive: false, heldUp: 0 }]);
  await pass(10_000);
  expect(told).toHaveLength(1);
});

test('the answer of a server that is there is waited for, though not without end', async () => {
  watch(alive);
  await pass(4_700);
  expect(told).toEqual([]);
  await pass(200);
  expect(told).toMatchObject([{ isAlive: true }]);
});

test('a server that falls silent later is given up on', async () => {
  let on = alive;
  watch({ query: (statement) => on.query(statement) });
  await pass(2_000);
  on = silent;
  await pass(1_000);
  expect(told).toMatchObject([{ isAlive: false }]);
});

test('a broken connection is no reason to wait for more', async () => {
  const late = watch(alive);
  await pass(1_000);
  late.lost();
  await pass(300);
  expect(told).toHaveLength(1);
});

test('time in which this process stood still does not count against the database', async () => {
  const late = watch(silent);
  await standStill(2_000);
  expect(told).toEqual([]);
  late.settled();
  await pass(10_000);
  expect(told).toEqual([]);
});

test('once the outcome is known nobody is told anything', async () => {
  const late = watch(silent);
  await pass(800);
  late.settled();
  await pass(10_000);
  expect(told).toEqual([]);
});
