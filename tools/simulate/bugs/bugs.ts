/** The defects that the simulator must find: each a mistake that a process could make, planted around it. */
import { checksumOf, decodeSnapshot } from '../../../src/pipeline/snapshots/snapshot-codec.ts';
import type { SnapshotStore } from '../../../src/pipeline/snapshots/snapshots.ts';
import type { MemoryLog } from '../../../src/log/memory/memory-log.ts';
import { inMemoryTransaction } from '../../../src/platform/jobs/memory-transaction.ts';
import type { ProjectionStore } from '../../../src/projections/projection-store.ts';
import type { SubscriptionStore } from '../../../src/subscriptions/durable/subscription-store.ts';
import type { SubscriptionRunner } from '../../../src/subscriptions/durable/subscriptions.ts';
import type { Plan } from '../faults/plan.ts';
import { TENANTS } from '../world/simulation.ts';
import type { Tampering } from './tampering.ts';

export interface Bug extends Tampering {
  readonly name: string;
}

/** Between two steps that should have been one: enough for a process to end there. */
const GAP_MS = 20;

const stormy = (plan: Plan): Plan => ({
  ...plan,
  processes: 3,
  killEveryMs: plan.killEveryMs ?? 2_000,
  lostChance: Math.max(plan.lostChance, 0.01),
  slowChance: Math.max(plan.slowChance, 0.1),
});

/** Which commits of policies a process ends right after: early and late ones. */
const ENDED_COMMITS: readonly number[] = [5, 10, 15];

/** What belongs into the transaction of a policy and is done after it is lost with the process. */
const endingAfterCommits = (plan: Plan): Plan => ({
  ...stormy(plan),
  crashes: [
    ...plan.crashes,
    ...ENDED_COMMITS.map((nth) => ({ point: 'policies.commit', side: 'after' as const, nth })),
  ],
});

export const BUGS: readonly Bug[] = [
  {
    name: 'ids of commands of policies are random',
    plan: stormy,
    policyPipeline: (pipeline, { newId }) => ({
      handle: (request) => pipeline.handle({ ...request, commandId: newId() }),
    }),
  },
  {
    name: 'the checkpoint of a policy moves before its commands are given',
    plan: stormy,
    subscriptions: checkpointFirst,
  },
  {
    name: 'rows and checkpoint of a projection are written in two transactions',
    plan: stormy,
    projections: rowsThenCheckpoint,
  },
  {
    name: 'a projection writes whatever its checkpoint is',
    plan: stormy,
    projections: (store) => ({
      ...store,
      async commitChunk(place, work) {
        const expected = (await store.checkpoint(place)) ?? work.expected;
        return store.commitChunk(place, { ...work, expected });
      },
    }),
  },
  {
    name: 'answers are not recorded',
    log: (log) => withAppend(log, (append) => log.appendDecided({ ...append, answer: undefined })),
  },
  {
    name: 'ids of commands are not kept with the stream',
    plan: stormy,
    log: (log) => ({
      ...withAppend(log, (append) =>
        log.appendDecided({ ...append, answer: undefined, commandId: undefined }),
      ),
      findCommand: async () => null,
    }),
  },
  { name: 'versions are not checked', log: withoutVersions },
  {
    name: 'a unit does not follow the one it was decided on',
    plan: (plan) => ({ ...stormy(plan), burst: 6, clients: 5, appendsHeld: true }),
    log: (log) => withAppend(log, (append) => log.appendDecided({ ...append, follows: undefined })),
  },
  {
    name: 'what memory holds of a stream is taken for the newest',
    log: (log) => ({
      ...log,
      readStream: (tenant, stream, range) =>
        range.fromVersion > 1n && range.limit > 1
          ? Promise.resolve([])
          : log.readStream(tenant, stream, range),
    }),
  },
  {
    name: 'snapshots of another state version are used',
    plan: (plan) => ({ ...plan, deploys: true, killEveryMs: 1_500, commands: 50, clients: 5 }),
    snapshots: anyStateVersion,
  },
  {
    name: 'timers are enqueued after the transaction, not in it',
    plan: endingAfterCommits,
    jobs: (jobs) => ({
      ...jobs,
      async enqueueAll(_tx, queue, keyed) {
        const enqueue = () => inMemoryTransaction((tx) => jobs.enqueueAll(tx, queue, keyed));
        setTimeout(() => void enqueue().catch(() => {}), GAP_MS);
      },
    }),
  },
  {
    name: 'what follows a parked event in its stream is projected',
    plan: (plan) => ({ ...stormy(plan), poison: true }),
    projections: (store) => ({
      ...store,
      async claim(place) {
        const claim = await store.claim(place);
        return claim === null ? null : { ...claim, parked: [] };
      },
      async claims(generation) {
        const claims = [...(await store.claims(generation))];
        return new Map(claims.map(([bucket, claim]) => [bucket, { ...claim, parked: [] }]));
      },
    }),
  },
  {
    name: 'what follows a parked event in its stream is answered',
    plan: (plan) => ({ ...plan, poison: true }),
    policies: (store) => ({ ...store, parkedLanes: async () => new Set() }),
  },
  {
    name: 'keys of erased persons are kept',
    plan: (plan) => ({ ...plan, erasures: true }),
    storage: ({ keys }) => keys.keepDestroyedKeys(),
  },
  {
    name: 'read models are not cleared of erased persons',
    plan: (plan) => ({ ...plan, erasures: true }),
    // The first is that of snapshots.
    forgets: (all) => all.slice(0, 1),
  },
  {
    name: 'a snapshot does not name the persons it holds',
    plan: (plan) => ({ ...stormy(plan), erasures: true, commands: 50, clients: 5 }),
    snapshots: (snapshots) => ({
      ...snapshots,
      save: (place, snapshot) => snapshots.save(place, { ...snapshot, persons: [] }),
    }),
  },
  {
    name: 'other processes do not learn of an erasure',
    plan: (plan) => ({ ...plan, processes: 3, erasures: true, killEveryMs: null, commands: 50 }),
    storage: ({ keys }) => void Object.assign(keys, { erasureRevision: async () => 'the same' }),
  },
  {
    name: 'a query reads the rows of another tenant',
    plan: (plan) => ({ ...plan, buckets: 1 }),
    projections: (store) => ({
      ...store,
      select: (selection) => store.select({ ...selection, tenant: TENANTS[0] }),
    }),
  },
  {
    name: 'an append is acknowledged and not stored',
    log: forgetful,
  },
];

