import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.ts';
import type { CachedAuthenticator } from '../../access/authenticator.ts';
import type { Principal, Scope } from '../../access/principal.ts';
import { Failure } from '../../core/errors.ts';
import { httpFixture, type HttpFixture } from '../fixture.ts';
import { openSseReader, type SseReader } from '../sse-client.fixture.ts';
import { tables } from './tables.fixture.ts';

let http: HttpFixture;
const people = new Map<string, Principal>();
const readers: SseReader[] = [];

/** Knows people by the name that they send. */
const authenticate: CachedAuthenticator['authenticate'] = ({ authorization = '' }) => {
  const found = people.get(authorization.replace('Bearer ', ''));
  if (found === undefined) throw new Failure('UNAUTHENTICATED', 'nobody');
  return found;
};
const authenticator: CachedAuthenticator = {
  authenticate,
  recheck: authenticate,
  knows: () => true,
  forget() {},
};

function person(
  name: string,
  of: { scopes?: readonly Scope[]; locations?: readonly string[] | null; tenant?: string } = {},
): string {
  const { scopes = ['tables:read', 'tables:write', 'events:read'], locations = null } = of;
  people.set(name, {
    keyId: `user:${name}`,
    tenant: of.tenant ?? 'house',
    scopes: new Set(scopes),
    rules: { locations, ownShiftOnly: false, amounts: {} },
  });
  return name;
}

