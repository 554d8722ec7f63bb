import { describe, expect, it } from 'vitest';
import type { EventJson } from './read-events.ts';
import { paused, resumed, TAIL_BEGINS, TAIL_ROWS_MAX, withEvents } from './tail-state.ts';

function events(from: number, count: number): readonly EventJson[] {
  return Array.from({ length: count }, (_, at) => ({
    specversion: '1.0',
    id: String(from + at),
    source: '/x',
    type: 't',
    recordedtime: '2026-11-22T12:00:00Z',
    position: '1',
    bucket: 0,
  }));
}

describe('the live tail', () => {
  it('the newest event stands first', () => {
    const state = withEvents(withEvents(TAIL_BEGINS, events(1, 2)), events(3, 1));
    expect(state.shown.map(({ id }) => id)).toEqual(['3', '2', '1']);
    expect(state.count).toBe(3);
  });

  it('what comes while it is paused waits and is shown afterwards, in order', () => {
    const held = withEvents(paused(withEvents(TAIL_BEGINS, events(1, 1))), events(2, 2));
    expect(held.shown).toHaveLength(1);
    expect(held.held).toHaveLength(2);
    expect(resumed(held).shown.map(({ id }) => id)).toEqual(['3', '2', '1']);
  });

  it('more than is kept is counted as left out, never forgotten', () => {
    const full = withEvents(TAIL_BEGINS, events(1, TAIL_ROWS_MAX + 5));
    expect(full.shown).toHaveLength(TAIL_ROWS_MAX);
    expect(full.leftOut).toBe(5);
    expect(resumed(withEvents(paused(full), events(9000, 10))).leftOut).toBe(15);
  });
});
