import { expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { createStreamLanes } from './stream-lanes.ts';

/** Rounds that end when told to. */
function heldRounds(waitingMax?: number) {
  const rounds: { jobs: readonly string[]; end: (again?: readonly string[]) => void }[] = [];
  const lanes = createStreamLanes<string>({
    round: (jobs) => {
      const { promise, resolve } = Promise.withResolvers<readonly string[]>();
      rounds.push({ jobs, end: (again = []) => resolve(again) });
      return promise;
    },
    ...(waitingMax === undefined ? {} : { waitingMax }),
  });
  const round = (index: number) => until(`round ${index}`, () => rounds[index]);
  return { lanes, rounds, round };
}

test('whoever comes while a round is under way waits for the next, all together', async () => {
  const { lanes, rounds, round } = heldRounds();
  lanes.enter('s', 'a');
  for (const job of ['b', 'c', 'd']) lanes.enter('s', job);
  expect(rounds.map(({ jobs }) => jobs)).toEqual([['a']]);
  expect(lanes.waiting).toBe(3);
  (await round(0)).end();
  expect((await round(1)).jobs).toEqual(['b', 'c', 'd']);
  expect(lanes.waiting).toBe(0);
});

test('jobs that come back are first in the next round', async () => {
  const { lanes, round } = heldRounds();
  lanes.enter('s', 'a');
  lanes.enter('s', 'b');
  (await round(0)).end();
  const second = await round(1);
  lanes.enter('s', 'c');
  second.end(['b']);
  expect((await round(2)).jobs).toEqual(['b', 'c']);
});

test('streams do not wait for one another', () => {
  const { lanes, rounds } = heldRounds();
  lanes.enter('s', 'a');
  lanes.enter('t', 'b');
  expect(rounds.map(({ jobs }) => jobs)).toEqual([['a'], ['b']]);
});

test('a stream with too many waiting refuses, and takes more once they are through', async () => {
  const { lanes, round } = heldRounds(2);
  for (const job of ['a', 'b', 'c']) lanes.enter('s', job);
  expect(() => lanes.enter('s', 'd')).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
  lanes.enter('t', 'd');
  (await round(0)).end();
  await until('room', () => lanes.waiting === 0);
  lanes.enter('s', 'd');
});

test('a holder has all its streams alone', async () => {
  const { lanes, rounds, round } = heldRounds();
  lanes.enter('t', 'a');
  const work = Promise.withResolvers<string>();
  let held = false;
  const result = lanes.exclusively(['t', 's'], () => {
    held = true;
    return work.promise;
  });
  await until('the place in the second lane', () => lanes.waiting === 1);
  lanes.enter('s', 'b');
  lanes.enter('t', 'c');
  expect(held).toBe(false);
  (await round(0)).end();
  await until('the hold', () => held);
  expect(rounds).toHaveLength(1);
  work.resolve('done');
  expect(await result).toBe('done');
  expect((await round(2)).jobs).toHaveLength(1);
});

test('a holder whose work fails lets go', async () => {
  const { lanes, round } = heldRounds();
  await expect(
    lanes.exclusively(['s', 't'], () => Promise.reject(new RangeError('no'))),
  ).rejects.toThrow('no');
  lanes.enter('s', 'a');
  expect((await round(0)).jobs).toEqual(['a']);
});

test('holders of the same streams in any order never wait for each other', async () => {
  const { lanes } = heldRounds();
  const keys = ['a', 'b', 'c', 'd'];
  let inside = 0;
  const works = Array.from({ length: 200 }, (_, index) => {
    const some = [keys[index % 4]!, keys[(index * 7 + 1) % 4]!, keys[(index * 3 + 2) % 4]!];
    return lanes.exclusively([...some, 'shared'], async () => {
      inside += 1;
      expect(inside).toBe(1);
      await Promise.resolve();
      inside -= 1;
    });
  });
  await Promise.all(works);
  expect(lanes.waiting).toBe(0);
});