beforeAll(async () => {
  http = await httpFixture({ businessModules: [tables], authenticator });
  person('owner');
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(() => http.close());

const post = (path: string, body: object, key = 'owner') =>
  http.json(path, { method: 'POST', body, key });
const get = (path: string, key = 'owner') => http.json(path, { key });
const guests = (items: readonly { guest: string }[]) => items.map(({ guest }) => guest);

async function set(
  locationId: string | null,
  guest: string,
  { key, ...more }: { readonly key: string; readonly at?: string },
) {
  const { body } = await post('/v1/tables', { locationId, guest, ...more }, key);
  return body as { id: string; cursor: string };
}

async function watch(query: string, options: { key?: string; lastEventId?: string } = {}) {
  const { key = 'owner', lastEventId } = options;
  const reader = await openSseReader(`${http.url}/v1/tables/live${query}`, {
    authorization: `Bearer ${key}`,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  });
  readers.push(reader);
  return reader;
}

const seen = ({ messages }: SseReader) =>
  messages.map(({ event, data }) => {
    if (event === 'snapshot') return guests(data['items'] as { guest: string }[]).sort();
    return event === 'removed' ? '-' : data['guest'];
  });

describe('a list with a range', () => {
  it('takes from, leaves to, and pages within', async () => {
    const key = person('ranger', { tenant: 'ranges' });
    let cursor = '';
    for (const hour of [9, 10, 11, 12])
      ({ cursor } = await set(null, `g${hour}`, {
        at: `2026-11-21T${String(hour).padStart(2, '0')}:00:00Z`,
        key,
      }));
    const list = async (query: string) =>
      guests((await get(`/v1/tables?wait=${cursor}&${query}`, key)).body.items);
    expect(await list('from=2026-11-21T10:00:00Z&to=2026-11-21T12:00:00Z')).toEqual(['g11', 'g10']);
    expect(await list('from=2026-11-21T12:00:00%2B01:00')).toEqual(['g12', 'g11']);
    const first = (await get('/v1/tables?to=2026-11-21T12:00:00Z&limit=1', key)).body;
    expect([guests(first.items), first.more]).toEqual([['g11'], true]);
    expect(await list(`to=2026-11-21T12:00:00Z&after=${first.next}`)).toEqual(['g10', 'g9']);
    expect((await get('/v1/tables?from=yesterday', key)).status).toBe(400);
  });

  it('is in the documents', async () => {
    const { body } = await http.json('/openapi.json', { key: null });
    const names = (path: string) =>
      body.paths[path].get.parameters.map(({ name }: { name: string }) => name);
    expect(names('/v1/tables')).toEqual(expect.arrayContaining(['guest', 'from', 'to']));
    expect(names('/v1/tables/live')).toEqual(expect.arrayContaining(['guest', 'from', 'to']));
    const move = body.paths['/v1/tables/{id}/move'].post;
    expect(move['x-scope']).toBe('tables:move');
    expect(move.description).toContain('`tables:write` includes');
    expect(move['x-error-codes']).toContain('APPROVAL_REQUIRED');
    const { body: described } = await get('/v1/modules');
    expect(described.items[0].aggregates[0].commands[1]).toMatchObject({
      permission: 'tables:move',
      approvable: true,
    });
  });
});

describe('whoever works at some locations only', () => {
  it('finds rows and things of these, and others as unknown', async () => {
    const owner = person('boss', { tenant: 'places' });
    const bo = person('bo', { tenant: 'places', locations: ['north'] });
    const north = await set('north', 'n', { key: owner });
    const south = await set('south', 's', { key: owner });
    const nowhere = await set(null, 'x', { key: owner });
    const { items } = (await get(`/v1/tables?wait=${nowhere.cursor}`, bo)).body;
    expect(guests(items).sort()).toEqual(['n', 'x']);
    for (const suffix of ['', '/history']) {
      expect((await get(`/v1/tables/${north.id}${suffix}`, bo)).status).toBe(200);
      const foreign = await get(`/v1/tables/${south.id}${suffix}`, bo);
      const unknown = await get(`/v1/tables/nobody${suffix}`, bo);
      const { traceId: _one, ...body } = foreign.body;
      const { traceId: _other, ...same } = unknown.body;
      expect([foreign.status, body]).toEqual([404, same]);
    }
    for (const suffix of ['/state', '/history', '/changes'])
      expect((await get(`/v1/streams/tables/${south.id}${suffix}`, bo)).status).toBe(404);
    expect((await post(`/v1/tables/${south.id}/clear`, {}, bo)).body.code).toBe('FORBIDDEN');
    expect((await post(`/v1/tables/${north.id}/clear`, {}, bo)).status).toBe(200);
  });
});

describe('a list that is watched', () => {
  it('gives what there is, then each row as it changes or goes', async () => {
    const key = person('ana', { tenant: 'live-1' });
    const { id, cursor } = await set('north', 'a', { key });
    await get(`/v1/tables?wait=${cursor}`, key);
    const reader = await watch('', { key });
    await until('the snapshot', () => reader.messages.length === 1);
    await set('north', 'b', { key });
    await until('the new row', () => reader.messages.length === 2);
    await post(`/v1/tables/${id}/move`, { locationId: 'south', guest: 'a2' }, key);
    await until('the changed row', () => reader.messages.length === 3);
    await post(`/v1/tables/${id}/clear`, {}, key);
    await until('the removed row', () => reader.messages.length === 4);
    expect(seen(reader)).toEqual([['a'], 'b', 'a2', '-']);
    expect(reader.messages[3]!.data).toEqual({ id });
    expect(reader.messages[2]!.data).toMatchObject({ id, locationId: 'south' });
  });

  it('keeps to its filters, its place and its tenant', async () => {
    const boss = person('boss2', { tenant: 'live-2' });
    const bo = person('bo2', { tenant: 'live-2', locations: ['north'] });
    const filtered = await watch('?guest=b', { key: boss });
    const placed = await watch('', { key: bo });
    const foreign = await watch('', { key: person('else', { tenant: 'live-3' }) });
    const first = await set('north', 'a', { key: boss });
    await set('south', 'b', { key: boss });
    await post(`/v1/tables/${first.id}/move`, { locationId: 'north', guest: 'b' }, boss);
    await post(`/v1/tables/${first.id}/move`, { locationId: 'south', guest: 'c' }, boss);
    const last = await set('north', 'b', { key: boss });
    await until('the last row', () =>
      [filtered, placed].every(({ messages }) => messages.at(-1)?.data.id === last.id),
    );
    // Steps may hold several changes of one row, of which the last is told.
    expect(seen(filtered)[0]).toEqual([]);
    expect(seen(filtered).filter((guest) => guest === 'b').length).toBeGreaterThan(1);
    expect(seen(filtered)).not.toContain('c');
    expect(seen(placed)).not.toContain('c');
    expect(placed.messages.every(({ data }) => data['locationId'] !== 'south')).toBe(true);
    expect(seen(foreign)).toEqual([[]]);
    expect((await get('/v1/tables/live?wrong=1', boss)).status).toBe(400);
  });

  it('goes on where it was, told what was removed meanwhile', async () => {
    const key = person('cara', { tenant: 'live-4' });
    const gone = await set('north', 'gone', { key });
    const { cursor } = await set('north', 'stays', { key });
    await get(`/v1/tables?wait=${cursor}`, key);
    const before = await watch('', { key });
    await until('the snapshot', () => before.messages.length === 1);
    const lastEventId = before.messages[0]!.id;
    before.close();
    await post(`/v1/tables/${gone.id}/clear`, {}, key);
    const { cursor: later } = await set('north', 'new', { key });
    await get(`/v1/tables?wait=${later}`, key);
    const after = await watch('', { key, lastEventId });
    await until('both changes', () => after.messages.length >= 2);
    expect(seen(after).map(String).sort()).toEqual(['-', 'new']);
    const anew = await watch('', { key, lastEventId: 'no cursor' });
    await until('a snapshot', () => anew.messages.length === 1);
    expect(seen(anew)).toEqual([['new', 'stays']]);
  });

  it('ends when the credential does or sees another place, with a reason', async () => {
    const revoked = await watch('', { key: person('dan', { tenant: 'live-5' }) });
    const moved = await watch('', { key: person('eve', { tenant: 'live-5' }) });
    const stays = await watch('', { key: person('fay', { tenant: 'live-5' }) });
    people.delete('dan');
    person('eve', { tenant: 'live-5', locations: ['north'] });
    await until('both ended', () => revoked.ended() && moved.ended());
    expect([revoked.dropped(), moved.dropped()]).toEqual(['UNAUTHENTICATED', 'FORBIDDEN']);
    expect(stays.ended()).toBe(false);
    expect((await get('/v1/tables/live', person('gil', { scopes: ['tables:write'] }))).status).toBe(
      403,
    );
  });
});
