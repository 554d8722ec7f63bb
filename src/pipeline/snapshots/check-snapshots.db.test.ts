import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import { createMemoryLog } from '../../log/memory/memory-log.ts';
import {
  accountsModule,
  deposit,
  open,
  openPipeline,
  plainPersonalData,
  TENANT,
} from '../fixture.ts';
import { checkSnapshots, SAMPLE_EVENTS_MAX, SAMPLES } from './check-snapshots.ts';
import { createPostgresSnapshots } from './postgres-snapshots.ts';
import { sampleSnapshots } from './sample-snapshots.ts';
import { checksumOf, decodeSnapshot } from './snapshot-codec.ts';
import type { StoredSnapshot } from './snapshots.ts';

const place = { tenant: TENANT, stream: 'accounts/a', stateVersion: 1 };
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** Writes a state into the row of the snapshot, with the checksum that fits it. */
async function forge(snapshot: StoredSnapshot, state: unknown): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(state));
  const checksum = Buffer.from(checksumOf(place, { ...snapshot, state: bytes }));
  await db.database.query({
    text: 'update snapshots set state = $1, checksum = $2 where tenant = $3 and stream = $4',
    values: [bytes, checksum, place.tenant, place.stream],
  });
}

test('a snapshot that is not the fold of its events is found, a right or a damaged one is not', async () => {
  const log = createMemoryLog();
  const snapshots = createPostgresSnapshots({
    database: db.database,
    bucketOf: (tenant) => log.bucketOf(tenant),
  });
  const pipeline = openPipeline({
    log,
    reader: log,
    snapshots,
    limits: { snapshots: { events: 25 } },
  });
  await open(pipeline, 'a');
  for (let at = 1; at < 30; at += 1) await deposit(pipeline, 'a');
  const written = (): Promise<StoredSnapshot | null> => snapshots.find(place);
  await until('the snapshot is written', async () => (await written()) !== null);
  await pipeline.close();
  const check = (modules = [accountsModule()]) =>
    checkSnapshots({
      reader: log,
      personal: plainPersonalData(),
      modules,
      snapshots,
      sample: () => sampleSnapshots(db.database, { limit: SAMPLES, versionMax: SAMPLE_EVENTS_MAX }),
    });
  expect(await check()).toEqual({ compared: 1, differing: [] });
  expect(await check([accountsModule(2)])).toEqual({ compared: 0, differing: [] });

  const snapshot = (await written())!;
  const { state } = decodeSnapshot(place, snapshot)! as { state: { balance: number } };
  await forge(snapshot, { ...state, balance: state.balance + 1 });
  const bucket = log.bucketOf(TENANT);
  expect(await check()).toEqual({
    compared: 1,
    differing: [{ bucket, category: 'accounts', version: String(snapshot.version) }],
  });

  await db.database.query({ text: 'update snapshots set state = $1', values: [Buffer.from('{}')] });
  expect(await check()).toEqual({ compared: 0, differing: [] });
  await log.close();
});
