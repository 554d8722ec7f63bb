/**
 * Several server processes on one database, without a leader: two of them share a PostgreSQL that neither started.
 * What one accepts, the other shows, deduplicates and enforces; when one dies, the other goes on.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSseReader, type SseReader } from '../../src/http/sse-client.fixture.ts';
import { jsonObject, objectsIn, send } from '../../tools/chaos/http-client.ts';
import { getJson, postJson, readAll } from '../../tools/chaos/read-server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { eventOf, eventsOf, post, postBatch, postOne, verdictOf } from './wire.ts';

const TEST_TIMEOUT_MS = 120_000;

let database: TestDatabase;
let first: ServerProcess;
let second: ServerProcess;

beforeAll(async () => {
  database = await testDatabase();
  // Empty again, without the migrations of the template: making the tables is part of what is tested.
  await database.database.query({ text: 'drop schema public cascade' });
  await database.database.query({ text: 'create schema public' });
  const env = { COMPTOIR_DATABASE_URL: database.url };
  // At the same time, as after a deployment: migrations and the first key are made by whichever comes first.
  [first, second] = await Promise.all([startServer({ env }), startServer({ env })]);
});

afterAll(async () => {
  await Promise.all([first, second].map((server) => server?.dispose()));
  await database?.drop();
});

function tailOf(server: ServerProcess): Promise<SseReader> {
  const headers = { authorization: `Bearer ${server.apiKey}` };
  return openSseReader(`${server.url}/v1/events/tail`, headers);
}

async function idsWith(server: ServerProcess, prefix: string): Promise<string[]> {
  const events = await readAll(server, '/v1/events');
  return events.map((event) => String(event['id'])).filter((id) => id.startsWith(prefix));
}

async function makeKey(server: ServerProcess): Promise<{ id: string; key: string }> {
  const made = await postJson(server, '/v1/keys', {
    name: 'reader',
    scopes: ['events:read', 'events:write'],
  });
  return { id: String(made['id']), key: String(made['key']) };
}

it('what one process accepted, the next GET and a tail of the other show', async () => {
  const tail = await tailOf(second);
  try {
    const events = eventsOf('shown', 50);
    const ids = events.map(({ id }) => id);
    expect((await postBatch(first, events)).status).toBe(200);
    expect(await idsWith(second, 'shown-')).toEqual(ids);
    await until('the events in the tail', () => tail.messages.length >= ids.length);
    expect(tail.ids()).toEqual(ids);
  } finally {
    tail.close();
  }
});

it(
  'equal events sent to both at once are stored once, and positions stay dense',
  async () => {
    const tails = await Promise.all([tailOf(first), tailOf(second)]);
    const batches = Array.from({ length: 30 }, (_, index) => eventsOf(`both-${index}`, 20));
    const ids = batches.flat().map(({ id }) => String(id));
    try {
      const answers = await Promise.all(
        batches.flatMap((events) => [postBatch(first, events), postBatch(second, events)]),
      );
      const statuses = answers.flatMap(({ body }) =>
        objectsIn(jsonObject(body), 'results').map((result) => result['status']),
      );
      expect(statuses.filter((status) => status === 'created')).toHaveLength(ids.length);
      expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(ids.length);
      await until(
        'the events in both tails',
        () => tails.every(({ messages }) => messages.length >= ids.length),
        { explain: () => tails.map(({ messages }) => messages.length).join(' and ') },
      );
      const stored = await idsWith(first, 'both-');
      expect(stored.toSorted()).toEqual(ids.toSorted());
      // Both processes show one order, whichever of them appended what.
      for (const tail of tails) expect(tail.ids()).toEqual(stored);
    } finally {
      for (const tail of tails) tail.close();
    }
    const positions = (await readAll(second, '/v1/events')).map((event) =>
      Number(event['position']),
    );
    expect(positions).toEqual(positions.map((_, index) => index + 1));
  },
  TEST_TIMEOUT_MS,
);

it('a key made on one works on the other, and revoked there is refused here', async () => {
  const { id, key } = await makeKey(first);
  const read = () => send({ url: `${second.url}/v1/events?limit=1`, apiKey: key });
  const tail = await openSseReader(`${second.url}/v1/events/tail`, {
    authorization: `Bearer ${key}`,
  });
  expect((await read()).status).toBe(200);
  const revoked = await send({
    url: `${first.url}/v1/keys/${id}`,
    method: 'DELETE',
    apiKey: first.apiKey,
  });
  expect(revoked.status).toBe(204);
  const isRefused = async () => (verdictOf(await read()) === '401 UNAUTHENTICATED' ? true : null);
  await until('the refusal', isRefused);
  // Writing is refused as well, and the tail that was open is ended.
  const written = await post(second, JSON.stringify(eventOf('revoked')), { apiKey: key });
  expect(verdictOf(written)).toBe('401 UNAUTHENTICATED');
  await until('the end of the tail', () => tail.dropped() === 'UNAUTHENTICATED');
  tail.close();
});

it('a schema registered on one is effective on the other', async () => {
  const type = 'shop.till.closed';
  const closed = (id: string, data: unknown) => eventOf(id, { type, data });
  // The other process has looked the type up before and must notice that this changed.
  expect((await postOne(second, closed('till-0', { total: 'much' }))).status).toBe(201);
  const put = await send({
    url: `${first.url}/v1/schemas/${type}/1`,
    method: 'PUT',
    apiKey: first.apiKey,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      mode: 'strict',
      schema: { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } },
    }),
  });
  expect(put.status).toBe(201);
  let attempts = 0;
  await until('the refusal by the schema', async () => {
    attempts += 1;
    const answer = await postOne(second, closed(`till-${attempts}`, { total: 'much' }));
    return verdictOf(answer) === '422 SCHEMA_VIOLATION' ? true : null;
  });
  expect((await postOne(second, closed('till-good', { total: 1 }))).status).toBe(201);
  // The dead letter that the one made is listed by the other.
  const { items } = await getJson(first, '/v1/events/rejected');
  expect(items).toHaveLength(1);
});

it(
  'one killed with kill -9 leaves the other at work, and what it acknowledged is there',
  async () => {
    const acknowledged = await postBatch(first, eventsOf('before', 20));
    expect(acknowledged.status).toBe(200);
    const torn = Array.from({ length: 10 }, (_, index) => eventsOf(`torn-${index}`, 20));
    const underWay = torn.map((events) => postBatch(first, events).catch(() => null));
    await first.kill('SIGKILL');
    await Promise.all(underWay);
    const repeated = await Promise.all(torn.map((events) => postBatch(second, events)));
    for (const { body } of repeated) expect(jsonObject(body)).toMatchObject({ rejected: 0 });
    const again = await postBatch(second, eventsOf('before', 20));
    expect(jsonObject(again.body)).toMatchObject({ accepted: 0, duplicates: 20 });
    expect((await idsWith(second, 'torn-')).toSorted()).toEqual(
      torn
        .flat()
        .map(({ id }) => String(id))
        .toSorted(),
    );
    await first.restart();
    expect(await idsWith(first, 'before-')).toHaveLength(20);
  },
  TEST_TIMEOUT_MS,
);
