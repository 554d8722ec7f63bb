/** Shows that what looks at the log after a kill sees what a kill must never leave. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgresLog } from '../../../src/log/postgres/postgres-log.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type Acknowledged, draftOf, LASTING_TYPE, LOG_LIMITS, TENANT } from './log-messages.ts';
import { lookAtLog } from './logs.ts';

const acknowledged = new Map<string, Acknowledged>();
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  const log = await openPostgresLog({ ...LOG_LIMITS, database: db.database });
  for (let number = 1; number <= 4; number += 1) {
    const one = { id: `e-${number}`, type: LASTING_TYPE };
    const [outcome] = await log.appendReceived(TENANT, [draftOf(one)]);
    if (outcome?.status !== 'created') throw new Error('the event was not created');
    acknowledged.set(one.id, { ...one, position: String(outcome.position) });
  }
  await log.close();
});
afterAll(() => db.drop());

const look = (changed: readonly Acknowledged[] = []): Promise<readonly string[]> =>
  lookAtLog(
    db.database,
    new Map([...acknowledged, ...changed.map((one) => [one.id, one] as const)]),
  );

test('a whole log is right', async () => {
  expect(await look()).toEqual([]);
});

test('an acknowledged event that is nowhere, or elsewhere, is told', async () => {
  const lost = { id: 'e-9', type: LASTING_TYPE, position: '9' };
  const moved = { id: 'e-2', type: LASTING_TYPE, position: '3' };
  const wrong = await look([lost, moved]);
  expect(wrong.filter((one) => one.includes('acknowledged at'))).toHaveLength(2);
  expect(wrong.some((one) => one.startsWith('e-2, sent again, is'))).toBe(true);
});

test('a batch that is gone is told with its positions and its events', async () => {
  await db.database.query({ text: 'delete from log_batches where last_position = 3' });
  const wrong = await look();
  expect(wrong).toContain('positions 3 to 3 are missing');
  expect(wrong.some((one) => one.startsWith('e-3 of'))).toBe(true);
});
