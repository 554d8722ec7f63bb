/**
 * Sealing, compaction and retention of the log, killed in the middle: every acknowledged event is there once at its
 * position, unless retention may have taken it; positions stay dense; what is sent again is known.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StoredEvent } from '../../../src/core/event.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import type { LogBatch } from '../../../src/log/log.ts';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../../src/platform/postgres/embedded.ts';
import type { Database } from '../../../src/platform/postgres/database.ts';
import { migrate } from '../../../src/platform/postgres/migrate.ts';
import { openDatabase } from '../../../src/platform/postgres/pool.ts';
import { killEach, postgresProcesses } from '../../../test/support/postgres-processes.ts';
import { NODE } from '../../../test/support/server-process.ts';
import { until } from '../../../test/support/until.ts';
import {
  type Acknowledged,
  draftOf,
  FADING_SECONDS,
  FADING_TYPE,
  isAcknowledgement,
  LASTING_TYPE,
  LOG_LIMITS,
  type LogWorkerConfig,
  TENANT,
} from './log-messages.ts';
import type { OpenWork, Round, Stage } from './work.ts';

const WORKER = new URL('./log-worker.ts', import.meta.url);
const VICTIMS = ['worker', 'postgres', 'both'] as const;
/** One round of upkeep takes some tens of milliseconds, and several follow each other. */
const MAINTAINED_MS = 400;
const IDS_A_ROUND = 1_000_000;
const READ_AT_ONCE = 5_000;
const RECOVERY_TIMEOUT_MS = 60_000;
/** Sent again after each kill: the newest, and some of before. */
const REPEATED_MAX = 300;

/** On a PostgreSQL of its own, without a server: it works on nothing else and is hit more often. */
export async function logs({
  folder,
  random,
}: Pick<Stage, 'folder' | 'random'>): Promise<OpenWork> {
  const dataDir = join(folder, 'log');
  const postgres = await startEmbedded({ dataDir, dataDirExplicit: true, logger: silentLogger });
  const database = openDatabase({
    url: postgres.url,
    connectionsMax: 4,
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 60_000,
  });
  await migrate(database);
  const first = await openPostgresLog({ ...LOG_LIMITS, database });
  await first.setRetention(TENANT, FADING_TYPE, FADING_SECONDS);
  await first.close();
  const acknowledged = new Map<string, Acknowledged>();
  return {
    async round(kill): Promise<Round> {
      const victim = VICTIMS[kill % VICTIMS.length] ?? 'both';
      const config = {
        url: postgres.url,
        seed: `${kill}-${random.next()}`,
        firstId: kill * IDS_A_ROUND,
      };
      const afterMs = random.between({ low: 0, high: MAINTAINED_MS });
      await killedAfter({ config, afterMs, victim, dataDir }, (one) =>
        acknowledged.set(one.id, one),
      );
      await recovered(database);
      return {
        hit: `${victim} after ${afterMs} ms`,
        wrong: await lookAtLog(database, acknowledged),
      };
    },
    async finish() {
      const last = await openPostgresLog({ ...LOG_LIMITS, database });
      await last.maintain();
      await last.close();
      const wrong = await lookAtLog(database, acknowledged);
      await close(postgres, database);
      return wrong;
    },
  };
}

async function close(postgres: EmbeddedPostgres, database: Database): Promise<void> {
  await database.close();
  await postgres.stop();
}

interface Killing {
  readonly config: LogWorkerConfig;
  readonly afterMs: number;
  readonly victim: (typeof VICTIMS)[number];
  readonly dataDir: string;
}

