import type { LogReader } from '../log/log.ts';
import type { CheckpointRecord, Generation, ProjectionStore } from './projection-store.ts';

export interface Progress {
  /** Events of the log that were looked at. */
  readonly done: bigint;
  readonly behind: bigint;
  /** 0 to 1. */
  readonly ratio: number;
}

/** How far a generation has come, over all buckets. */
export async function progressOf(
  { log, store }: { readonly log: LogReader; readonly store: ProjectionStore },
  { name, generation }: Generation,
): Promise<Progress> {
  const checkpoints = await store.checkpoints(name);
  const own = checkpoints.filter((each) => each.generation === generation);
  return sumProgress(own, await headsOf(log));
}

/** Head of each bucket. */
export async function headsOf(log: LogReader): Promise<readonly bigint[]> {
  const buckets = Array.from({ length: log.bucketCount }, (_, bucket) => bucket);
  const heads = await Promise.all(buckets.map((bucket) => log.head(bucket)));
  return heads.map(({ position }) => position);
}

export function sumProgress(
  checkpoints: readonly CheckpointRecord[],
  heads: readonly bigint[],
): Progress {
  let [done, behind] = [0n, 0n];
  for (const { bucket, position, sealed } of checkpoints) {
    done += position;
    const left = (heads[bucket] ?? 0n) - position;
    // A sealed bucket of a shadow is complete wherever the head is.
    if (left > 0n && !sealed) behind += left;
  }
  const all = done + behind;
  return { done, behind, ratio: all === 0n ? 1 : Number(done) / Number(all) };
}
