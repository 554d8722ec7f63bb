/** A pipeline over the memory log that tells time by a clock of the test, as the demo needs it: for tests. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { StoredEvent } from '../core/event.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { MODULES } from '../modules/index.ts';
import { createMasterKeys } from '../personal-data/master-key.ts';
import { createPersonalData } from '../personal-data/personal-data.ts';
import { createPipeline } from '../pipeline/create-pipeline.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { createMemorySnapshots } from '../pipeline/snapshots/memory-snapshots.ts';
import { createMemoryKeyStore } from '../platform/keys/memory-key-store.ts';

export interface DemoFixture {
  readonly log: MemoryLog;
  readonly pipeline: Pipeline;
  readonly clock: Clock;
  readonly now: { ms: number };
  /** What was warned of. */
  readonly warnings: readonly unknown[];
  readonly logger: typeof silentLogger;
  pipelineAt(clock: Clock): Pipeline;
  head(): Promise<bigint>;
  /** Events of the demo behind a position. */
  eventsAfter(after: bigint): Promise<readonly StoredEvent[]>;
  close(): Promise<void>;
}

export async function demoFixture(nowMs: number): Promise<DemoFixture> {
  const log = createMemoryLog({ bucketCount: 4 });
  const personal = await createPersonalData({
    keys: createMemoryKeyStore(),
    master: createMasterKeys(randomBytes(32).toString('base64')),
  });
  const now = { ms: nowMs };
  const clock: Clock = { nowMs: () => now.ms };
  const pipelineAt = (at: Clock): Pipeline =>
    createPipeline({
      log,
      reader: log,
      modules: MODULES,
      personal,
      snapshots: createMemorySnapshots(at),
      clock: at,
      newId: () => randomUUIDv7(),
      newSecret: () => randomBytes(16).toString('base64url'),
      hashSecret: randomBytes(32),
      metrics: noMetrics,
      logger: silentLogger,
    });
  const pipeline = pipelineAt(clock);
  const warnings: unknown[] = [];
  return {
    log,
    pipeline,
    clock,
    now,
    warnings,
    logger: { ...silentLogger, warn: (...said: unknown[]) => void warnings.push(said) },
    pipelineAt,
    head: async () => (await log.head(log.bucketOf('demo'))).position,
    async eventsAfter(after) {
      const found: StoredEvent[] = [];
      for (let from = after; ;) {
        const page = await log.find({ tenant: 'demo', after: from, limit: 1000 });
        found.push(...page.events);
        if (!page.more) return found;
        from = page.nextAfter;
      }
    },
    async close() {
      await pipeline.close();
      await personal.close();
    },
  };
}
