import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonDraftOf } from '../core/event.ts';
import { parseKeepingNumbers } from '../core/exact-json.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';

let http: HttpFixture;
let key: string;
let other: string;
const ORDER = { mode: 'strict', schema: { type: 'object', required: ['quantity'] } };

beforeAll(async () => {
  http = await httpFixture();
  key = await http.tenant('acme');
  other = await http.tenant('other');
});
afterAll(() => http.close());

const put = (path: string, body: unknown) => http.json(path, { method: 'PUT', key, body });

/** A dead letter as ingest keeps it; returns its id. */
async function refused(id: string): Promise<string> {
  const draft = jsonDraftOf({ id, source: '/till', type: 'shop.order' }, { n: 1 });
  const violation = http.schemas.judgeOf('acme')?.(draft) ?? { version: '1', detail: 'seeded' };
  const [letter] = await http.deadLetters.keep('acme', [{ draft, violation }]);
  return letter!;
}

describe('schemas', () => {
  it('are registered once, may be repeated and never change', async () => {
    const first = await put('/v1/schemas/shop.order/1', ORDER);
    expect([first.status, first.body.mode, first.body.schema]).toEqual([
      201,
      'strict',
      ORDER.schema,
    ]);
    expect((await put('/v1/schemas/shop.order/1', ORDER)).status).toBe(200);
    const changed = await put('/v1/schemas/shop.order/1', { ...ORDER, mode: 'observe' });
    expect([changed.status, changed.body.code]).toEqual([409, 'SCHEMA_EXISTS']);
    expect((await http.json('/v1/schemas/shop.order/1', { key })).body).toEqual(first.body);
  });

  it('of another tenant are not found', async () => {
    expect((await http.call('/v1/schemas/shop.order/1', { key: other })).status).toBe(404);
  });

  it.each([{ schema: { type: 'nonsense' } }, { schema: { $ref: 'https://elsewhere.example/s' } }])(
    '%j is refused',
    async (body) => {
      const { status, body: problem } = await put('/v1/schemas/shop.bad/1', body);
      expect([status, problem.code]).toEqual([400, 'INPUT_INVALID']);
    },
  );
});

