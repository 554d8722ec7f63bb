import { describe, expect, it } from 'vitest';
import { contentOfDraft, sameContent } from '../core/content-equality.ts';
import { DataKind, type EventDraft } from '../core/event.ts';
import { parseBinaryEvent } from './binary-event.ts';
import { decodeHeaderValue } from './header-value.ts';
import { parseSingle } from './json-body.ts';
import { contentModeOf } from './media-type.ts';
import { createEventParser, createTextCaches, isRejection } from './structured-event.ts';

const caches = createTextCaches();
const PLAIN = {
  'ce-specversion': '1.0',
  'ce-id': 'a1',
  'ce-source': '/pos',
  'ce-type': 'order.placed',
};

function parse(headers: Record<string, string>, body: string | Buffer = '') {
  return parseBinaryEvent(caches, Object.entries(headers).flat(), Buffer.from(body));
}

function draft(headers: Record<string, string>, body: string | Buffer = ''): EventDraft {
  const parsed = parse({ ...PLAIN, ...headers }, body);
  if (isRejection(parsed)) throw new Error(parsed.detail);
  return parsed;
}

describe('header values', () => {
  // The first four stand in the HTTP protocol binding 1.0.2, section 3.1.3.2.
  it.each([
    ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['plain', 'plain'],
    ['%65%78%c3%a9', 'exé'],
    ['"quoted \\"text\\" here"', 'quoted "text" here'],
    ['%2525', '%25'],
    ['"a%20b"', 'a b'],
    ['a"b c"d', 'ab cd'],
    ['', ''],
  ])('%s is decoded once', (value, text) => {
    expect(decodeHeaderValue(value)).toEqual({ text });
  });

  it.each(['%C0%A0', '%', '%2', '%zz', '%ff', '%ED%A0%80', '"open', '\u00e9'])(
    '%s is refused',
    (value) => {
      expect(decodeHeaderValue(value)).toHaveProperty('problem');
    },
  );
});

