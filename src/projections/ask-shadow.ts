/** Copies as of a moment that people ask for while they look at lists: begun, noted as in use, and how far they are. */
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { ReadModel } from '../core/read-model.ts';
import type { LogReader } from '../log/log.ts';
import { inState, planAskedShadow } from './generation-changes.ts';
import { headsOf } from './progress.ts';
import type { Change, Generation, ProjectionRecord, ProjectionStore } from './projection-store.ts';
import type { ShadowStatus, WantedShadow } from './projections.ts';
import { shadowStatus } from './status.ts';

interface Parts {
  readonly log: LogReader;
  readonly store: ProjectionStore;
  readonly clock: Clock;
  /** Changes the record of a projection; other processes follow within a second. */
  readonly change: (
    name: string,
    decide: (record: ProjectionRecord | null) => Change | null,
  ) => Promise<void>;
}

/** Errors: AS_OF_COPIES_IN_USE, INPUT_INVALID for a moment to come, UNAVAILABLE before the model was begun. */
export async function askShadow(
  parts: Parts,
  { name, version }: ReadModel,
  wanted: WantedShadow,
): Promise<ShadowStatus> {
  const { asOfMicros, by } = wanted;
  const nowMs = parts.clock.nowMs();
  if (asOfMicros > BigInt(nowMs) * 1000n) throw notYet();
  await parts.change(name, (record) =>
    record === null ? null : planAskedShadow(record, { micros: asOfMicros, version, nowMs, by }),
  );
  const status = await shadowOf(parts, { name, version }, wanted);
  if (status === null) throw new Failure('UNAVAILABLE', `${name} was not begun yet.`);
  return status;
}

/** Whoever asks how far a copy is waits for it: it is in use. */
export async function shadowOf(
  parts: Parts,
  { name, version }: Pick<ReadModel, 'name' | 'version'>,
  { asOfMicros, by }: WantedShadow,
): Promise<ShadowStatus | null> {
  const { store, log } = parts;
  const record = (await store.read()).find((each) => each.name === name);
  const shadow = (record === undefined ? [] : inState(record, 'shadow')).find(
    (each) => each.asOfMicros === asOfMicros && each.version === version,
  );
  if (shadow === undefined) return null;
  await store.used(shadow, by);
  return shadowStatus(shadow, {
    heads: await headsOf(log),
    checkpoints: await checkpointsOf(store, shadow),
  });
}

async function checkpointsOf(store: ProjectionStore, { name, generation }: Generation) {
  const checkpoints = await store.checkpoints(name);
  return checkpoints.filter((each) => each.generation === generation);
}

export function notYet(): Failure {
  return new Failure('INPUT_INVALID', 'The moment lies in the future.', {
    errors: [{ at: '/at', message: 'must not lie in the future.', code: 'IN_FUTURE' }],
  });
}