function withAppend(log: MemoryLog, appendDecided: MemoryLog['appendDecided']): MemoryLog {
  return { ...log, appendDecided };
}

function withoutVersions(log: MemoryLog): MemoryLog {
  return withAppend(log, (append) => {
    const { tenant } = append;
    const streams = append.streams.map((part) => ({
      ...part,
      expectedVersion: log.streamVersion(tenant, part.stream),
    }));
    return log.appendDecided({ ...append, streams, follows: undefined });
  });
}

/** Every so many appends. */
const FORGOTTEN_EACH = 20;

function forgetful(log: MemoryLog): MemoryLog {
  let count = 0;
  return withAppend(log, async (append) => {
    count += 1;
    if (count % FORGOTTEN_EACH > 0) return log.appendDecided(append);
    const { position } = await log.head(log.bucketOf(append.tenant));
    const versions = append.streams.map(
      ({ expectedVersion, events }) => expectedVersion + BigInt(events.length),
    );
    return { status: 'appended', position: position + 1n, versions };
  });
}

function checkpointFirst(runner: SubscriptionRunner, store: SubscriptionStore): SubscriptionRunner {
  return {
    add: (subscriber) =>
      runner.add({
        ...subscriber,
        async handle(chunk) {
          const work = async (): Promise<void> => {
            const write = await subscriber.handle(chunk);
            const place = { name: subscriber.name, bucket: chunk.bucket };
            if (write !== null) await store.beside(place, write);
          };
          setTimeout(() => void work().catch(() => {}), GAP_MS);
          return null;
        },
      }),
    begin: () => runner.begin(),
    drain: () => runner.drain(),
    start: () => runner.start(),
    stop: () => runner.stop(),
    status: () => runner.status(),
    resume: (name) => runner.resume(name),
  };
}

function rowsThenCheckpoint(store: ProjectionStore): ProjectionStore {
  return {
    ...store,
    async commitChunk(place, work) {
      const { expected, position } = work;
      const outcome = await store.commitChunk(place, { ...work, position: expected.position });
      if (outcome === 'lost') return outcome;
      const [moved] = await store.advance([{ place, expected, position, sealed: expected.sealed }]);
      return moved === true ? 'committed' : 'lost';
    },
  };
}

/** The checksum says of which version it is: a defect that uses another one anyway has to overlook that too. */
function anyStateVersion(snapshots: SnapshotStore): SnapshotStore {
  return {
    ...snapshots,
    async find(place) {
      for (const stateVersion of [1, 2]) {
        const other = { ...place, stateVersion };
        const found = await snapshots.find(other);
        if (found === null || decodeSnapshot(other, found) === undefined) continue;
        return { ...found, checksum: checksumOf(place, found) };
      }
      return null;
    },
  };
}
