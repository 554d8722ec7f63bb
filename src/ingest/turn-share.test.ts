import { expect, test } from 'vitest';
import { createTurnShare } from './turn-share.ts';

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Counts who waits. */
function counting() {
  const ticket = {
    waiting: 0,
    waits: () => void (ticket.waiting += 1),
    parsed: () => void (ticket.waiting -= 1),
  };
  return ticket;
}

test('work that comes alone runs at once, in every turn', async () => {
  const share = createTurnShare(Infinity);
  const ticket = counting();
  const done: number[] = [];
  for (let index = 0; index < 3; index++) {
    void share.run(async () => void done.push(index), ticket);
    expect(done).toHaveLength(index + 1);
    await nextTurn();
  }
  expect(ticket.waiting).toBe(0);
});

test('what comes with it waits until the turn has seen all that arrived, while the share lasts', async () => {
  const share = createTurnShare(Infinity);
  const ticket = counting();
  const done: number[] = [];
  for (let index = 0; index < 100; index++)
    void share.run(async () => void done.push(index), ticket);
  expect(done).toEqual([0]);
  expect(ticket.waiting).toBe(99);
  await nextTurn();
  expect(done).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect(ticket.waiting).toBe(0);
});

test('what is beyond the share waits for further turns and keeps its order', async () => {
  // Whatever takes any time uses this share up.
  const share = createTurnShare(Number.MIN_VALUE);
  const ticket = counting();
  const done: number[] = [];
  const all = [0, 1, 2, 3].map((index) =>
    share.run(async () => {
      const startedMs = performance.now();
      while (performance.now() === startedMs);
      done.push(index);
      return index;
    }, ticket),
  );
  expect(done).toEqual([0]);
  expect(ticket.waiting).toBe(3);
  await nextTurn();
  await nextTurn();
  expect(done.length).toBeLessThan(4);
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  expect(done).toEqual([0, 1, 2, 3]);
  expect(ticket.waiting).toBe(0);
});

test('a failure is that of its own work alone', async () => {
  const share = createTurnShare(Number.MIN_VALUE);
  const ticket = counting();
  const busy = async () => {
    const startedMs = performance.now();
    while (performance.now() === startedMs);
  };
  const broken = () => {
    throw new Error('broken');
  };
  const first = share.run(busy, ticket);
  const second = share.run(broken, ticket);
  const third = share.run(async () => 'done', ticket);
  await expect(second).rejects.toThrow('broken');
  expect(await third).toBe('done');
  await first;
  expect(ticket.waiting).toBe(0);
});
