/** In a process of its own: what another file left running would find its timers in this virtual time, and fill it. */
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { EPOCH_MS, installVirtualTime, type VirtualTime } from './virtual-time.ts';

const real = { setTimeout, setImmediate, dateNow: Date.now, random: Math.random };

async function within(seed: number, work: (time: VirtualTime) => Promise<void>): Promise<void> {
  const time = installVirtualTime(createRandom(seed, 'test'));
  let over = false;
  try {
    void work(time).finally(() => {
      over = true;
    });
    await time.drive(() => over, 10_000);
  } finally {
    time.restore();
  }
}

test('timers come in the order of their time, which passes at once', async () => {
  const came: number[] = [];
  await within(1, async (time) => {
    for (const ms of [500, 20, 86_400_000]) setTimeout(() => came.push(ms), ms);
    const cancelled = setTimeout(() => came.push(-1), 100);
    clearTimeout(cancelled);
    await time.sleep(86_400_010);
    expect(Date.now()).toBeGreaterThanOrEqual(EPOCH_MS + 86_400_000);
    expect(performance.now()).toBe(time.nowMs);
  });
  expect(came).toEqual([20, 500, 86_400_000]);
});

test('an interval comes again until it is cleared', async () => {
  let count = 0;
  await within(1, async (time) => {
    const interval = setInterval(() => (count += 1), 100);
    await time.sleep(450);
    clearInterval(interval);
    await time.sleep(1_000);
  });
  expect(count).toBe(4);
});

test('what belongs to an owner that died never runs', async () => {
  const ran: string[] = [];
  await within(1, async (time) => {
    const owner = { alive: true };
    time.as(owner, () => {
      setTimeout(() => ran.push('timer'), 50);
      setTimeout(() => ran.push('before'), 5);
      void time.sleep(20).then(() => setImmediate(() => ran.push('turn')));
    });
    await time.sleep(10);
    owner.alive = false;
    time.as(owner, () => setTimeout(() => ran.push('after'), 1));
    await time.sleep(100);
  });
  expect(ran).toEqual(['before']);
});

test('turns that are ready at once run in an order of the seed', async () => {
  const orderOf = async (seed: number): Promise<string> => {
    const ran: number[] = [];
    await within(seed, async (time) => {
      for (let index = 0; index < 6; index += 1) setImmediate(() => ran.push(index));
      await time.sleep(1);
    });
    return ran.join();
  };
  expect(await orderOf(7)).toBe(await orderOf(7));
  const orders = new Set([await orderOf(1), await orderOf(2), await orderOf(3), await orderOf(4)]);
  expect(orders.size).toBeGreaterThan(1);
});

test('afterwards everything of Node is as it was', async () => {
  await within(1, async () => {});
  expect({ setTimeout, setImmediate, dateNow: Date.now, random: Math.random }).toEqual(real);
});

test('a run that never ends is ended', async () => {
  const time = installVirtualTime(createRandom(1, 'test'));
  try {
    const again = (): void => void setImmediate(again);
    again();
    await expect(time.drive(() => false, 100)).rejects.toThrow('not over after 100 steps');
  } finally {
    time.restore();
  }
});
