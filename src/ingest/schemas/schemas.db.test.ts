import { randomUUIDv7 } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { jsonDraftOf } from '../../core/event.ts';
import { Failure } from '../../core/errors.ts';
import { noMetrics } from '../../core/metrics.ts';
import { createMemoryLog, type MemoryLog } from '../../log/memory/memory-log.ts';
import { createDeadLetters, type DeadLetters } from '../dead-letters/dead-letters.ts';
import { createIngest, type Ingest } from '../ingest.ts';
import { createSchemas, SCHEMAS_PER_TENANT_MAX, type Schemas } from './schemas.ts';

const TYPE = 'com.example.order';
const STRICT = {
  mode: 'strict',
  schema: { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } },
};

let held: TestDatabase;
let log: MemoryLog;
let schemas: Schemas;
let deadLetters: DeadLetters;
let ingest: Ingest;

beforeEach(async () => {
  held = await testDatabase();
  log = createMemoryLog({ bucketCount: 4 });
  schemas = createSchemas({ database: held.database, log, metrics: noMetrics });
  await schemas.start();
  deadLetters = createDeadLetters({
    database: held.database,
    log,
    schemas,
    newId: () => randomUUIDv7(),
  });
  ingest = createIngest({ log, schemas, deadLetters, metrics: noMetrics });
});
afterEach(async () => {
  await schemas.stop();
  await held.drop();
});

const event = (id: string, data: unknown, more: object = {}): object => ({
  specversion: '1.0',
  id,
  source: '/pos',
  type: TYPE,
  data,
  ...more,
});
const send = (tenant: string, one: object) =>
  ingest.structured(tenant, Buffer.from(JSON.stringify(one)));

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Failure) return error;
  throw new Error('expected a failure', { cause: error });
}

