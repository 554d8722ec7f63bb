/** A broken invariant of ours: a bug, never a caller's mistake or the outside world's. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Throws InvariantError when `condition` is false; `message` says which invariant broke. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
