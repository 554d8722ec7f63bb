import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { DataKind, type StoredEvent } from '../core/event.ts';
import { noMetrics } from '../core/metrics.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { createMasterKeys } from '../personal-data/master-key.ts';
import { createPersonalData, type PersonalDataService } from '../personal-data/personal-data.ts';
import { createMemoryKeyStore, type MemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters/dead-letters.ts';
import { createIngest, type Ingest } from './ingest.ts';
import { createReceivedSealer } from './received-sealer.ts';
import { createSchemas, type Schemas } from './schemas/schemas.ts';

const TENANT = 't1';
const TYPE = 'com.example.visit';
const STRICT = {
  schema: { type: 'object', properties: { guests: { type: 'integer' } } },
  personal: ['/name', '/contact/phone'],
  person: '/customer',
};

let db: TestDatabase;
let keys: MemoryKeyStore;
let personal: PersonalDataService;
let log: MemoryLog;
let schemas: Schemas;
let deadLetters: DeadLetters;
let ingest: Ingest;

beforeEach(async () => {
  db = await testDatabase();
  keys = createMemoryKeyStore();
  const master = createMasterKeys('a-master-key-of-more-than-32-characters');
  personal = await createPersonalData({ keys, master });
  log = createMemoryLog();
  schemas = createSchemas({ database: db.database, log, metrics: noMetrics });
  await schemas.start();
  const sealer = createReceivedSealer({ log, schemas, personal });
  const newId = (): string => randomUUIDv7();
  const { database } = db;
  deadLetters = createDeadLetters({ database, log, schemas, newId, personal, sealer });
  ingest = createIngest({ log, schemas, deadLetters, sealer, metrics: noMetrics });
});

afterEach(async () => {
  await schemas.stop();
  await personal.close();
  await log.close();
  await db.drop();
});

const put = (body: object, version = '1') => schemas.put(TENANT, { type: TYPE, version }, body);

function event(id: string, data: unknown, more: object = {}): object {
  return { specversion: '1.0', id, source: '/till', type: TYPE, data, ...more };
}

async function send(...events: object[]) {
  const text = await ingest.batch(TENANT, Buffer.from(JSON.stringify(events)));
  return JSON.parse(text) as {
    accepted: number;
    results: { status: string; code?: string; position?: string; deadLetterId?: string }[];
  };
}

async function stored(): Promise<readonly StoredEvent[]> {
  return (await log.find({ tenant: TENANT, after: 0n, limit: 100 })).events;
}

async function erase(personId: string): Promise<void> {
  const reference = personal.referenceOf(TENANT, personId);
  await keys.putErasure({
    reference,
    tenant: TENANT,
    receiptId: randomUUID(),
    requestedAt: new Date(0).toISOString(),
    actor: 'a',
    sealedId: '',
    state: 'pending',
    doneAt: null,
  });
  await keys.destroyKey(reference);
  await personal.refresh();
}

const textOf = (one: { data: Uint8Array } | undefined): string => Buffer.from(one!.data).toString();
const statuses = (answer: { results: { status: string }[] }) =>
  answer.results.map(({ status }) => status);

describe('personal fields of received events', () => {
  const ana = { customer: 'c1', name: 'CANARY Ana', contact: { phone: 'CANARY 1' }, guests: 2 };

  it('are sealed before the append where the schema marks them, and only there', async () => {
    await put(STRICT);
    expect((await send(event('1', ana), event('2', { guests: 3 }))).accepted).toBe(2);
    await send(event('3', ana, { type: 'com.example.other' }));
    const [sealed, plain, other] = await stored();
    expect(sealed?.dataKind).toBe(DataKind.sealed);
    expect(textOf(sealed)).not.toContain('CANARY');
    expect(plain?.dataKind).toBe(DataKind.json);
    expect(textOf(other)).toContain('CANARY');
    await personal.prepare([sealed!]);
    expect(JSON.parse(textOf(personal.reveal(sealed!)))).toEqual(ana);
  });

  it('are sealed in observe mode and where the subject names the person', async () => {
    await put({ ...STRICT, mode: 'observe', person: null });
    expect(statuses(await send(event('1', ana, { subject: 'c1' }), event('2', ana)))).toEqual([
      'created',
      'rejected',
    ]);
    const [sealed] = await stored();
    expect(personal.personsOf(sealed!)).toEqual([personal.referenceOf(TENANT, 'c1')]);
  });

  it('are refused rather than stored in clear', async () => {
    await put({ ...STRICT, mode: 'observe' });
    const answer = await send(
      event('1', { name: 'CANARY nobody' }),
      event('2', undefined, { datacontenttype: 'text/plain', data: 'CANARY text' }),
      event('3', { ...ana, customer: 'c2' }),
    );
    expect(answer.results.map(({ status, code }) => code ?? status)).toEqual([
      'EVENT_INVALID',
      'EVENT_INVALID',
      'created',
    ]);
    expect(await stored()).toHaveLength(1);
  });

  it('make a repetition a duplicate, other content a conflict', async () => {
    await put(STRICT);
    await send(event('1', ana));
    const again = await send(event('1', ana), event('1', { ...ana, name: 'somebody else' }));
    expect(statuses(again)).toEqual(['duplicate', 'conflict']);
    const spaced = JSON.stringify([event('1', ana)], null, 2);
    const text = await ingest.batch(TENANT, Buffer.from(spaced));
    expect(JSON.parse(text)).toMatchObject({ duplicates: 1 });
    expect(await stored()).toHaveLength(1);
  });

  it('make a repetition a duplicate though the schema has changed in between', async () => {
    await put(STRICT);
    await send(event('0', { ...ana, note: 'late' }));
    await put({ ...STRICT, personal: ['/name', '/note'] }, '2');
    const again = await send(event('0', { ...ana, note: 'late' }));
    expect(statuses(again)).toEqual(['duplicate']);
    expect(statuses(await send(event('0', { ...ana, note: 'other' })))).toEqual(['conflict']);
  });

  it('of an erased person make a repetition a duplicate by its key and anything new a refusal', async () => {
    await put(STRICT);
    await send(event('1', ana));
    await erase('c1');
    const after = await send(event('1', ana), event('2', ana), event('3', { guests: 1 }));
    expect(after.results.map(({ status, code }) => code ?? status)).toEqual([
      'duplicate',
      'PERSON_ERASED',
      'created',
    ]);
    const [sealed] = await stored();
    expect(JSON.parse(textOf(personal.reveal(sealed!)))).toEqual({
      ...ana,
      name: null,
      contact: { phone: null },
    });
  });
});

describe('dead letters', () => {
  const wrong = { customer: 'c1', name: 'CANARY name', nmae: 'CANARY misspelt', guests: 'two' };

  async function rows(): Promise<string> {
    const answer = await db.database.query<{ row: string }>({
      text: "select encode(event, 'escape') || detail as row from dead_letters where event is not null",
    });
    return answer.rows.map(({ row }) => row).join('\n');
  }

  it('keep nothing personal in clear, are shown in clear and retried', async () => {
    await put(STRICT);
    const { results } = await send(event('1', wrong));
    const [letter] = (await deadLetters.list(TENANT, {})).items;
    expect(results[0]?.code).toBe('SCHEMA_VIOLATION');
    expect(await rows()).not.toContain('CANARY');
    expect(JSON.parse(letter!.eventJson!)).toMatchObject({ data: wrong });
    await expect(deadLetters.retry(TENANT, letter!.id)).rejects.toMatchObject({
      code: 'SCHEMA_VIOLATION',
    });
    await put({ ...STRICT, schema: {} }, '2');
    expect((await deadLetters.retry(TENANT, letter!.id)).status).toBe('created');
    const [sealed] = await stored();
    expect(sealed?.dataKind).toBe(DataKind.sealed);
    expect(textOf(sealed)).not.toContain('CANARY name');
  });

  it('are one letter however often the event comes', async () => {
    await put(STRICT);
    await send(event('1', wrong));
    await send(event('1', wrong));
    expect((await deadLetters.list(TENANT, {})).items.map(({ attempts }) => attempts)).toEqual([2]);
  });

  it('show no data once the person is erased, and keep none where nobody is named', async () => {
    await put(STRICT);
    await send(event('1', wrong), event('2', { name: 'CANARY nobody', guests: 'x' }));
    await erase('c1');
    const letters = (await deadLetters.list(TENANT, {})).items;
    expect(letters).toHaveLength(2);
    expect(JSON.stringify(letters)).not.toContain('CANARY');
    expect(await rows()).not.toContain('CANARY');
  });

  it('about the person that are in clear lose their event when the person is forgotten', async () => {
    await put({ schema: STRICT.schema });
    await send(
      event('1', { guests: 'CANARY of c1' }, { subject: 'c1' }),
      event('2', { guests: 'of c2' }, { subject: 'c2' }),
    );
    const person = { tenant: TENANT, personId: 'c1', reference: '' };
    expect(await deadLetters.forget(person)).toEqual(['dead_letters']);
    expect(await rows()).not.toContain('CANARY');
    expect(await rows()).toContain('of c2');
  });
});
