import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventJson } from '../contract.ts';
import { decodeCursor, encodeCursor } from '../core/cursor.ts';
import { DataKind, draftOf, type EventData } from '../core/event.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from './fixture.ts';

let http: HttpFixture;
let key: string;
const encoder = new TextEncoder();

beforeAll(async () => {
  http = await httpFixture();
  key = await http.tenant('acme');
  for (let n = 1; n <= 5; n += 1)
    await http.append(
      'acme',
      {
        id: `id-${n}`,
        type: n % 2 ? 'shop.order.placed' : 'shop.paid',
        source: `/s${n % 2}`,
        subject: `o/${n}`,
      },
      { n },
    );
  await http.append('default', { id: 'of-default' });
});
afterAll(() => http.close());

const get = (query = '', as = key) => http.json(`/v1/events${query}`, { key: as });
const ids = (body: { events: { id: string }[] }) => body.events.map((event) => event.id);

describe('GET /v1/events', () => {
  it('lists the events of the tenant with where and when they were recorded', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(ids(body)).toEqual(['id-1', 'id-2', 'id-3', 'id-4', 'id-5']);
    expect(body.more).toBe(false);
    expect(body.events[0]).toEqual({
      specversion: '1.0',
      id: 'id-1',
      source: '/s1',
      type: 'shop.order.placed',
      subject: 'o/1',
      datacontenttype: 'application/json',
      recordedtime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      position: expect.stringMatching(/^0{19}\d$/),
      bucket: http.log.bucketOf('acme'),
      data: { n: 1 },
    });
  });

  it.each([
    ['?type=shop.paid', ['id-2', 'id-4']],
    ['?type=shop.*', ['id-1', 'id-2', 'id-3', 'id-4', 'id-5']],
    ['?type=shop.order.*', ['id-1', 'id-3', 'id-5']],
    ['?source=/s0', ['id-2', 'id-4']],
    ['?subject=o%2F3', ['id-3']],
    ['?id=id-4&type=shop.paid', ['id-4']],
    ['?id=id-4&type=shop.order.placed', []],
    ['?stream=orders/1', []],
    ['?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00%2B02:00', []],
    ['?from=2020-01-01T00:00:00.5-01:30', ['id-1', 'id-2', 'id-3', 'id-4', 'id-5']],
  ])('%s finds %j', async (query, expected) => {
    expect(ids((await get(query)).body)).toEqual(expected);
  });

  it('goes on with next, page by page, until more is false', async () => {
    const seen: string[] = [];
    let query = '?limit=2';
    for (;;) {
      const { body } = await get(query);
      seen.push(...ids(body));
      if (!body.more) break;
      query = `?limit=2&after=${body.next}`;
    }
    expect(seen).toEqual(['id-1', 'id-2', 'id-3', 'id-4', 'id-5']);
  });

  it.each([
    ['', ['id-5', 'id-4', 'id-3', 'id-2', 'id-1']],
    ['&type=shop.paid', ['id-4', 'id-2']],
    ['&type=shop.order.*', ['id-5', 'id-3', 'id-1']],
    ['&source=/s0', ['id-4', 'id-2']],
    ['&subject=o%2F3', ['id-3']],
    ['&id=id-4', ['id-4']],
    ['&stream=orders/1', []],
    ['&to=2020-01-02T00:00:00Z', []],
    ['&from=2020-01-01T00:00:00Z', ['id-5', 'id-4', 'id-3', 'id-2', 'id-1']],
  ])('?order=newest%s finds %j, page by page too', async (filters, expected) => {
    expect(ids((await get(`?order=newest${filters}`)).body)).toEqual(expected);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await get(`?order=newest&limit=2${filters}${after}`);
      seen.push(...ids(body));
      if (!body.more) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toEqual(expected);
  });

  it('newest first, newer leads forward to what was recorded since and to nothing else', async () => {
    const live = await http.tenant('live');
    for (const id of ['a', 'b', 'c']) await http.append('live', { id });
    const first = (await get('?order=newest&limit=2', live)).body;
    await http.append('live', { id: 'd' });
    expect(ids(first)).toEqual(['c', 'b']);
    expect(ids((await get(`?order=newest&after=${first.next}`, live)).body)).toEqual(['a']);
    expect(ids((await get(`?after=${first.newer}`, live)).body)).toEqual(['d']);
    const empty = (await get('?order=newest', await http.tenant('empty-newest'))).body;
    expect(empty).toMatchObject({ events: [], more: false, next: expect.any(String) });
  });

  it('a cursor of one order is refused in the other, and in a tail', async () => {
    const [oldest, newest] = [(await get('?limit=1')).body, (await get('?order=newest')).body];
    for (const query of [
      `/v1/events?order=newest&after=${oldest.next}`,
      `/v1/events?order=newest&after=${newest.newer}`,
      `/v1/events?after=${newest.next}`,
      `/v1/events?order=oldest&after=${newest.next}`,
      `/v1/events/tail?after=${newest.next}`,
    ]) {
      const { status, body } = await http.json(query, { key });
      expect([status, body.code]).toEqual([400, 'CURSOR_INVALID']);
    }
  });

  it('next stays valid under other filters and for an empty tenant', async () => {
    const { body } = await get('?type=shop.paid&limit=1');
    expect(ids((await get(`?after=${body.next}`)).body)).toEqual(['id-3', 'id-4', 'id-5']);
    const empty = await get('', await http.tenant('empty'));
    expect(empty.body).toMatchObject({ events: [], more: false, next: expect.any(String) });
  });

  it('an event is visible to the next GET after its append', async () => {
    const fresh = await http.tenant('fresh');
    const { next } = (await get('', fresh)).body;
    await http.append('fresh', { id: 'new' });
    expect(ids((await get(`?after=${next}`, fresh)).body)).toEqual(['new']);
  });

  it.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'unknown=1',
    'type=',
    'type=a&type=b',
    'from=yesterday',
    'id=%00',
    'from=2020-01-01T00:00:00',
    'from=2020-02-30T00:00:00Z',
    'order=down',
  ])('refuses ?%s by name', async (query) => {
    const { status, body } = await get(`?${query}`);
    expect([status, body.code]).toEqual([400, 'INPUT_INVALID']);
    expect(body.errors[0].at).toBe(query.split('=')[0]);
  });

  it('refuses cursors that are cut, foreign, of another bucket, or beyond the end', async () => {
    const { next } = (await get()).body;
    const bucket = http.log.bucketOf('acme');
    const { incarnation } = http.log;
    const cursor = (parts: object) => encodeCursor({ incarnation, bucket, position: 1n, ...parts });
    for (const [after, code, status] of [
      [next.slice(0, -3) + '!!!', 'CURSOR_INVALID', 400],
      [cursor({ incarnation: 'another' }), 'CURSOR_FOREIGN', 410],
      [cursor({ bucket: (bucket + 1) % 4 }), 'CURSOR_INVALID', 400],
      [cursor({ position: 1_000_000n }), 'CURSOR_INVALID', 400],
    ]) {
      const answer = await get(`?after=${after}`);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
  });

  it('a cursor below what retention left is expired and the answer carries the earliest', async () => {
    const old = await http.tenant('old');
    for (const id of ['a', 'b', 'c']) await http.append('old', { id });
    const { next } = (await get('?limit=1', old)).body;
    const newest = (await get('?order=newest&limit=2', old)).body;
    const bucket = http.log.bucketOf('old');
    const head = await http.log.head(bucket);
    http.log.setLowMark(bucket, head.position - 1n);
    const { status, body } = await get(`?after=${next}`, old);
    expect([status, body.code]).toEqual([410, 'CURSOR_EXPIRED']);
    expect(ids((await get(`?after=${body.earliest}`, old)).body)).toEqual(['c']);
    // Going back nothing is missed: what was removed is passed over.
    const rest = (await get(`?order=newest&after=${newest.next}`, old)).body;
    expect([ids(rest), rest.more]).toEqual([[], false]);
  });

  it('keeps numbers, text, binary data and extensions as they came', async () => {
    const kinds = await http.tenant('kinds');
    const draft = (id: string, data: EventData, extensions = {}) =>
      draftOf({ id, source: '/k', type: 'k', extensions }, data);
    await http.log.appendReceived('kinds', [
      draft(
        'json',
        { kind: DataKind.json, bytes: encoder.encode('{"n":9007199254740993,\n"x":1.10}') },
        { sequence: '7', count: 3 },
      ),
      draft('text', { kind: DataKind.text, bytes: encoder.encode('"quoted"\n') }),
      draft('binary', { kind: DataKind.binary, bytes: new Uint8Array([0, 255]) }),
      draftOf({ id: 'none', source: '/k', type: 'k' }),
    ]);
    const answer = await http.call('/v1/events', { key: kinds });
    const text = await answer.text();
    expect(text).toContain('"data":{"n":9007199254740993,\n"x":1.10}');
    const [json, plain, binary, none] = JSON.parse(text).events;
    expect(json).toMatchObject({ sequence: '7', count: 3 });
    expect(plain.data).toBe('"quoted"\n');
    expect(binary.data_base64).toBe('AP8=');
    expect(none).not.toHaveProperty('data');
  });

  it('a page ends early when its events are large, and goes on', async () => {
    const large = await http.tenant('large');
    for (let n = 0; n < 5; n += 1)
      await http.append('large', { id: `l${n}` }, 'x'.repeat(3_000_000));
    const first = (await get('', large)).body;
    expect([ids(first), first.more]).toEqual([['l0', 'l1'], true]);
    expect(ids((await get(`?after=${first.next}`, large)).body)).toEqual(['l2', 'l3']);
    const newest = (await get('?order=newest', large)).body;
    expect([ids(newest), newest.more]).toEqual([['l4', 'l3'], true]);
    const older = (await get(`?order=newest&after=${newest.next}`, large)).body;
    expect(ids(older)).toEqual(['l2', 'l1']);
  });
});

