import { describe, expect, it } from 'vitest';
import {
  FIGURES_MAX,
  lastMinutes,
  pointsOf,
  spreadOf,
  withFigures,
  type LiveFigure,
} from './live-series.ts';

function figure(at: number, accepted = 1): LiveFigure {
  return {
    at,
    acceptedPerSecond: accepted,
    duplicatesPerSecond: 0,
    rejectedPerSecond: 0,
    appendP50Ms: null,
    appendP95Ms: null,
    appendP99Ms: null,
    queueLength: 0,
    lagSeconds: 0,
    rssBytes: 1,
    cpuCores: 0,
  };
}

describe('live figures', () => {
  it('a second that comes twice or late stands once and in order', () => {
    const ring = withFigures([figure(1000), figure(2000)], [figure(2000, 9), figure(1500)]);
    expect(ring.map(({ at }) => at)).toEqual([1000, 1500, 2000]);
  });

  it('the ring keeps an hour', () => {
    const all = Array.from({ length: FIGURES_MAX + 10 }, (_, index) => figure(index * 1000));
    expect(withFigures([], all)).toHaveLength(FIGURES_MAX);
  });

  it('missing seconds are a gap, not a line', () => {
    const points = pointsOf(
      [figure(1000), figure(9000)],
      ({ acceptedPerSecond }) => acceptedPerSecond,
    );
    expect(points).toEqual([
      [1000, 1],
      [2000, null],
      [9000, 1],
    ]);
  });

  it('a window and its greatest value', () => {
    const figures = [figure(0, 50), figure(100_000, 7), figure(130_000, 3)];
    expect(spreadOf(pointsOf(lastMinutes(figures, 2), (each) => each.acceptedPerSecond))).toEqual({
      now: 3,
      most: 7,
    });
    expect(spreadOf([])).toEqual({ now: null, most: null });
  });
});
