/** The real pipeline and projections of modules over a memory log: for tests of routes. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { NO_AUDIT, type AuditTrail } from '../core/audit.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import type { BusinessModule } from '../core/module.ts';
import type { MemoryLog } from '../log/memory/memory-log.ts';
import { createMasterKeys } from '../personal-data/master-key.ts';
import { createPersonalData, type PersonalDataService } from '../personal-data/personal-data.ts';
import { revealingReader } from '../personal-data/revealing-reader.ts';
import { createPipeline, type PipelineDependencies } from '../pipeline/create-pipeline.ts';
import { createMemorySnapshots } from '../pipeline/snapshots/memory-snapshots.ts';
import { createMemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import { createProjections, type RunningProjections } from '../projections/create-projections.ts';
import { createMemoryStore } from '../projections/memory/memory-store.ts';
import type { ModuleRoutes, ModuleServices } from './modules/services.ts';

export interface ModulesFixture extends ModuleServices {
  readonly projections: RunningProjections;
  readonly personal: PersonalDataService;
  close(): Promise<void>;
}

export interface ModulesFixtureOptions {
  readonly moduleRoutes?: readonly ModuleRoutes[];
  /** Without it nothing can be approved. */
  readonly useApproval?: PipelineDependencies['useApproval'];
  /** None by default. */
  readonly audit?: AuditTrail | undefined;
  /** Of commands and of what routes compare with the time. */
  readonly clock?: Clock | undefined;
}

export async function modulesFixture(
  log: MemoryLog,
  modules: readonly BusinessModule[],
  {
    moduleRoutes = [],
    useApproval,
    audit = NO_AUDIT,
    clock = systemClock,
  }: ModulesFixtureOptions = {},
): Promise<ModulesFixture> {
  const personal = await createPersonalData({
    keys: createMemoryKeyStore(),
    master: createMasterKeys(randomBytes(32).toString('base64')),
  });
  const pipeline = createPipeline({
    log,
    reader: log,
    modules,
    personal,
    snapshots: createMemorySnapshots(clock),
    clock,
    newId: () => randomUUIDv7(),
    newSecret: () => randomBytes(16).toString('base64url'),
    hashSecret: randomBytes(32),
    ...(useApproval === undefined ? {} : { useApproval }),
    metrics: noMetrics,
    logger: silentLogger,
  });
  const projections = createProjections({
    log: revealingReader(log, personal),
    models: modules.flatMap(({ readModels }) => readModels),
    store: createMemoryStore({ bucketCount: log.bucketCount, clock: systemClock }),
    clock: systemClock,
    metrics: noMetrics,
    logger: silentLogger,
  });
  await projections.start();
  return {
    modules,
    pipeline,
    projections,
    clock,
    audit,
    linkSecret: new Uint8Array(32).fill(3),
    moduleRoutes,
    personal,
    async close() {
      await projections.stop();
      await pipeline.close();
      await personal.close();
    },
  };
}
