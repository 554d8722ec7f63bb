/**
 * What the live tail holds: shown rows, rows that wait while it is paused, and whether something is missing. Pure.
 *
 *   connecting -> open <-> waiting (the connection broke: it goes on behind the last event, nothing is lost)
 *                      -> ended (the server cannot go on from there: a gap)
 */
import type { EventJson } from './read-events.ts';

export type TailConnection = 'connecting' | 'open' | 'waiting' | 'ended';

export interface TailState {
  readonly connection: TailConnection;
  /** Newest first. */
  readonly shown: readonly EventJson[];
  /** Newest first; taken while paused. */
  readonly held: readonly EventJson[];
  readonly isPaused: boolean;
  /** Seen since the tail began. */
  readonly count: number;
  /** Left out because more came than is kept: they are in the log. */
  readonly leftOut: number;
}

/** More than anybody reads; older ones are found by loading them. */
export const TAIL_ROWS_MAX = 2000;

export const TAIL_BEGINS: TailState = {
  connection: 'connecting',
  shown: [],
  held: [],
  isPaused: false,
  count: 0,
  leftOut: 0,
};

/** `events` oldest first, as they arrive. */
export function withEvents(state: TailState, events: readonly EventJson[]): TailState {
  const newest = events.toReversed();
  const target = state.isPaused ? [...newest, ...state.held] : [...newest, ...state.shown];
  const kept = target.slice(0, TAIL_ROWS_MAX);
  return {
    ...state,
    ...(state.isPaused ? { held: kept } : { shown: kept }),
    count: state.count + events.length,
    leftOut: state.leftOut + target.length - kept.length,
  };
}

export function paused(state: TailState): TailState {
  return { ...state, isPaused: true };
}

export function resumed(state: TailState): TailState {
  const all = [...state.held, ...state.shown];
  const shown = all.slice(0, TAIL_ROWS_MAX);
  return {
    ...state,
    isPaused: false,
    held: [],
    shown,
    leftOut: state.leftOut + all.length - shown.length,
  };
}
