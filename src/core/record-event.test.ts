import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { DataKind, type StoredEvent } from './event.ts';
import { defineEvent } from './event-type.ts';
import { createEventRecorder } from './record-event.ts';

const renamed = defineEvent({
  name: 'ThingRenamed',
  wireName: 'comptoir.thing.renamed',
  version: 2,
  data: Type.Object({ title: Type.String() }),
  // safe because version 1 had a name
  upcasters: { 1: (data) => ({ title: (data as { name: string }).name }) },
});

function stored(overrides: Partial<StoredEvent>): StoredEvent {
  return {
    tenant: 'default',
    bucket: 3,
    position: 17n,
    recordedAtMicros: 1_795_253_400_000_123n,
    id: 'event-1',
    source: '/comptoir/things',
    type: 'comptoir.thing.renamed.v2',
    subject: 'thing-1',
    time: '2026-11-21T09:30:00.000Z',
    dataContentType: 'application/json',
    dataSchema: null,
    extensionsJson:
      '{"commandid":"c1","command":"things.parts.Rename","correlationid":"c0","causationid":"e0","actor":"key-1","hops":2}',
    dataKind: DataKind.json,
    data: new TextEncoder().encode('{"title":"New"}'),
    decided: true,
    stream: 'things.parts/thing/1',
    streamVersion: 4n,
    ...overrides,
  };
}

const recorder = createEventRecorder([renamed], ['com.example.seen']);

test('a decided event comes with its name, its place and its chain of causes', () => {
  expect(recorder.record(stored({}))).toMatchObject({
    type: 'ThingRenamed',
    data: { title: 'New' },
    category: 'things.parts',
    id: 'thing/1',
    version: 4,
    position: 17n,
    at: '2026-11-21T09:30:00.000Z',
    causation: {
      commandId: 'c1',
      command: 'things.parts.Rename',
      correlationId: 'c0',
      causationId: 'e0',
      actor: 'key-1',
      hops: 2,
    },
  });
});

test('an old version is brought to the newest', () => {
  const data = new TextEncoder().encode('{"name":"Old"}');
  const event = recorder.record(stored({ type: 'comptoir.thing.renamed.v1', data }));
  expect(event?.data).toEqual({ title: 'Old' });
});

test('a received event counts only under a declared type, also when it calls itself decided', () => {
  const foreign = { decided: false, stream: null, streamVersion: 0n, extensionsJson: null };
  expect(recorder.record(stored({ ...foreign, type: 'com.example.seen' }))?.type).toBe(
    'com.example.seen',
  );
  expect(recorder.record(stored({ ...foreign, type: 'com.example.other' }))).toBeNull();
  expect(recorder.record(stored(foreign))).toBeNull();
  expect(recorder.record(stored({ type: 'com.example.seen' }))).toBeNull();
});

test('a version that this code does not know is not guessed at', () => {
  expect(recorder.record(stored({ type: 'comptoir.thing.renamed.v3' }))).toBeNull();
});

test('an event without time happened when it was recorded', () => {
  expect(recorder.record(stored({ time: null }))?.at).toBe('2026-11-21T09:30:00.000Z');
});

test('data that is not JSON throws, so that the caller can park the event', () => {
  const data = new TextEncoder().encode('{"title":');
  expect(() => recorder.record(stored({ data }))).toThrow(SyntaxError);
});

test('sealed data that nobody revealed throws rather than being shown', () => {
  expect(() => recorder.record(stored({ dataKind: DataKind.sealed }))).toThrow('not revealed');
});
