import { RowInvalid } from './storable-json.ts';

/** Longer than any column name with its sentence. */
const REASON_LENGTH_MAX = 200;

export type FailedStep = 'record' | 'keys' | 'project' | 'store';

/** Why an event was parked: step and kind of error. Its message is left out, it may hold what the event holds. */
export function reasonOf(step: FailedStep, error: unknown): string {
  const reason =
    error instanceof RowInvalid
      ? `${step}: ${error.name}: ${error.message}`
      : `${step}: ${error instanceof Error ? error.name : typeof error}`;
  return reason.slice(0, REASON_LENGTH_MAX);
}

/** Of an event that waits behind a parked one of its stream. */
export const BEHIND = 'behind';
