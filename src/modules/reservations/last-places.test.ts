/** Many at once for the last places, through the real pipeline over the log in memory. */
import { randomUUIDv7 } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemPrincipal } from '../../pipeline/authorise.ts';
import { openPipeline } from '../../pipeline/fixture.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';
import type { PersonalData } from '../../core/personal-data.ts';
import { DataKind } from '../../core/event.ts';
import { business } from '../business/index.ts';
import { customers } from '../customers/index.ts';
import { reservations } from './index.ts';
import type { DayState } from './days/state.ts';

const CLIENTS = 200;
const PLACES = 10;
const TENANT = 'acme';
const principal = systemPrincipal(TENANT, 'key-1', ['reservations:write', 'business:write']);

/** Seals nothing: what is asked here is who gets a table. */
const UNSEALED: PersonalData = {
  async seal(_tenant, _marks, data) {
    return { kind: DataKind.json, bytes: Buffer.from(JSON.stringify(data)) };
  },
  prepare: async () => {},
  reveal: (event) => event,
  referenceOf: (tenant, personId) => `${tenant}-${personId}`,
  personsOf: () => [],
  onErased: () => () => true,
};

test(`R1: of ${CLIENTS} at once for ${PLACES} places exactly ${PLACES} are confirmed, the others refused`, async () => {
  const pipeline = openPipeline({
    modules: [business, customers, reservations],
    personal: UNSEALED,
    clock: { nowMs: () => Date.parse('2026-11-01T10:00:00Z') },
    newId: () => randomUUIDv7(),
  });
  const ask = (to: readonly [string, string | null], command: string, input: object) =>
    pipeline.handle({ principal, category: to[0], command, id: to[1], input });
  const locationId = 'house';
  const open = { name: 'House', timeZone: 'Europe/Warsaw', country: 'PL' };
  await ask(['business.locations', locationId], 'OpenLocation', open);
  await ask(['business.locations', locationId], 'SetArea', { areaId: 'hall', name: 'Hall' });
  for (let index = 0; index < PLACES; index += 1) {
    const tableId = `t${index}`;
    const table = { tableId, areaId: 'hall', name: tableId, seats: 2 };
    await ask(['business.locations', locationId], 'SetTable', table);
  }
  const wish = { locationId, startsAt: '2026-11-21T19:00', partySize: 2 };
  const answers = await Promise.allSettled(
    Array.from({ length: CLIENTS }, (_, index) =>
      ask(['reservations', null], 'MakeReservation', {
        ...wish,
        contact: { name: `Guest ${index}` },
      }),
    ),
  );
  const errors = answers.filter(({ status }) => status === 'rejected');
  expect(errors).toEqual([]);
  // safe because none was rejected
  const all = answers.map((answer) => (answer as PromiseFulfilledResult<CommandAnswer>).value);
  const done = all.flatMap((answer) => (answer.status === 'done' ? [answer] : []));
  expect(done).toHaveLength(PLACES);
  const tables = done.flatMap(({ members }) => members['tableIds']);
  expect(new Set(tables).size).toBe(PLACES);
  const codes = all.map((answer) => (answer.status === 'refused' ? answer.code : 'done'));
  expect(codes.filter((code) => code === 'SLOT_FULL')).toHaveLength(CLIENTS - PLACES);
  const { state } = await pipeline.load(TENANT, 'reservations.days', `${locationId}~2026-11-21`);
  expect((state as DayState).taken).toHaveLength(PLACES);
  await pipeline.close();
});