/** Counts from the moment the worker keeps the log in order, so that this is what is hit. */
async function killedAfter(
  { config, afterMs, victim, dataDir }: Killing,
  onAcknowledged: (one: Acknowledged) => void,
): Promise<void> {
  const child = fork(WORKER, [JSON.stringify(config)], { execPath: NODE, execArgv: [] });
  const exited = once(child, 'exit');
  let maintaining = false;
  child.on('message', (message) => {
    if (message === 'maintaining') maintaining = true;
    if (isAcknowledgement(message)) for (const one of message.acknowledged) onAcknowledged(one);
  });
  await until('the upkeep of the log', () => maintaining);
  await pause(afterMs);
  if (victim !== 'worker') killEach(postgresProcesses(dataDir));
  if (victim === 'postgres') await pause(afterMs);
  child.kill('SIGKILL');
  await exited;
}

/** Its supervisor, which is this process, brings PostgreSQL back. */
async function recovered(database: Database): Promise<void> {
  await until(
    'PostgreSQL',
    () =>
      database.query({ text: 'select 1' }).then(
        () => true,
        () => false,
      ),
    { timeoutMs: RECOVERY_TIMEOUT_MS },
  );
}

/** Looks at the log as a process that has just begun; sentences about what is wrong. */
export async function lookAtLog(
  database: Database,
  acknowledged: ReadonlyMap<string, Acknowledged>,
): Promise<readonly string[]> {
  const log = await openPostgresLog({ ...LOG_LIMITS, database });
  try {
    const { seen, wrong } = await walk(log);
    for (const { id, type, position } of acknowledged.values()) {
      const at = seen.get(id);
      if (at === undefined ? type === LASTING_TYPE : at !== position)
        wrong.push(`${id} of ${type}, acknowledged at ${position}, is at ${at ?? 'no position'}`);
    }
    const known = [...acknowledged.values()].filter(({ type }) => type === LASTING_TYPE);
    return [...wrong, ...(await repeated(log, spread(known)))];
  } finally {
    await log.close();
  }
}

type OpenLog = Awaited<ReturnType<typeof openPostgresLog>>;

/** Every event by its id, and what breaks density or stands there twice. */
async function walk(log: OpenLog): Promise<{ seen: Map<string, string>; wrong: string[] }> {
  const seen = new Map<string, string>();
  const wrong: string[] = [];
  const { position: head, lowMark } = await log.head(0);
  let after = lowMark;
  while (after < head) {
    const batches = await log.readBatches(0, after, { eventsMax: READ_AT_ONCE });
    if (batches.length === 0) break;
    for (const batch of batches) {
      wrong.push(...note(batch, after, seen));
      after = batch.lastPosition;
    }
  }
  if (after !== head) wrong.push(`the log ends at ${after}, its head says ${head}`);
  return { seen, wrong };
}

/** Takes the events of a batch down; what is wrong about it. */
function note(batch: LogBatch, after: bigint, seen: Map<string, string>): string[] {
  const wrong: string[] = [];
  if (batch.firstPosition > after + 1n)
    wrong.push(`positions ${after + 1n} to ${batch.firstPosition - 1n} are missing`);
  for (const { id, position } of eventsAfter(batch, after)) {
    if (seen.has(id)) wrong.push(`${id} is there twice`);
    seen.set(id, String(position));
  }
  return wrong;
}

function eventsAfter(batch: LogBatch, after: bigint): StoredEvent[] {
  return Array.from({ length: batch.count }, (_, index) => batch.eventAt(index))
    .filter((event) => event !== null)
    .filter(({ position }) => position > after);
}

function spread(known: readonly Acknowledged[]): readonly Acknowledged[] {
  const step = Math.max(1, Math.floor(known.length / REPEATED_MAX));
  return known.filter((_, index) => index % step === 0 || index >= known.length - step);
}

/** What was acknowledged and is sent again is a duplicate at its old position. */
async function repeated(log: OpenLog, some: readonly Acknowledged[]): Promise<string[]> {
  const drafts = some.map(draftOf);
  const outcomes = await log.appendReceived(TENANT, drafts);
  return some.flatMap(({ id, position }, index) => {
    const outcome = outcomes[index];
    const isKnown = outcome?.status === 'duplicate' && String(outcome.position) === position;
    return isKnown ? [] : [`${id}, sent again, is ${outcome?.status ?? 'unanswered'}`];
  });
}
