/** Copies as of a moment that people ask for while they look at lists: begun, noted as in use, and how far they are. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { ReadModel } from '../core/read-model.ts';
import type { LogReader } from '../log/log.ts';
import { copiesInUse, inState, planAskedShadow } from './generation-changes.ts';
import { AS_OF_TURN_MS, AS_OF_TURN_POLL_MS, AS_OF_TURN_WAIT_MS } from './limits.ts';
import { headsOf } from './progress.ts';
import type { Change, Generation, ProjectionRecord, ProjectionStore } from './projection-store.ts';
import type { ShadowStatus, WantedShadow } from './projections.ts';
import { shadowStatus } from './status.ts';

interface Parts {
  readonly log: LogReader;
  readonly store: ProjectionStore;
  readonly clock: Clock;
  readonly turns: Turns;
  /** Changes the record of a projection; other processes follow within a second. */
  readonly change: (
    name: string,
    decide: (record: ProjectionRecord | null) => Change | null,
  ) => Promise<void>;
}

/**
 * Who asks for more moments at once than there are copies gets them one after the other, each for a moment of its own; what
 * waited in vain is told when to come again. Errors: AS_OF_COPIES_IN_USE, INPUT_INVALID for a moment to come, UNAVAILABLE
 * before the model was begun.
 */
export async function askShadow(
  parts: Parts,
  model: ReadModel,
  wanted: WantedShadow,
): Promise<ShadowStatus> {
  const { asOfMicros, by } = wanted;
  if (asOfMicros > BigInt(parts.clock.nowMs()) * 1000n) throw notYet();
  const deadline = performance.now() + AS_OF_TURN_WAIT_MS;
  const leave = await parts.turns.take(`${model.name} ${by}`);
  try {
    for (;;) {
      const found = await beginOrFind(parts, model, wanted);
      if (!(found instanceof Failure)) return found;
      if (performance.now() >= deadline) throw found;
      await pause(AS_OF_TURN_POLL_MS);
    }
  } finally {
    leave();
  }
}

/** How far the copy is, or the refusal while copies of one's own have their turn. Errors: those of `askShadow`. */
async function beginOrFind(
  parts: Parts,
  { name, version }: ReadModel,
  wanted: WantedShadow,
): Promise<ShadowStatus | Failure> {
  const { asOfMicros: micros, by } = wanted;
  try {
    await parts.change(name, (record) => {
      if (record === null) throw new Failure('UNAVAILABLE', `${name} was not begun yet.`);
      return planAskedShadow(record, { micros, version, nowMs: parts.clock.nowMs(), by });
    });
  } catch (error) {
    if (isTurnOfOthers(error)) return error;
    throw error;
  }
  // Null when another moment, or a copy that an operator asked for, took its place meanwhile.
  const status = await shadowOf(parts, { name, version }, wanted);
  return status ?? copiesInUse({ model: name, micros, waitMs: AS_OF_TURN_MS });
}

function isTurnOfOthers(error: unknown): error is Failure {
  if (!(error instanceof Failure && error.code === 'AS_OF_COPIES_IN_USE')) return false;
  return (error.retryAfterSeconds ?? 0) * 1000 <= AS_OF_TURN_MS;
}

/** Those who ask for the same come one after the other, in the order in which they came. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Resolves with the way to give the turn on. */
  async take(id: string): Promise<() => void> {
    const before = this.#last.get(id);
    const mine = Promise.withResolvers<void>();
    this.#last.set(id, mine.promise);
    await before;
    return () => {
      if (this.#last.get(id) === mine.promise) this.#last.delete(id);
      mine.resolve();
    };
  }
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
