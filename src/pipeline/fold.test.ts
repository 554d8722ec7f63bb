import { expect, test } from 'vitest';
import { draftOf, type EventDraft, type StoredEvent } from '../core/event.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { createCatalogue } from './catalogue.ts';
import { encodeEvent, extensionsOf, newEvent } from './encode-events.ts';
import { accountsModule, plainPersonalData, TENANT, type AccountState } from './fixture.ts';
import { emptyStream, foldNew, foldStored } from './fold.ts';

const known = createCatalogue([accountsModule()]).get('accounts')!;
const AT = '2026-01-02T03:04:05.678Z';
const extensions = extensionsOf({
  commandId: 'c',
  command: 'a.Do',
  actor: 'me',
  approver: null,
  cause: undefined,
});
const never = () => {
  throw new Error('every type is known');
};

/** The decided event as it comes back from a log. */
async function stored(type: string, data: object): Promise<StoredEvent> {
  const log = createMemoryLog();
  const fresh = newEvent(known, { type, data }, { eventId: 'e-1', at: AT });
  const place = { tenant: TENANT, known, id: 'a', extensions };
  const draft = await encodeEvent(fresh, place, plainPersonalData());
  await log.appendDecided({
    tenant: TENANT,
    streams: [{ stream: 'accounts/a', expectedVersion: 0n, events: [draft] }],
  });
  const [event] = await log.readStream(TENANT, 'accounts/a', { fromVersion: 1n, limit: 1 });
  return event!;
}

test('what does not survive JSON is not in the state that is kept in memory either', async () => {
  const data = { amount: -0, from: undefined, when: new Date(0), odd: Number.NaN };
  const fresh = newEvent(known, { type: 'Deposited', data }, { eventId: 'e-1', at: AT });
  expect(fresh.event.data).toEqual({ amount: 0, when: '1970-01-01T00:00:00.000Z', odd: null });
  const now = foldNew(emptyStream(known, 0), fresh, known);
  const event = await stored('Deposited', data);
  const later = foldStored(
    emptyStream(known, 0),
    { event, persons: [] },
    { known, onUnknown: never },
  );
  expect(JSON.stringify(now.state)).toBe(JSON.stringify(later.state));
  expect([now.version, now.at, now.eventId]).toEqual([later.version, later.at, later.eventId]);
});

test('folding leaves the state before as it was', async () => {
  const empty = Object.freeze(emptyStream(known, 0));
  const event = await stored('Deposited', { amount: 3 });
  const after = foldStored(empty, { event, persons: [] }, { known, onUnknown: never });
  expect((after.state as AccountState).balance).toBe(3);
  expect((empty.state as AccountState).balance).toBe(0);
  expect(empty.version).toBe(0n);
});

test('persons are noted only while their fields can be read', async () => {
  const personal = plainPersonalData();
  const event = await stored('NoteTaken', { accountId: 'a', text: 'likes tea' });
  const read = () => ({ event: personal.reveal(event), persons: personal.personsOf(event) });
  const clear = foldStored(emptyStream(known, 0), read(), { known, onUnknown: never });
  expect([...clear.notes.references]).toEqual([personal.referenceOf(TENANT, 'a')]);
  expect((clear.state as AccountState).note).toBe('likes tea');
  personal.erase();
  const erased = foldStored(emptyStream(known, 0), read(), { known, onUnknown: never });
  expect([erased.notes.references.size, erased.notes.personIds.size]).toEqual([0, 0]);
  expect((erased.state as AccountState).note).toBeNull();
});

/** What the ranges of a draft say. */
function told(draft: EventDraft) {
  const { bytes, dataBytes } = draft;
  const text = (start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString();
  return {
    id: text(draft.idStart, draft.idEnd),
    subject: text(draft.subjectStart, draft.subjectEnd),
    time: text(draft.timeStart, draft.timeEnd),
    extensions: text(draft.extensionsStart, draft.extensionsEnd),
    data: Buffer.from(dataBytes.subarray(draft.dataStart, draft.dataEnd)).toString(),
    strings: [draft.source, draft.type, draft.dataContentType, draft.dataSchema, draft.dataKind],
  };
}

test.each([
  ['Deposited', 'a', { amount: 3 }],
  ['Deposited', 'a', { amount: 3, of: 'Łódź' }],
  ['Deposited', 'ż', { amount: 3 }],
  ['Deposited', 'ż', { amount: 3, of: 'Łódź' }],
  ['NoteTaken', 'a', { accountId: 'a', text: 'żurek' }],
  ['NoteTaken', 'ż', { accountId: 'a' }],
])('an encoded %s of %s has what plain encoding would give it', async (type, id, data) => {
  const personal = plainPersonalData();
  const fresh = newEvent(known, { type, data }, { eventId: 'e', at: AT });
  const { marks, wire } = known.events.get(type)!;
  const plain = draftOf(
    {
      id: 'e',
      source: '/comptoir/accounts',
      type: wire,
      subject: id,
      time: AT,
      dataContentType: 'application/json',
      extensions: JSON.parse(extensions),
    },
    await personal.seal(TENANT, marks, data),
  );
  const draft = await encodeEvent(fresh, { tenant: TENANT, known, id, extensions }, personal);
  expect(told(draft)).toEqual(told(plain));
});

test('an event of a type that the aggregate does not declare is a defect', () => {
  const make = () => newEvent(known, { type: 'Unheard', data: {} }, { eventId: 'e', at: AT });
  expect(make).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
});
