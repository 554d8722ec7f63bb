/** A day at a till over HTTP: set up, sell, count, close, and what the reports say of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../core/audit.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from '../../http/fixture.ts';

let http: HttpFixture;
const recorded: AuditEntry[] = [];
let locationId: string;
let tillId: string;
let productId: string;
let cursor: string;

const post = (path: string, body: unknown = {}, more: object = {}): Promise<JsonAnswer> =>
  http.json(path, { method: 'POST', body, ...more });
const till = (word: string, body: unknown = {}): Promise<JsonAnswer> =>
  post(`/v1/business/tills/${tillId}/${word}`, body);

beforeAll(async () => {
  http = await httpFixture({
    // What a report tells by the hour and the day does not depend on when the test runs.
    clock: { nowMs: () => Date.UTC(2026, 10, 21, 12) },
    audit: {
      note: (entry) => void recorded.push(entry),
      record: async (entry) => void recorded.push(entry),
    },
  });
  const place = { name: 'Rynek', timeZone: 'Europe/Warsaw', country: 'PL' };
  locationId = (await post('/v1/business/locations', place)).body.id;
  tillId = (await post('/v1/business/tills', { locationId, name: 'Bar' })).body.id;
  const zurek = { name: { pl: 'Żurek', en: 'Soup' }, price: 1080, taxClass: 'food' };
  productId = (await post('/v1/catalog/products', zurek)).body.id;
});
afterAll(() => http.close());

async function sell(payment: object): Promise<JsonAnswer> {
  const lines = [{ productId, quantity: 2, modifiers: [], expectedPrice: 1080 }];
  const sold = await post('/v1/orders', {
    locationId,
    channel: 'eat-in',
    lines,
    payments: [
      {
        tillId,
        ...payment,
      },
    ],
  });
  cursor = sold.body.cursor;
  return sold;
}

describe('setting up', () => {
  test('B7: the profile has one address, whoever asks for another', async () => {
    const input = { legalName: 'Pod Wawelem sp. z o.o.', country: 'PL', taxId: '526-104-08-28' };
    const created = await post('/v1/business/profiles', input);
    expect([created.status, created.body.id]).toEqual([201, 'main']);
    expect(created.headers.get('location')).toBe('/v1/business/profiles/main');
    const again = await post('/v1/business/profiles', input);
    expect([again.status, again.body.code]).toEqual([409, 'PROFILE_EXISTS']);
    const changed = await post(
      '/v1/business/profiles/main/change',
      { tradeName: 'Pod Wawelem' },
      { headers: { 'if-match': '"1"' } },
    );
    expect([changed.status, changed.body.version]).toEqual([200, 2]);
    const stale = { headers: { 'if-match': '"1"' } };
    const late = await post('/v1/business/profiles/main/change', { tradeName: 'x' }, stale);
    expect([late.status, late.body.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await http.json('/v1/business/profiles/main')).body).toMatchObject({
      legalName: 'Pod Wawelem sp. z o.o.',
      tradeName: 'Pod Wawelem',
      taxId: '5261040828',
      version: 2,
    });
  });

  test('a profile takes nothing it does not know', async () => {
    const input = { legalName: 'x', country: 'PL', status: 'set-up' };
    const { status, body } = await post('/v1/business/profiles', input);
    expect([status, body.code]).toEqual([400, 'INPUT_INVALID']);
  });

  test('a country proposes its rates, with a word of caution', async () => {
    const { status, body } = await http.json('/v1/business/presets/PL');
    expect(status).toBe(200);
    expect(body).toMatchObject({ currency: 'PLN', taxes: { mode: 'inclusive' } });
    expect(body.note).toMatch(/accountant/);
    expect((await http.json('/v1/business/presets/XX')).status).toBe(404);
  });

  test('a till of an unknown location is refused', async () => {
    const odd = await post('/v1/business/tills', { locationId: '12:30', name: 'x' });
    expect([odd.status, odd.body.errors]).toEqual([
      400,
      [expect.objectContaining({ code: 'ID_FORM' })],
    ]);
    const { status, body } = await post('/v1/business/tills', { locationId: 'nowhere', name: 'x' });
    expect([status, body.code]).toEqual([409, 'LOCATION_UNKNOWN']);
  });
});

describe('a session', () => {
  test('from float to Z report', async () => {
    expect((await sell({ kind: 'cash', amount: 5000 })).body.code).toBe('TILL_SESSION_CLOSED');
    const opened = await till('open-session', { float: 10_000 });
    expect(opened.status).toBe(200);
    expect((await sell({ id: 'pay-1', kind: 'cash', amount: 2500, tip: 200 })).status).toBe(201);
    expect((await sell({ id: 'pay-2', kind: 'card', amount: 2160 })).status).toBe(201);
    expect((await till('take-cash', { amount: 500, reason: 'flowers' })).status).toBe(200);

    const x = await http.json(`/v1/business/tills/${tillId}/x-report`);
    expect(x.body).toMatchObject({
      sessionId: opened.body.sessionId,
      expected: 10_000 + 2500 - 140 - 500,
      tenders: { cash: { payments: 1, change: 140, tips: 200, settled: 2160 } },
      taxes: [{ label: 'B 8 %', rate: 8000, net: 4000, tax: 320, gross: 4320 }],
    });
    const shown = await http.call(`/v1/business/tills/${tillId}`);
    expect(await shown.text()).not.toMatch(/\b11860\b|expected|tenders/);

    expect((await till('close-session')).body.code).toBe('TILL_NOT_COUNTED');
    await till('count', { counted: 11_800 });
    const closed = await till('close-session');
    expect(closed.body).toMatchObject({ zNumber: 1 });
    const z = await http.json(
      `/v1/business/tills/${tillId}/z-reports/1?wait=${closed.body.cursor}`,
    );
    expect(z.body).toMatchObject({
      number: 1,
      tillId,
      locationId,
      counted: 11800,
      expected: 11860,
      overShort: -60,
      grandTotal: 4320,
      report: {
        putIn: 0,
        takenOut: 500,
        tenders: x.body.tenders,
      },
    });
    const list = await http.json(`/v1/business/tills/${tillId}/z-reports`);
    expect(list.body.items).toHaveLength(1);
    expect((await http.json(`/v1/business/tills/${tillId}/x-report`)).status).toBe(404);
  });

  test('of another tenant is as unknown as one that never was', async () => {
    const key = await http.tenant('other');
    for (const path of ['', '/x-report', '/z-reports', '/z-reports/1', '/history']) {
      const foreign = await http.json(`/v1/business/tills/${tillId}${path}`, { key });
      const unknown = await http.json(`/v1/business/tills/nothing${path}`, { key });
      expect(foreign.status).toBe(404);
      expect(foreign.body.detail).toBe(unknown.body.detail);
    }
    const refused = await post(`/v1/business/tills/${tillId}/open-session`, { float: 0 }, { key });
    expect(refused.status).toBe(404);
  });

  test('staff opens and counts, but neither sets up nor reads what to expect', async () => {
    const tenant = await http.tenant('house');
    const { key } = await http.key(tenant, ['business:read', 'business:till']);
    const place = { name: 'x', timeZone: 'UTC', country: 'DE' };
    expect((await post('/v1/business/locations', place, { key })).status).toBe(403);
    const own = { key: tenant };
    const location = await post('/v1/business/locations', place, own);
    const input = { locationId: location.body.id, name: 'Bar' };
    const added = await post('/v1/business/tills', input, own);
    const path = `/v1/business/tills/${added.body.id}`;
    expect((await post(`${path}/open-session`, { float: 0 }, { key })).status).toBe(200);
    const taken = { amount: 1, reason: 'r' };
    expect((await post(`${path}/take-cash`, taken, { key })).status).toBe(403);
    expect((await post(`${path}/count`, { counted: 0 }, { key })).status).toBe(200);
    expect((await http.json(`${path}/x-report`, { key })).status).toBe(403);
    expect((await http.json(`${path}/z-reports`, { key })).status).toBe(403);
    expect((await post(`${path}/close-session`, {}, { key })).body.zNumber).toBe(1);
  });
});

describe('reports', () => {
  test('a day says what was sold, taxed and paid', async () => {
    const list = await http.json(`/v1/reports/days?locationId=${locationId}&wait=${cursor}`);
    expect(list.body.items).toHaveLength(1);
    const [day] = list.body.items;
    expect(day).toMatchObject({
      locationId,
      currency: 'PLN',
      orders: 2,
      gross: 4320,
      net: 4e3,
      tax: 320,
      tips: 200,
      tenders: {
        cash: {
          received: 2500,
          change: 140,
        },
        card: { received: 2160 },
      },
    });
    const path = `/v1/reports/days/${locationId}/${day.businessDay}?wait=${cursor}`;
    const { body } = await http.json(path);
    expect(body).toMatchObject({
      gross: 4320,
      products: [{ productId, quantity: 4, gross: 4320 }],
      staff: [{ orders: 2, gross: 4320, tips: 200 }],
    });
    expect(body.hours).toMatchObject([{ orders: 2, gross: 4320 }]);
    expect(body.hours[0].local).toMatch(/^\d\d:00$/);
  });

  test('days are chosen by date', async () => {
    const count = async (query: string) =>
      (await http.json(`/v1/reports/days?locationId=${locationId}&${query}`)).body.items.length;
    expect(await count('from=2000-01-01&to=2000-02-01')).toBe(0);
    expect(await count('from=2000-01-01')).toBe(1);
    const wrong = await http.json('/v1/reports/days?from=2026-02-30');
    expect([wrong.status, wrong.body.code]).toEqual([400, 'INPUT_INVALID']);
  });

  test('the accountant’s file is CSV, and its export is written down first', async () => {
    const answer = await http.call(`/v1/reports/days.csv?locationId=${locationId}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="days.csv"');
    const [header, ...lines] = (await answer.text()).split('\r\n');
    expect(header).toBe(
      'business_day,location_id,currency,entry,label,rate_percent,count,net,tax,gross',
    );
    expect(lines.some((line) => line.endsWith(',PLN,sales,B 8 %,8,,40.00,3.20,43.20'))).toBe(true);
    expect(lines.some((line) => line.endsWith(',PLN,payments,cash,,1,,,23.60'))).toBe(true);
    expect(recorded.map(({ action }) => action)).toContain('reports.exported');
  });

  test('of another tenant are not there', async () => {
    const key = await http.tenant('third');
    expect((await http.json('/v1/reports/days', { key })).body.items).toEqual([]);
    const foreign = await http.json(`/v1/reports/days/${locationId}/2026-11-21`, { key });
    expect(foreign.status).toBe(404);
    const file = await http.call('/v1/reports/days.csv', { key });
    expect((await file.text()).split('\r\n')).toHaveLength(2);
    const none = (await http.key(key, ['business:read'])).key;
    expect((await http.json('/v1/reports/days', { key: none })).status).toBe(403);
    expect((await http.json('/v1/reports/days.csv', { key: none })).status).toBe(403);
  });
});
