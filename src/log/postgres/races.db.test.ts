/** What several processes do to one bucket at the same time, each interleaving made to happen rather than awaited. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { type EventDraft, jsonDraftOf } from '../../core/event.ts';
import { type Database, DatabaseError, type Statement } from '../../platform/postgres/database.ts';
import { statusesOf } from '../contract/fixtures.ts';
import { KeyHasher } from '../dedupe/key-hasher.ts';
import { compactStep } from './compact-batches.ts';
import { openPostgresLog, type PostgresLog } from './postgres-log.ts';
import { retainEvents, setRetention } from './retain-events.ts';

const TENANT = 'shop';

let db: TestDatabase;
const logs: PostgresLog[] = [];
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  for (const log of logs.splice(0)) await log.close();
  await db.drop();
});

async function open(database: Database = db.database): Promise<PostgresLog> {
  const log = await openPostgresLog({
    database,
    dedupeWindowSeconds: 60,
    dedupeKeysMax: 1_000_000,
    maintenance: false,
    bucketCount: 1,
  });
  logs.push(log);
  return log;
}

function event(id: string, type = 'order.placed', source = '/pos/1'): EventDraft {
  return jsonDraftOf({ id, source, type, subject: `order/${id}` }, { id });
}

/** The database as one process sees it, which lets others go first before a statement that holds `text`. */
function interrupted(text: string, others: () => Promise<void>): Database {
  const { database } = db;
  let once = true;
  return {
    reachable: true,
    close: async () => {},
    transaction: (work) => database.transaction(work),
    query: async <Row>(statement: Statement) => {
      if (once && statement.text.includes(text)) {
        once = false;
        await others();
      }
      return database.query<Row>(statement);
    },
  };
}

test('runs adopted while a plan is under way do not let a key of another process be stored twice', async () => {
  const other = await open();
  await other.appendReceived(TENANT, [event('old')]);
  // The plan waits for the batch that holds the original of `old`; `raced` was looked for before.
  const log: PostgresLog = await open(
    interrupted('cross join lateral', async () => {
      await other.appendReceived(TENANT, [event('raced')]);
      await log.maintain();
    }),
  );
  const outcomes = await log.appendReceived(TENANT, [event('old'), event('raced')]);
  expect(outcomes).toEqual([
    { status: 'duplicate', position: 1n },
    { status: 'duplicate', position: 2n },
  ]);
});

test('a version that another process moved is refused, not a broken invariant, after runs were adopted', async () => {
  const other = await open();
  const log = await open();
  const append = (on: PostgresLog, expectedVersion: bigint, id: string) =>
    on.appendDecided({
      tenant: TENANT,
      streams: [{ stream: 'orders/1', expectedVersion, events: [event(id)] }],
    });
  await append(log, 0n, 'd1');
  await append(other, 1n, 'd2');
  await log.maintain();
  expect(await append(log, 1n, 'd3')).toMatchObject({ status: 'version-conflict', actual: 2n });
});

test('an event whose hash is sealed between the two look-ups of a search is found', async () => {
  const other = await open();
  await other.appendReceived(TENANT, [event('found')]);
  const log = await open(interrupted('position(', () => other.maintain()));
  const page = await log.find({ tenant: TENANT, after: 0n, limit: 10, id: 'found' });
  expect(page.events.map(({ id }) => id)).toEqual(['found']);
});

test('filters that could not be loaded are loaded with the next append', async () => {
  const other = await open();
  await other.appendReceived(TENANT, [event('sealed')]);
  await other.maintain();
  const lookUps: string[] = [];
  const broken = interrupted('key_filter from log_runs', () =>
    Promise.reject(new DatabaseError('lost', 'the connection broke')),
  );
  const log = await open({
    ...broken,
    query: async <Row>(statement: Statement) => {
      if (statement.text.includes('from log_run_blocks')) lookUps.push(statement.text);
      return broken.query<Row>(statement);
    },
  });
  await expect(log.appendReceived(TENANT, [event('refused')])).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  expect(statusesOf(await log.appendReceived(TENANT, [event('new')]))).toEqual(['created']);
  expect(lookUps).toEqual([]);
  expect(statusesOf(await log.appendReceived(TENANT, [event('sealed')]))).toEqual(['duplicate']);
  expect(lookUps).toHaveLength(1);
});

test('what was read before an erasure is not kept after it', async () => {
  const other = await open();
  const said = (text: string): EventDraft =>
    jsonDraftOf({ id: 'a', source: '/s', type: 't', subject: 'person' }, { text });
  await other.appendReceived(TENANT, [said('mine')]);
  let erased = false;
  const log = await open({
    ...interrupted('', async () => {}),
    query: async <Row>(statement: Statement) => {
      const rows = await db.database.query<Row>(statement);
      if (!erased && statement.text.includes('stored_before')) {
        erased = true;
        await log.eraseReceived(TENANT, [1n]);
      }
      return rows;
    },
  });
  expect(statusesOf(await log.appendReceived(TENANT, [said('mine')]))).toEqual(['duplicate']);
  expect(erased).toBe(true);
  // Nothing is left to compare with.
  expect(statusesOf(await log.appendReceived(TENANT, [said('other')]))).toEqual(['duplicate']);
});

