import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { jsonDraftOf, type EventDraft } from '../../core/event.ts';
import { findAllNewest } from '../contract/fixtures.ts';
import type { FindFilters, FindQuery, LogBatch, ReceivedOutcome } from '../log.ts';
import { CorruptBatchError } from '../codec/packed-batch.ts';
import { assertSameEvents } from './compact-batches.ts';
import { openPostgresLog, type PostgresLog } from './postgres-log.ts';
import { READ_PARTS_BYTES_MAX, readBatchesAfter, readBatchesHolding } from './read-batches.ts';
import { renewIncarnation } from './open-info.ts';

const LIMITS = {
  dedupeWindowSeconds: 60,
  dedupeKeysMax: 1_000_000,
  maintenance: false,
  bucketCount: 1,
};
const TENANT = 'shop';

function event(id: string, subject = `order/${id}`, type = 'order.placed'): EventDraft {
  return jsonDraftOf({ id, source: '/pos/1', type, subject }, { id, note: 'no onions' });
}

/** Appends one by one, so that every event is a batch of its own. */
async function appendSingly(
  log: PostgresLog,
  drafts: readonly EventDraft[],
): Promise<ReceivedOutcome[]> {
  const outcomes: ReceivedOutcome[] = [];
  for (const draft of drafts) outcomes.push(...(await log.appendReceived(TENANT, [draft])));
  return outcomes;
}

function seen(batches: readonly LogBatch[]): unknown[] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.count }, (_, index) => {
      const one = batch.eventAt(index);
      return (
        one && [
          one.position,
          one.id,
          one.subject,
          one.recordedAtMicros,
          Buffer.from(one.data).toString(),
        ]
      );
    }),
  );
}

