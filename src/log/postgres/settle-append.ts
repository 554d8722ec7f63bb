/**
 * Sends a batch until its outcome is known.
 *
 *   sent -> appended                  done
 *        -> overtaken                 the head moved: the caller plans anew
 *        -> refuted                   a presumption was wrong: the caller plans anew, and looks up what it presumed
 *        -> refused by the server     nothing was stored: Failure
 *        -> lost or timed out         unknown: the same batch with the same expected head is sent again
 *                                     -> appended: the first try can never commit any more
 *                                     -> overtaken: if a batch behind the expected head has our id, the first try was
 *                                        committed, else somebody else's was
 *                                     -> refuted: either way the caller's look-ups tell. A batch without events moves no
 *                                        head; if the first try was committed, its answers and ids are found recorded
 *
 * Called by bucket-writer.ts only, one batch at a time per bucket and process.
 */
import { Failure } from '../../core/errors.ts';
import { type Database, DatabaseError, type Queryable } from '../../platform/postgres/database.ts';
import { decodeParts } from '../codec/parts.ts';
import { type AppendAnswer, type PreparedBatch, appendBatch } from './append-batch.ts';

/** Between two tries to learn an outcome: short, since callers wait, and never faster than a starting server likes. */
const RETRY_DELAY_MS = 100;
/**
 * SQLSTATEs that pass: insufficient resources, operator intervention, transaction rollback (deadlock, serialisation) and
 * read-only, which a server is for a while after a failover.
 */
const TEMPORARY = /^(53|57|40|25006)/;
/** What log_append_batch raises outside READ COMMITTED, before it does anything. */
const WRONG_ISOLATION = 'CT001';
/** SQLSTATE 53100, disk_full. */
const DISK_FULL = '53100';

/** Lets tests break the connection around the statement, see log.model.test.ts. */
export interface LogFaults {
  beforeAppend?(): Promise<void>;
  afterAppend?(): Promise<void>;
}

export interface SettleOptions {
  readonly faults?: LogFaults | undefined;
  /** Called once when the first try ended without an outcome. */
  onUnknown(): void;
  readonly stopped: () => boolean;
}

/** The log was closed before an outcome could be learnt; repeating with the same ids settles it (L7). */
export class NeverSettled extends Error {
  override readonly name = 'NeverSettled';
}

/** Errors: Failure UNAVAILABLE or STORAGE_FULL when nothing was stored; NeverSettled when closed meanwhile. */
export async function settleAppend(
  database: Database,
  batch: PreparedBatch,
  options: SettleOptions,
): Promise<AppendAnswer> {
  try {
    return await sendOnce(database, batch, options.faults);
  } catch (error) {
    if (!outcomeUnknown(error)) throw appendFailure(error);
  }
  options.onUnknown();
  while (!options.stopped()) {
    await pause(RETRY_DELAY_MS);
    try {
      const answer = await sendOnce(database, batch, undefined);
      if (answer.appended || answer.refuted) return answer;
      return (await findOurs(database, batch)) ?? answer;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
    }
  }
  throw new NeverSettled('the log was closed before the outcome of an append was known');
}

async function sendOnce(
  on: Database,
  batch: PreparedBatch,
  faults: LogFaults | undefined,
): Promise<AppendAnswer> {
  await faults?.beforeAppend?.();
  const answer = await appendBatch(on, batch).catch((error: unknown) => {
    // Behind a pooler another client may have left the connection with another isolation: state it, once more.
    if (error instanceof DatabaseError && error.sqlstate === WRONG_ISOLATION)
      return on.transaction((tx) => appendBatch(tx, batch));
    throw error;
  });
  await faults?.afterAppend?.();
  return answer;
}

function outcomeUnknown(error: unknown): boolean {
  return error instanceof DatabaseError && (error.kind === 'lost' || error.kind === 'timeout');
}

/** What a caller is told when an append certainly stored nothing. */
export function appendFailure(error: unknown): unknown {
  return failureFor(error, '; nothing was stored');
}

/** What a caller is told when a read failed: it never meant to store anything. */
export function readFailure(error: unknown): unknown {
  return failureFor(error, '');
}

function failureFor(error: unknown, consequence: string): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.sqlstate === DISK_FULL)
    return new Failure('STORAGE_FULL', `The disk of the database is full${consequence}.`, {
      cause: error,
      retryAfterSeconds: 5,
    });
  if (error.kind === 'server' && !TEMPORARY.test(error.sqlstate)) return error;
  return new Failure('UNAVAILABLE', `The database cannot be reached${consequence}.`, {
    cause: error,
    retryAfterSeconds: 1,
  });
}

interface Row {
  readonly last_position: bigint;
  readonly recorded_at: bigint;
  readonly batch_id: string;
  readonly parts: Buffer | null;
}

/**
 * The answer of our batch if it was committed behind the expected head, also after compaction merged it. Positions
 * are dense, so ours can only begin right there.
 */
async function findOurs(on: Queryable, batch: PreparedBatch): Promise<AppendAnswer | null> {
  const { rows } = await on.query<Row>({
    text: `select last_position, recorded_at, batch_id, parts from log_batches
            where bucket = $1 and last_position > $2 order by last_position limit 1`,
    values: [batch.bucket, batch.expectedHead],
  });
  const [row] = rows;
  if (!row) return null;
  const committed = { appended: true, refuted: false, head: batch.expectedHead + batch.count };
  if (row.batch_id === batch.batchId && row.parts === null)
    return { ...committed, recordedAt: Number(row.recorded_at) };
  const part = row.parts && decodeParts(row.parts).find(({ batchId }) => batchId === batch.batchId);
  return part ? { ...committed, recordedAt: part.recordedAt } : null;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
