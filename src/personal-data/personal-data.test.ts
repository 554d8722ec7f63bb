import { afterEach, describe, expect, it } from 'vitest';
import { DataKind, draftOf, jsonDraftOf, type StoredEvent } from '../core/event.ts';
import { defineEvent, type PersonalMarks } from '../core/event-type.ts';
import { Failure } from '../core/errors.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { createMemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import { Type } from 'typebox';
import { until } from '../../test/support/until.ts';
import { createMasterKeys } from './master-key.ts';
import { createPersonalData, type PersonalDataService } from './personal-data.ts';
import { revealingReader } from './revealing-reader.ts';

const MASTER = 'a-master-key-of-more-than-32-characters';
const MARKS: PersonalMarks = { person: '/who', fields: ['/name', '/contact', '/lines/0/note'] };
const TYPE = 'com.example.visit';
const opened: PersonalDataService[] = [];

afterEach(async () => {
  for (const service of opened.splice(0)) await service.close();
});

async function service(keys = createMemoryKeyStore(), master = createMasterKeys(MASTER)) {
  const made = await createPersonalData({ keys, master });
  opened.push(made);
  return made;
}

async function sealText(personal: PersonalDataService, text: string, more: object = {}) {
  const request = { type: TYPE, marks: MARKS, otherwise: null, text: Buffer.from(text), ...more };
  const [result] = await personal.sealTexts('t1', [request]);
  return result!;
}

async function sealedText(personal: PersonalDataService, text: string): Promise<string> {
  const result = await sealText(personal, text);
  if (result.status !== 'sealed') throw new Error(result.status);
  return Buffer.from(result.bytes).toString();
}

async function clear(
  personal: PersonalDataService,
  text: string,
  { type = TYPE, tenant = 't1' } = {},
) {
  return Buffer.from(await personal.revealText(tenant, type, Buffer.from(text))).toString();
}

/** An event as the log gives it back. */
async function stored(text: string, kind: DataKind = DataKind.sealed): Promise<StoredEvent> {
  const log = createMemoryLog({ bucketCount: 1 });
  const attributes = { id: '1', source: '/s', type: TYPE };
  await log.appendReceived('t1', [draftOf(attributes, { kind, bytes: Buffer.from(text) })]);
  const { events } = await log.find({ tenant: 't1', after: 0n, limit: 1 });
  return events[0]!;
}

