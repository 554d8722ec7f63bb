import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModulesView } from '../../contract-modules.ts';
import { encodeCursor } from '../../core/cursor.ts';
import { askBehind } from '../../../test/support/lists-behind.ts';
import { until } from '../../../test/support/until.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../fixture.ts';

let http: HttpFixture;

beforeAll(async () => {
  http = await httpFixture();
});
afterAll(() => http.close());

const ANA = { name: 'Ana Souza', phone: '+5511987654321', language: 'pt-BR' };

/** With a key, or with headers and the key of the administrator. */
const post = (path: string, body?: unknown, with_: Record<string, string> | string = {}) =>
  http.json(path, {
    method: 'POST',
    body,
    ...(typeof with_ === 'string' ? { key: with_ } : { headers: with_ }),
  });
const register = async (key?: string): Promise<string> =>
  (await post('/v1/customers', ANA, key ?? {})).body.id;

describe('a creating command', () => {
  it('answers 201 with id, version, cursor and where it is', async () => {
    const { status, body, headers } = await post('/v1/customers', ANA);
    expect(status).toBe(201);
    expect(Object.keys(body)).toEqual(['id', 'version', 'cursor']);
    expect(body.version).toBe(1);
    expect(headers.get('location')).toBe(`/v1/customers/${body.id}`);
    expect(headers.get('etag')).toBe('"1"');
    const found = await http.json(headers.get('location')!);
    expect([found.status, found.body.name]).toEqual([200, 'Ana Souza']);
  });

  it('without an Idempotency-Key a repetition creates twice', async () => {
    expect(await register()).not.toBe(await register());
  });

  it('with one it gives the stored answer, quoted or bare', async () => {
    const first = await post('/v1/customers', ANA, { 'idempotency-key': '"till-1-17"' });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const again = await post('/v1/customers', ANA, { 'idempotency-key': 'till-1-17' });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(`/v1/customers/${first.body.id}`);
    const other = await post('/v1/customers', { name: 'Bo' }, { 'idempotency-key': 'till-1-17' });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
  });

  it.each([
    ['no name', {}],
    ['an unknown member', { ...ANA, age: 7 }],
    ['a wrong phone', { ...ANA, phone: '0815' }],
    ['a list', [ANA]],
  ])('%s is 400 with the place', async (_what, body) => {
    const answer = await post('/v1/customers', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'INPUT_INVALID']);
    expect(answer.body.errors.length).toBeGreaterThan(0);
  });

  it('what is no JSON object, too large or not JSON at all is refused', async () => {
    const send = (body: string, type = 'application/json') =>
      fetch(`${http.url}/v1/customers`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': type },
        body,
      });
    expect((await send('{"name":')).status).toBe(400);
    expect((await send('')).status).toBe(400);
    expect((await send('{"name":"x","__proto__":{}}')).status).toBe(400);
    expect((await send(String.raw`{"name":"x","\u005f_proto__":{}}`)).status).toBe(400);
    expect((await send('name=x', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect((await send(JSON.stringify({ name: 'x'.repeat(300_000) }))).status).toBe(413);
  });

  it.each([
    ['Idempotency-Key', 'x'.repeat(256)],
    ['Idempotency-Key', '""'],
    ['If-Match', 'W/"1"'],
  ])('%s: %s is 400 and names the header', async (name, value) => {
    const { status, body } = await post('/v1/customers', ANA, { [name]: value });
    expect([status, body.code, body.errors[0].at]).toEqual([400, 'INPUT_INVALID', name]);
  });
});

describe('a follow-up command', () => {
  it('answers 200 with version and cursor', async () => {
    const id = await register();
    const { status, body, headers } = await post(`/v1/customers/${id}/change-contact`, {
      email: 'ana@example.com',
    });
    expect([status, Object.keys(body), body.version]).toEqual([200, ['version', 'cursor'], 2]);
    expect([headers.get('etag'), headers.get('location')]).toEqual(['"2"', null]);
  });

  it('that changes nothing stays at its version', async () => {
    const id = await register();
    const { status, body } = await post(`/v1/customers/${id}/change-contact`, { name: ANA.name });
    expect([status, body.version]).toEqual([200, 1]);
  });

  it('with another If-Match than the version is 412 and stores nothing', async () => {
    const id = await register();
    const change = (version: string, name: string) =>
      post(`/v1/customers/${id}/change-contact`, { name }, { 'if-match': version });
    expect((await change('"1"', 'Ana S.')).status).toBe(200);
    const late = await change('"1"', 'Somebody else');
    expect([late.status, late.body.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await http.json(`/v1/customers/${id}`)).body.name).toBe('Ana S.');
  });

  it('that the business refuses is 409 with code, sentence, remedy and details', async () => {
    const id = await register();
    const archive = () => post(`/v1/customers/${id}/archive`, { reason: 'moved away' });
    expect((await archive()).status).toBe(200);
    const { status, body, headers } = await archive();
    expect([status, body.code, body.status]).toEqual([409, 'CUSTOMER_ARCHIVED', 409]);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({
      type: '/docs/errors#CUSTOMER_ARCHIVED',
      title: 'The customer was archived and takes no changes.',
      detail: expect.stringContaining('Register the person anew.'),
      details: {},
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('a refusal is kept under its Idempotency-Key too', async () => {
    const id = await register();
    await post(`/v1/customers/${id}/archive`, { reason: 'moved away' });
    const again = () =>
      post(`/v1/customers/${id}/archive`, { reason: 'x' }, { 'idempotency-key': `refused-${id}` });
    expect((await again()).headers.get('idempotent-replayed')).toBeNull();
    const replayed = await again();
    expect([replayed.status, replayed.body.code]).toEqual([409, 'CUSTOMER_ARCHIVED']);
    expect(replayed.headers.get('idempotent-replayed')).toBe('true');
  });

  it('of an unknown id, word or form of id is 404', async () => {
    const body = { reason: 'x' };
    expect((await post('/v1/customers/nobody/archive', body)).status).toBe(404);
    expect((await post('/v1/customers/%2e%2e/archive', body)).status).toBe(404);
    const id = await register();
    expect((await post(`/v1/customers/${id}/explode`, body)).status).toBe(404);
  });
});

describe('one customer', () => {
  it('has id, version, at, what is shown of it, and its version as ETag', async () => {
    const id = await register();
    const { body, headers } = await http.json(`/v1/customers/${id}`);
    expect(body).toMatchObject({ id, version: 1, status: 'active', ...ANA, email: null });
    expect(Object.keys(body).slice(0, 3)).toEqual(['id', 'version', 'at']);
    expect(headers.get('etag')).toBe('"1"');
  });

  it('is read as of a version or a time', async () => {
    const id = await register();
    const recorded = (await http.json(`/v1/customers/${id}/history`)).body.items[0].recordedAt;
    await post(`/v1/customers/${id}/change-contact`, { name: 'Ana Maria' });
    const asOf = async (query: string) => (await http.json(`/v1/customers/${id}?${query}`)).body;
    expect(await asOf('version=1')).toMatchObject({ version: 1, name: 'Ana Souza' });
    expect(await asOf('version=2')).toMatchObject({ version: 2, name: 'Ana Maria' });
    expect(await asOf(`at=${recorded}`)).toMatchObject({ version: 1, name: 'Ana Souza' });
    expect(await asOf('at=2999-01-01T00:00:00Z')).toMatchObject({ version: 2 });
    expect(await asOf('at=2001-01-01T00:00:00Z')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await asOf('version=3')).toMatchObject({ code: 'NOT_FOUND' });
    for (const wrong of [
      'version=0',
      'version=x',
      'at=yesterday',
      'version=1&at=2026-01-01T00:00:00Z',
    ])
      expect(await asOf(wrong)).toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('has a history that tells what each event changed, page by page', async () => {
    const id = await register();
    await post(`/v1/customers/${id}/change-contact`, { name: 'Ana Maria' });
    await post(`/v1/customers/${id}/archive`, { reason: 'moved away' });
    const first = await http.json(`/v1/customers/${id}/history?limit=2`);
    expect(first.body).toMatchObject({ next: '2', more: true });
    expect(first.body.items[1]).toMatchObject({
      version: 2,
      type: 'CustomerContactChanged',
      changes: [{ at: '/name', before: 'Ana Souza', after: 'Ana Maria' }],
      causationId: null,
    });
    expect(first.body.items[1].commandId).toEqual(expect.any(String));
    expect(first.body.items[1].recordedAt).toMatch(/^\d{4}-.*Z$/);
    const rest = await http.json(`/v1/customers/${id}/history?after=2`);
    expect(rest.body).toMatchObject({ items: [{ version: 3 }], next: '3', more: false });
    const none = await http.json(`/v1/customers/${id}/history?after=3`);
    expect(none.body).toEqual({ items: [], next: '3', more: false });
    expect((await http.json('/v1/customers/nobody/history')).status).toBe(404);
  });
});

describe('the list', () => {
  const list = (query: string, key?: string) =>
    http.json(`/v1/customers?${query}`, key === undefined ? {} : { key });

  it('shows a write to whoever waits for its cursor', async () => {
    const key = await http.tenant('list-wait');
    const created = await post('/v1/customers', ANA, key);
    const { status, body } = await list(`wait=${created.body.cursor}`, key);
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        id: created.body.id,
        ...ANA,
        email: null,
        kind: 'person',
        timeZone: null,
        status: 'active',
        mergedInto: null,
        tags: [],
        consents: [],
        registeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      },
    ]);
    expect([typeof body.next, body.more]).toEqual(['string', false]);
  });

  it('shows a write to whoever names its cursor in the header, and refuses nobody for a wrong one', async () => {
    const key = await http.tenant('list-header');
    const read = (cursor: string) =>
      http.json('/v1/customers', { key, headers: { 'x-wait-for': cursor } });
    let cursor = '';
    const { answer: seen } = await askBehind(http.modules.projections, {
      lists: ['customers.list'],
      async write() {
        ({ cursor } = (await post('/v1/customers', ANA, key)).body);
      },
      ask: () => read(cursor),
      meanwhile: () => list('', key),
    });
    expect(seen.body.items).toHaveLength(1);
    const elsewhere = (await post('/v1/customers', ANA)).body.cursor;
    for (const wrong of ['nonsense', '', elsewhere]) expect((await read(wrong)).status).toBe(200);
  });

  it('is filtered and paged, newest first', async () => {
    const key = await http.tenant('list-pages');
    const ids: string[] = [];
    let cursor = '';
    for (let n = 0; n < 5; n += 1) {
      const { body } = await post('/v1/customers', { name: `c${n}` }, key);
      ids.unshift(body.id);
      cursor = body.cursor;
    }
    const archived = await post(`/v1/customers/${ids[0]}/archive`, { reason: 'x' }, key);
    cursor = archived.body.cursor;
    const seen: string[] = [];
    let after = '';
    for (let pages = 0, more = true; more && pages < 9; pages += 1) {
      const { body } = await list(`limit=2&wait=${cursor}${after}`, key);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      after = `&after=${encodeURIComponent(body.next)}`;
      more = body.more;
    }
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(5);
    const filtered = await list('status=archived', key);
    expect(filtered.body.items.map((item: { id: string }) => item.id)).toEqual([ids[0]]);
  });

  it('gives a list without items a `next` from which it goes on once there are some', async () => {
    const key = await http.tenant('list-empty');
    const empty = await list('', key);
    expect(empty.body).toMatchObject({ items: [], next: expect.stringMatching(/./), more: false });
    const after = `after=${encodeURIComponent(empty.body.next)}`;
    expect((await list(after, key)).body).toEqual(empty.body);
    const { body } = await post('/v1/customers', ANA, key);
    const page = await list(`${after}&wait=${body.cursor}`, key);
    expect(page.body.items).toMatchObject([{ id: body.id }]);
  });

  it('refuses what it does not know', async () => {
    for (const query of ['colour=red', 'limit=0', 'limit=1001', 'at=soon', 'after='])
      expect([query, (await list(query)).body.code]).toEqual([query, 'INPUT_INVALID']);
  });

  it('as of a moment to come is refused', async () => {
    const { status, body } = await list('at=2999-01-01T00:00:00Z');
    expect([status, body.code]).toEqual([400, 'INPUT_INVALID']);
  });

  it('as of a moment is read from its shadow once that is built', async () => {
    const key = await http.tenant('list-as-of');
    const { body } = await post('/v1/customers', ANA, key);
    const { items } = (await http.json(`/v1/customers/${body.id}/history`, { key })).body;
    const moment: string = items[0].recordedAt;
    const { projections } = http.modules;
    // What is recorded in the same microsecond would still belong to the moment.
    await until('a later microsecond', () => Date.now() > Date.parse(moment) + 1);
    await post('/v1/customers', { name: 'Later' }, key);
    await projections.rebuild('customers.list', { asOf: moment });
    const found = await until('the shadow', async () => {
      const answer = await list(`at=${moment}`, key);
      return answer.status === 200 ? answer.body.items : null;
    });
    expect(found.map((item: { id: string }) => item.id)).toEqual([body.id]);
  });

  it('that does not get there in 5 seconds is 504', async () => {
    const own = await httpFixture();
    await own.modules.projections.pause('customers.list');
    const created = await own.json('/v1/customers', { method: 'POST', body: ANA });
    const answer = await own.json(`/v1/customers?wait=${created.body.cursor}`);
    expect([answer.status, answer.body.code]).toEqual([504, 'WAIT_TIMEOUT']);
    expect(answer.headers.get('retry-after')).toBe('1');
    // The pipeline reads the log itself, so one customer is there all the same.
    const one = await own.json(`/v1/customers/${created.body.id}?wait=${created.body.cursor}`);
    expect(one.status).toBe(200);
    await own.close();
  });

  it.each(['/v1/customers?', '/v1/customers/ID?', '/v1/customers/ID/history?'])(
    '%s takes only cursors of the tenant in wait',
    async (template) => {
      const path = template.replace('ID', await register());
      const { incarnation } = http.log;
      const bucket = http.log.bucketOf('default');
      const head = await http.log.head(bucket);
      const cursor = (change: object) =>
        encodeCursor({ incarnation, bucket, position: head.position, ...change });
      const code = async (wait: string) => (await http.json(`${path}wait=${wait}`)).body.code;
      expect(await code('nonsense')).toBe('CURSOR_INVALID');
      expect(await code(cursor({ bucket: (bucket + 1) % 4 }))).toBe('CURSOR_INVALID');
      expect(await code(cursor({ position: head.position + 1000n }))).toBe('CURSOR_INVALID');
      expect(await code(cursor({ incarnation: 'other' }))).toBe('CURSOR_FOREIGN');
      expect(await code(cursor({}))).toBeUndefined();
    },
  );
});

describe('another tenant', () => {
  it('sees, changes and lists nothing, in the same words as for what never was', async () => {
    const theirs = await register(await http.tenant('module-one'));
    const key = await http.tenant('module-two');
    for (const path of ['', '/history', '?version=1', '?at=2999-01-01T00:00:00Z']) {
      const foreign = await http.json(`/v1/customers/${theirs}${path}`, { key });
      const unknown = await http.json(`/v1/customers/nobody${path}`, { key });
      expect([foreign.status, foreign.body.detail]).toEqual([404, unknown.body.detail]);
    }
    const body = { reason: 'x' };
    const foreign = await post(`/v1/customers/${theirs}/archive`, body, key);
    const unknown = await post('/v1/customers/nobody/archive', body, key);
    expect([foreign.status, foreign.body.detail]).toEqual([404, unknown.body.detail]);
    expect((await http.json('/v1/customers', { key })).body.items).toEqual([]);
  });
});

describe('scopes', () => {
  it('reading and writing are two rights', async () => {
    const id = await register();
    const reader = await http.key(ADMIN_KEY, ['customers:read']);
    const writer = await http.key(ADMIN_KEY, ['customers:write']);
    expect((await http.json(`/v1/customers/${id}`, { key: reader.key })).status).toBe(200);
    expect((await http.json(`/v1/customers/${id}`, { key: writer.key })).status).toBe(403);
    expect((await post('/v1/customers', ANA, writer.key)).status).toBe(201);
    const refused = await post('/v1/customers', ANA, reader.key);
    expect([refused.status, refused.body.scope]).toEqual([403, 'customers:write']);
  });

  it('the first key of a tenant has those of every module; unknown ones cannot be granted', async () => {
    const key = await http.tenant('module-scopes');
    expect((await post('/v1/customers', ANA, key)).status).toBe(201);
    expect((await http.key(key, ['all'])).key).toEqual(expect.any(String));
    const wrong = { name: 'x', scopes: ['spaceships:read'] };
    const answer = await post('/v1/keys', wrong, key);
    expect([answer.status, answer.body.code]).toEqual([400, 'INPUT_INVALID']);
  });

  it('a key without all cannot grant it', async () => {
    const weak = await http.key(ADMIN_KEY, ['admin', 'customers:read']);
    const answer = await post('/v1/keys', { name: 'x', scopes: ['all'] }, weak.key);
    expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN']);
  });
});

describe('GET /v1/modules', () => {
  it('tells any key what there is', async () => {
    const { key } = await http.key(ADMIN_KEY, ['metrics:read']);
    const { status, body } = await http.json('/v1/modules', { key });
    expect(status).toBe(200);
    const [customers] = body.items.filter(({ name }: { name: string }) => name === 'customers');
    const [aggregate] = customers.aggregates;
    expect(aggregate).toMatchObject({
      category: 'customers',
      path: '/v1/customers',
      scopes: { read: 'customers:read', write: 'customers:write' },
      list: { name: 'customers.list', filters: ['phone', 'email', 'status', 'kind', 'language'] },
    });
    expect(aggregate.commands[0]).toMatchObject({
      name: 'RegisterCustomer',
      word: null,
      path: '/v1/customers',
      input: { type: 'object', required: ['name'] },
    });
    expect(aggregate.list.columns).toContainEqual({
      name: 'registeredAt',
      type: 'timestamptz',
      schema: { type: ['string', 'null'], format: 'date-time' },
    });
    expect((await http.json('/v1/modules', { key: null })).status).toBe(401);
  });

  it('every example it gives is accepted where it says', async () => {
    const { body } = await http.json('/v1/modules');
    const { items } = body as ModulesView;
    const commands = items.flatMap(({ aggregates }) =>
      aggregates.flatMap(({ commands: own, refusals }) =>
        own.map((command) => ({ ...command, codes: refusals.map(({ code }) => code) })),
      ),
    );
    expect(commands.length).toBeGreaterThan(4);
    for (const { path, examples, word, codes } of commands)
      for (const example of examples) {
        const { status, body: answer } = await post(path.replace('{id}', 'nobody'), example);
        if (word !== null) expect([path, status, answer.code]).toEqual([path, 404, 'NOT_FOUND']);
        // What it is about may not exist here: then the business says no, never the schema.
        else if (status !== 201) expect([path, status, codes]).toEqual([path, 409, codes]);
        if (status === 409) expect(codes).toContain(answer.code);
      }
  });
});

describe('the documents', () => {
  it('OpenAPI shows schema, examples and refusals of a command', async () => {
    const { body } = await http.json('/openapi.json', { key: null });
    const command = body.paths['/v1/customers/{id}/archive'].post;
    const json = command.requestBody.content['application/json'];
    expect(json.schema.properties.reason).toMatchObject({ maxLength: 200 });
    expect(json.examples).toEqual({ 'ArchiveCustomer-1': { value: { reason: 'moved away' } } });
    expect(command['x-error-codes']).toContain('CUSTOMER_ARCHIVED');
    const refusals = command.responses['409'].content['application/problem+json'].examples;
    expect(refusals.CUSTOMER_ARCHIVED.value).toMatchObject({ status: 409, details: {} });
    expect(refusals.VERSION_CONFLICT.value.code).toBe('VERSION_CONFLICT');
    expect(command['x-scope']).toBe('customers:write');
  });

  it('OpenAPI names the refusal of If-Match of a creating command too', async () => {
    const { body } = await http.json('/openapi.json', { key: null });
    const { status, body: problem } = await post('/v1/customers', ANA, { 'if-match': '"7"' });
    expect([status, problem.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect(body.paths['/v1/customers'].post['x-error-codes']).toContain(problem.code);
  });

  it('the page of errors has an anchor for every refusal', async () => {
    const page = await (await http.call('/docs/errors', { key: null })).text();
    expect(page).toContain('id="CUSTOMER_ARCHIVED"');
  });
});