describe('maintenance of the log', () => {
  let db: TestDatabase;
  const logs: PostgresLog[] = [];
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(async () => {
    for (const log of logs) await log.close();
    await db.drop();
  });
  const open = async (): Promise<PostgresLog> => {
    const log = await openPostgresLog({ ...LIMITS, database: db.database });
    logs.push(log);
    return log;
  };
  const find = async (log: PostgresLog, query: Partial<FindQuery>): Promise<string[]> => {
    const page = await log.find({ tenant: TENANT, after: 0n, limit: 100, ...query });
    return page.events.map(({ id }) => id);
  };
  const newest = async (
    log: PostgresLog,
    filters: Partial<FindFilters>,
    pages: Parameters<typeof findAllNewest>[2] = {},
  ): Promise<string[]> => {
    const found = await findAllNewest(log, { tenant: TENANT, ...filters }, pages);
    return found.map(({ id }) => id);
  };
  const rows = async (): Promise<number> => {
    const { rows: counted } = await db.database.query<{ count: bigint }>({
      text: 'select count(*) as count from log_batches where bucket = 0',
    });
    return Number(counted[0]?.count);
  };

  test('compaction changes packing only: events, positions, times and duplicates stay', async () => {
    const log = await open();
    const drafts = Array.from({ length: 60 }, (_, index) => event(`c${index}`));
    await appendSingly(log, drafts);
    const before = seen(await readBatchesAfter(db.database, 0, { after: 0, eventsMax: 1_000 }));
    expect(await rows()).toBe(60);
    await log.maintain();
    expect(await rows()).toBeLessThan(5);
    expect(seen(await readBatchesAfter(db.database, 0, { after: 0, eventsMax: 1_000 }))).toEqual(
      before,
    );
    const fresh = await open();
    const outcomes = await fresh.appendReceived(TENANT, drafts);
    expect(outcomes.map(({ status }) => status)).toEqual(drafts.map(() => 'duplicate'));
    expect(outcomes.map((one) => 'position' in one && one.position)).toEqual(
      drafts.map((_, i) => BigInt(i + 1)),
    );
  });

  test('sealed keys answer duplicates and conflicts after a restart', async () => {
    const log = await open();
    await log.maintain();
    const again = await open();
    const other = jsonDraftOf(
      { id: 'c7', source: '/pos/1', type: 'order.placed' },
      { other: true },
    );
    const outcomes = await again.appendReceived(TENANT, [event('c5'), other, event('new')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['duplicate', 'conflict', 'created']);
  });

  test('a run of a release whose filters had another form gets its filter when keys are loaded', async () => {
    const filters = async (): Promise<readonly unknown[]> => {
      const { rows: runs } = await db.database.query({
        text: `select last_position, filter, key_filter from log_runs where kind = 'key' order by 1`,
        values: [],
      });
      return runs;
    };
    const sealed = await filters();
    await db.database.query({
      text: `update log_runs set filter = '\\x00', key_filter = null where kind = 'key'`,
      values: [],
    });
    const log = await open();
    const outcomes = await log.appendReceived(TENANT, [event('c5'), event('after the upgrade')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['duplicate', 'created']);
    expect(await filters()).toEqual(sealed);
    expect(sealed).not.toContainEqual(expect.objectContaining({ key_filter: null }));
  });

  test('id and subject are found in sealed runs and in the tail, in order and page by page', async () => {
    const log = await open();
    await appendSingly(log, [event('s1', 'table/9'), event('s2', 'table/9')]);
    await log.maintain();
    await appendSingly(log, [
      event('s3', 'table/9'),
      event('s4', 'table/8'),
      event('s5', 'table/9'),
    ]);
    const cold = await open();
    expect(await find(cold, { subject: 'table/9' })).toEqual(['s1', 's2', 's3', 's5']);
    expect(await find(cold, { id: 's2' })).toEqual(['s2']);
    expect(await find(cold, { id: 's4', source: '/pos/1' })).toEqual(['s4']);
    expect(await find(cold, { id: 's4', source: '/pos/2' })).toEqual([]);
    const paged: string[] = [];
    for (let after = 0n, more = true; more;) {
      const page = await cold.find({ tenant: TENANT, after, limit: 1, subject: 'table/9' });
      paged.push(...page.events.map(({ id }) => id));
      ({ more, nextAfter: after } = page);
    }
    expect(paged).toEqual(['s1', 's2', 's3', 's5']);
    expect(await newest(cold, { subject: 'table/9' }, { limit: 1 })).toEqual(paged.toReversed());
    expect(await newest(cold, { id: 's2' })).toEqual(['s2']);
  });

  test('a subject with thousands of events is found whole across blocks of its run', async () => {
    const log = await open();
    const drafts = Array.from({ length: 3_000 }, (_, index) =>
      event(`many${index}`, 'meter/1', 'meter.read'),
    );
    for (let start = 0; start < drafts.length; start += 500)
      await log.appendReceived(TENANT, drafts.slice(start, start + 500));
    await log.maintain();
    const ids: string[] = [];
    for (let after = 0n, more = true; more;) {
      const page = await log.find({ tenant: TENANT, after, limit: 700, subject: 'meter/1' });
      ids.push(...page.events.map(({ id }) => id));
      ({ more, nextAfter: after } = page);
    }
    expect(ids).toEqual(drafts.map((_, index) => `many${index}`));
    const cold = await open();
    expect(await newest(cold, { subject: 'meter/1' }, { limit: 700 })).toEqual(ids.toReversed());
    const { position } = await log.head(0);
    const before = { before: position - 1_000n, limit: 1_000 };
    expect(await newest(cold, { subject: 'meter/1' }, before)).toEqual(
      ids.slice(0, -1_001).toReversed(),
    );
  });

  test('retention removes what is old, keeps positions and moves the low mark', async () => {
    const log = await open();
    await expect(log.setRetention(TENANT, 'meter.read', 5)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await log.setRetention(TENANT, 'meter.read', 60);
    await log.setRetention(TENANT, 'order.placed', 60);
    const head = await log.head(0);
    await db.database.query({
      text: `update log_batches set recorded_at = recorded_at - 3600000000, first_recorded_at = first_recorded_at - 3600000000, parts = null`,
    });
    await log.maintain();
    await log.appendReceived(TENANT, [event('young')]);
    const after = await log.head(0);
    expect(after.position).toBe(head.position + 1n);
    expect(after.lowMark).toBeGreaterThan(0n);
    await expect(log.readBatches(0, 0n, { eventsMax: 10 })).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
    });
    await expect(log.find({ tenant: TENANT, after: 1n, limit: 1 })).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
    });
    const left = await log.readBatches(0, after.lowMark, { eventsMax: 100_000 });
    expect(left.at(-1)?.lastPosition).toBe(after.position);
    expect(seen(left).filter((one) => one !== null)).toHaveLength(1);
    expect(await newest(log, {})).toEqual(['young']);
    const below = { tenant: TENANT, before: after.lowMark, limit: 9 };
    expect(await log.findNewest(below)).toMatchObject({ events: [], more: false });
    expect(await log.retention(TENANT)).toHaveLength(2);
  });

  test('events too large to be read at once are found newest first all the same', async () => {
    const log = await open();
    const note = 'x'.repeat(900_000);
    const large = Array.from({ length: 30 }, (_, index) =>
      jsonDraftOf(
        { id: `large${index}`, source: '/pos/1', type: 'menu.read', subject: 'menu/1' },
        { note },
      ),
    );
    await appendSingly(log, large);
    const cold = await open();
    const ids = large.map((_, index) => `large${index}`).toReversed();
    expect(await newest(cold, { subject: 'menu/1' })).toEqual(ids);
    expect(await newest(cold, { type: { exact: 'menu.read' } })).toEqual(ids);
  });

  test('a damaged batch is reported with its place, never skipped', async () => {
    await db.database.query({
      text: `update log_batches set payload = set_byte(payload, 3, get_byte(payload, 3) # 1)
              where bucket = 0 and last_position = (select head from log_heads where bucket = 0)`,
    });
    const head = Number((await (await open()).head(0)).position);
    await expect(
      readBatchesAfter(db.database, 0, { after: head - 1, eventsMax: 10 }),
    ).rejects.toThrow(CorruptBatchError);
  });

  test('a new incarnation is seen by whoever opens the log next', async () => {
    const log = await open();
    await renewIncarnation(db.database);
    expect((await open()).incarnation).not.toBe(log.incarnation);
  });
});