describe('sealing', () => {
  it('replaces marked fields and leaves every other byte as it was', async () => {
    const personal = await service();
    const text =
      '{ "who" : "c1", "total":1.2300000000000000000001, "name":"Ana", "x":[1, 2] , "big":90071992547409931}';
    const sealed = await sealedText(personal, text);
    expect(sealed).not.toContain('"Ana"');
    expect(sealed).toMatch(
      /^\{ "who" : "c1", "total":1\.2300000000000000000001, "name":\{"\$sealed":"[\w-]+"\}, "x":\[1, 2\] , "big":90071992547409931\}$/,
    );
    expect(await clear(personal, sealed)).toBe(text);
  });

  it('opens a text that ends with an object shorter than the beginning of a box', async () => {
    const personal = await service();
    const text = '{"who":"c1","name":"Ana","rest":{}}';
    expect(await clear(personal, await sealedText(personal, text))).toBe(text);
  });

  it('seals objects as a whole, elements of arrays, and a name that stands twice both times', async () => {
    const personal = await service();
    const text =
      '{"who":7,"contact":{"mail":"secret@x","deep":[{"phone":"secret"}]},"lines":[{"note":"secret","q":1}],"name":"secret","name":"secret2"}';
    const sealed = await sealedText(personal, text);
    expect(sealed).not.toContain('secret');
    expect(sealed.match(/\$sealed/g)).toHaveLength(4);
    expect(await clear(personal, sealed)).toBe(text);
  });

  it('finds a name that is written with escapes', async () => {
    const personal = await service();
    const sealed = await sealedText(personal, '{"who":"c1","n\\u0061me":"Ana"}');
    expect(sealed).not.toContain('"Ana"');
  });

  it('leaves data without marked fields, or with null in them, plain', async () => {
    const personal = await service();
    expect(await sealText(personal, '{"who":"c1"}')).toEqual({ status: 'plain' });
    expect(await sealText(personal, '{"who":"c1","name":null}')).toEqual({ status: 'plain' });
    expect(await sealText(personal, '[]')).toEqual({ status: 'plain' });
  });

  it('says when a marked field names nobody, and takes who else is meant', async () => {
    const personal = await service();
    for (const who of ['', '"who":null,', '"who":"",', '"who":{},'])
      expect(await sealText(personal, `{${who}"name":"Ana"}`)).toEqual({ status: 'nobody' });
    const named = await sealText(personal, '{"name":"Ana"}', { otherwise: 'subject-1' });
    expect(named.status).toBe('sealed');
  });

  it('gives the same bytes for the same value, other bytes elsewhere', async () => {
    const personal = await service();
    const one = await sealedText(personal, '{"who":"c1","name":"Ana","contact":"Ana"}');
    expect(await sealedText(personal, '{"who":"c1","name":"Ana","contact":"Ana"}')).toBe(one);
    const boxes = one.match(/"\$sealed":"[\w-]+"/g)!;
    expect(boxes[0]).not.toBe(boxes[1]);
    const other = await sealedText(personal, '{"who":"c2","name":"Ana","contact":"Ana"}');
    expect(other).not.toContain(boxes[0]);
  });

  it('tells names of the sender that look like ours from ours', async () => {
    const personal = await service();
    const text = '{"who":"c1","name":"Ana","a":{"$sealed":"AAAA"},"b":{"$$sealed":"x"}}';
    const sealed = await sealedText(personal, text);
    expect(await clear(personal, sealed)).toBe(text);
  });

  it('binds a field to its place, type, tenant and person', async () => {
    const personal = await service();
    const sealed = await sealedText(personal, '{"who":"c1","name":"Ana","contact":"x"}');
    const box = /\{"\$sealed":"[\w-]+"\}/.exec(sealed)![0];
    await expect(clear(personal, `{"who":"c1","contact":${box}}`)).rejects.toThrow();
    await expect(clear(personal, sealed, { type: 'com.example.other' })).rejects.toThrow();
    await expect(clear(personal, sealed, { tenant: 't2' })).rejects.toThrow();
    expect(await clear(personal, sealed)).toContain('"Ana"');
  });
});

