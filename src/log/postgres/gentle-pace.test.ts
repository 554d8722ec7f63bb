import { expect, test } from 'vitest';
import { createGentlePace } from './gentle-pace.ts';

function opened() {
  const pauses: number[] = [];
  let now = 0;
  const pace = createGentlePace(
    () => now,
    async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  );
  const work = (ms: number): void => {
    now += ms;
  };
  return { pace, work, pauses };
}

test('work leaves others three times as long as it took, up to a bound', async () => {
  const { pace, work, pauses } = opened();
  for (const ms of [4, 8, 500]) {
    work(ms);
    await pace.breathe();
  }
  expect(pauses).toEqual([12, 24, 30]);
});

test('little work adds up before it pauses, and waiting for others is no work', async () => {
  const { pace, work, pauses } = opened();
  for (let slice = 0; slice < 3; slice += 1) {
    work(1);
    await pace.breathe();
  }
  expect(pauses).toEqual([6]);
  work(900);
  pace.begin();
  await pace.breathe();
  expect(pauses).toEqual([6]);
});
