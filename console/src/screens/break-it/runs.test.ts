import { describe, expect, it } from 'vitest';
import { isUnderWay, runsOf } from './runs.ts';

const RUN = {
  id: '1',
  action: 'flood-the-door',
  status: 'running',
  progress: 0.2,
  sent: {},
  figures: {},
};

describe('runs of break it', () => {
  it('what the server tells is taken, what this console has no words for is left out', () => {
    const body = {
      items: [RUN, { ...RUN, action: 'burn-it-down' }, null],
      actions: [
        { name: 'kill-worker', words: 'kill a worker' },
        { name: 'x', words: 'y' },
        { name: 'kill-worker' },
      ],
    };
    const { items, actions } = runsOf(body);
    expect(items.map(({ id }) => id)).toEqual(['1']);
    expect(actions).toEqual([{ name: 'kill-worker', words: 'kill a worker' }]);
    expect(items.every(isUnderWay)).toBe(true);
  });

  it('an answer of another shape is empty', () => {
    expect(runsOf(null)).toEqual({ items: [], actions: [] });
    expect(runsOf({ items: 'x' })).toEqual({ items: [], actions: [] });
  });
});
