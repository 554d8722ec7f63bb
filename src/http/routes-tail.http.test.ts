import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';
import { openTail } from './sse-client.fixture.ts';

let http: HttpFixture;
let key: string;

beforeAll(async () => {
  http = await httpFixture();
  key = await http.tenant('acme');
});
afterAll(() => http.close());

describe('GET /v1/events/tail', () => {
  it('starts at now and shows each new event with its cursor', async () => {
    await http.append('acme', { id: 'before' });
    const tail = await openTail(http, '', { key });
    await http.append('acme', { id: 'first' }, { n: 1 });
    await http.append('default', { id: 'foreign' });
    await http.append('acme', { id: 'second' });
    await until('two events', () => tail.messages.length >= 2);
    expect(tail.ids()).toEqual(['first', 'second']);
    expect(tail.messages[0]).toMatchObject({
      event: 'message',
      data: { id: 'first', data: { n: 1 } },
    });
    const { body } = await http.json(`/v1/events?after=${tail.messages[0]!.id}`, { key });
    expect(body.events.map((event: { id: string }) => event.id)).toEqual(['second']);
    tail.close();
    await until('the tail to be gone', () => http.server.tails.size === 0);
  });

  it('goes on behind ?after= and behind Last-Event-ID, which wins', async () => {
    const { next } = (await http.json('/v1/events', { key })).body;
    for (const id of ['a', 'b', 'c']) await http.append('acme', { id });
    const tail = await openTail(http, `?after=${next}`, { key });
    await until('three events', () => tail.messages.length >= 3);
    expect(tail.ids()).toEqual(['a', 'b', 'c']);
    const again = await openTail(http, `?after=${next}`, {
      key,
      headers: { 'last-event-id': tail.messages[1]!.id },
    });
    await until('one event', () => again.messages.length >= 1);
    expect(again.ids()).toEqual(['c']);
    tail.close();
    again.close();
  });

  it.each([
    ['?type=t.*', ['1', '2']],
    ['?type=t.a', ['1']],
    ['?source=/x', ['2', '3']],
    ['?subject=s&source=/x', ['3']],
    ['?id=2', ['2']],
  ])('%s shows %j only', async (query, expected) => {
    const id = `f${Math.random().toString(36).slice(2)}`;
    const own = await http.tenant(id);
    const tail = await openTail(http, query, { key: own });
    await http.append(id, { id: '1', type: 't.a', source: '/y' });
    await http.append(id, { id: '2', type: 't.b', source: '/x', subject: 'r' });
    await http.append(id, { id: '3', type: 'u', source: '/x', subject: 's' });
    await http.append(id, { id: '4', type: 'last', source: '/z', subject: 's' });
    await until('the events', () => tail.messages.length >= expected.length);
    expect(tail.ids()).toEqual(expected);
    tail.close();
  });

  it('line ends within data do not break a message', async () => {
    const tail = await openTail(http, '?id=lines', { key });
    const { draftOf, DataKind } = await import('../core/event.ts');
    const bytes = new TextEncoder().encode('{\r\n "a": 1,\n\n "b": 12345678901234567890 }');
    await http.log.appendReceived('acme', [
      draftOf({ id: 'lines', source: '/s', type: 't' }, { kind: DataKind.json, bytes }),
    ]);
    await until('the event', () => tail.messages.length >= 1);
    expect(tail.messages[0]?.data).toMatchObject({ data: { a: 1 } });
    expect(tail.text()).toContain('12345678901234567890');
    tail.close();
  });

  it('ends when its key is revoked', async () => {
    const reader = await http.key(key, ['events:read']);
    const tail = await openTail(http, '', { key: reader.key });
    const answer = await http.call(`/v1/keys/${reader.id}`, { method: 'DELETE', key });
    expect(answer.status).toBe(204);
    await until('the end', () => tail.ended());
    expect(tail.dropped()).toBe('UNAUTHENTICATED');
  });

  it('a reader that does not read is dropped, and goes on without loss from its last event', async () => {
    const slow = await http.tenant('slow');
    const tail = await openTail(http, '', { key: slow, paused: true });
    let count = 0;
    await until('the server to give up', async () => {
      for (let n = 0; n < 10; n += 1)
        await http.append('slow', { id: `${(count += 1)}` }, 'x'.repeat(200_000));
      return http.server.tails.size === 0;
    });
    tail.resume();
    await until('the end', () => tail.ended());
    expect(tail.dropped()).toBe('OVERLOADED');
    const last = tail.messages.at(-1)!.id;
    const rest = await openTail(http, '', { key: slow, headers: { 'last-event-id': last } });
    await until('the rest', () => tail.messages.length + rest.messages.length >= count);
    const all = Array.from({ length: count }, (_, index) => `${index + 1}`);
    expect([...tail.ids(), ...rest.ids()]).toEqual(all);
    rest.close();
  });

  it('steps over events that retention removed', async () => {
    const own = await http.tenant('gaps');
    const { next } = (await http.json('/v1/events', { key: own })).body;
    for (const id of ['a', 'b', 'c']) await http.append('gaps', { id });
    const bucket = http.log.bucketOf('gaps');
    const head = await http.log.head(bucket);
    http.log.removeEvent(bucket, head.position - 1n);
    const tail = await openTail(http, `?after=${next}`, { key: own });
    await until('two events', () => tail.messages.length >= 2);
    expect(tail.ids()).toEqual(['a', 'c']);
    tail.close();
  });

  it.each([
    ['?after=nonsense!', 400, 'CURSOR_INVALID'],
    ['?from=2020-01-01T00:00:00Z', 400, 'INPUT_INVALID'],
  ])('%s is refused before the stream begins', async (query, status, code) => {
    const answer = await http.json(`/v1/events/tail${query}`, { key });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('a thousand tails each get what they want', async () => {
    const many = await http.tenant('many');
    const tails = await Promise.all(
      Array.from({ length: 1000 }, (_, n) => openTail(http, `?subject=s${n}`, { key: many })),
    );
    expect(http.server.tails.size).toBeGreaterThanOrEqual(1000);
    for (let n = 0; n < 1000; n += 1) await http.append('many', { id: `m${n}`, subject: `s${n}` });
    await until('an event on every tail', () => tails.every((tail) => tail.messages.length === 1));
    expect(tails.every((tail, n) => tail.ids()[0] === `m${n}`)).toBe(true);
    for (const tail of tails) tail.close();
  });
});

describe('shutdown', () => {
  it('tells tails UNAVAILABLE and ends at once', async () => {
    const own = await httpFixture();
    const tail = await openTail(own, '');
    await own.close();
    await until('the end', () => tail.ended());
    expect(tail.dropped()).toBe('UNAVAILABLE');
  });
});
