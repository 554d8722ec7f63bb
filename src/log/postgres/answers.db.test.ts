/** What several processes, lost connections and time do to answers and command ids. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { type Database, DatabaseError, type Statement } from '../../platform/postgres/database.ts';
import { answerOf, decided, readTenant, unitOn, versionsOf } from '../contract/fixtures.ts';
import { ANSWER_KEPT_SECONDS, type StoredAnswer } from '../log.ts';
import { openPostgresLog, type PostgresLog } from './postgres-log.ts';
import { ANSWERS_AT_ONCE } from './remove-answers.ts';
import type { LogFaults } from './settle-append.ts';

const TENANT = 'shop';
const APPEND = 'log_append_batch';
/** Places of parameters of log_append_batch. */
const EXPECTED = 14;
const PRESUMED = 20;

let db: TestDatabase;
const logs: PostgresLog[] = [];
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  for (const log of logs.splice(0)) await log.close();
  await db.drop();
});

async function open(
  options: { readonly database?: Database; readonly faults?: LogFaults } = {},
): Promise<PostgresLog> {
  const log = await openPostgresLog({
    database: db.database,
    dedupeWindowSeconds: 60,
    dedupeKeysMax: 1_000,
    maintenance: false,
    bucketCount: 1,
    ...options,
  });
  logs.push(log);
  return log;
}

/** The database as one process sees it; `before` may let others go first, `change` spoils a statement. */
function watched(
  before: (statement: Statement) => Promise<void>,
  change: (statement: Statement) => Statement = (statement) => statement,
): Database {
  const { database } = db;
  return {
    reachable: true,
    close: async () => {},
    transaction: (work) => database.transaction(work),
    query: async <Row>(statement: Statement) => {
      await before(statement);
      return database.query<Row>(change(statement));
    },
  };
}

/** Lets others go first once, right before the append is sent. */
function interrupted(others: () => Promise<unknown>): Database {
  let once = true;
  return watched(async ({ text }) => {
    if (!once || !text.includes(APPEND)) return;
    once = false;
    await others();
  });
}

/** Faults that break the connection once. */
function lostOnce(when: keyof LogFaults): LogFaults {
  let once = true;
  return {
    [when]: async () => {
      if (!once) return;
      once = false;
      throw new DatabaseError('lost', 'the connection broke');
    },
  };
}

async function count(table: 'log_answers' | 'log_stream_commands'): Promise<number> {
  const { rows } = await db.database.query<{ count: bigint }>({
    text: `select count(*) as count from ${table}`,
  });
  return Number(rows[0]!.count);
}

/** Moves every stored answer into the past. */
async function age(seconds: number): Promise<void> {
  await db.database.query({
    text: 'update log_answers set recorded_at = recorded_at - $1::bigint * 1000000',
    values: [seconds],
  });
}

function bodyOf(answer: StoredAnswer | null): string | null {
  return answer && Buffer.from(answer.body).toString();
}

test('an answer that another process records while an append is under way keeps that unit out, not its neighbours', async () => {
  const other = await open();
  const log = await open({
    database: interrupted(() => other.recordAnswer(TENANT, answerOf('k', { body: 'theirs' }))),
  });
  const [own, neighbour, later] = await Promise.all([
    log.appendDecided(unitOn(TENANT, 's/1', { answer: answerOf('k', { body: 'ours' }) })),
    log.appendDecided(unitOn(TENANT, 's/2', { answer: answerOf('n') })),
    log.appendDecided(unitOn(TENANT, 's/1', { expectedVersion: 1n })),
  ]);
  expect(own.status === 'answered' && bodyOf(own.answer)).toBe('theirs');
  expect(versionsOf(neighbour)).toEqual([1n]);
  expect(later).toEqual({ status: 'version-conflict', stream: 's/1', actual: 0n });
  expect((await readTenant(log, TENANT)).map(({ stream }) => stream)).toEqual(['s/2']);
  expect(await count('log_answers')).toBe(2);
});

test('of an append and an answer without events that cross, the one that commits first stays', async () => {
  const other = await open();
  const unit = unitOn(TENANT, 's/1', { answer: answerOf('k', { body: 'theirs' }) });
  const log = await open({ database: interrupted(() => other.appendDecided(unit)) });
  const { recorded, answer } = await log.recordAnswer(TENANT, answerOf('k', { body: 'ours' }));
  expect([recorded, bodyOf(answer)]).toEqual([false, 'theirs']);
  expect(answer.position).toBe(1n);
  const third = await open({
    database: interrupted(() => other.recordAnswer(TENANT, answerOf('m', { body: 'theirs' }))),
  });
  const again = await third.recordAnswer(TENANT, answerOf('m', { body: 'ours' }));
  expect([again.recorded, bodyOf(again.answer)]).toEqual([false, 'theirs']);
});

test('a command id that another process records without events is known to an append under way', async () => {
  const other = await open();
  const nothing = unitOn(TENANT, 's/1', { events: [], commandId: 'c' });
  const log = await open({ database: interrupted(() => other.appendDecided(nothing)) });
  const outcome = await log.appendDecided(unitOn(TENANT, 's/1', { commandId: 'c' }));
  expect(outcome).toEqual({ status: 'known', version: 0n, position: 0n });
  expect(await readTenant(log, TENANT)).toEqual([]);
});

