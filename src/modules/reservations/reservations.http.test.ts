/** Reservations through HTTP: the shapes of the public contract, links and feeds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgedOf } from '../../../test/support/forged.ts';
import { yearOfNextJune } from '../../../test/support/next-june.ts';
import { httpFixture, type HttpFixture } from '../../http/fixture.ts';
import { business } from '../business/index.ts';
import { customers } from '../customers/index.ts';
import { reservationRoutes, reservations } from './index.ts';

let http: HttpFixture;
let locationId: string;

const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
  http.json(path, { method: 'POST', body, headers });

let houses = 0;
async function location(tables: number, timeZone = 'Europe/Warsaw'): Promise<string> {
  houses += 1;
  const house = { name: `House ${houses}`, timeZone, country: 'PL' };
  const { body } = await post('/v1/business/locations', house);
  const path = `/v1/business/locations/${body.id}`;
  await post(`${path}/set-area`, { areaId: 'hall', name: 'Hall' });
  for (let index = 1; index <= tables; index += 1) {
    const tableId = `t${index}`;
    await post(`${path}/set-table`, { tableId, areaId: 'hall', name: tableId, seats: 2 });
  }
  return body.id;
}

beforeAll(async () => {
  http = await httpFixture({
    businessModules: [business, customers, reservations],
    moduleRoutes: [reservationRoutes],
  });
  locationId = await location(1);
});
afterAll(() => http.close());

const YEAR = yearOfNextJune();
const contact = { name: 'CANARY Ana', phone: '+48123456789' };
const wish = (date: string, more: object = {}) => ({
  locationId,
  startsAt: `${date}T19:00:00+02:00`,
  partySize: 2,
  contact,
  ...more,
});
const slots = async (date: string, partySize = 2) =>
  http.json(
    `/v1/reservations/availability?locationId=${locationId}&date=${date}&partySize=${partySize}`,
  );

describe('a reservation', () => {
  test('is answered as the contract says, and a full start with alternatives', async () => {
    const date = `${YEAR}-06-10`;
    const made = await post('/v1/reservations', wish(date));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ version: 1, status: 'confirmed', tableIds: ['t1'] });
    expect(made.body.manageToken).toMatch(new RegExp(`^${made.body.id}\\.[\\w-]{22}$`));
    expect(made.headers.get('location')).toBe(`/v1/reservations/${made.body.id}`);
    const full = await post('/v1/reservations', wish(date));
    expect([full.status, full.body.code]).toEqual([409, 'SLOT_FULL']);
    expect(full.body.details.alternatives).toContain(`${date}T18:30:00.000Z`);
    const list = await http.json(
      `/v1/reservations?locationId=${locationId}&date=${date}&wait=${made.body.cursor}`,
    );
    expect(list.body.items).toMatchObject([
      { id: made.body.id, name: contact.name, phone: contact.phone, status: 'confirmed' },
    ]);
    const { items } = (await http.json(`/v1/reservations/days?date=${date}`)).body;
    expect(items).toMatchObject([{ parties: 1, covers: 2, waiting: 0 }]);
  });

  test('version and If-Match count its own events, though others book the same day', async () => {
    const date = `${YEAR}-06-11`;
    const { body } = await post('/v1/reservations', wish(date));
    await post('/v1/reservations', wish(date, { startsAt: `${date}T21:00:00+02:00` }));
    const path = `/v1/reservations/${body.id}`;
    const late = await post(`${path}/mark-late`, { minutes: 10 }, { 'if-match': '"1"' });
    expect([late.status, late.body.version]).toEqual([200, 2]);
    const stale = await post(`${path}/mark-late`, { minutes: 20 }, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    const history = await http.json(`${path}/history`);
    expect(history.body.items.map(({ type }: { type: string }) => type)).toEqual([
      'ReservationMade',
      'ReservationMarkedLate',
    ]);
    expect(JSON.stringify(history.body)).not.toMatch(/linkGeneration|holder/);
  });

  test('a repeated request gets the same answer, the token included; another body is refused', async () => {
    const date = `${YEAR}-06-12`;
    const key = { 'idempotency-key': '"booking-1"' };
    const first = await post('/v1/reservations', wish(date), key);
    const again = await post('/v1/reservations', wish(date), key);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await post('/v1/reservations', wish(date, { partySize: 1 }), key)).status).toBe(422);
  });

  test('its token is in no event, and renewing makes another', async () => {
    const date = `${YEAR}-06-13`;
    const { body } = await post('/v1/reservations', wish(date));
    const renewed = await post(`/v1/reservations/${body.id}/renew-link`);
    expect(renewed.body.manageToken).toMatch(/^.+\.[\w-]{22}$/);
    expect(renewed.body.manageToken).not.toBe(body.manageToken);
    const events = await http.json(`/v1/streams/reservations/${body.id}`);
    const mac = (token: string): string => token.slice(-22);
    expect(JSON.stringify(events.body)).not.toContain(mac(body.manageToken));
    expect(JSON.stringify(events.body)).not.toContain(mac(renewed.body.manageToken));
  });

  test('R8: what is personal is sealed in its own stream, and in no stream of a day', async () => {
    const date = `${YEAR}-06-14`;
    const { body } = await post('/v1/reservations', wish(date));
    const read = async (stream: string) =>
      (await http.log.readStream('default', stream, { fromVersion: 1n, limit: 10 }))
        .map(({ data }) => Buffer.from(data).toString())
        .join();
    const own = await read(`reservations/${body.id}`);
    const day = await read(`reservations.days/${locationId}~${date}`);
    expect(own.length * day.length).toBeGreaterThan(0);
    expect(own + day).not.toMatch(/CANARY|123456789/);
  });

  test.each([
    ['a phone without country code', { contact: { name: 'Ana', phone: '123456789' } }, 400],
    ['a member nobody declared', { status: 'seated' }, 400],
    ['a start in the gap of the clocks', { startsAt: '2027-03-28T02:30:00+01:00' }, 409],
    ['a location nobody has', { locationId: 'nowhere' }, 409],
  ])('%s is refused', async (_what, more, status) => {
    const { status: answered, body } = await post('/v1/reservations', wish(`${YEAR}-06-15`, more));
    expect(answered).toBe(status);
    expect(JSON.stringify(body)).not.toContain('CANARY');
  });
});

describe('availability', () => {
  test('follows every reservation at once', async () => {
    const date = `${YEAR}-06-20`;
    const free = await slots(date);
    expect(free.body).toMatchObject({ date, partySize: 2, timeZone: 'Europe/Warsaw' });
    const open = (body: { slots: { localTime: string; available: boolean }[] }) =>
      body.slots.filter(({ available }) => available).map(({ localTime }) => localTime);
    expect(open(free.body)).toContain('19:00');
    const { body } = await post('/v1/reservations', wish(date));
    const taken = open((await slots(date)).body);
    expect([taken.includes('19:00'), taken.includes('17:30'), taken.includes('20:30')]).toEqual([
      false,
      true,
      true,
    ]);
    await post(`/v1/reservations/${body.id}/cancel`);
    expect(open((await slots(date)).body)).toContain('19:00');
  });

  test('says why a party can have nothing at all', async () => {
    const { body } = await slots(`${YEAR}-06-20`, 5);
    expect(body.reason).toBe('PARTY_TOO_LARGE');
    expect(body.slots.some(({ available }: { available: boolean }) => available)).toBe(false);
  });

  test.each([
    ['date=2026-02-30&partySize=2', 400],
    ['date=2026-02-28&partySize=0', 400],
    ['date=2026-02-28', 400],
  ])('%s is bad input', async (query, status) => {
    const path = `/v1/reservations/availability?locationId=${locationId}&${query}`;
    expect((await http.json(path)).status).toBe(status);
  });

  test('R12: a location of another tenant is as unknown as one that never was', async () => {
    const key = await http.tenant('other');
    const query = `date=${YEAR}-06-20&partySize=2`;
    const ask = (id: string) =>
      http.json(`/v1/reservations/availability?locationId=${id}&${query}`, { key });
    const [foreign, unknown] = [await ask(locationId), await ask('never-was')];
    expect(foreign.status).toBe(404);
    const bare = ({ traceId: _traceId, ...rest }: Record<string, unknown>) => rest;
    expect(bare(foreign.body)).toEqual(bare(unknown.body));
    const wanted = await http.json('/v1/reservations', {
      method: 'POST',
      key,
      body: wish(`${YEAR}-06-20`),
    });
    expect([wanted.status, wanted.body.code]).toEqual([409, 'LOCATION_UNKNOWN']);
  });
});

describe('what is set up', () => {
  test('the calendar of a location has the id of the location', async () => {
    const house = await location(1);
    const set = await post('/v1/reservations/calendars', { locationId: house, gridMinutes: 30 });
    expect([set.status, set.body.id, set.body.version]).toEqual([201, house, 1]);
    const again = await post('/v1/reservations/calendars', { locationId: house, leadMinutes: 60 });
    expect([again.status, again.body.version]).toEqual([201, 2]);
    const { body } = await http.json(`/v1/reservations/calendars/${house}`);
    expect(body.settings).toMatchObject({ gridMinutes: 30, leadMinutes: 60 });
    // Whoever saw an older version is told so, and so is one who thought that there was none.
    for (const [seen, status] of [
      ['"1"', 412],
      ['"0"', 412],
      ['"2"', 201],
    ] as const) {
      const wish = { locationId: house, leadMinutes: 90 };
      const answer = await post('/v1/reservations/calendars', wish, { 'if-match': seen });
      expect([seen, answer.status]).toEqual([seen, status]);
    }
    const { paths } = (await http.json('/openapi.json')).body;
    const described = paths['/v1/reservations/calendars'].post;
    expect(described.parameters).toContainEqual(expect.objectContaining({ name: 'If-Match' }));
    expect(Object.keys(described.responses)).toContain('412');
    expect((await post('/v1/reservations/calendars', { gridMinutes: 30 })).status).toBe(400);
  });

  test('a block belongs to the day on which it begins, and is lifted', async () => {
    const date = `${YEAR}-06-21`;
    const blocked = await post('/v1/reservations/days', {
      locationId,
      from: `${date}T18:00`,
      to: `${date}T23:00`,
      areaIds: ['hall'],
      reason: 'a film crew',
    });
    expect([blocked.status, blocked.body.id]).toEqual([201, `${locationId}~${date}`]);
    expect((await post('/v1/reservations', wish(date))).body.code).toBe('SLOT_FULL');
    const { blockId } = blocked.body;
    const path = `/v1/reservations/days/${blocked.body.id}`;
    expect((await post(`${path}/lift-block`, { blockId })).status).toBe(200);
    expect((await post('/v1/reservations', wish(date))).status).toBe(201);
    for (const id of ['no-day', `${locationId}~2026-02-30`])
      expect((await post(`/v1/reservations/days/${id}/offer-freed`)).status).toBe(404);
  });

  test('an enquiry is answered and accepted', async () => {
    const sent = await post('/v1/reservations/enquiries', {
      locationId,
      date: `${YEAR}-06-30`,
      guests: 60,
      budget: { amount: 300_000, currency: 'PLN' },
      contact,
    });
    const path = `/v1/reservations/enquiries/${sent.body.id}`;
    expect((await post(`${path}/accept`)).body.code).toBe('ENQUIRY_UNANSWERED');
    await post(`${path}/answer`, { offer: { amount: 280_000, currency: 'PLN' } });
    expect((await post(`${path}/accept`)).body.status).toBe('accepted');
    expect((await post(`${path}/withdraw`)).body.code).toBe('ENQUIRY_CLOSED');
  });
});

describe('a calendar feed', () => {
  test('R9: is read without a key, shows no phone number, and ends when it is revoked', async () => {
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const start = { startsAt: `${soon}T19:00` };
    const guest = { name: 'Ana, +48 123 456 789', phone: '+48123456789' };
    const made = await post('/v1/reservations', wish(soon, { ...start, contact: guest }));
    await http.json(`/v1/reservations?wait=${made.body.cursor}`);
    const feed = await post('/v1/reservations/feeds', { locationId, name: 'Door' });
    expect(feed.body.path).toMatch(/^\/public\/feeds\/default\..+\.ics$/);
    const read = (path: string) => http.call(path, { key: null });
    const answer = await read(feed.body.path);
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    const text = await answer.text();
    expect(text).toContain(`UID:${made.body.id}@comptoir`);
    expect(text).toContain(String.raw`SUMMARY:Ana\, … × 2 (t1)`);
    expect(text).not.toMatch(/123 ?456/);
    const secret = feed.body.path.slice(0, -'.ics'.length);
    expect((await read(`${forgedOf(secret)}.ics`)).status).toBe(404);
    await post(`/v1/reservations/feeds/${feed.body.id}/revoke`);
    expect((await read(feed.body.path)).status).toBe(404);
  });
});
