import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compactJson,
  contentOfDraft,
  sameContent,
  sameJson,
  type EventContent,
} from './content-equality.ts';
import { DataKind, draftOf, type EventAttributes, type EventData } from './event.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const attributes = { id: '1', source: '/shop', type: 'order.placed' } satisfies EventAttributes;

function bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

function content(extra: Partial<EventAttributes>, data?: EventData): EventContent {
  return contentOfDraft(draftOf({ ...attributes, ...extra }, data));
}

function json(text: string): EventContent {
  return content({}, { kind: DataKind.json, bytes: bytes(text) });
}

describe('attributes', () => {
  const full = {
    subject: 'order/1',
    time: '2026-01-01T00:00:00Z',
    dataContentType: 'text/plain',
    dataSchema: 'urn:s',
  };

  test('equal attributes are the same content', () => {
    expect(sameContent(content(full), content(full))).toBe(true);
  });

  test.each(Object.keys(full))('another or no %s is other content', (name) => {
    expect(sameContent(content(full), content({ ...full, [name]: 'other' }))).toBe(false);
    expect(sameContent(content(full), content({ ...full, [name]: undefined }))).toBe(false);
  });

  test.each(['id', 'source', 'type'])('another %s is other content', (name) => {
    expect(sameContent(content({}), content({ [name]: 'other' }))).toBe(false);
  });

  test('an absent subject differs from one that merely decodes to nothing', () => {
    expect(content({}).subject).toBeNull();
    expect(content({ subject: '' }).subject).toBe('');
    expect(sameContent(content({}), content({ subject: '' }))).toBe(false);
  });

  test('the order of extensions does not count', () => {
    const one = content({ extensions: { a: 'x', b: 'y' } });
    expect(sameContent(one, content({ extensions: { b: 'y', a: 'x' } }))).toBe(true);
    expect(sameContent(one, content({ extensions: { a: 'x' } }))).toBe(false);
    expect(sameContent(one, content({ extensions: { a: 'x', c: 'y' } }))).toBe(false);
    expect(sameContent(one, content({}))).toBe(false);
  });

  test('an extension equals its string form, as a header carries it', () => {
    const typed = content({ extensions: { sequence: 5, sampled: true } });
    expect(sameContent(typed, content({ extensions: { sampled: 'true', sequence: '5' } }))).toBe(
      true,
    );
    expect(sameContent(typed, content({ extensions: { sampled: 'true', sequence: '6' } }))).toBe(
      false,
    );
  });

  test('JSON data without a content type equals the same with application/json', () => {
    const data = { kind: DataKind.json, bytes: bytes('{}') };
    const typed = content({ dataContentType: 'application/json' }, data);
    expect(sameContent(typed, content({}, data))).toBe(true);
    expect(sameContent(typed, content({ dataContentType: 'application/x+json' }, data))).toBe(
      false,
    );
  });
});

describe('data', () => {
  test.each([
    [
      'white space between tokens',
      '{"a":[1,2],"b":"c d"}',
      ' { "a" : [ 1 ,\n2 ] ,\t"b":"c d" }\r\n',
      true,
    ],
    ['white space inside a string', '{"a":"b c"}', '{"a":"b  c"}', false],
    ['white space after an escaped quote', String.raw`["\" x"]`, String.raw`["\"  x"]`, false],
    ['white space after an escaped backslash', String.raw`["\\",1]`, String.raw`["\\", 1]`, true],
    ['number lexemes', '{"a":1.0}', '{"a":1.00}', false],
    ['numbers beyond 2^53', '9007199254740993', '9007199254740992', false],
    ['exponents', '1e2', '100', false],
    ['the order of members', '{"a":1,"b":2}', '{"b":2,"a":1}', false],
    ['a longer text', '[1]', '[1,2]', false],
  ])('JSON: %s', (...[, a, b, equal]) => {
    expect(sameContent(json(a), json(b))).toBe(equal);
    expect(sameContent(json(b), json(a))).toBe(equal);
  });

  test('text and binary compare by bytes, also with each other', () => {
    const text = content({}, { kind: DataKind.text, bytes: bytes('a b') });
    expect(sameContent(text, content({}, { kind: DataKind.text, bytes: bytes('a  b') }))).toBe(
      false,
    );
    expect(sameContent(text, content({}, { kind: DataKind.binary, bytes: bytes('a b') }))).toBe(
      true,
    );
  });

  test('JSON data never equals text or binary data', () => {
    const text = content({}, { kind: DataKind.text, bytes: bytes('1') });
    expect(sameContent(text, json('1'))).toBe(false);
  });

  test('no data equals empty data', () => {
    expect(sameContent(content({}), content({}, { kind: DataKind.binary, bytes: bytes('') }))).toBe(
      true,
    );
  });
});

/** JSON text of `value` with `gap` white space chosen by `pick` between any two tokens. */
function spaced(value: unknown, pick: () => string): string {
  const parts = JSON.stringify(value).match(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^{}[\]:,"]+/gu) ?? [];
  return parts.map((part) => pick() + part).join('') + pick();
}

const gap = fc.constantFrom('', '', ' ', '\n', '\t', '\r\n  ');
const spacings = fc.infiniteStream(gap);
const small = fc.jsonValue({ maxDepth: 2 });
/** Two JSON values that are often the same one. */
const pairs = fc.oneof(
  fc.tuple(small, small),
  small.map((value) => [value, value] as const),
);

describe('properties', () => {
  test('any spacing of a JSON value is the same JSON and compacts to one text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), spacings, (value, stream) => {
        const pick = () => stream.next().value;
        const [a, b] = [bytes(spaced(value, pick)), bytes(spaced(value, pick))];
        expect(sameJson(a, b)).toBe(true);
        expect(decoder.decode(compactJson(a))).toBe(JSON.stringify(value));
      }),
    );
  });

  test('sameJson says the same as equality of compacted bytes', () => {
    fc.assert(
      fc.property(pairs, spacings, ([left, right], stream) => {
        const pick = () => stream.next().value;
        const [a, b] = [bytes(spaced(left, pick)), bytes(spaced(right, pick))];
        const compacted = decoder.decode(compactJson(a)) === decoder.decode(compactJson(b));
        expect(sameJson(a, b)).toBe(compacted);
        expect(compacted).toBe(JSON.stringify(left) === JSON.stringify(right));
      }),
    );
  });

  test('text without white space is not copied', () => {
    const compact = bytes('{"a":"b c"}');
    expect(compactJson(compact)).toBe(compact);
  });
});
