import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOfDraft } from '../core/content-equality.ts';
import { DataKind, type EventDraft } from '../core/event.ts';
import { ID_BYTES_MAX } from './attributes.ts';
import { parseSingle } from './json-body.ts';
import type { Rejection } from './rejection.ts';
import { createEventParser, createTextCaches, isRejection } from './structured-event.ts';

const parser = createEventParser(createTextCaches());

function parse(text: string | Buffer): EventDraft | Rejection {
  return parseSingle(parser, typeof text === 'string' ? Buffer.from(text) : text);
}

function draft(text: string): EventDraft {
  const parsed = parse(text);
  if (isRejection(parsed)) throw new Error(parsed.detail);
  return parsed;
}

/** A whole event with these members added or, as undefined, left out. */
function eventText(members: Record<string, unknown> = {}): string {
  return JSON.stringify({
    specversion: '1.0',
    id: 'a1',
    source: '/pos',
    type: 'order.placed',
    ...members,
  });
}

function rejection(text: string): { code: string; at: string } | null {
  const parsed = parse(text);
  return isRejection(parsed) ? { code: parsed.code, at: parsed.at } : null;
}

const dataText = (event: EventDraft): string =>
  Buffer.from(event.dataBytes).toString('utf8', event.dataStart, event.dataEnd);
const extensionsOf = (event: EventDraft): unknown =>
  JSON.parse(contentOfDraft(event).extensionsJson ?? '{}');

