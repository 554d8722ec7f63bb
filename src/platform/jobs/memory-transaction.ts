/**
 * The transaction of the memory implementations: what is staged in it happens all at once when the work succeeds, and
 * not at all when it throws. It stands where a database transaction is asked for, but runs no SQL.
 */
import type { Queryable } from '../postgres/database.ts';

class MemoryTransaction implements Queryable {
  readonly staged: (() => void)[] = [];

  query(): Promise<never> {
    return Promise.reject(new TypeError('a memory transaction runs no statements'));
  }
}

/** Runs `work`, then what it staged, in order, without a break that another caller could see. */
export async function inMemoryTransaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
  const tx = new MemoryTransaction();
  const value = await work(tx);
  for (const apply of tx.staged) apply();
  return value;
}

/** Stages a change in a transaction that `inMemoryTransaction` began. */
export function stage(tx: Queryable, apply: () => void): void {
  if (!(tx instanceof MemoryTransaction))
    throw new TypeError('a memory store was given a transaction of another kind');
  tx.staged.push(apply);
}
