/** A ring of the newest figures, and lines of them with gaps where seconds are missing. Pure. */
import type { Operations } from '../../../../src/client/client.ts';

export type LiveFigure = NonNullable<Operations['GET /v1/live']['answer']['latest']>;
type Points = readonly (readonly [atMs: number, value: number | null])[];

/** An hour of seconds, as the server keeps. */
export const FIGURES_MAX = 3600;
/** Timers come late by some milliseconds; a second that is missing is a gap. */
const GAP_MS = 2500;

/** `more` behind `figures`, each second once, in order. */
export function withFigures(
  figures: readonly LiveFigure[],
  more: readonly LiveFigure[],
): readonly LiveFigure[] {
  const lastMs = figures.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const isInOrder = more.every(
    ({ at }, index) => at > (index === 0 ? lastMs : (more[index - 1]?.at ?? lastMs)),
  );
  if (isInOrder) return [...figures, ...more].slice(-FIGURES_MAX);
  const byTime = new Map([...figures, ...more].map((figure) => [figure.at, figure]));
  return [...byTime.values()].sort((a, b) => a.at - b.at).slice(-FIGURES_MAX);
}

/** Points of one value; where seconds are missing a null stands, so that no line crosses what is not known. */
export function pointsOf(
  figures: readonly LiveFigure[],
  value: (figure: LiveFigure) => number | null,
): Points {
  const points: (readonly [number, number | null])[] = [];
  let beforeMs: number | null = null;
  for (const figure of figures) {
    if (beforeMs !== null && figure.at - beforeMs > GAP_MS) points.push([beforeMs + 1000, null]);
    points.push([figure.at, value(figure)]);
    beforeMs = figure.at;
  }
  return points;
}

/** The figures of the last `minutes`. */
export function lastMinutes(
  figures: readonly LiveFigure[],
  minutes: number,
): readonly LiveFigure[] {
  const sinceMs = (figures.at(-1)?.at ?? 0) - minutes * 60_000;
  return figures.filter(({ at }) => at > sinceMs);
}

export interface Spread {
  readonly now: number | null;
  readonly most: number | null;
}

export function spreadOf(points: Points): Spread {
  let most: number | null = null;
  for (const [, value] of points)
    if (value !== null && (most === null || value > most)) most = value;
  return { now: points.at(-1)?.[1] ?? null, most };
}
