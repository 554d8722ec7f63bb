/** How far subscriptions are, over all buckets, whoever works on them. */
import type { Clock } from '../../core/clock.ts';
import type { LogReader } from '../../log/log.ts';
import type { BucketSubscription } from './bucket-subscription.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { Subscriber, SubscriptionStatus } from './durable.ts';
import type { Checkpoint, SubscriptionStore } from './subscription-store.ts';

/** Reads looking for the first event of interest: one for whoever is live, bounded for whoever is far behind. */
const READS_MAX = 5;

interface StatusDependencies {
  readonly log: LogReader;
  readonly store: SubscriptionStore;
  readonly reader: ChunkReader;
  readonly clock: Clock;
  /** Those that this process works on, by `bucket name`. */
  readonly here: ReadonlyMap<string, BucketSubscription>;
}

export async function statusOf(
  subscribers: readonly Subscriber[],
  deps: StatusDependencies,
): Promise<readonly SubscriptionStatus[]> {
  const checkpoints = await deps.store.read(subscribers.map(({ name }) => name));
  const places = await Promise.all(
    checkpoints.map(async (checkpoint) => {
      const subscriber = subscribers.find(({ name }) => name === checkpoint.name);
      return { checkpoint, ...(await pendingOf(checkpoint, subscriber?.types ?? null, deps)) };
    }),
  );
  return subscribers.map(({ name }) => {
    const its = places.filter(({ checkpoint }) => checkpoint.name === name);
    return {
      name,
      lagSeconds: Math.max(0, ...its.map(({ lagMs }) => lagMs)) / 1000,
      behindEvents: its.reduce((sum, { behind }) => sum + behind, 0n),
      suspended: its.some(({ checkpoint }) => checkpoint.suspended),
    };
  });
}

interface Pending {
  readonly behind: bigint;
  readonly lagMs: number;
}

const NOTHING: Pending = { behind: 0n, lagMs: 0 };

/** Events between what was looked at and the head, if one of interest is among them. */
async function pendingOf(
  checkpoint: Checkpoint,
  types: ReadonlySet<string> | null,
  { log, reader, here, clock }: StatusDependencies,
): Promise<Pending> {
  const { bucket, name } = checkpoint;
  const head = await log.head(bucket);
  const seen = here.get(`${bucket} ${name}`)?.position ?? checkpoint.position;
  let after = seen > checkpoint.position ? seen : checkpoint.position;
  if (after < head.lowMark) after = head.lowMark;
  for (let reads = 0; reads < READS_MAX && after < head.position; reads += 1) {
    const chunk = await reader.next({ bucket, after, types });
    if (chunk === null) return NOTHING;
    const [first] = chunk.events;
    if (first !== undefined) {
      const lagMs = clock.nowMs() - Number(first.recordedAtMicros / 1000n);
      // The clock of the database may be ahead of ours; what waits is never shown as up to date.
      return { behind: head.position - (first.position - 1n), lagMs: Math.max(lagMs, 1) };
    }
    after = chunk.through;
  }
  return after < head.position ? { behind: head.position - after, lagMs: 0 } : NOTHING;
}