test('a writer that is refuted and overtaken again and again appends under the lock', async () => {
  const other = await open();
  let turns = 0;
  const log = await open({
    database: watched(async ({ text }) => {
      if (!text.includes(APPEND)) return;
      turns += 1;
      await other.recordAnswer(TENANT, answerOf(`k-${turns}`, { body: 'theirs' }));
      // Every second time the head stays, so that the look-up of the answer alone is refuted.
      if (turns % 2 === 0) await other.appendDecided(unitOn(TENANT, `other/${turns}`));
    }),
  });
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      log.appendDecided(unitOn(TENANT, `s/${i}`, { answer: answerOf(`k-${i}`) })),
    ),
  );
  expect(turns).toBe(4);
  expect(outcomes.map(({ status }) => status)).toEqual(
    outcomes.map((_, i) => (i >= 1 && i <= turns ? 'answered' : 'appended')),
  );
});

test.each(['beforeAppend', 'afterAppend'] as const)(
  'an append whose connection breaks %s is repeated without doubling event, answer or id',
  async (when) => {
    const log = await open({ faults: lostOnce(when) });
    const unit = unitOn(TENANT, 's/1', { commandId: 'c', answer: answerOf('k') });
    expect(versionsOf(await log.appendDecided(unit))).toEqual([1n]);
    expect(await readTenant(log, TENANT)).toHaveLength(1);
    expect([await count('log_answers'), await count('log_stream_commands')]).toEqual([1, 1]);
    expect((await log.appendDecided(unit)).status).toBe('answered');
  },
);

test('an answer without events whose connection breaks is recorded once', async () => {
  for (const when of ['beforeAppend', 'afterAppend'] as const) {
    const log = await open({ faults: lostOnce(when) });
    const { answer } = await log.recordAnswer(TENANT, answerOf(when, { body: 'refused' }));
    expect(bodyOf(answer)).toBe('refused');
    expect((await log.recordAnswer(TENANT, answerOf(when))).recorded).toBe(false);
  }
  expect(await count('log_answers')).toBe(2);
});

test('an answer past its time is not given out and its key is used anew', async () => {
  const log = await open();
  const body = (text: string) => ({ answer: answerOf('k', { body: text }) });
  await log.appendDecided(unitOn(TENANT, 's/1', body('first')));
  await age(ANSWER_KEPT_SECONDS - 60);
  expect((await log.appendDecided(unitOn(TENANT, 's/2', body('early')))).status).toBe('answered');
  await age(61);
  expect(await log.findAnswer(TENANT, answerOf('k').key)).toBeNull();
  expect(versionsOf(await log.appendDecided(unitOn(TENANT, 's/2', body('second'))))).toEqual([1n]);
  expect(bodyOf(await log.findAnswer(TENANT, answerOf('k').key))).toBe('second');
  await age(ANSWER_KEPT_SECONDS + 1);
  // A thorough plan looks the key up and finds it free as well.
  const wrong = unitOn(TENANT, 's/3', { expectedVersion: 5n, ...body('none') });
  expect((await log.appendDecided(wrong)).status).toBe('version-conflict');
  expect((await log.recordAnswer(TENANT, answerOf('k', { body: 'third' }))).recorded).toBe(true);
  expect(bodyOf(await log.findAnswer(TENANT, answerOf('k').key))).toBe('third');
  expect(await count('log_answers')).toBe(1);
});

test('maintenance removes the answers that are past their time and no others', async () => {
  const log = await open();
  const record = (prefix: string, howMany: number) =>
    Promise.all(
      Array.from({ length: howMany }, (_, i) =>
        log.recordAnswer(TENANT, answerOf(`${prefix}-${i}`)),
      ),
    );
  // More than one step removes.
  await record('old', ANSWERS_AT_ONCE + 5);
  await age(ANSWER_KEPT_SECONDS + 1);
  await record('young', 3);
  await log.appendDecided(unitOn(TENANT, 's/1', { commandId: 'c' }));
  await log.maintain();
  expect(await count('log_answers')).toBe(3);
  expect(await count('log_stream_commands')).toBe(1);
  expect(await log.findAnswer(TENANT, answerOf('young-0').key)).not.toBeNull();
});

