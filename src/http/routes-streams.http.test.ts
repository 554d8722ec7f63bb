import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../access/principal.ts';
import type { CommandCause } from '../pipeline/pipeline.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from './fixture.ts';

let http: HttpFixture;

beforeAll(async () => {
  http = await httpFixture();
});
afterAll(() => http.close());

const ANA = { name: 'Ana Souza', language: 'pt-BR' };
const post = async (path: string, body: unknown, key = ADMIN_KEY) =>
  (await http.json(path, { method: 'POST', body, key })).body;
/** A customer with three versions: registered, renamed, archived. */
async function customer(key = ADMIN_KEY): Promise<string> {
  const { id } = await post('/v1/customers', ANA, key);
  await post(`/v1/customers/${id}/change-contact`, { name: 'Ana Maria' }, key);
  await post(`/v1/customers/${id}/archive`, { reason: 'moved away' }, key);
  return id;
}

describe('the state of a stream', () => {
  it('is that of now, of a version or of a time', async () => {
    const id = await customer();
    const path = `/v1/streams/customers/${id}`;
    const now = await http.json(`${path}/state`);
    expect([now.status, now.headers.get('etag')]).toEqual([200, '"3"']);
    expect(now.body).toMatchObject({
      category: 'customers',
      id,
      version: 3,
      state: { status: 'archived', name: 'Ana Maria' },
    });
    const first = await http.json(`${path}/state?version=1`);
    expect(first.body.state).toMatchObject({ status: 'active', name: 'Ana Souza' });
    const { items } = (await http.json(`${path}/history`)).body;
    const then = await http.json(`${path}/state?at=${items[1].recordedAt}`);
    expect(then.body.version).toBeGreaterThanOrEqual(2);
    expect(then.body.state.name).toBe('Ana Maria');
    expect((await http.json(`${path}/state?version=4`)).status).toBe(404);
    expect((await http.json(`${path}/state?version=1&at=2026-01-01T00:00:00Z`)).status).toBe(400);
  });

  it('has a history that is told newest first too, in pages', async () => {
    const id = await customer();
    for (const path of [`/v1/streams/customers/${id}/history`, `/v1/customers/${id}/history`]) {
      const { items } = (await http.json(path)).body;
      const first = (await http.json(`${path}?order=newest&limit=2`)).body;
      expect([first.items, first.next, first.more]).toEqual([[items[2], items[1]], '2', true]);
      const rest = (await http.json(`${path}?order=newest&limit=2&after=${first.next}`)).body;
      expect([rest.items, rest.next, rest.more]).toEqual([[items[0]], '1', false]);
      const none = (await http.json(`${path}?order=newest&after=1`)).body;
      expect(none).toEqual({ items: [], next: '1', more: false });
      expect((await http.json(`${path}?order=up`)).status).toBe(400);
    }
    const unknown = `/v1/customers/${crypto.randomUUID()}/history?order=newest`;
    expect((await http.json(unknown)).status).toBe(404);
  });

  it('wants the scope of the module beside events:read', async () => {
    const id = await customer();
    const path = `/v1/streams/customers/${id}/state`;
    const with_ = async (scopes: readonly Scope[]) =>
      http.json(path, { key: (await http.key(ADMIN_KEY, scopes)).key });
    expect((await with_(['events:read', 'customers:read'])).status).toBe(200);
    const refused = await with_(['events:read']);
    expect([refused.status, refused.body.scope]).toEqual([403, 'customers:read']);
    expect((await with_(['customers:read'])).body.scope).toBe('events:read');
  });

  it('of another tenant, an unknown id or an unknown category is 404 in the same words', async () => {
    const theirs = await customer(await http.tenant('streams-one'));
    const key = await http.tenant('streams-two');
    for (const kind of ['state', 'history', 'changes', 'changes?from=1&to=2']) {
      const answers = await Promise.all(
        [`customers/${theirs}`, 'customers/nobody', `nothings/${theirs}`].map((stream) =>
          http.json(`/v1/streams/${stream}/${kind}`, { key }),
        ),
      );
      for (const { status, body } of answers)
        expect([kind, status, body.detail]).toEqual([kind, 404, answers[1]!.body.detail]);
    }
  });
});

