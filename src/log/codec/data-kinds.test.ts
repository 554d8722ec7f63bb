import { describe, expect, it } from 'vitest';
import { contentOfDraft, sameContent } from '../../core/content-equality.ts';
import { DataKind, draftOf, type EventDraft } from '../../core/event.ts';
import { BatchDecoder, LayoutError } from './batch-decoder.ts';
import { BatchEncoder } from './batch-encoder.ts';

const PLACE = { tenant: 't1', decided: false, stream: null, streamVersion: 0 };
const KINDS = [
  DataKind.json,
  DataKind.sealed,
  DataKind.none,
  DataKind.erased,
  DataKind.sealed,
  DataKind.text,
];

function draft(id: string, kind: DataKind, text = '{"a":{"$sealed":"AAAA"}}'): EventDraft {
  const bare = kind === DataKind.none || kind === DataKind.erased;
  return draftOf({ id, source: '/s', type: 't' }, { kind, bytes: Buffer.from(bare ? '' : text) });
}

function encoded(kinds: readonly DataKind[]): Buffer {
  const encoder = new BatchEncoder();
  encoder.begin();
  encoder.add(draft('before', DataKind.sealed), PLACE);
  encoder.begin();
  kinds.forEach((kind, index) => encoder.add(draft(String(index), kind), PLACE));
  return Buffer.from(encoder.finish());
}

describe('sealed and erased data in a batch', () => {
  it('comes back as what it was, with the data of its neighbours', () => {
    const decoder = new BatchDecoder(encoded(KINDS));
    expect(KINDS.map((_, index) => decoder.dataKindAt(index))).toEqual(KINDS);
    expect(decoder.hasSealed).toBe(true);
    expect(decoder.dataAt(4).toString()).toBe('{"a":{"$sealed":"AAAA"}}');
    expect(decoder.dataAt(3).length).toBe(0);
  });

  it('survives packing again from the batch', () => {
    const first = new BatchDecoder(encoded(KINDS));
    const encoder = new BatchEncoder();
    encoder.begin();
    for (let index = 0; index < first.count; index++)
      encoder.add(first.draftAt(index), first.placeAt(index));
    expect(Buffer.from(encoder.finish())).toEqual(encoded(KINDS));
  });

  it('costs a batch without it nothing: its bytes are those of before', () => {
    const plain = encoded([DataKind.json, DataKind.none]);
    const decoder = new BatchDecoder(plain);
    expect(decoder.hasSealed).toBe(false);
    expect(encoded([DataKind.json, DataKind.sealed]).length).toBeGreaterThan(
      encoded([DataKind.json, DataKind.json]).length,
    );
  });

  it('of a kind that a newer program wrote is refused, not guessed', () => {
    const bytes = Buffer.concat([encoded([DataKind.json]), Buffer.of(9, 1, 0)]);
    expect(() => new BatchDecoder(bytes)).toThrow(LayoutError);
  });
});

describe('content equality', () => {
  const content = (kind: DataKind, text?: string) => contentOfDraft(draft('1', kind, text));

  it('takes equal seals for equal content, and sealed for other than plain', () => {
    expect(sameContent(content(DataKind.sealed), content(DataKind.sealed))).toBe(true);
    expect(sameContent(content(DataKind.sealed), content(DataKind.sealed, '{"a":1}'))).toBe(false);
    expect(sameContent(content(DataKind.sealed), content(DataKind.json, '{"a":1}'))).toBe(false);
  });

  it('takes whatever comes under the key of an erased event for a repetition of it', () => {
    expect(sameContent(content(DataKind.erased), content(DataKind.json))).toBe(true);
    expect(sameContent(content(DataKind.text), content(DataKind.erased))).toBe(true);
    const other = contentOfDraft(draft('2', DataKind.json));
    expect(sameContent(content(DataKind.erased), other)).toBe(false);
  });
});
