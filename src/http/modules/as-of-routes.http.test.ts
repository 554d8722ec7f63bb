import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { auditFixture, type AuditFixture } from '../../audit/audit.fixture.ts';
import { createMemoryAuditStore } from '../../audit/memory/memory-store.ts';
import { AS_OF_SETTLE_MS } from '../../projections/limits.ts';
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
  // Nothing of the moment can still be on its way: the seconds that a question waits are those of the copy alone.
  await until('it to be settled', () => Date.now() > Date.parse(moment) + AS_OF_SETTLE_MS);
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
  it('is there at the first question, and two who ask at once share one copy', async () => {
    expect((await progress(moment)).status).toBe(404);
    const answers = await Promise.all([list(moment), list(moment)]);
    for (const { status, body } of answers)
      expect([status, body]).toMatchObject([200, { items: [{ id: first }], more: false }]);
    expect(answers.map(({ body }) => body.items.length)).toEqual([1, 1]);
    const ready = { ready: true, progress: 1, behindEvents: 0, eventsDone: expect.any(Number) };
    expect((await progress(moment)).body).toMatchObject(ready);
    const asked = await ask(moment);
    expect([asked.status, asked.body]).toMatchObject([202, ready]);
    const states = await http.modules.projections.status();
    const shadows = states.find(({ name }) => name === MODEL)?.shadows ?? [];
    expect(shadows.map(({ ready: isReady }) => isReady)).toEqual([true]);
  });

  it('is found by an identifier too, from copies of both lists that this reads', async () => {
    const found = await http.json(`/v1/customers?phone=%2B48600100200&at=${moment}`, { key });
    expect([found.status, found.body]).toMatchObject([200, { items: [], more: false }]);
    const copy = await http.json(`/v1/as-of/customers.identifiers?at=${moment}`, { key });
    expect(copy.body).toMatchObject({ ready: true });
  });

  it('that is not ready in 5 seconds is refused with its progress', async () => {
    await http.modules.projections.pause('orders.list');
    const late = await http.json(`/v1/orders?at=${moment}`, { key });
    expect([late.status, late.body]).toMatchObject([
      409,
      {
        code: 'AS_OF_NOT_BUILT',
        model: 'orders.list',
        building: true,
        progress: expect.any(Number),
        eventsDone: expect.any(Number),
        behindEvents: expect.any(Number),
      },
    ]);
    expect(late.headers.get('retry-after')).toBe('1');
    await http.modules.projections.resume('orders.list');
    const found = await http.json(`/v1/orders?at=${moment}`, { key });
    expect([found.status, found.body.items]).toEqual([200, []]);
  });

  it('is refused while two others are in use, with the seconds until one is free', async () => {
    const colleague = (await http.key(key, ['customers:read'])).key;
    expect((await ask('2026-01-01T00:00:00Z', colleague)).status).toBe(202);
    const refused = await ask('2026-01-02T00:00:00Z', await http.tenant('past-third'));
    expect([refused.status, refused.body.code]).toEqual([409, 'AS_OF_COPIES_IN_USE']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
    const read = await list('2026-01-02T00:00:00Z', await http.tenant('past-fourth'));
    expect([read.status, read.body]).toMatchObject([
      409,
      { code: 'AS_OF_COPIES_IN_USE', model: MODEL, asOf: expect.stringMatching(/^2026-01-02T00/) },
    ]);
    expect(Number(read.headers.get('retry-after'))).toBeGreaterThan(500);
    // Nothing was dropped for it, and the moments of others are not named.
    expect((await progress(moment)).status).toBe(200);
    expect(JSON.stringify(refused.body)).not.toContain('2026-01-01');
    // Whoever goes on to another moment leaves the one before.
    expect((await ask('2026-01-03T00:00:00Z', colleague)).status).toBe(202);
    expect((await progress('2026-01-01T00:00:00Z')).status).toBe(404);
  });

  it('asked for as of several moments at once is there for each in its turn, or refused with when to ask again', async () => {
    const days = ['01', '02', '03', '04', '05', '06'];
    const products = (day: string, as: string) =>
      http.json(`/v1/catalog/products?at=2026-02-${day}T00:00:00Z`, { key: as });
    const mine = await http.tenant('past-mine');
    const four = await Promise.all(days.slice(0, 4).map((day) => products(day, mine)));
    expect(four.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const askers = [await http.tenant('past-one'), await http.tenant('past-two')];
    const both = await Promise.all(
      days.flatMap((day) =>
        askers.map((as) =>
          http.json('/v1/as-of/business.locations', {
            method: 'POST',
            body: { at: `2026-02-${day}T00:00:00Z` },
            key: as,
          }),
        ),
      ),
    );
    for (const { status, body, headers } of both.filter((each) => each.status !== 202))
      expect([status, body.code, Number(headers.get('retry-after')) > 0]).toEqual([
        409,
        'AS_OF_COPIES_IN_USE',
        true,
      ]);
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
    const notes = items.map(({ subject, route, after }) => [subject, route, after]);
    const by = (route: string) => [`as-of/${MODEL}`, route, { at: moment }];
    expect(notes).toContainEqual(by('POST /v1/as-of/{model}'));
    expect(notes).toContainEqual(by('GET /v1/customers'));
  });
});