describe('an event in JSON', () => {
  it('keeps every attribute, and its data as the bytes that were sent', () => {
    const data = '{"total": 12345678901234567890.10, "__proto__": {"a": 1}}';
    const event = draft(
      `{"specversion":"1.0","id":"a1","source":"/pos","type":"order.placed","subject":"table/7","time":"2026-11-21T12:00:00.123Z","datacontenttype":"application/json","dataschema":"https://example.com/s","data":${data}}`,
    );
    const content = contentOfDraft(event);
    expect({ ...content, data: undefined }).toMatchObject({
      id: 'a1',
      source: '/pos',
      type: 'order.placed',
      subject: 'table/7',
      time: '2026-11-21T12:00:00.123Z',
      dataContentType: 'application/json',
      dataSchema: 'https://example.com/s',
      extensionsJson: null,
      dataKind: DataKind.json,
    });
    expect(dataText(event)).toBe(data);
  });

  it('reads any strings as JSON.parse does, escaped or not', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((value) => !/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(value));
    const escapeAll = (value: string): string =>
      Array.from(
        { length: value.length },
        (_, at) => `\\u${value.charCodeAt(at).toString(16).padStart(4, '0')}`,
      ).join('');
    fc.assert(
      fc.property(fc.tuple(text, text, text), fc.boolean(), ([id, subject, extension], escaped) => {
        const quote = (value: string): string =>
          escaped ? `"${escapeAll(value)}"` : JSON.stringify(value);
        const event = draft(
          `{"specversion":"1.0","id":${quote(id)},"source":"/pos","type":"t","subject":${quote(subject)},"ext":${quote(extension)}}`,
        );
        const content = contentOfDraft(event);
        expect([content.id, content.subject, extensionsOf(event)]).toEqual([
          id,
          subject,
          { ext: extension },
        ]);
      }),
    );
  });

  it('may be written with escapes in names, other order and white space', () => {
    const event = draft(
      '\n{ "\\u0069d" : "a1" ,"data":1,"type":"t" , "source" : "\\/pos","specversion":"\\u0031.0" }\t',
    );
    expect(contentOfDraft(event)).toMatchObject({ id: 'a1', source: '/pos', type: 't' });
  });

  it('keeps extensions as strings, booleans and integers, in one form', () => {
    const event = draft(
      eventText({ a: 'x"\\é', b: true, c: -2147483648, sequence: '1', gone: null }),
    );
    expect(extensionsOf(event)).toEqual({ a: 'x"\\é', b: true, c: -2147483648, sequence: '1' });
    expect(
      contentOfDraft(draft(`${eventText().slice(0, -1)},"a":"\\u00e9\\/","b":-0}`)).extensionsJson,
    ).toBe('{"a":"é/","b":0}');
  });

  it('drops the extensions that this server sets, so that what was read may be posted again', () => {
    const event = draft(
      eventText({ recordedtime: 'x', position: '1', bucket: 3, stream: 's', streamversion: 1 }),
    );
    expect(contentOfDraft(event).extensionsJson).toBeNull();
  });

  it('takes null for an absent attribute', () => {
    const content = contentOfDraft(
      draft(eventText({ subject: null, time: null, datacontenttype: null, dataschema: null })),
    );
    expect(content).toMatchObject({
      subject: null,
      time: null,
      dataContentType: null,
      dataSchema: null,
    });
  });

  it.each([
    [{ data: { a: 1 } }, DataKind.json, '{"a":1}'],
    [{ data: null }, DataKind.json, 'null'],
    [{ data: 'text', datacontenttype: 'application/vnd.x+json; v=1' }, DataKind.json, '"text"'],
    [{ data: 'te\n"xt', datacontenttype: 'text/plain' }, DataKind.text, 'te\n"xt'],
    [{ data: 'plain', datacontenttype: 'application/xml' }, DataKind.text, 'plain'],
    [{ data: { a: 1 }, datacontenttype: 'text/plain' }, DataKind.json, '{"a":1}'],
    [{ data_base64: 'AP8=', datacontenttype: 'image/png' }, DataKind.binary, '\0\ufffd'],
    [{ data_base64: Buffer.from(' {"a":1} ').toString('base64') }, DataKind.json, '{"a":1}'],
    [{ data_base64: Buffer.from('{"a":').toString('base64') }, DataKind.binary, '{"a":'],
    [{ data_base64: null, data: 1 }, DataKind.json, '1'],
    [{ data_base64: '' }, DataKind.binary, ''],
    [{}, DataKind.none, ''],
  ])('holds the data of %j', (members, kind, text) => {
    const event = draft(eventText(members));
    expect([event.dataKind, dataText(event)]).toEqual([kind, text]);
  });

  it.each([
    [{ specversion: undefined }, 'specversion'],
    [{ specversion: '0.3' }, 'specversion'],
    [{ specversion: 1 }, 'specversion'],
    [{ id: undefined }, 'id'],
    [{ id: '' }, 'id'],
    [{ id: null }, 'id'],
    [{ id: 7 }, 'id'],
    [{ id: 'a\u0000' }, 'id'],
    [{ id: 'a\u007f' }, 'id'],
    [{ id: 'a\u0085' }, 'id'],
    [{ id: 'x'.repeat(ID_BYTES_MAX + 1) }, 'id'],
    [{ source: undefined }, 'source'],
    [{ source: '' }, 'source'],
    [{ source: 'with space' }, 'source'],
    [{ source: '/%zz' }, 'source'],
    [{ source: '/a#b#c' }, 'source'],
    [{ type: undefined }, 'type'],
    [{ type: '' }, 'type'],
    [{ subject: '' }, 'subject'],
    [{ subject: 'a\nb' }, 'subject'],
    [{ time: 'yesterday' }, 'time'],
    [{ time: '2026-02-29T00:00:00Z' }, 'time'],
    [{ time: '2026-01-01T00:00:00' }, 'time'],
    [{ datacontenttype: 'json' }, 'datacontenttype'],
    [{ dataschema: '/relative' }, 'dataschema'],
    [{ Subject: 'x' }, 'Subject'],
    [{ my_extension: 1 }, 'my_extension'],
    [{ ['e'.repeat(65)]: 1 }, 'e'.repeat(64)],
    [{ ext: 1.5 }, 'ext'],
    [{ ext: 2147483648 }, 'ext'],
    [{ ext: {} }, 'ext'],
    [{ ext: 'a\u0001' }, 'ext'],
    [{ data: 1, data_base64: 'AA==' }, 'data_base64'],
    [{ data_base64: 'AA' }, 'data_base64'],
    [{ data_base64: 'AB==' }, 'data_base64'],
    [{ data_base64: 'A A=' }, 'data_base64'],
    [{ data_base64: 1 }, 'data_base64'],
  ])('is refused with %j', (members, at) => {
    expect(rejection(eventText(members))).toEqual({ code: 'EVENT_INVALID', at });
  });

  it.each([
    ['a name given twice', `${eventText().slice(0, -1)},"id":"b"}`],
    ['a name given twice, once with escapes', `${eventText().slice(0, -1)},"\\u0069d":"b"}`],
    ['an extension given twice', `${eventText({ ext: 1 }).slice(0, -1)},"ext":2}`],
    ['half a surrogate pair in its data', `${eventText().slice(0, -1)},"data":"\\ud800"}`],
    [
      'half a surrogate pair in an attribute',
      `${eventText({ id: undefined }).slice(0, -1)},"id":"\\ud800"}`,
    ],
    [
      'data nested 10,000 levels deep',
      `${eventText().slice(0, -1)},"data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    ],
    [
      'more than 64 extensions',
      eventText(Object.fromEntries([...Array(65).keys()].map((n) => [`e${n}`, 1]))),
    ],
  ])('is refused with %s', (_, text) => {
    expect(rejection(text)?.code).toBe('EVENT_INVALID');
  });

  it.each([{ type: 'comptoir.order.placed.v1' }, { source: '/comptoir/orders' }])(
    'is reserved with %j',
    (members) => {
      expect(rejection(eventText(members))?.code).toBe('RESERVED_TYPE');
    },
  );

  it.each([
    '',
    ' ',
    '{',
    eventText().slice(0, -1),
    `${eventText()}x`,
    `\ufeff${eventText()}`,
    '{"id":"a\u0000"}',
    "{'id':1}",
    '{"a":01}',
    '{"a":1,}',
  ])('cannot be read from %j', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'EVENT_INVALID' }));
  });

  it('cannot be read from bytes that are not UTF-8', () => {
    const text = Buffer.from(eventText({ subject: 'é' }));
    text[text.indexOf(0xc3)] = 0xff;
    expect(() => parse(text)).toThrow(/not valid UTF-8/);
  });

  it.each(['1', '"a"', '[]', 'null'])('is not the JSON value %s', (text) => {
    expect(rejection(text)?.code).toBe('EVENT_INVALID');
  });

  it.each([
    '2026-11-21T12:00:00Z',
    '2016-12-31T23:59:60Z',
    '2024-02-29t00:00:00.000000001+05:30',
    '0000-01-01T00:00:00-00:00',
  ])('takes the time %s', (time) => {
    expect(contentOfDraft(draft(eventText({ time }))).time).toBe(time);
  });
});
