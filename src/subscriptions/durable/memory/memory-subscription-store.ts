/** Checkpoints and leases in memory; several runners on one store are several processes. */
import type { Clock } from '../../../core/clock.ts';
import { inMemoryTransaction } from '../../../platform/jobs/memory-transaction.ts';
import { SUSPENDED_AFTER_MS } from '../bucket-subscription.ts';
import type { Checkpoint, Place, SubscriptionStore } from '../subscription-store.ts';

interface HeldCheckpoint {
  place: Place;
  position: bigint;
  movedAtMs: number;
  suspended: boolean;
}

/** `clock` is that of the store, as the database's is for the other implementation. */
export function createMemorySubscriptionStore(options: {
  readonly clock: Clock;
  readonly bucketCount: number;
}): SubscriptionStore {
  const { clock } = options;
  const checkpoints = new Map<string, HeldCheckpoint>();
  const locks = new Map<string, Promise<unknown>>();
  return {
    async begin(wanted) {
      for (const { bucket, name, position } of wanted) {
        const place = { bucket, name };
        const held = { place, position, movedAtMs: clock.nowMs(), suspended: false };
        if (!checkpoints.has(keyOf(place))) checkpoints.set(keyOf(place), held);
      }
    },
    async read(names) {
      return [...checkpoints.values()]
        .filter(({ place }) => names.includes(place.name))
        .map(checkpointOf);
    },
    async readOne(place) {
      const held = checkpoints.get(keyOf(place));
      return held === undefined ? null : checkpointOf(held);
    },
    advance(place, { from, to }, write) {
      return oneAfterAnother(locks, keyOf(place), async () => {
        const held = checkpoints.get(keyOf(place));
        if (held?.position !== from) return false;
        await inMemoryTransaction(async (tx) => write?.(tx));
        held.position = to;
        held.movedAtMs = clock.nowMs();
        return true;
      });
    },
    beside: (place, write) =>
      oneAfterAnother(locks, keyOf(place), () => inMemoryTransaction(write)),
    ...suspending(checkpoints, clock),
    ...leasing(options),
  };
}

function suspending(
  checkpoints: ReadonlyMap<string, HeldCheckpoint>,
  clock: Clock,
): Pick<SubscriptionStore, 'passed' | 'suspend' | 'resume'> {
  return {
    async passed(bucket) {
      const counting = [...checkpoints.values()].filter(
        (held) =>
          held.place.bucket === bucket &&
          !held.suspended &&
          clock.nowMs() - held.movedAtMs < SUSPENDED_AFTER_MS,
      );
      return counting.reduce<bigint | null>(
        (least, { position }) => (least === null || position < least ? position : least),
        null,
      );
    },
    async suspend(place) {
      const held = checkpoints.get(keyOf(place));
      if (held !== undefined) held.suspended = true;
    },
    async resume(name, bucket) {
      for (const held of checkpoints.values())
        if (
          held.place.name === name &&
          held.suspended &&
          (bucket === undefined || bucket === held.place.bucket)
        )
          Object.assign(held, { suspended: false, movedAtMs: clock.nowMs() });
    },
  };
}

function leasing({
  clock,
  bucketCount,
}: {
  readonly clock: Clock;
  readonly bucketCount: number;
}): Pick<SubscriptionStore, 'lease' | 'release'> {
  const leases = new Map<string, { place: Place; owner: string; untilMs: number }>();
  return {
    async lease(names, { owner, seconds }) {
      const now = clock.nowMs();
      for (const name of names)
        for (let bucket = 0; bucket < bucketCount; bucket += 1) {
          const place = { bucket, name };
          const held = leases.get(keyOf(place));
          if (held === undefined || held.owner === owner || held.untilMs < now)
            leases.set(keyOf(place), { place, owner, untilMs: now + seconds * 1000 });
        }
      return [...leases.values()]
        .filter((held) => held.owner === owner && names.includes(held.place.name))
        .map(({ place }) => place);
    },
    async release(owner) {
      for (const [key, held] of leases) if (held.owner === owner) leases.delete(key);
    },
  };
}

function keyOf({ bucket, name }: Place): string {
  return `${bucket} ${name}`;
}

function checkpointOf({ place, position, movedAtMs, suspended }: HeldCheckpoint): Checkpoint {
  return { ...place, position, movedAtMs, suspended };
}

/** The lock of a row: who comes second waits until the first has committed or rolled back. */
async function oneAfterAnother<T>(
  locks: Map<string, Promise<unknown>>,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = locks.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  locks.set(
    key,
    mine.catch(() => undefined),
  );
  return mine;
}
