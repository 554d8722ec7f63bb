/** An append whose answer takes longer than a second although nothing is broken: here somebody else holds the head. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { jsonDraftOf } from '../../core/event.ts';
import { lockHead } from './read-head.ts';
import { openPostgresLog, type PostgresLog } from './postgres-log.ts';

/** Beyond what callers wait for a server that is silent. */
const HELD_MS = 1_300;

let db: TestDatabase;
let log: PostgresLog;
beforeEach(async () => {
  db = await testDatabase();
  const limits = { dedupeWindowSeconds: 60, dedupeKeysMax: 1_000, bucketCount: 1 };
  log = await openPostgresLog({ database: db.database, ...limits, maintenance: false });
});
afterEach(async () => {
  await log.close();
  await db.drop();
});

test('callers hear of a slow commit what became of it, not that it is unknown', async () => {
  let append: ReturnType<PostgresLog['appendReceived']> | undefined;
  await db.database.transaction(async (tx) => {
    await lockHead(tx, 0);
    const draft = jsonDraftOf({ id: 'a', source: '/pos/1', type: 'order.placed' }, {});
    append = log.appendReceived('shop', [draft]);
    await tx.query({ text: 'select pg_sleep($1)', values: [HELD_MS / 1_000] });
  });
  expect(await append).toEqual([{ status: 'created', position: 1n }]);
});
