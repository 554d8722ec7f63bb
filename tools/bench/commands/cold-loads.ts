/** A long stream loaded by a process that has nothing of it in memory: snapshot and tail from the database. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { systemClock } from '../../../src/core/clock.ts';
import { DataKind } from '../../../src/core/event.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { noMetrics } from '../../../src/core/metrics.ts';
import type { PersonalData } from '../../../src/core/personal-data.ts';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { customers } from '../../../src/modules/customers/index.ts';
import { systemPrincipal } from '../../../src/pipeline/authorise.ts';
import { createPipeline } from '../../../src/pipeline/create-pipeline.ts';
import { createPostgresSnapshots } from '../../../src/pipeline/snapshots/postgres-snapshots.ts';
import type { LogHost } from '../embedded-log.ts';
import { createHistogram, percentileMs, record } from '../histogram.ts';
import type { Scope } from '../scope.ts';

const EVENTS = 10_000;
const LOADS = 400;
const CALLERS = 200;
const TENANT = 'bench';
const CATEGORY = 'customers';

export interface ColdLoads {
  readonly events: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Microseconds of CPU of this process for each command that filled the stream, log included. */
  readonly cpuMicrosPerCommand: number;
  readonly postgresMicrosPerCommand: number;
}

/** Fills a stream by commands of 200 callers, then loads it between further commands, so that the tail has any length. */
export async function measureColdLoads(scope: Scope, host: LogHost): Promise<ColdLoads> {
  const { warm, cold } = await openPipelines(scope, host);
  const principal = systemPrincipal(TENANT, 'bench', ['customers:write']);
  const ask = { principal, category: CATEGORY };
  const id = 'long';
  const name = { name: 'Long' };
  await warm.handle({ ...ask, command: 'RegisterCustomer', id, input: name });
  let given = 1;
  const consent = async (): Promise<void> => {
    given += 1;
    const input = { channel: 'email', wording: `wording ${given}` };
    await warm.handle({ ...ask, command: 'GiveConsent', id, input });
  };
  const caller = async (): Promise<void> => {
    while (given < EVENTS) await consent();
  };
  const before = host.cpuSeconds();
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const after = host.cpuSeconds();
  const latency = createHistogram();
  for (let load = 0; load < LOADS; load += 1) {
    await consent();
    const startMs = performance.now();
    const { version } = await cold.load(TENANT, CATEGORY, id);
    record(latency, (performance.now() - startMs) * 1_000);
    if (version !== BigInt(given)) throw new Error(`loaded version ${version}, not ${given}`);
  }
  return {
    events: given,
    p50Ms: percentileMs(latency, 0.5),
    p95Ms: percentileMs(latency, 0.95),
    cpuMicrosPerCommand: ((after.node - before.node) * 1e6) / EVENTS,
    postgresMicrosPerCommand: ((after.postgres - before.postgres) * 1e6) / EVENTS,
  };
}

async function openPipelines(scope: Scope, host: LogHost) {
  const log = await openPostgresLog({
    database: host.database,
    dedupeWindowSeconds: 3_600,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  scope.defer(() => log.close());
  const dependencies = {
    log,
    reader: log,
    modules: [customers],
    personal: unsealed,
    snapshots: createPostgresSnapshots({
      database: host.database,
      bucketOf: (tenant) => log.bucketOf(tenant),
    }),
    clock: systemClock,
    newId: () => randomUUIDv7(),
    newSecret: () => randomBytes(16).toString('base64url'),
    hashSecret: randomBytes(32),
    metrics: noMetrics,
    logger: silentLogger,
  };
  const warm = createPipeline(dependencies);
  const cold = createPipeline({ ...dependencies, limits: { cache: { statesMax: 0 } } });
  scope.defer(() => warm.close());
  scope.defer(() => cold.close());
  return { warm, cold };
}

/** Sealing is measured where it happens, over HTTP; here the stream is what counts. */
const unsealed: PersonalData = {
  seal: async (_tenant, _marks, data) => ({
    kind: DataKind.json,
    bytes: Buffer.from(JSON.stringify(data)),
  }),
  prepare: async () => {},
  reveal: (event) => event,
  referenceOf: (tenant, personId) => `${tenant} ${personId}`,
  personsOf: () => [],
  onErased: () => () => {},
};
