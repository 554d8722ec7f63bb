/** What the live figures are fed with: both ways of appending, once a batch. */
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { decided, received } from '../contract/fixtures.ts';
import type { AppendedBatch } from './bucket-state.ts';
import { openPostgresLog } from './postgres-log.ts';

test('received and decided events are told once they are durable, repeated ones are not', async () => {
  const db = await testDatabase();
  const batches: AppendedBatch[] = [];
  const log = await openPostgresLog({
    database: db.database,
    dedupeWindowSeconds: 60,
    dedupeKeysMax: 1_000,
    maintenance: false,
    onBatch: (batch) => batches.push(batch),
  });
  try {
    await log.appendReceived('shop', [received('a'), received('b')]);
    expect(batches.map(({ events }) => events)).toEqual([2]);
    const events = [decided('placed'), decided('placed'), decided('placed')];
    const unit = { stream: 'orders/1', expectedVersion: 0n, events };
    await log.appendDecided({ tenant: 'shop', streams: [unit] });
    expect(batches.map(({ events: count }) => count)).toEqual([2, 3]);
    await log.appendReceived('shop', [received('a')]);
    expect(batches).toHaveLength(2);
    expect(batches.every(({ ms }) => ms > 0)).toBe(true);
  } finally {
    await log.close();
    await db.drop();
  }
});