describe('dead letters', () => {
  it('are listed with their event, and only to their tenant', async () => {
    const id = await refused('one');
    const { body } = await http.json('/v1/events/rejected', { key });
    expect(body.items[0]).toMatchObject({
      id,
      status: 'open',
      eventId: 'one',
      event: { id: 'one', data: { n: 1 } },
    });
    expect(body.more).toBe(false);
    expect((await http.json(`/v1/events/rejected/${id}`, { key })).body.id).toBe(id);
    expect((await http.json('/v1/events/rejected', { key: other })).body.items).toEqual([]);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/retry'],
      ['POST', '/discard'],
    ] as const) {
      const answer = await http.json(`/v1/events/rejected/${id}${path}`, { method, key: other });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('a retry is judged again and refused while the schema stands', async () => {
    await put('/v1/schemas/shop.order/1', ORDER);
    const id = await refused('two');
    const { status, body } = await http.json(`/v1/events/rejected/${id}/retry`, {
      method: 'POST',
      key,
    });
    expect([status, body.code]).toEqual([422, 'SCHEMA_VIOLATION']);
  });

  it('a retry under a schema that allows the event stores it and settles the letter', async () => {
    const id = await refused('three');
    await put('/v1/schemas/shop.order/2', { mode: 'strict', schema: { type: 'object' } });
    const retry = () => http.json(`/v1/events/rejected/${id}/retry`, { method: 'POST', key });
    const { status, body } = await retry();
    expect([status, body.status]).toEqual([200, 'created']);
    expect(body.position).toMatch(/^\d{20}$/);
    expect((await retry()).body.code).toBe('DEAD_LETTER_SETTLED');
    const found = await http.json('/v1/events?id=three', { key });
    expect(found.body.events[0].position).toBe(body.position);
  });

  const retryWith = (id: string, body: unknown) =>
    http.json(`/v1/events/rejected/${id}/retry`, { method: 'POST', key, body });
  const edited = { specversion: '1.0', id: 'five-b', source: '/till', type: 'shop.order' };

  it('an edited event is a new one that names its cause, and the letter refers to it', async () => {
    await put('/v1/schemas/shop.order/3', ORDER);
    const id = await refused('five');
    const event = { ...edited, data: { quantity: 2 } };
    const { status, body } = await retryWith(id, { event });
    expect([status, body.status, body.eventId]).toEqual([200, 'created', 'five-b']);
    const { body: found } = await http.json('/v1/events?id=five-b', { key });
    expect(found.events[0]).toMatchObject({ causationid: 'five', data: { quantity: 2 } });
    expect((await http.json('/v1/events?id=five', { key })).body.events).toEqual([]);
    const { body: letter } = await http.json(`/v1/events/rejected/${id}`, { key });
    expect(letter).toMatchObject({ status: 'retried', storedEventId: 'five-b', event: null });
    expect(letter.position).toBe(body.position);
    expect((await retryWith(id, { event })).body.code).toBe('DEAD_LETTER_SETTLED');
  });

  it('an edited event that kept the id of the refused one gets the id of the letter', async () => {
    const id = await refused('seven');
    const event = { ...edited, id: 'seven', data: { quantity: 3 } };
    const { status, body } = await retryWith(id, { event });
    expect([status, body.status, body.eventId]).toEqual([200, 'created', id]);
    const { body: found } = await http.json(`/v1/events?id=${id}`, { key });
    expect(found.events[0]).toMatchObject({ causationid: 'seven', data: { quantity: 3 } });
  });

  it('an edited event keeps every digit of its numbers', async () => {
    const id = await refused('eight');
    const data = '{"quantity":12345678901234567890,"price":1.50}';
    const text = JSON.stringify({ event: { ...edited, id: 'eight-b', data: 0 } });
    const body = parseKeepingNumbers(text.replace('"data":0', `"data":${data}`));
    const answer = await retryWith(id, body);
    expect(answer.status).toBe(200);
    const found = await http.call('/v1/events?id=eight-b', { key });
    expect(await found.text()).toContain(data);
  });

  it('an edited event that is refused again leaves the letter open and makes no other', async () => {
    const id = await refused('six');
    const letters = async () => (await http.json('/v1/events/rejected', { key })).body.items;
    const before = await letters();
    const refusals: readonly [unknown, string][] = [
      [{ ...edited, id: 'six-b', data: {} }, 'SCHEMA_VIOLATION'],
      [{ ...edited, id: 'six-b', causationid: 'other', data: { quantity: 1 } }, 'EVENT_INVALID'],
      [{ ...edited, id: undefined, data: { quantity: 1 } }, 'EVENT_INVALID'],
      [{ ...edited, id: 'six-b', type: 'comptoir.order.placed.v1' }, 'RESERVED_TYPE'],
    ];
    for (const [event, code] of refusals)
      expect([code, (await retryWith(id, { event })).body.code]).toEqual([code, code]);
    for (const body of [[], { event: [] }, { event: null }, { event: edited, more: 1 }])
      expect((await retryWith(id, body)).body.code).toBe('INPUT_INVALID');
    expect(await letters()).toEqual(before);
    expect((await http.json('/v1/events?id=six-b', { key })).body.events).toEqual([]);
  });

  it('a discarded one is settled', async () => {
    const id = await refused('four');
    const discard = () => http.json(`/v1/events/rejected/${id}/discard`, { method: 'POST', key });
    expect((await discard()).status).toBe(204);
    expect((await discard()).status).toBe(409);
    const { body } = await http.json(`/v1/events/rejected/${id}`, { key });
    expect([body.status, body.event]).toEqual(['discarded', null]);
  });

  it('quality counts what was judged', async () => {
    const { status, body } = await http.json('/v1/quality', { key });
    expect(status).toBe(200);
    expect(body.types.map((entry: { type: string }) => entry.type)).toContain('shop.order');
    expect((await http.json('/v1/quality', { key: other })).body).toEqual({ types: [] });
  });
});