describe('GET /v1/log/{bucket}', () => {
  it('shows every tenant of the bucket to tenant default, in order', async () => {
    const seen: { tenant: string; position: string }[] = [];
    const bucket = http.log.bucketOf('acme');
    for (let query = '?limit=3'; ;) {
      const body = (await http.json(`/v1/log/${bucket}${query}`)).body;
      seen.push(...body.events);
      if (!body.more) break;
      query = `?limit=3&after=${body.next}`;
    }
    expect(seen.filter((event) => event.tenant === 'acme')).toHaveLength(5);
    const positions = seen.map((event) => event.position);
    expect(positions).toEqual([...positions].sort());
    expect(new Set(positions).size).toBe(positions.length);
  });

  it.each(['4', '-1', 'x', '99999999'])('bucket %s is unknown', async (bucket) => {
    expect((await http.call(`/v1/log/${bucket}`)).status).toBe(404);
  });

  it('is closed to a key without log:read', async () => {
    const { status, body } = await http.json('/v1/log/0', { key });
    expect([status, body.scope]).toEqual([403, 'log:read']);
  });
});

describe('GET /v1/streams', () => {
  it('lists decided events by version and hides them from other tenants', async () => {
    const events = [1, 2, 3].map((n) =>
      draftOf({ id: `d${n}`, source: '/comptoir/orders', type: 'comptoir.order.placed.v1' }),
    );
    const streams = [{ stream: 'orders/o1', expectedVersion: 0n, events }];
    await http.log.appendDecided({ tenant: 'acme', streams });
    const first = (await http.json('/v1/streams/orders/o1?limit=2', { key })).body;
    expect(
      first.events.map((event: EventJson) => [event.id, event.stream, event.streamversion]),
    ).toEqual([
      ['d1', 'orders/o1', 1],
      ['d2', 'orders/o1', 2],
    ]);
    expect([first.next, first.more]).toEqual(['2', true]);
    const rest = (await http.json('/v1/streams/orders/o1?after=2', { key })).body;
    expect([rest.events.length, rest.next, rest.more]).toEqual([1, '3', false]);
    const end = await http.json('/v1/streams/orders/o1?after=3', { key });
    expect(end.body).toEqual({ events: [], next: '3', more: false });
    const newest = (await http.json('/v1/streams/orders/o1?order=newest&limit=2', { key })).body;
    expect([ids(newest), newest.next, newest.more]).toEqual([['d3', 'd2'], '2', true]);
    const older = (await http.json('/v1/streams/orders/o1?order=newest&after=2', { key })).body;
    expect([ids(older), older.next, older.more]).toEqual([['d1'], '1', false]);
    const oldest = (await http.json('/v1/streams/orders/o1?order=newest&after=1', { key })).body;
    expect(oldest).toEqual({ events: [], next: '1', more: false });
    expect((await http.call('/v1/streams/orders/o2?order=newest', { key })).status).toBe(404);
    expect((await http.call('/v1/streams/orders/o1', { key: ADMIN_KEY })).status).toBe(404);
    expect((await http.call('/v1/streams/orders/o2?after=1', { key })).status).toBe(404);
    expect(ids((await get('?stream=orders/o1')).body)).toEqual(['d1', 'd2', 'd3']);
  });
});

it('cursors of answers name the incarnation of the log', async () => {
  const { next } = (await get()).body;
  const expected = { incarnation: http.log.incarnation, bucket: http.log.bucketOf('acme') };
  expect(decodeCursor(next, expected).incarnation).toBe(http.log.incarnation);
});
