/**
 * The one negative control that HTTP cannot show yet: decided events have no key, so only the batch id tells a repeated
 * append from a new one. Appends decided events to the real log on a real PostgreSQL, over connections that break after
 * every first commit, and makes a history of it for the checker.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftOf, DataKind, type EventDraft, type StoredEvent } from '../../../src/core/event.ts';
import { renderEventJson } from '../../../src/core/event-json.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import type { DecidedOutcome, EventLog } from '../../../src/log/log.ts';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import type { Database } from '../../../src/platform/postgres/database.ts';
import { startEmbedded } from '../../../src/platform/postgres/embedded.ts';
import { migrate } from '../../../src/platform/postgres/migrate.ts';
import { openDatabase } from '../../../src/platform/postgres/pool.ts';
import { temporaryFolder } from '../../../test/support/server-process.ts';
import { check, type Verdict } from '../crash/check.ts';
import type { StoredRecord } from '../crash/history.ts';
import type { Attempt, ToldEvent } from '../crash/ledger.ts';
import { cloudEventOf } from '../crash/workload.ts';
import { jsonObject } from '../http-client.ts';
import { recordOf } from '../read-server.ts';

const TENANT = 'lost-answers';
const APPENDS = 20;
const DATABASE = { connectionsMax: 4, connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 };
const DEDUPE = { dedupeWindowSeconds: 3_600, dedupeKeysMax: 100_000 };

/** The verdict on the log over `database`, which is migrated and empty, as `spoil` makes it. */
export async function lostAnswers(
  seed: string,
  { database, spoil }: { database: Database; spoil: (database: Database) => Database },
): Promise<Verdict> {
  const log = await openPostgresLog({ database: spoil(database), ...DEDUPE });
  const attempts = await appendAll(log, seed);
  const bucket = log.bucketOf(TENANT);
  const records = await readBucket(log, bucket);
  await log.close();
  return check({
    seed,
    attempts,
    buckets: new Map([[bucket, records]]),
    listings: new Map(),
    tails: [],
  });
}

/** The same on a PostgreSQL of its own. */
export async function runLostAnswers(
  seed: string,
  spoil: (database: Database) => Database,
): Promise<Verdict> {
  const folder = await temporaryFolder('comptoir-lost-');
  const postgres = await startEmbedded({
    dataDir: join(folder, 'data'),
    dataDirExplicit: true,
    logger: silentLogger,
  });
  const database = openDatabase({ url: postgres.url, ...DATABASE });
  try {
    await migrate(database);
    return await lostAnswers(seed, { database, spoil });
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function appendAll(log: EventLog, seed: string): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (let number = 0; number < APPENDS; number += 1) {
    const event = { number, variant: 'true' } as const;
    const stream = {
      stream: `orders/${number}`,
      expectedVersion: 0n,
      events: [draftFor(seed, number)],
    };
    const outcome = await log.appendDecided({ tenant: TENANT, streams: [stream] });
    attempts.push({ attempt: number, tenant: TENANT, events: [event], told: [toldOf(outcome)] });
  }
  return attempts;
}

function draftFor(seed: string, number: number): EventDraft {
  const event = cloudEventOf({ seed, tenant: TENANT, event: { number, variant: 'true' } });
  const text = (name: string): string | undefined =>
    name in event ? String(event[name]) : undefined;
  const extensions = Object.fromEntries(
    ['sequence', 'priority'].flatMap((name) => {
      const value = text(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return draftOf(
    {
      id: text('id') ?? '',
      source: text('source') ?? '',
      type: text('type') ?? '',
      subject: text('subject'),
      time: text('time'),
      dataContentType: text('datacontenttype'),
      extensions,
    },
    { kind: DataKind.json, bytes: Buffer.from(JSON.stringify(event['data'])) },
  );
}

function toldOf(outcome: DecidedOutcome): ToldEvent {
  if (outcome.status === 'appended') return { told: 'created', position: Number(outcome.position) };
  return { told: outcome.status === 'unknown' ? 'unknown' : 'refused', position: null };
}

async function readBucket(log: EventLog, bucket: number): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  for (let after = 0n; ;) {
    const batches = await log.readBatches(bucket, after, { eventsMax: 1_000 });
    if (batches.length === 0) return records;
    for (const batch of batches) {
      const events = Array.from({ length: batch.count }, (_, index) => batch.eventAt(index));
      records.push(...events.filter((event) => event !== null).map(storedRecordOf));
      after = batch.lastPosition;
    }
  }
}

function storedRecordOf(event: StoredEvent): StoredRecord {
  return recordOf(jsonObject(Buffer.from(renderEventJson(event)).toString()));
}