test('a run that retention drops while its filter is made is not missed', async () => {
  const other = await open();
  for (const id of ['gone', 'kept']) {
    await other.appendReceived(TENANT, [event(id)]);
    await other.maintain();
  }
  await db.database.query({ text: `update log_runs set key_filter = null` });
  const log = await open(
    interrupted('select entries from log_run_blocks', async () => {
      for (const table of ['log_run_blocks', 'log_runs'])
        await db.database.query({ text: `delete from ${table} where last_position = 1` });
    }),
  );
  const outcomes = await log.appendReceived(TENANT, [event('kept'), event('new')]);
  expect(statusesOf(outcomes)).toEqual(['duplicate', 'created']);
});

test('one id of more sources than a page takes is found whole in a sealed run', async () => {
  const log = await open();
  const count = 20_000;
  for (let start = 0; start < count; start += 5_000)
    await log.appendReceived(
      TENANT,
      Array.from({ length: 5_000 }, (_, index) => event('1', 't', `/device/${start + index}`)),
    );
  await log.maintain();
  const sources = new Set<string>();
  for (let after = 0n, more = true; more;) {
    const page = await log.find({ tenant: TENANT, after, limit: 1_000, id: '1' });
    for (const { source } of page.events) sources.add(source);
    expect(page.more && page.nextAfter === after).toBe(false);
    ({ more, nextAfter: after } = page);
  }
  expect(sources.size).toBe(count);
});

test('retention ends although another tenant of the bucket has events of the type', async () => {
  const log = await open();
  for (let index = 0; index < 60; index++)
    await Promise.all([
      log.appendReceived(TENANT, [event(`mine${index}`)]),
      log.appendReceived('neighbour', [event(`theirs${index}`)]),
    ]);
  await db.database.query({
    text: 'update log_batches set recorded_at = 1, first_recorded_at = 1',
  });
  const rule = { tenant: TENANT, type: 'order.placed', ageSeconds: 60, windowSeconds: 60 };
  await setRetention(db.database, 0, rule);
  const work = { hasher: await hasher(), applied: new Map<string, number>() };
  expect((await retainEvents(db.database, 0, work)).removed).toBe(60);
  expect((await retainEvents(db.database, 0, work)).removed).toBe(0);
  const left = await log.readBatches(0, 0n, { eventsMax: 1_000 }).catch(() => []);
  expect(left).not.toHaveLength(0);
});

test('every rule is applied to a batch of too many types for a statistic', async () => {
  const log = await open();
  const drafts = Array.from({ length: 70 }, (_, index) => event(`e${index}`, `type.${index}`));
  await log.appendReceived(TENANT, drafts);
  await log.appendReceived(TENANT, [event('newest')]);
  await db.database.query({
    text: 'update log_batches set recorded_at = 1, first_recorded_at = 1',
  });
  const work = { hasher: await hasher(), applied: new Map<string, number>() };
  for (const type of ['type.1', 'type.2']) {
    const rule = { tenant: TENANT, type, ageSeconds: 60, windowSeconds: 60 };
    await setRetention(db.database, 0, rule);
    expect((await retainEvents(db.database, 0, work)).removed).toBe(1);
  }
});

test('compaction merges large events a few at a time and leaves alone what is large enough', async () => {
  const log = await open();
  const draft = (id: number): EventDraft =>
    jsonDraftOf(
      { id: `large${id}`, source: '/s', type: 't' },
      { text: `${id}`.padEnd(1_000_000, 'x') },
    );
  for (let id = 0; id < 40; id++) await log.appendReceived(TENANT, [draft(id)]);
  const options = { from: 0, ageSeconds: 0, hasher: await hasher() };
  for (let round = 0; round < 4; round++)
    for (let next: number | null = 0; next !== null;)
      ({ next } = await compactStep(db.database, 0, { ...options, from: next }));
  const { rows } = await db.database.query<{ events: bigint }>({
    text: 'select last_position - first_position + 1 as events from log_batches order by last_position',
  });
  expect(Math.max(...rows.map(({ events }) => Number(events)))).toBeLessThanOrEqual(4);
});

async function hasher(): Promise<KeyHasher> {
  const { rows } = await db.database.query<{ hash_secret: Buffer }>({
    text: 'select hash_secret from log_info',
  });
  return new KeyHasher(rows[0]!.hash_secret);
}

test('a page ends early where its events take much memory, and the listing misses none', async () => {
  const log = await open();
  const sent = Array.from({ length: 60 }, (_, index) =>
    jsonDraftOf(
      { id: `big${index}`, source: '/s', type: 't', subject: 'big' },
      { text: 'x'.repeat(1_000_000) },
    ),
  );
  for (const draft of sent) await log.appendReceived(TENANT, [draft]);
  const cold = await open();
  const expected = sent.map((_, index) => `big${index}`);
  for (const filter of [{}, { subject: 'big' }]) {
    const ids: string[] = [];
    for (let after = 0n, more = true; more;) {
      const page = await cold.find({ tenant: TENANT, after, limit: 1_000, ...filter });
      expect(page.events.length).toBeLessThan(30);
      ids.push(...page.events.map(({ id }) => id));
      ({ more, nextAfter: after } = page);
    }
    expect(ids).toEqual(expected);
  }
  const batches = await cold.readBatches(0, 0n, { eventsMax: 1_000 });
  expect(batches.length).toBeLessThan(30);
  const repeated = await cold.appendReceived(TENANT, sent);
  expect(repeated).toEqual(
    sent.map((_, index) => ({ status: 'duplicate', position: BigInt(index + 1) })),
  );
});
