/** Measures what a stretch of work costs, from its beginning until the system is quiet again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../src/platform/postgres/database.ts';
import { checkpoint, connect, logSize, postmasterOf } from './database.ts';
import type { LoadClient } from './load/client.ts';
import { assertRan } from './load/client.ts';
import type { LoadPhase, LoadResult } from './load/phase.ts';
import type { CpuReading } from './process-table.ts';
import { cpuOf, readProcesses } from './process-table.ts';
import type { Scope } from './scope.ts';
import type { BenchServer } from './server.ts';

/** Quiet: server and PostgreSQL together use less than 5 % of one core over this time. */
const QUIET_MS = 2_000;
const QUIET_SHARE = 0.05;
/**
 * Compaction leaves rows alone for their first 10 s and looks every 5 s (src/log/postgres/maintenance.ts): only after
 * this time is silence a sign that it is done.
 */
const MAINTENANCE_MS = 16_000;
/** Whoever never gets quiet is measured as busy. */
const SETTLE_TIMEOUT_MS = 90_000;

/** A running server with all that is needed to measure it. */
export interface Subject {
  readonly server: BenchServer;
  readonly database: Database;
  cpu(): CpuReading;
}

export interface PhaseMeasure {
  readonly load: LoadResult;
  /** Microseconds of CPU per event acknowledged. */
  readonly serverMicros: number;
  readonly postgresMicros: number;
}

export async function subjectOf(scope: Scope, server: BenchServer): Promise<Subject> {
  const database = connect(scope, await server.databaseUrl());
  const postmaster = await postmasterOf(database);
  if (postmaster === undefined) scope.say('PostgreSQL runs elsewhere: its CPU is not counted.');
  const postmasters = postmaster === undefined ? [] : [postmaster];
  return {
    server,
    database,
    cpu: () => cpuOf(readProcesses(), { server: server.pid, postmasters }),
  };
}

/**
 * Runs a phase of load. The CPU counted reaches from the beginning of measuring until the server has answered
 * everything, written its dirty pages and finished the maintenance the phase caused.
 */
export async function measurePhase(
  subject: Subject,
  client: LoadClient,
  phase: LoadPhase,
): Promise<PhaseMeasure> {
  let before = subject.cpu();
  const load = await client.run(phase, { onMeasuring: () => (before = subject.cpu()) });
  assertRan(load, 'the phase');
  const after = await settle(subject, load.total.accepted > 0 ? MAINTENANCE_MS : 0);
  const events = load.answered.accepted + load.answered.duplicates;
  return {
    load,
    serverMicros: ((after.serverSeconds - before.serverSeconds) * 1e6) / events,
    postgresMicros: ((after.postgresSeconds - before.postgresSeconds) * 1e6) / events,
  };
}

/**
 * Waits until nothing works any more: little CPU and no change in the number of batches, which compaction lowers;
 * at least `leastMs`. Returns the reading at the beginning of the quiet time, so that idling is not charged to the
 * phase, except for the waiting itself, in which the server does what it always does.
 */
export async function settle(
  subject: Subject,
  leastMs: number = MAINTENANCE_MS,
): Promise<CpuReading> {
  await checkpoint(subject.database);
  const startMs = performance.now();
  const deadline = startMs + SETTLE_TIMEOUT_MS;
  let quietSince = { atMs: performance.now(), cpu: subject.cpu(), batches: -1 };
  while (performance.now() < deadline) {
    await delay(QUIET_MS / 4);
    const now = {
      atMs: performance.now(),
      cpu: subject.cpu(),
      batches: (await logSize(subject.database)).batches,
    };
    const used = secondsOf(now.cpu) - secondsOf(quietSince.cpu);
    const isBusy = used > (QUIET_SHARE * Math.max(now.atMs - quietSince.atMs, QUIET_MS)) / 1000;
    if (isBusy || now.batches !== quietSince.batches) quietSince = now;
    else if (now.atMs - Math.max(startMs + leastMs, quietSince.atMs) >= QUIET_MS)
      return quietSince.cpu;
  }
  return subject.cpu();
}

function secondsOf(reading: CpuReading): number {
  return reading.serverSeconds + reading.postgresSeconds;
}

/** Address and key of the server as a phase wants them. */
export function targetOf(server: BenchServer): Pick<LoadPhase, 'host' | 'port' | 'apiKey'> {
  return { host: server.host, port: server.port, apiKey: server.apiKey };
}