describe('an event in binary mode', () => {
  it('equals the same event in structured mode', () => {
    const binary = draft(
      {
        'CE-Subject': 'caf%C3%A9',
        'ce-time': '2026-11-21T12:00:00Z',
        'ce-dataschema': 'https://example.com/s',
        'ce-sampled': 'true',
        'ce-priority': '5',
        'ce-position': '7',
        'Content-Type': 'application/json; charset=utf-8',
      },
      '{ "total": 1 }\n',
    );
    const structured = parseSingle(
      createEventParser(caches),
      Buffer.from(
        '{"specversion":"1.0","id":"a1","source":"/pos","type":"order.placed","subject":"café","time":"2026-11-21T12:00:00Z","dataschema":"https://example.com/s","sampled":true,"priority":5,"datacontenttype":"application/json; charset=utf-8","data":{"total":1}}',
      ),
    );
    if (isRejection(structured)) throw new Error(structured.detail);
    expect(sameContent(contentOfDraft(binary), contentOfDraft(structured))).toBe(true);
  });

  it.each([
    ['text/plain', 'as text', DataKind.text],
    ['application/xml', '<a/>', DataKind.text],
    ['text/plain; charset=iso-8859-1', 'caf', DataKind.binary],
    ['application/octet-stream', '{"a":1}', DataKind.binary],
    ['application/json', '[1]', DataKind.json],
    ['application/json', '', DataKind.none],
    ['application/cloudevent', '1', DataKind.binary],
  ])('holds data of %s %j by its media type', (contentType, body, kind) => {
    const event = draft({ 'content-type': contentType }, body);
    expect(event.dataKind).toBe(kind);
    expect(event.dataContentType).toBe(contentType);
    expect(Buffer.from(event.dataBytes).toString('utf8', event.dataStart, event.dataEnd)).toBe(
      body,
    );
  });

  it('holds data without Content-Type as JSON when it is JSON, else as bytes', () => {
    expect(draft({}, '{"a":1}').dataKind).toBe(DataKind.json);
    expect(draft({}, Buffer.from([0, 255])).dataKind).toBe(DataKind.binary);
    expect(draft({ 'content-type': 'text/plain' }, Buffer.from([0xff])).dataKind).toBe(
      DataKind.binary,
    );
  });

  it.each([
    [{ 'ce-specversion': '0.3' }, 'specversion'],
    [{ 'ce-id': '' }, 'id'],
    [{ 'ce-id': '%00' }, 'id'],
    [{ 'ce-id': '%ff' }, 'id'],
    [{ 'ce-subject': '' }, 'subject'],
    [{ 'ce-time': 'now' }, 'time'],
    [{ 'ce-source': 'a%20b' }, 'source'],
    [{ 'ce-dataschema': 'relative' }, 'dataschema'],
    [{ 'ce-my_ext': '1' }, 'my_ext'],
    [{ 'ce-datacontenttype': 'application/json' }, 'datacontenttype'],
    [{ 'ce-data': '1' }, 'data'],
    [{ 'content-type': 'json' }, 'content-type'],
    [{ 'ce-ID': 'again' }, 'id'],
  ])('is refused with %j', (headers, at) => {
    expect(parse({ ...PLAIN, ...headers })).toMatchObject({ code: 'EVENT_INVALID', at });
  });

  it('is refused with two types of content, of which readers could take either', () => {
    const parsed = parseBinaryEvent(
      caches,
      [...Object.entries(PLAIN).flat(), 'Content-Type', 'text/plain', 'content-type', 'text/html'],
      Buffer.from('x'),
    );
    expect(parsed).toMatchObject({ code: 'EVENT_INVALID', at: 'content-type' });
  });

  it.each(['ce-specversion', 'ce-id', 'ce-source', 'ce-type'])('is refused without %s', (name) => {
    const headers: Record<string, string> = { ...PLAIN };
    delete headers[name];
    expect(parse(headers)).toMatchObject({ code: 'EVENT_INVALID', at: name.slice(3) });
  });

  it('is refused when its JSON is not JSON, and as a media type when its JSON is not in UTF-8', () => {
    expect(parse({ ...PLAIN, 'content-type': 'application/json' }, '{"a":')).toMatchObject({
      code: 'EVENT_INVALID',
      at: 'data',
    });
    expect(() =>
      parse({ ...PLAIN, 'content-type': 'application/json; charset=utf-16' }, '1'),
    ).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }));
  });

  it('is reserved with a type or source of ours', () => {
    expect(parse({ ...PLAIN, 'ce-type': 'comptoir%2Ex' })).toMatchObject({ code: 'RESERVED_TYPE' });
    expect(parse({ ...PLAIN, 'ce-source': '/comptoir/x' })).toMatchObject({
      code: 'RESERVED_TYPE',
    });
  });
});

describe('the content mode', () => {
  it.each([
    ['application/cloudevents+json', false, 'structured'],
    ['Application/CloudEvents+JSON; charset="UTF-8"', true, 'structured'],
    ['application/cloudevents+json; x="; charset=utf-16"', false, 'structured'],
    ['application/cloudevents-batch+json; charset=us-ascii', false, 'batch'],
    ['application/x-ndjson', false, 'ndjson'],
    ['application/x-ndjson', true, 'binary'],
    ['application/json', true, 'binary'],
    [undefined, true, 'binary'],
  ] as const)('of %s with event headers %s is %s', (contentType, headers, mode) => {
    expect(contentModeOf(contentType, () => headers)).toBe(mode);
  });

  it.each([
    'application/json',
    undefined,
    'application/cloudevents+avro',
    'application/cloudevents',
    'application/cloudevents+json; charset=utf-16',
    'application/cloudevents+json; x="a\\"; b"; Charset=utf-16',
    'application/cloudevents-batch+json; charset=iso-8859-1',
    'application/x-ndjson; charset=latin1',
  ])('of %s without event headers is none', (contentType) => {
    expect(() => contentModeOf(contentType, () => false)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }),
    );
  });
});
