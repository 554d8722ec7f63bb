import { expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { silentLogger } from '../core/logger.ts';
import { Sweeps } from './sweeps.ts';

test('every sweep runs at start, also behind one that fails', async () => {
  const ran: string[] = [];
  const sweeps = new Sweeps(
    [
      { what: 'a', run: () => Promise.reject(new Error('away')) },
      {
        what: 'b',
        run() {
          ran.push('b');
          return Promise.resolve(1);
        },
      },
    ],
    silentLogger,
  );
  sweeps.start();
  await until('the second sweep', () => ran.length === 1);
  await sweeps.stop();
});

test('stopping waits for the sweep under way and begins no other', async () => {
  const ran: string[] = [];
  const first = Promise.withResolvers<number>();
  const sweeps = new Sweeps(
    [
      { what: 'a', run: () => first.promise.finally(() => ran.push('a')) },
      {
        what: 'b',
        run() {
          ran.push('b');
          return Promise.resolve(0);
        },
      },
    ],
    silentLogger,
  );
  sweeps.start();
  const stopped = sweeps.stop();
  first.resolve(0);
  await stopped;
  expect(ran).toEqual(['a']);
});
