import { randomBytes } from 'node:crypto';

/** Digits of a trace id that count; the others are random, and new for each process. */
const COUNTED_DIGITS = 12;
const RANDOM_BYTES = 10;

/** A random one costs as much as all else that is done for a refusal; these differ from all others as surely. */
export function createCountedTraceIds(): () => string {
  const random = randomBytes(RANDOM_BYTES).toString('hex');
  let count = 0;
  return () => random + (++count).toString(16).padStart(COUNTED_DIGITS, '0');
}
