import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataKind, draftOf, type EventDraft } from '../../core/event.ts';
import { BatchDecoder } from './batch-decoder.ts';
import { BatchEncoder, type EntryPlace } from './batch-encoder.ts';
import { FLAG } from './layout.ts';
import {
  COMPRESSION,
  CorruptBatchError,
  openAlone,
  packPayload,
  sealAlone,
  unpackPayload,
} from './packed-batch.ts';
import { decodeParts, encodeParts } from './parts.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const id = fc.oneof(
  fc.uuid(),
  text,
  fc.uuid().map((uuid) => uuid.toUpperCase()),
);
const optional = fc.option(text, { nil: undefined });

const entry = fc.record({
  attributes: fc.record({
    id,
    source: fc.constantFrom('/a', '/b', '/längere/quelle'),
    type: fc.constantFrom('x.placed', 'x.paid'),
    subject: optional,
    time: optional,
    dataContentType: fc.constantFrom(undefined, 'application/json', 'text/plain'),
    dataSchema: fc.constantFrom(undefined, 'https://example.com/schema'),
    extensions: fc.option(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), text), {
      nil: undefined,
    }),
  }),
  kind: fc.constantFrom(...Object.values(DataKind)),
  data: fc.uint8Array({ maxLength: 300 }),
  tenant: fc.constantFrom('one', 'two'),
  stream: fc.option(fc.constantFrom('orders/1', 'orders/2'), { nil: null }),
  version: fc.integer({ min: 1, max: 2 ** 40 }),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

/** Whether events of the kind have no data. */
function isBare({ kind }: Entry): boolean {
  return kind === DataKind.none || kind === DataKind.erased;
}

function draftFrom(one: Entry): EventDraft {
  if (one.kind === DataKind.none) return draftOf(one.attributes);
  const data = { kind: one.kind, bytes: isBare(one) ? new Uint8Array(0) : one.data };
  return draftOf(one.attributes, data);
}

function placeFrom(one: Entry): EntryPlace {
  const streamVersion = one.stream === null ? 0 : one.version;
  return { tenant: one.tenant, decided: one.stream !== null, stream: one.stream, streamVersion };
}

function encode(entries: readonly Entry[], encoder = new BatchEncoder()): Buffer {
  encoder.begin();
  for (const one of entries) encoder.add(draftFrom(one), placeFrom(one));
  return Buffer.from(encoder.finish());
}

function expectHolds(decoder: BatchDecoder, index: number, one: Entry): void {
  const { attributes } = one;
  const extensions =
    Object.keys(attributes.extensions ?? {}).length > 0 ? attributes.extensions : null;
  expect({
    tenant: decoder.tenantAt(index),
    id: decoder.idAt(index),
    source: decoder.sourceAt(index),
    type: decoder.typeAt(index),
    subject: decoder.subjectAt(index),
    time: decoder.timeAt(index),
    contentType: decoder.contentTypeAt(index),
    schema: decoder.schemaAt(index),
    extensions: decoder.extensionsAt(index),
    stream: decoder.streamAt(index),
    version: decoder.streamVersionAt(index),
    decided: decoder.decidedAt(index),
    kind: decoder.dataKindAt(index),
    data: [...decoder.dataAt(index)],
  }).toEqual({
    tenant: one.tenant,
    id: attributes.id,
    source: attributes.source,
    type: attributes.type,
    subject: attributes.subject ?? null,
    time: attributes.time ?? null,
    contentType: attributes.dataContentType ?? null,
    schema: attributes.dataSchema ?? null,
    extensions: extensions === null ? null : JSON.stringify(extensions),
    stream: one.stream,
    version: one.stream === null ? 0n : BigInt(one.version),
    decided: one.stream !== null,
    kind: one.kind,
    data: isBare(one) ? [] : [...one.data],
  });
}

