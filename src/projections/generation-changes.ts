/**
 * The state machine of generations, pure: what a projection's record is now, and what is to change about it. The store
 * applies a change while nobody else changes the same projection, so two processes that start together begin one
 * generation between them.
 *
 *   filling -> active -> retired -> dropped        (swap)
 *              active <- retired                   (swap back)
 *   shadow -> shadow, ready -> dropped
 *
 * Code of one version never touches generations of another: it neither fills nor drops what newer code began.
 */
import { Failure } from '../core/errors.ts';
import {
  AS_OF_TURN_MS,
  RETIRED_KEPT_MS,
  SHADOW_IN_USE_MS,
  SHADOWS_MAX,
  SWAP_AGE_MIN_MS,
} from './limits.ts';
import type { Change, Generation, ProjectionRecord, RecordedState } from './projection-store.ts';
import { timeText } from './row-values.ts';

export function inState(record: ProjectionRecord, state: RecordedState): readonly Generation[] {
  return record.generations.filter((generation) => generation.state === state);
}

export function activeOf(record: ProjectionRecord): Generation | undefined {
  return inState(record, 'active')[0];
}

/** At start: the first generation, or one of a newer version beside the active one. */
export function planStart(record: ProjectionRecord | null, version: number): Change | null {
  if (record === null || activeOf(record) === undefined)
    return {
      newestVersion: Math.max(version, record?.newestVersion ?? 0),
      begin: { state: 'active', asOfMicros: null, indexed: true },
    };
  if (version <= record.newestVersion) return null;
  return { ...beginBeside(record), newestVersion: version };
}

/** A fill under way goes on; asking for it again changes nothing. Errors: INPUT_INVALID. */
export function planRebuild(record: ProjectionRecord | null, version: number): Change | null {
  if (record === null || activeOf(record) === undefined) return planStart(record, version);
  const filling = inState(record, 'filling')[0];
  if (filling?.version === version) return null;
  if (filling !== undefined && filling.version > version)
    throw new Failure('INPUT_INVALID', 'A newer version of this read model is being built.');
  return { ...beginBeside(record), newestVersion: Math.max(version, record.newestVersion) };
}

function beginBeside(record: ProjectionRecord): Change {
  const others = [...inState(record, 'retired'), ...inState(record, 'filling')];
  return {
    drop: others.map(({ generation }) => generation),
    begin: { state: 'filling', asOfMicros: null, indexed: false },
  };
}

export function planShadow(
  record: ProjectionRecord,
  asOf: {
    readonly micros: bigint;
    readonly version: number;
  },
): Change | null {
  const shadows = inState(record, 'shadow');
  const same = shadows.find(({ asOfMicros }) => asOfMicros === asOf.micros);
  if (same?.version === asOf.version) return null;
  const kept = shadows.filter((shadow) => shadow !== same);
  const tooMany = kept.slice(0, Math.max(0, kept.length - SHADOWS_MAX + 1));
  return {
    drop: [...tooMany, ...(same === undefined ? [] : [same])].map(({ generation }) => generation),
    begin: { state: 'shadow', asOfMicros: asOf.micros, indexed: false },
  };
}

/**
 * As somebody asks who may only read. A copy of one's own makes room once it had its turn, since one looks at one moment
 * at a time, or one that nobody looked at for a while; of several the one that was looked at longest ago. Errors:
 * AS_OF_COPIES_IN_USE with the seconds until one is free.
 */
export function planAskedShadow(
  record: ProjectionRecord,
  asOf: {
    readonly micros: bigint;
    readonly version: number;
    readonly nowMs: number;
    readonly by: string;
  },
): Change | null {
  const { micros, version, nowMs, by } = asOf;
  const freeAtMs = ({ startedAtMs, usedAtMs, usedBy }: Generation): number =>
    Math.max(nowMs, usedBy === by ? startedAtMs + AS_OF_TURN_MS : usedAtMs + SHADOW_IN_USE_MS);
  const shadows = inState(record, 'shadow').filter(
    (each) => each.asOfMicros !== micros || each.version === version,
  );
  if (shadows.some(({ asOfMicros }) => asOfMicros === micros)) return null;
  const outdated = inState(record, 'shadow').filter((each) => !shadows.includes(each));
  const freeFirst = shadows.toSorted(
    (left, right) => freeAtMs(left) - freeAtMs(right) || left.usedAtMs - right.usedAtMs,
  );
  const tooMany = freeFirst.slice(0, Math.max(0, shadows.length - SHADOWS_MAX + 1));
  const waitMs = Math.max(0, ...tooMany.map(freeAtMs)) - nowMs;
  if (waitMs > 0) throw copiesInUse({ model: record.name, micros, waitMs });
  return {
    drop: [...tooMany, ...outdated].map(({ generation }) => generation),
    begin: { state: 'shadow', asOfMicros: micros, indexed: false, usedBy: by },
  };
}

export function copiesInUse(of: {
  readonly model: string;
  readonly micros: bigint;
  /** Until one is free. */
  readonly waitMs: number;
}): Failure {
  const { model, micros, waitMs } = of;
  return new Failure('AS_OF_COPIES_IN_USE', `Both copies of ${model} are in use.`, {
    retryAfterSeconds: Math.ceil(waitMs / 1000),
    extra: { copies: SHADOWS_MAX, model, asOf: timeText(micros) },
  });
}

/** Makes the filling generation active. Null when it is gone, or too young to be known to every process. */
export function planSwap(
  record: ProjectionRecord | null,
  wanted: { readonly generation: number; readonly nowMs: number },
): Change | null {
  const filling = record?.generations.find(({ generation }) => generation === wanted.generation);
  if (record === null || filling?.state !== 'filling' || !filling.indexed) return null;
  if (wanted.nowMs - filling.startedAtMs < SWAP_AGE_MIN_MS) return null;
  const active = activeOf(record);
  return {
    states: [
      ...(active === undefined
        ? []
        : [{ generation: active.generation, state: 'retired' as const }]),
      { generation: filling.generation, state: 'active' },
    ],
  };
}

/** Errors: INPUT_INVALID when there is nothing to swap back to. */
export function planSwapBack(record: ProjectionRecord | null): Change {
  const retired = record === null ? undefined : inState(record, 'retired').at(-1);
  const active = record === null ? undefined : activeOf(record);
  if (retired === undefined || active === undefined)
    throw new Failure('INPUT_INVALID', 'There is no earlier copy to swap back to.');
  return {
    states: [
      { generation: active.generation, state: 'retired' },
      { generation: retired.generation, state: 'active' },
    ],
  };
}

/** Drops a retired generation whose time is over. */
export function planExpiry(record: ProjectionRecord | null, nowMs: number): Change | null {
  const over = (record === null ? [] : inState(record, 'retired')).filter(
    ({ changedAtMs }) => nowMs - changedAtMs > RETIRED_KEPT_MS,
  );
  return over.length === 0 ? null : { drop: over.map(({ generation }) => generation) };
}