describe('schemas', () => {
  it('are registered once and never change', async () => {
    const name = { type: TYPE, version: '1' };
    const first = await schemas.put('t', name, STRICT);
    expect(first).toMatchObject({
      created: true,
      schema: { ...name, mode: 'strict', personal: [], person: null, rules: [] },
    });
    expect(Date.parse(first.schema.createdAt)).toBeGreaterThan(0);
    const { schema, mode } = STRICT;
    expect(
      (
        await schemas.put('t', name, {
          schema: { properties: schema.properties, required: schema.required, type: schema.type },
          mode,
        })
      ).created,
    ).toBe(false);
    expect((await failureOf(schemas.put('t', name, { schema: {} }))).code).toBe('SCHEMA_EXISTS');
    expect(await schemas.get('t', name)).toEqual(first.schema);
  });

  it('belong to one tenant', async () => {
    await schemas.put('t', { type: TYPE, version: '1' }, STRICT);
    expect((await failureOf(schemas.get('other', { type: TYPE, version: '1' }))).code).toBe(
      'NOT_FOUND',
    );
    expect((await send('other', event('a', {}))).status).toBe('created');
    expect((await deadLetters.list('other', {})).items).toEqual([]);
    expect(schemas.judgeOf('other')).toBeUndefined();
  });

  it('are effective in another process, which looks for them', async () => {
    const other = createSchemas({ database: held.database, log, metrics: noMetrics });
    await other.start();
    try {
      await schemas.put('t', { type: TYPE, version: '1' }, STRICT);
      await expect
        .poll(() => other.judgeOf('t')?.(jsonDraftOf({ id: 'a', source: '/', type: TYPE }, {})))
        .toMatchObject({ version: '1' });
    } finally {
      await other.stop();
    }
  });

  it('apply by the version that dataschema names, else by the newest', async () => {
    await schemas.put(
      't',
      { type: TYPE, version: '1' },
      { schema: { $id: 'https://example.com/v1', required: ['a'] } },
    );
    await schemas.put('t', { type: TYPE, version: '2' }, { schema: { required: ['b'] } });
    expect((await send('t', event('1', { b: 1 }))).status).toBe('created');
    expect(
      (await send('t', event('2', { a: 1 }, { dataschema: 'https://example.com/v1' }))).status,
    ).toBe('created');
    expect(
      (
        await send(
          't',
          event('3', { a: 1 }, { dataschema: `https://here.example/v1/schemas/${TYPE}/1` }),
        )
      ).status,
    ).toBe('created');
    expect(
      (await send('t', event('4', { b: 1 }, { dataschema: 'https://example.com/unknown' }))).status,
    ).toBe('created');
    expect(
      (await failureOf(send('t', event('5', { b: 1 }, { dataschema: 'https://example.com/v1' }))))
        .code,
    ).toBe('SCHEMA_VIOLATION');
  });

  it('in observe mode store and count what does not match', async () => {
    await schemas.put(
      't',
      { type: TYPE, version: '1' },
      { ...STRICT, mode: 'observe', rules: [{ name: 'positive', expression: 'total > 0' }] },
    );
    await send('t', event('a', { total: 1 }));
    expect((await send('t', event('b', { total: 'x' }))).status).toBe('created');
    expect((await send('t', event('c', {}))).status).toBe('created');
    const report = await schemas.qualityReport('t');
    expect(report).toEqual({
      types: [
        {
          type: TYPE,
          checks: [
            {
              check: 'required',
              passed: 2,
              failed: 1,
              lastFailedAt: expect.stringMatching(/^\d{4}-.*Z$/),
            },
            { check: 'rules', passed: 1, failed: 2, lastFailedAt: expect.any(String) },
            { check: 'schema', passed: 1, failed: 2, lastFailedAt: expect.any(String) },
            { check: 'types', passed: 2, failed: 1, lastFailedAt: expect.any(String) },
          ],
        },
      ],
    });
    await send('t', event('d', { total: 1 }));
    expect(
      (await schemas.qualityReport('t')).types[0]?.checks.find(({ check }) => check === 'schema'),
    ).toMatchObject({ passed: 2, failed: 2 });
    expect((await schemas.qualityReport('other')).types).toEqual([]);
  });

  it('are bounded in number for a tenant', async () => {
    await held.database.query({
      text: `insert into schemas (bucket, tenant, type, version, revision, definition)
             select $1, 't', 'x', n::text, 0, '{}' from generate_series(1, $2) n`,
      values: [log.bucketOf('t'), SCHEMAS_PER_TENANT_MAX],
    });
    expect((await failureOf(schemas.put('t', { type: TYPE, version: '1' }, STRICT))).code).toBe(
      'INPUT_INVALID',
    );
  });

  it.each([
    [{ type: 'comptoir.order.placed.v1', version: '1' }, 'type'],
    [{ type: TYPE, version: '' }, 'version'],
    [{ type: TYPE, version: 'a/b' }, 'version'],
  ])('cannot be named %j', async (name, at) => {
    expect((await failureOf(schemas.put('t', name, STRICT))).errors[0]?.at).toBe(at);
  });
});