test('compaction refuses a merge that would change an event', async () => {
  const db = await testDatabase();
  const log = await openPostgresLog({ ...LIMITS, database: db.database });
  try {
    await appendSingly(log, [event('a'), event('b')]);
    const positions = [1, 2];
    const read = await readBatchesHolding(db.database, 0, { positions, direction: 'oldest-first' });
    const [first, second] = read;
    expect(() => {
      assertSameEvents(second!.decoder, [first!]);
    }).toThrow(/would change/);
  } finally {
    await log.close();
    await db.drop();
  }
});

test('a reader steps over merged rows of many appends a few at a time, and over all of them', async () => {
  const db = await testDatabase();
  const log = await openPostgresLog({ ...LIMITS, database: db.database });
  try {
    await appendSingly(log, [event('first')]);
    // As compaction merges appends of one event each, without appending a hundred thousand of them.
    const parts = Buffer.alloc(4_096 * 32, 1);
    await db.database.query({
      text: `insert into log_batches (bucket, last_position, first_position, codec, checksum, recorded_at,
                    first_recorded_at, batch_id, parts, types, payload)
             select 0, 1 + i * 4096, 2 + (i - 1) * 4096, codec, checksum, recorded_at,
                    recorded_at, batch_id, $1, types, payload
               from log_batches, generate_series(1, 30) as i where last_position = 1`,
      values: [parts],
    });
    const page = { eventsMax: 1_000, types: new Set(['wanted']) };
    let after = 0;
    for (let read; read !== 0;) {
      const batches = await readBatchesAfter(db.database, 0, { ...page, after });
      read = batches.length;
      expect((read - 2) * parts.length).toBeLessThan(READ_PARTS_BYTES_MAX);
      after = Number(batches.at(-1)?.lastPosition ?? after);
    }
    expect(after).toBe(1 + 30 * 4_096);
  } finally {
    await log.close();
    await db.drop();
  }
});