test('look-ups that come together share statements, and each gets what it asked for', async () => {
  const other = await open();
  const keys = Array.from({ length: 40 }, (_, i) => `k-${i}`);
  for (const [i, key] of keys.entries())
    if (i % 2 === 0)
      await other.appendDecided(
        unitOn(TENANT, `s/${i}`, { commandId: key, answer: answerOf(key) }),
      );
  let sent = 0;
  let broken = false;
  const log = await open({
    database: watched(async () => {
      sent += 1;
      if (broken) throw new DatabaseError('not-sent', 'no connection could be had');
    }),
  });
  sent = 0;
  const answers = await Promise.all(keys.map((key) => log.findAnswer(TENANT, answerOf(key).key)));
  expect(answers.map(bodyOf)).toEqual(keys.map((key, i) => (i % 2 === 0 ? key : null)));
  const commands = await Promise.all(keys.map((key, i) => log.findCommand(TENANT, `s/${i}`, key)));
  expect(commands.map((place) => place?.version ?? null)).toEqual(
    keys.map((_, i) => (i % 2 === 0 ? 1n : null)),
  );
  expect(sent).toBe(2);
  broken = true;
  const tries = keys.map((key) => log.findAnswer(TENANT, answerOf(key).key));
  for (const one of await Promise.allSettled(tries))
    expect(one).toMatchObject({
      status: 'rejected',
      // A read never meant to store anything, so it does not speak of that.
      reason: { code: 'UNAVAILABLE', message: 'The database cannot be reached.' },
    });
  broken = false;
  expect(bodyOf(await log.findAnswer(TENANT, answerOf('k-0').key))).toBe('k-0');
});

test('a new command on a stream not seen before costs one statement, and a wrong version is still refused', async () => {
  const other = await open();
  await other.appendDecided(unitOn(TENANT, 's/1', { events: [decided('a'), decided('b')] }));
  const sent: string[] = [];
  const log = await open({ database: watched(async ({ text }) => void sent.push(text)) });
  await log.appendDecided(unitOn(TENANT, 's/0'));
  sent.splice(0);
  const append = (stream: string, expectedVersion: bigint, key: string) =>
    log.appendDecided(unitOn(TENANT, stream, { expectedVersion, answer: answerOf(key) }));
  expect(versionsOf(await append('s/2', 0n, 'a'))).toEqual([1n]);
  expect(versionsOf(await append('s/1', 2n, 'b'))).toEqual([3n]);
  expect(sent.filter((text) => !text.includes(APPEND))).toEqual([]);
  expect(sent).toHaveLength(2);
  const third = await open();
  const wrong = await Promise.all([
    third.appendDecided(unitOn(TENANT, 's/1', { expectedVersion: 1n })),
    third.appendDecided(unitOn(TENANT, 's/1', { expectedVersion: 2n })),
    third.appendDecided(unitOn(TENANT, 's/1', { expectedVersion: 3n })),
    third.appendDecided(unitOn(TENANT, 's/9', { expectedVersion: 10n ** 18n })),
  ]);
  const conflict = { status: 'version-conflict', stream: 's/1', actual: 3n };
  expect(wrong[0]).toEqual(conflict);
  expect(wrong[1]).toEqual(conflict);
  expect(versionsOf(wrong[2])).toEqual([4n]);
  expect(wrong[3]).toEqual({ status: 'version-conflict', stream: 's/9', actual: 0n });
});

test('a version that was verified and is not so under the lock aborts the append', async () => {
  const other = await open();
  await other.appendDecided(unitOn(TENANT, 's/1'));
  const spoil = (statement: Statement): Statement => {
    if (!statement.text.includes(APPEND)) return statement;
    const values = [...statement.values!];
    values[EXPECTED] = '{7}';
    values[PRESUMED] = false;
    return { ...statement, values };
  };
  const log = await open({ database: watched(async () => {}, spoil) });
  const unit = unitOn(TENANT, 's/1', { expectedVersion: 1n, answer: answerOf('k') });
  await expect(log.appendDecided(unit)).rejects.toMatchObject({ sqlstate: 'XX000' });
  expect(await readTenant(other, TENANT)).toHaveLength(1);
  expect(await count('log_answers')).toBe(0);
});

test('a page of a stream of 10,000 events is read by the primary key from any version on: the beginning with those of others, then the rest', async () => {
  const events = 10_000;
  const log = await open();
  const unit = 1_000;
  for (let version = 0; version < events; version += unit) {
    const drafts = Array.from({ length: unit }, () => decided('done'));
    await log.appendDecided(
      unitOn(TENANT, 's/1', { expectedVersion: BigInt(version), events: drafts }),
    );
  }
  await db.database.query({ text: 'analyze log_stream_events' });
  const sent: Statement[] = [];
  const reader = await open({
    // What the log looks at by itself, such as heads and maintenance, is not the reader's.
    database: watched(async (statement) => {
      if (statement.text.includes('log_stream_events')) sent.push(statement);
    }),
  });
  sent.splice(0);
  const page = await reader.readStream(TENANT, 's/1', { fromVersion: 9_001n, limit: 500 });
  expect(page.map(({ streamVersion }) => streamVersion)).toEqual(
    Array.from({ length: 500 }, (_, i) => BigInt(9_001 + i)),
  );
  expect(sent).toHaveLength(2);
  for (const statement of sent) {
    const { rows } = await db.database.query<{ 'QUERY PLAN': string }>({
      ...statement,
      text: `explain (analyze, costs off, timing off, summary off) ${statement.text}`,
    });
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Index Scan using log_stream_events_pkey/);
    expect(plan).toMatch(/Index Cond: .*version >= /);
    expect(plan).not.toMatch(/Seq Scan|Rows Removed/);
  }
});
