import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { MIGRATIONS_FOLDER } from '../../platform/postgres/migrate.ts';
import { createPostgresPolicyStore } from './postgres/postgres-policy-store.ts';

const FILE = path.join(MIGRATIONS_FOLDER, '0036_given_up_timers.sql');
let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held.drop());

test('timers that an earlier release gave up are parked for a person to see, those still due are not', async () => {
  const { database } = held;
  const store = createPostgresPolicyStore(database);
  await database.query({
    text: `insert into policy_timers (bucket, policy, tenant, lane, timer, position, due_at, state)
           select 3, 'reservations.reminders', 'acme', 'reservations/' || name, 'remind', position, now() - age::interval, null
             from (values ('old', 7, '40 days'), ('older', 8, '8 days'), ('failing', 9, '3 days'), ('ahead', 10, '-30 days'))
               as timers (name, position, age)`,
  });
  const sql = await readFile(FILE, 'utf8');
  await database.query({ text: sql });
  const parked = await store.parked('reservations.reminders', 10);
  expect(
    parked.map(({ lane, timer, position, reason }) => [lane, timer, position, reason]),
  ).toEqual([
    ['reservations/old', 'remind', 7n, 'TIMER_GIVEN_UP'],
    ['reservations/older', 'remind', 8n, 'TIMER_GIVEN_UP'],
  ]);
  // What a retry works with is still there, and the lane takes events: only an event that is parked holds it up.
  const place = { policy: 'reservations.reminders', bucket: 3 };
  const timer = { tenant: 'acme', lane: 'reservations/old', timer: 'remind' };
  expect(await store.timer(place, timer)).toEqual({ position: 7n, state: null });
  expect((await store.parkedLanes(place, [timer])).size).toBe(0);
  // Twice changes nothing: it may be that a process parked one meanwhile.
  await database.query({ text: sql });
  expect(await store.parked('reservations.reminders', 10)).toHaveLength(2);
});
