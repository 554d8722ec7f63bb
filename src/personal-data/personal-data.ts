/** The service behind the port of personal data: keys of a key store, fields of JSON text. */
import { Failure } from '../core/errors.ts';
import { DataKind, type EventData, type StoredEvent } from '../core/event.ts';
import type {
  PersonalData,
  PersonReference,
  SealRequest,
  SealResult,
  TextSealer,
} from '../core/personal-data.ts';
import { KeyRing, type KeyRingDependencies, type KeyView } from './key-ring.ts';
import { RevealedEvent } from './revealed-event.ts';
import {
  findMarked,
  findSealed,
  referencesOf,
  revealFields,
  sealFields,
  type MarkedFields,
} from './sealed-fields.ts';

const PLAIN: SealResult = { status: 'plain' };

export interface PersonalDataService extends PersonalData, TextSealer {
  /** As `prepare`; what it answers with reveals these events for as long as it is held, whatever the cache does. */
  revealer(events: Iterable<StoredEvent>): Promise<(event: StoredEvent) => StoredEvent>;
  /** Forgets the key in this process at once and tells the listeners. */
  forget(reference: PersonReference): void;
  /** Looks at the erasure list now. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Reads the erasure list and begins to watch it. Errors: UNAVAILABLE when the key store cannot be opened. */
export async function createPersonalData(deps: KeyRingDependencies): Promise<PersonalDataService> {
  const ring = await KeyRing.open(deps);

  const sealTexts = (tenant: string, requests: readonly SealRequest[]) =>
    sealAll(ring, tenant, requests);

  return {
    sealTexts,
    async seal(tenant, marks, data): Promise<EventData> {
      const bytes = Buffer.from(JSON.stringify(data));
      if (marks === null) return { kind: DataKind.json, bytes };
      const request = { type: marks.type ?? '', marks, otherwise: null, text: bytes };
      const [result = PLAIN] = await sealTexts(tenant, [request]);
      switch (result.status) {
        case 'plain':
          return { kind: DataKind.json, bytes };
        case 'sealed':
          return { kind: DataKind.sealed, bytes: result.bytes };
        case 'nobody':
          throw new Failure(
            'INPUT_INVALID',
            `The data has personal fields but names no person at ${marks.person}.`,
          );
        case 'erased':
          throw new Failure('PERSON_ERASED', 'The person of this data was erased.');
      }
    },
    async revealText(tenant, type, text) {
      const sealed = findSealed(bufferOf(text));
      const keys = await ring.load(referencesOf(sealed));
      return revealFields(sealed, { tenant, type }, keys);
    },
    personsIn: (text) => referencesOf(findSealed(bufferOf(text))),
    async prepare(events) {
      await ring.load(referencesIn(events));
    },
    reveal: (event) => revealed(event, (reference) => ring.key(reference)),
    async revealer(events) {
      const keys = await ring.load(referencesIn(events));
      return (event) => revealed(event, keys);
    },
    referenceOf: (tenant, personId) => ring.referenceOf(tenant, personId),
    personsOf: (event) =>
      event.dataKind === DataKind.sealed ? referencesOf(findSealed(bufferOf(event.data))) : [],
    onErased: (listener) => ring.onErased(listener),
    forget: (reference) => ring.forget(reference),
    refresh: () => ring.refresh(),
    close: () => ring.close(),
  };
}

interface Sealing {
  readonly request: SealRequest;
  readonly found: MarkedFields;
  /** Null when nothing is to be sealed or nobody is named. */
  readonly reference: PersonReference | null;
}

async function sealAll(
  ring: KeyRing,
  tenant: string,
  requests: readonly SealRequest[],
): Promise<readonly SealResult[]> {
  const sealings = requests.map((request): Sealing => {
    const found = findMarked(bufferOf(request.text), request.marks);
    const personId = found.personId ?? request.otherwise;
    const named = found.fields.length > 0 && personId !== null;
    return { request, found, reference: named ? ring.referenceOf(tenant, personId) : null };
  });
  const references = sealings.flatMap(({ reference }) => reference ?? []);
  const keys = references.length > 0 ? await ring.ensure(references) : () => undefined;
  return sealings.map((sealing) => sealed(tenant, sealing, keys));
}

function sealed(tenant: string, sealing: Sealing, keys: KeyView): SealResult {
  const { request, found, reference } = sealing;
  if (found.fields.length === 0) return PLAIN;
  if (reference === null) return { status: 'nobody' };
  const key = keys(reference);
  if (key === 'erased') return { status: 'erased' };
  if (key === undefined) throw new TypeError('the key to seal with was not loaded');
  const type = request.type === '' ? null : request.type;
  return { status: 'sealed', bytes: sealFields(found, { tenant, reference, type }, key) };
}

function revealed(event: StoredEvent, keys: KeyView): StoredEvent {
  if (event.dataKind !== DataKind.sealed) return event;
  const { tenant, type } = event;
  return new RevealedEvent(
    event,
    revealFields(findSealed(bufferOf(event.data)), { tenant, type }, keys),
  );
}

function* referencesIn(events: Iterable<StoredEvent>): Iterable<PersonReference> {
  for (const event of events)
    if (event.dataKind === DataKind.sealed) yield* referencesOf(findSealed(bufferOf(event.data)));
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
