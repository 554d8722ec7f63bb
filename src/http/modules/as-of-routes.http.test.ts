import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { auditFixture, type AuditFixture } from '../../audit/audit.fixture.ts';
import { createMemoryAuditStore } from '../../audit/memory/memory-store.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../fixture.ts';

const MODEL = 'customers.list';
const ANA = { name: 'Ana Souza' };

let http: HttpFixture;
let trail: AuditFixture;
let key: string;
/** Between the first customer and the second. */
let moment: string;
let first: string;

beforeAll(async () => {
  trail = await auditFixture(createMemoryAuditStore());
  http = await httpFixture({ audit: trail.audit });
  key = await http.tenant('past');
  const created = await http.json('/v1/customers', { method: 'POST', body: ANA, key });
  first = created.body.id;
  const { items } = (await http.json(`/v1/customers/${first}/history`, { key })).body;
  moment = items[0].recordedAt;
  await until('a later microsecond', () => Date.now() > Date.parse(moment) + 1);
  await http.json('/v1/customers', { method: 'POST', body: { name: 'Later' }, key });
});
afterAll(async () => {
  await http.close();
  await trail.close();
});

const ask = (at: string, as = key) =>
  http.json(`/v1/as-of/${MODEL}`, { method: 'POST', body: { at }, key: as });
const progress = (at: string, as = key) => http.json(`/v1/as-of/${MODEL}?at=${at}`, { key: as });
const list = (at: string, as = key) => http.json(`/v1/customers?at=${at}`, { key: as });

describe('a list as of a moment', () => {
  it('says which copy it wants, is prepared when asked for, and then shows what was', async () => {
    const missing = await list(moment);
    expect([missing.status, missing.body]).toMatchObject([
      409,
      { code: 'AS_OF_NOT_BUILT', model: MODEL, building: false },
    ]);
    expect(missing.headers.get('retry-after')).toBeNull();
    expect((await progress(moment)).status).toBe(404);
    const asked = await ask(moment);
    expect([asked.status, asked.body]).toMatchObject([
      202,
      { model: MODEL, ready: false, progress: expect.any(Number), eventsDone: expect.any(Number) },
    ]);
    const found = await until('the copy', async () => {
      const { status, body, headers } = await list(moment);
      if (status === 200) return body.items;
      expect([body.code, body.building, headers.get('retry-after')]).toEqual([
        'AS_OF_NOT_BUILT',
        true,
        '1',
      ]);
      return null;
    });
    expect(found.map((item: { id: string }) => item.id)).toEqual([first]);
    const ready = { ready: true, progress: 1, behindEvents: 0, eventsDone: expect.any(Number) };
    expect((await progress(moment)).body).toMatchObject(ready);
    expect((await ask(moment)).body).toMatchObject(ready);
  });

  it('is refused while two others are in use, with the seconds until one is free', async () => {
    const colleague = (await http.key(key, ['customers:read'])).key;
    expect((await ask('2026-01-01T00:00:00Z', colleague)).status).toBe(202);
    const refused = await ask('2026-01-02T00:00:00Z', await http.tenant('past-third'));
    expect([refused.status, refused.body.code]).toEqual([409, 'AS_OF_COPIES_IN_USE']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
    // Nothing was dropped for it, and the moments of others are not named.
    expect((await progress(moment)).status).toBe(200);
    expect(JSON.stringify(refused.body)).not.toContain('2026-01-01');
    // Whoever goes on to another moment leaves the one before.
    expect((await ask('2026-01-03T00:00:00Z', colleague)).status).toBe(202);
    expect((await progress('2026-01-01T00:00:00Z')).status).toBe(404);
  });

  it('shows another tenant its own rows alone, whoever had the copy made', async () => {
    const other = await http.tenant('past-other');
    expect((await list(moment, other)).body).toMatchObject({ items: [], more: false });
  });

  it('needs the permission to read the list, and a moment that is over', async () => {
    const orders = (await http.key(ADMIN_KEY, ['orders:read'])).key;
    for (const answer of [await ask(moment, orders), await progress(moment, orders)])
      expect([answer.status, answer.body.scope]).toEqual([403, 'customers:read']);
    const reader = (await http.key(ADMIN_KEY, ['customers:read'])).key;
    expect((await ask(moment, reader)).status).toBe(202);
    for (const at of ['2999-01-01T00:00:00Z', 'soon'])
      expect([at, (await ask(at)).body.code]).toEqual([at, 'INPUT_INVALID']);
    const unknown = await http.json('/v1/as-of/nothing.list', {
      method: 'POST',
      body: { at: moment },
    });
    expect(unknown.status).toBe(404);
    const more = { method: 'POST', body: { at: moment, name: 'x' } } as const;
    expect((await http.json(`/v1/as-of/${MODEL}`, more)).status).toBe(400);
  });

  it('is noted in the audit trail: who asked for which moment', async () => {
    await trail.audit.flush();
    const asked = { tenant: 'past', action: 'list.as-of-asked', limit: 10 } as const;
    const { items } = await trail.audit.find({ ...asked, classes: ['audit'] });
    expect(items.map(({ subject, after }) => [subject, after])).toContainEqual([
      `as-of/${MODEL}`,
      { at: moment },
    ]);
  });
});
