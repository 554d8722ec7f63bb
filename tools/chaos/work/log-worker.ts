/**
 * A process that appends and keeps the log in order as fast as it can, so that a kill at any moment hits sealing,
 * compaction or retention. Tells over IPC what was acknowledged; ends by being killed.
 */
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { openDatabase } from '../../../src/platform/postgres/pool.ts';
import { randomOf } from '../random.ts';
import {
  FADING_TYPE,
  type LogWorkerConfig,
  LOG_LIMITS,
  draftOf,
  LASTING_TYPE,
  TENANT,
} from './log-messages.ts';

/** Small batches, so that there is something to compact. */
const BATCH = { low: 1, high: 12 };
const BATCHES_BETWEEN = 40;

// safe because logs.ts, the only caller, passes such a configuration
const config = JSON.parse(process.argv[2] ?? '{}') as LogWorkerConfig;
const random = randomOf(config.seed);
const database = openDatabase({
  url: config.url,
  connectionsMax: 8,
  connectTimeoutMs: 5_000,
  statementTimeoutMs: 30_000,
});
const log = await openPostgresLog({ ...LOG_LIMITS, database });
process.once('disconnect', () => process.exit(0));
let next = config.firstId;

async function appendSome(): Promise<void> {
  const made = Array.from({ length: random.between(BATCH) }, () => ({
    id: `e-${next++}`,
    type: random.chance(0.5) ? FADING_TYPE : LASTING_TYPE,
  }));
  const outcomes = await log.appendReceived(TENANT, made.map(draftOf));
  const acknowledged = outcomes.flatMap((outcome, index) => {
    const one = made[index];
    return 'position' in outcome && one !== undefined
      ? [{ ...one, position: String(outcome.position) }]
      : [];
  });
  process.send?.({ acknowledged });
}

for (;;) {
  // PostgreSQL may be gone: whoever killed it brings it back.
  await Promise.all(Array.from({ length: BATCHES_BETWEEN }, () => appendSome().catch(() => {})));
  process.send?.('maintaining');
  await log.maintain().catch(() => {});
}