describe('an event that violates a strict schema', () => {
  beforeEach(() => schemas.put('t', { type: TYPE, version: '1' }, STRICT));

  it('is refused with the id of its dead letter, which is stored', async () => {
    const failure = await failureOf(
      send('t', event('a', { total: 'x' }, { subject: 'order/1', ext: 5 })),
    );
    expect(failure.code).toBe('SCHEMA_VIOLATION');
    const letter = await deadLetters.get('t', String(failure.extra['deadLetterId']));
    expect(letter).toMatchObject({
      status: 'open',
      code: 'SCHEMA_VIOLATION',
      type: TYPE,
      source: '/pos',
      eventId: 'a',
      attempts: 1,
    });
    expect(JSON.parse(letter.eventJson ?? '')).toEqual(
      event('a', { total: 'x' }, { subject: 'order/1', ext: 5 }),
    );
    expect((await log.find({ tenant: 't', after: 0n, limit: 10 })).events).toEqual([]);
  });

  it('in a batch is a rejected result beside its stored neighbours', async () => {
    const body = [
      event('a', { total: 1 }),
      event('b', {}),
      event('b', {}),
      event('c', { total: 2 }),
    ];
    const answer: unknown = JSON.parse(await ingest.batch('t', Buffer.from(JSON.stringify(body))));
    const [letter] = (await deadLetters.list('t', {})).items;
    const rejected = { status: 'rejected', code: 'SCHEMA_VIOLATION', deadLetterId: letter!.id };
    expect(answer).toMatchObject({
      accepted: 2,
      rejected: 2,
      results: [
        { status: 'created' },
        { index: 1, ...rejected },
        { index: 2, ...rejected },
        { index: 3, status: 'created' },
      ],
    });
  });

  it('sent again stays the same dead letter', async () => {
    const first = await failureOf(send('t', event('a', {})));
    const again = await failureOf(send('t', event('a', {})));
    expect(again.extra).toEqual(first.extra);
    expect((await deadLetters.list('t', {})).items).toMatchObject([{ attempts: 2 }]);
  });

  it('is appended once when it is retried after the schema has grown', async () => {
    const big = '{"n":12345678901234567890}';
    const text = JSON.stringify(event('a', 0)).replace('"data":0', `"data":${big}`);
    const id = String(
      (await failureOf(ingest.structured('t', Buffer.from(text)))).extra['deadLetterId'],
    );
    expect((await failureOf(deadLetters.retry('t', id))).code).toBe('SCHEMA_VIOLATION');
    await schemas.put('t', { type: TYPE, version: '2' }, { schema: {} });
    expect(await deadLetters.retry('t', id)).toMatchObject({ status: 'created' });
    const { events } = await log.find({ tenant: 't', after: 0n, limit: 10 });
    expect(events.map(({ data }) => Buffer.from(data).toString())).toEqual([big]);
    expect(await deadLetters.get('t', id)).toMatchObject({
      status: 'retried',
      eventJson: null,
      position: 1n,
      attempts: 2,
    });
    expect((await failureOf(deadLetters.retry('t', id))).code).toBe('DEAD_LETTER_SETTLED');
    expect((await failureOf(deadLetters.discard('t', id))).code).toBe('DEAD_LETTER_SETTLED');
  });

  it('can be discarded, and is opened again when it is sent again', async () => {
    const id = String((await failureOf(send('t', event('a', {})))).extra['deadLetterId']);
    await deadLetters.discard('t', id);
    expect(await deadLetters.get('t', id)).toMatchObject({
      status: 'discarded',
      eventJson: null,
      settledAt: expect.any(String),
    });
    await failureOf(send('t', event('a', {})));
    expect(await deadLetters.get('t', id)).toMatchObject({ status: 'open', settledAt: null });
  });

  it('is invisible to other tenants', async () => {
    const id = String((await failureOf(send('t', event('a', {})))).extra['deadLetterId']);
    const attempts = [
      () => deadLetters.get('u', id),
      () => deadLetters.retry('u', id),
      () => deadLetters.discard('u', id),
      () => deadLetters.get('t', 'none'),
    ];
    for (const attempt of attempts) expect((await failureOf(attempt())).code).toBe('NOT_FOUND');
  });
});

describe('dead letters', () => {
  const fill = (count: number, status: string) =>
    held.database.query({
      text: `insert into dead_letters (bucket, tenant, id, fingerprint, status, type, source, event_id, code, detail)
             select $1, 't', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, int8send(n), $3, 'x', '/', n::text, 'SCHEMA_VIOLATION', ''
             from generate_series(1, $2::bigint) n`,
      values: [log.bucketOf('t'), count, status],
    });

  it('are listed newest first, page by page', async () => {
    await fill(5, 'open');
    const first = await deadLetters.list('t', { limit: 3 });
    const second = await deadLetters.list('t', { limit: 3, after: first.next! });
    expect([...first.items, ...second.items].map(({ eventId }) => eventId)).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
    ]);
    expect([first.more, second.more]).toEqual([true, false]);
    expect((await failureOf(deadLetters.list('t', { after: 'x' }))).code).toBe('CURSOR_INVALID');
  });

  it('make room by dropping settled ones, and refuse when all are open', async () => {
    await schemas.put('t', { type: TYPE, version: '1' }, STRICT);
    await fill(10_000, 'discarded');
    expect((await failureOf(send('t', event('a', {})))).code).toBe('SCHEMA_VIOLATION');
    await held.database.query({ text: `update dead_letters set status = 'open'` });
    expect((await failureOf(send('t', event('b', {})))).code).toBe('OVERLOADED');
    expect((await failureOf(send('t', event('a', {})))).code).toBe('SCHEMA_VIOLATION');
  });
});