describe('the batch codec', () => {
  test('what was encoded is decoded unchanged, with an encoder that is reused', () => {
    const encoder = new BatchEncoder();
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), (entries) => {
        const decoder = new BatchDecoder(
          unpackPayload(packPayload(encode(entries, encoder), COMPRESSION.append)),
        );
        expect(decoder.count).toBe(entries.length);
        entries.forEach((one, index) => {
          expectHolds(decoder, index, one);
          expect(decoder.equalsBytes(index, draftFrom(one))).toBe(true);
        });
      }),
    );
  });

  test('a batch made of decoded drafts is the same bytes', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), (entries) => {
        const first = encode(entries);
        const decoder = new BatchDecoder(first);
        const again = new BatchEncoder();
        again.begin();
        entries.forEach((_, index) => {
          again.add(decoder.draftAt(index), decoder.placeAt(index));
        });
        expect(again.finish().equals(first)).toBe(true);
      }),
    );
  });

  test('equal bytes are not claimed for another event', () => {
    fc.assert(
      fc.property(entry, entry, (one, other) => {
        const decoder = new BatchDecoder(encode([one]));
        const claimed = decoder.equalsBytes(0, draftFrom(other));
        const content = (each: Entry): unknown => [
          each.attributes.type,
          each.attributes.subject,
          each.attributes.time,
          each.attributes.dataContentType,
          each.attributes.dataSchema,
          JSON.stringify(each.attributes.extensions ?? {}),
          each.kind,
          each.kind === DataKind.none ? [] : [...each.data],
        ];
        expect(claimed).toBe(JSON.stringify(content(one)) === JSON.stringify(content(other)));
      }),
    );
  });

  test('a removed event keeps its place and nothing else', () => {
    const encoder = new BatchEncoder();
    const one = fc.sample(entry, 1)[0]!;
    encoder.begin();
    encoder.add(draftFrom(one), placeFrom(one));
    encoder.addRemoved('one');
    encoder.add(draftFrom(one), placeFrom(one));
    const decoder = new BatchDecoder(Buffer.from(encoder.finish()));
    expect(decoder.removedAt(1)).toBe(true);
    expect(decoder.flagsAt(1)).toBe(FLAG.removed);
    expect(decoder.typeAt(1)).toBe('');
    expectHolds(decoder, 2, one);
  });

  test('any flipped bit of a payload is found by its checksum', () => {
    const entries = fc.sample(entry, 20);
    const packed = packPayload(encode(entries), COMPRESSION.append);
    fc.assert(
      fc.property(fc.nat(packed.payload.length * 8 - 1), (bit) => {
        const payload = Buffer.from(packed.payload);
        payload[bit >> 3] = payload[bit >> 3]! ^ (1 << (bit & 7));
        expect(() => unpackPayload({ ...packed, payload })).toThrow(CorruptBatchError);
      }),
    );
  });

  test('a payload of any size comes back unpacked, in one buffer that fits', () => {
    for (const size of [512, 16_384, 65_791, 65_792, 300_000, 4_000_000])
      for (const level of Object.values(COMPRESSION)) {
        const raw = Buffer.alloc(size, 'an event and ');
        const unpacked = unpackPayload(packPayload(raw, level));
        expect(unpacked.equals(raw)).toBe(true);
        if (size > 65_536) expect(unpacked.buffer.byteLength).toBe(size + 1);
      }
  });

  test('a stream event that was altered is found by its checksum', () => {
    const sealed = sealAlone(Buffer.from('an event'));
    expect(openAlone(sealed).toString()).toBe('an event');
    sealed[6] = sealed[6]! ^ 1;
    expect(() => openAlone(sealed)).toThrow(CorruptBatchError);
  });

  test('a codec of a newer program is refused, not guessed', () => {
    const packed = packPayload(Buffer.from('x'), COMPRESSION.append);
    expect(() => unpackPayload({ ...packed, codec: 99 })).toThrow(CorruptBatchError);
  });

  test('the parts of a merged batch come back as they were', () => {
    const part = fc.record({
      batchId: fc.uuid(),
      lastPosition: fc.integer({ min: 1, max: 2 ** 52 }),
      recordedAt: fc.integer({ min: 0, max: 2 ** 52 }),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        expect(decodeParts(encodeParts(parts))).toEqual(parts);
      }),
    );
  });
});
