/** What outlives every process: log, stores, jobs, keys. All in memory, shared by the processes of one run. */
import type { Clock } from '../../../src/core/clock.ts';
import type { Database, Statement } from '../../../src/platform/postgres/database.ts';
import { createMemoryLog, type MemoryLog } from '../../../src/log/memory/memory-log.ts';
import { createMasterKeys } from '../../../src/personal-data/master-key.ts';
import { createMemorySnapshots } from '../../../src/pipeline/snapshots/memory-snapshots.ts';
import type { SnapshotStore } from '../../../src/pipeline/snapshots/snapshots.ts';
import {
  createMemoryJobStorage,
  type MemoryJobStorage,
} from '../../../src/platform/jobs/memory-jobs.ts';
import {
  createMemoryKeyStore,
  type MemoryKeyStore,
} from '../../../src/platform/keys/memory-key-store.ts';
import { createMemoryStore } from '../../../src/projections/memory/memory-store.ts';
import type { ProjectionStore } from '../../../src/projections/projection-store.ts';
import { createMemorySubscriptionStore } from '../../../src/subscriptions/durable/memory/memory-subscription-store.ts';
import type { SubscriptionStore } from '../../../src/subscriptions/durable/subscription-store.ts';
import { createMemoryPolicyStore } from '../../../src/subscriptions/policies/memory/memory-policy-store.ts';
import type { PolicyStore } from '../../../src/subscriptions/policies/policy-store.ts';
import { referenceMaker } from './references.ts';
import type { Random } from './random.ts';

export interface SharedStorage {
  /** Outside of every process, for checks and for what comes from elsewhere. */
  readonly log: MemoryLog;
  readonly snapshots: SnapshotStore;
  readonly projections: ProjectionStore;
  readonly subscriptions: SubscriptionStore;
  readonly policies: PolicyStore;
  readonly jobs: MemoryJobStorage;
  readonly keys: MemoryKeyStore;
  readonly database: Database;
  readonly hashSecret: Uint8Array;
}

export const MASTER_KEY = 'the master key of the simulator, thirty-two characters and more';
/** Name under which key rings keep the secret of their references. */
const REFERENCES = 'references';

export async function createSharedStorage(options: {
  readonly bucketCount: number;
  /** Of the storage, as the database has one of its own. */
  readonly clock: Clock;
  readonly random: Random;
}): Promise<SharedStorage> {
  const { bucketCount, clock, random } = options;
  const keys = createMemoryKeyStore();
  const secret = random.bytes(32);
  // From the seed, because references are names of streams.
  await keys.createSecret(REFERENCES, createMasterKeys(MASTER_KEY).wrap(secret, REFERENCES));
  const referenceOf = referenceMaker(secret);
  const erased = createErasedPersons();
  return {
    log: createMemoryLog({ bucketCount, clock, incarnation: 'simulated' }),
    snapshots: createMemorySnapshots(clock, (tenant, person) => erased.has(tenant, person)),
    projections: createMemoryStore({
      bucketCount,
      clock,
      isErased: (tenant, personId) => erased.has(tenant, referenceOf(tenant, personId)),
    }),
    subscriptions: createMemorySubscriptionStore({ bucketCount, clock }),
    policies: createMemoryPolicyStore({ clock }),
    jobs: createMemoryJobStorage(),
    keys,
    database: erased.database,
    hashSecret: random.bytes(32),
  };
}

/** The table `erased_persons` and the three statements on it (src/personal-data/erased-rows.ts). */
function createErasedPersons(): {
  readonly database: Database;
  has(tenant: string, reference: string): boolean;
} {
  const cleaned = new Map<string, boolean>();
  const idOf = (tenant: unknown, reference: unknown): string => JSON.stringify([tenant, reference]);
  const run = ({ text, values = [] }: Statement): readonly object[] => {
    const [, tenant, reference] = values;
    const id = idOf(tenant, reference);
    if (text.startsWith('insert into erased_persons')) {
      if (!cleaned.has(id)) cleaned.set(id, false);
      return [];
    }
    if (text.startsWith('update erased_persons')) {
      if (cleaned.has(id)) cleaned.set(id, true);
      return [];
    }
    if (!text.includes('from unnest')) throw new TypeError(`unknown statement: ${text}`);
    // safe because the third statement binds three lists
    const [, tenants, references] = values as [unknown, readonly string[], readonly string[]];
    return references
      .filter((each, index) => cleaned.get(idOf(tenants[index], each)) === true)
      .map((person) => ({ person }));
  };
  return {
    has: (tenant, reference) => cleaned.has(idOf(tenant, reference)),
    database: {
      async query<Row>(statement: Statement) {
        // safe because each of the three statements gives the rows that its caller names
        const rows = run(statement) as Row[];
        return { rows, rowCount: rows.length };
      },
      transaction: () => Promise.reject(new TypeError('nobody needs a transaction here')),
      reachable: true,
      close: async () => {},
    },
  };
}
