/**
 * A process of its own that runs the policies of the fixture on a database, and kills itself with SIGKILL when it
 * reaches a named point. Arguments: address of the database, point, milliseconds until an alarm escalates.
 */
import { systemClock } from '../../core/clock.ts';
import type { BusinessModule } from '../../core/module.ts';
import { openPostgresLog } from '../../log/postgres/postgres-log.ts';
import { createJobs } from '../../platform/jobs/boss-jobs.ts';
import { openDatabase } from '../../platform/postgres/pool.ts';
import { createPostgresSubscriptionStore } from '../durable/postgres/postgres-subscription-store.ts';
import type { PolicyPoint } from './answer-event.ts';
import { modulesWith, tally, watch } from './fixture.ts';
import { createPostgresPolicyStore } from './postgres/postgres-policy-store.ts';
import { openProcess, type TestProcess } from './process.fixture.ts';

const BUCKETS = 2;

export interface DatabaseProcess extends TestProcess {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Everything a server has of policies, on a database; not started. */
export async function openDatabaseProcess(options: {
  readonly url: string;
  readonly modules: readonly BusinessModule[];
  readonly reached?: (point: PolicyPoint) => void;
}): Promise<DatabaseProcess> {
  const { url } = options;
  const limits = { connectionsMax: 6, connectTimeoutMs: 5_000, statementTimeoutMs: 20_000 };
  const database = openDatabase({ url, ...limits });
  const log = await openPostgresLog({
    database,
    bucketCount: BUCKETS,
    dedupeWindowSeconds: 60,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  const jobs = createJobs({ databaseUrl: url, runMsMax: 2_000 });
  const process = openProcess({
    ...options,
    log,
    jobs,
    clock: systemClock,
    subscriptionStore: createPostgresSubscriptionStore(database, { bucketCount: BUCKETS }),
    store: createPostgresPolicyStore(database),
  });
  return {
    ...process,
    async start() {
      await jobs.start();
      await process.subscriptions.start();
    },
    async stop() {
      await process.subscriptions.stop();
      await jobs.stop();
      await process.pipeline.close();
      await log.close();
      await database.close();
    },
  };
}

if (import.meta.main) {
  const [url = '', point = '', escalateAfterMs = '0'] = process.argv.slice(2);
  const running = await openDatabaseProcess({
    url,
    modules: modulesWith([tally(), watch(Number(escalateAfterMs))]),
    reached: (at) => {
      if (at === point) process.kill(process.pid, 'SIGKILL');
    },
  });
  await running.start();
}