describe('changes between two moments', () => {
  const changes = async (id: string, query: string) =>
    (await http.json(`/v1/streams/customers/${id}/changes?${query}`)).body;

  it('are told field by field', async () => {
    const id = await customer();
    expect(await changes(id, 'from=1&to=3')).toMatchObject({
      from: { version: 1 },
      to: { version: 3 },
      changes: [
        { at: '/name', before: 'Ana Souza', after: 'Ana Maria' },
        { at: '/status', before: 'active', after: 'archived' },
      ],
    });
  });

  it('begin with nothing and end now unless said otherwise', async () => {
    const id = await customer();
    const all = await changes(id, '');
    expect(all).toMatchObject({ from: { version: 0, at: null }, to: { version: 3 } });
    expect(all.changes).toContainEqual({ at: '/name', after: 'Ana Maria' });
    expect((await changes(id, 'from=0&to=1')).to.version).toBe(1);
    expect((await changes(id, 'from=3')).changes).toEqual([]);
  });

  it('may be bounded by times, also one before the stream began', async () => {
    const id = await customer();
    const { items } = (await http.json(`/v1/streams/customers/${id}/history`)).body;
    const asked = await changes(id, `from=2001-01-01T00:00:00Z&to=${items[0].recordedAt}`);
    expect(asked.from).toEqual({ version: 0, at: null });
    expect(asked.to.version).toBeGreaterThanOrEqual(1);
  });

  it.each(['from=3&to=1', 'from=x', 'to=0', 'to=2026-13-01T00:00:00Z'])(
    '%s cannot be asked for',
    async (query) => {
      expect((await changes(await customer(), query)).code).toBe('INPUT_INVALID');
    },
  );

  it('a version that is not there yet is 404', async () => {
    expect((await changes(await customer(), 'from=1&to=9')).code).toBe('NOT_FOUND');
  });
});

describe('the chain of an event', () => {
  const principal = { keyId: 'policy:test', tenant: 'default', scopes: new Set<Scope>() };
  /** Handles a command as a policy does that answers `causationId`; gives the id of the event. */
  async function answer(cause: CommandCause): Promise<string> {
    const { pipeline } = http.modules;
    const done = await pipeline.handle({
      principal: { ...principal, scopes: new Set<Scope>(['customers:write']) },
      category: 'customers',
      command: 'RegisterCustomer',
      id: null,
      input: ANA,
      cause,
    });
    if (done.status !== 'done') throw new Error('the command was refused');
    return newestOf(done.id);
  }
  async function newestOf(id: string): Promise<string> {
    return (await http.json(`/v1/streams/customers/${id}`)).body.events.at(-1).id;
  }
  const chain = async (id: string, query = '', key = ADMIN_KEY) =>
    http.json(`/v1/events/${encodeURIComponent(id)}/chain${query}`, { key });

  it('goes up to the first command and down to what policies answered', async () => {
    const root = await newestOf((await post('/v1/customers', ANA)).id);
    const top = (await chain(root)).body.event;
    expect(top).toMatchObject({ causationId: null, hops: 0, decided: true });
    const correlationId: string = top.correlationId;
    const middle = await answer({ correlationId, causationId: root, hops: 1 });
    const leaf = await answer({ correlationId, causationId: middle, hops: 2 });
    const other = await answer({ correlationId, causationId: root, hops: 1 });
    const ids = (links: { id: string }[]) => links.map(({ id }) => id);

    const fromLeaf = (await chain(leaf)).body;
    expect(ids(fromLeaf.causes)).toEqual([middle, root]);
    expect([fromLeaf.rootFound, fromLeaf.effects, fromLeaf.more]).toEqual([true, [], false]);
    expect(fromLeaf.event).toMatchObject({ correlationId, causationId: middle, hops: 2 });
    expect(fromLeaf.event.actor).toBe('policy:test');
    for (const link of [fromLeaf.event, ...fromLeaf.causes])
      expect(link.command).toBe('customers.RegisterCustomer');

    const fromRoot = (await chain(root)).body;
    expect(fromRoot.causes).toEqual([]);
    expect(ids(fromRoot.effects)).toEqual([middle, other]);
    const later = (await chain(root, `?after=${fromRoot.next}`)).body;
    expect([later.effects, later.more]).toEqual([[], false]);
  });

  it('carries no data of the events', async () => {
    const root = await newestOf((await post('/v1/customers', ANA)).id);
    expect(JSON.stringify((await chain(root)).body)).not.toContain('Ana');
  });

  it('may begin with an event from outside', async () => {
    await http.append('default', { id: 'out/1', source: '/till', type: 'com.example.sold' });
    const effect = await answer({ correlationId: 'c', causationId: 'out/1', hops: 1 });
    const up = (await chain(effect)).body;
    expect(up.causes).toMatchObject([{ id: 'out/1', source: '/till', decided: false }]);
    expect(up.rootFound).toBe(true);
    expect((await chain(`out/1`)).body.effects).toMatchObject([{ id: effect }]);
  });

  it('says so when a cause is not held', async () => {
    const effect = await answer({ correlationId: 'c', causationId: 'long-gone', hops: 1 });
    expect((await chain(effect)).body).toMatchObject({ causes: [], rootFound: false });
  });

  it('of an id that several sources use wants the source', async () => {
    for (const source of ['/a', '/b']) await http.append('default', { id: 'same', source });
    const { status, body } = await chain('same');
    expect([status, body.errors[0].at]).toEqual([400, 'source']);
    expect((await chain('same', '?source=/b')).body.event.source).toBe('/b');
  });

  it('of another tenant is 404', async () => {
    const root = await newestOf((await post('/v1/customers', ANA)).id);
    const key = await http.tenant('chain-two');
    expect((await chain(root, '', key)).status).toBe(404);
    expect((await chain('nothing', '', key)).status).toBe(404);
  });
});