describe('decided data', () => {
  const registered = defineEvent({
    name: 'Registered',
    wireName: 'comptoir.thing.registered',
    data: Type.Object({ id: Type.String(), name: Type.String() }),
    personal: { person: '/id', fields: ['/name'] },
  });

  it('is sealed under its event type and revealed by it', async () => {
    const personal = await service();
    const { kind, bytes } = await personal.seal('t1', registered.personal, {
      id: '1',
      name: 'Ana',
    });
    expect(kind).toBe(DataKind.sealed);
    const text = Buffer.from(bytes).toString();
    expect(await clear(personal, text, { type: 'comptoir.thing.registered.v1' })).toBe(
      '{"id":"1","name":"Ana"}',
    );
    await expect(clear(personal, text, { type: 'comptoir.thing.registered.v2' })).rejects.toThrow();
  });

  it('is refused without a person, and when the person was erased', async () => {
    const keys = createMemoryKeyStore();
    const personal = await service(keys);
    const marks = registered.personal;
    await expect(personal.seal('t1', marks, { name: 'Ana' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    personal.forget(personal.referenceOf('t1', '1'));
    await expect(personal.seal('t1', marks, { id: '1', name: 'Ana' })).rejects.toMatchObject({
      code: 'PERSON_ERASED',
    });
    expect((await personal.seal('t1', null, { name: 'x' })).kind).toBe(DataKind.json);
  });
});

describe('revealing', () => {
  it('gives the same event back when nothing is sealed', async () => {
    const personal = await service();
    const event = await stored('{}', DataKind.json);
    expect(personal.reveal(event)).toBe(event);
    expect(personal.personsOf(event)).toEqual([]);
  });

  it('needs prepare, and says so', async () => {
    const keys = createMemoryKeyStore();
    const event = await stored(await sealedText(await service(keys), '{"who":"c1","name":"Ana"}'));
    const reader = await service(keys);
    expect(() => reader.reveal(event)).toThrow('not loaded');
    await reader.prepare([event]);
    expect(Buffer.from(reader.reveal(event).data).toString()).toBe('{"who":"c1","name":"Ana"}');
    expect(reader.reveal(event).dataKind).toBe(DataKind.json);
    expect(reader.personsOf(event)).toEqual([reader.referenceOf('t1', 'c1')]);
  });

  it('shows null for erased persons in every process and tells the listeners', async () => {
    const keys = createMemoryKeyStore();
    const [here, there] = [await service(keys), await service(keys)];
    const event = await stored(await sealedText(here, '{"who":"c1","name":"Ana"}'));
    await there.prepare([event]);
    const held = await there.revealer([event]);
    let told = 0;
    const stop = there.onErased(() => (told += 1));
    const reference = here.referenceOf('t1', 'c1');
    await keys.putErasure({
      reference,
      tenant: 't1',
      receiptId: 'r',
      requestedAt: '2026-01-01T00:00:00Z',
      actor: 'a',
      sealedId: '',
      state: 'pending',
      doneAt: null,
    });
    await keys.destroyKey(reference);
    await until('the other process notices', () => told === 1);
    for (const reveal of [held, (one: StoredEvent) => there.reveal(one)])
      expect(Buffer.from(reveal(event).data).toString()).toBe('{"who":"c1","name":null}');
    stop();
  });

  it('refuses to take a lost key for an erased person', async () => {
    const keys = createMemoryKeyStore();
    const writer = await service(keys);
    const event = await stored(await sealedText(writer, '{"who":"c1","name":"Ana"}'));
    await keys.destroyKey(writer.referenceOf('t1', 'c1'));
    const reader = await service(keys);
    await expect(reader.prepare([event])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('says that another master key is needed', async () => {
    const keys = createMemoryKeyStore();
    await service(keys);
    const other = createMasterKeys('another-master-key-of-32-characters');
    await expect(service(keys, other)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('the revealing reader', () => {
  it('reveals what find, readStream and readBatches give, and passes batches without sealed events', async () => {
    const personal = await service();
    const log = createMemoryLog({ bucketCount: 1 });
    const reader = revealingReader(log, personal);
    await log.appendReceived('t1', [jsonDraftOf({ id: 'p', source: '/s', type: TYPE }, {})]);
    const marks = { person: '/id', fields: ['/name'], type: 'comptoir.x.v1' };
    const data = await personal.seal('t1', marks, { id: '1', name: 'Ana' });
    const draft = draftOf({ id: 'e', source: '/comptoir', type: 'comptoir.x.v1' }, data);
    await log.appendDecided({
      tenant: 't1',
      streams: [{ stream: 'x/1', expectedVersion: 0n, events: [draft] }],
    });
    const text = (event: StoredEvent | null | undefined) => Buffer.from(event!.data).toString();
    const found = await reader.find({ tenant: 't1', after: 0n, limit: 10 });
    expect(found.events.map(text)).toEqual(['{}', '{"id":"1","name":"Ana"}']);
    const stream = await reader.readStream('t1', 'x/1', { fromVersion: 1n, limit: 9 });
    expect(stream.map(text)).toEqual(['{"id":"1","name":"Ana"}']);
    const batches = await reader.readBatches(0, 0n, { eventsMax: 10 });
    expect(batches.map(({ hasSealed }) => hasSealed)).toEqual([false, false]);
    expect(text(batches[1]?.eventAt(0))).toBe('{"id":"1","name":"Ana"}');
    expect(batches[1]?.dataKindAt(0)).toBe(DataKind.json);
    const [raw] = await log.readBatches(0, 1n, { eventsMax: 10 });
    expect(raw?.hasSealed).toBe(true);
    expect(text(raw?.eventAt(0))).not.toContain('"Ana"');
  });

  it('asks for no key where the caller looks at no type', async () => {
    const log = createMemoryLog({ bucketCount: 1 });
    const marks = { person: '/id', fields: ['/name'], type: 'comptoir.x.v1' };
    const data = await (await service()).seal('t1', marks, { id: '1', name: 'Ana' });
    const draft = draftOf({ id: 'e', source: '/comptoir', type: 'comptoir.x.v1' }, data);
    await log.appendDecided({
      tenant: 't1',
      streams: [{ stream: 'x/1', expectedVersion: 0n, events: [draft] }],
    });
    const reader = revealingReader(log, {
      revealer: () => Promise.reject(new Failure('UNAVAILABLE', 'The key of a person is missing.')),
    });
    await expect(reader.readBatches(0, 0n, { eventsMax: 1 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    const [batch] = await reader.readBatches(0, 0n, { eventsMax: 1, types: new Set() });
    expect(batch?.lastPosition).toBe(1n);
  });
});
