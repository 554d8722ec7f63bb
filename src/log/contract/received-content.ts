import { expect, test } from 'vitest';
import { DataKind, draftOf, type EventAttributes, type EventData } from '../../core/event.ts';
import { releaseBytes } from '../../platform/memory/release-bytes.ts';
import {
  dataText,
  freshTenant,
  jsonData,
  readTenant,
  received,
  statusesOf,
  textData,
  type Subject,
} from './fixtures.ts';

const BIG_BYTES = 900_000;

/** What is stored is what was sent, and which repeats are the same event: L5, L12. */
export function receivedContentContract(subject: Subject): void {
  test('every attribute and the data come back as they were sent', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const attributes = {
      id: 'é-1',
      source: 'urn:source:1',
      type: 'order.placed',
      subject: 'order/1 ü 🍽️',
      time: '2026-07-01T12:00:00.123456789+02:00',
      dataContentType: 'application/vnd.shop+json',
      dataSchema: 'https://example.com/schema',
      extensions: { sequence: '0001', sampled: true, priority: -7, traceparent: 'ü"\\' },
    };
    const text = '{ "price": 12345678901234567890.10, "name": "Crêpe \\u00e9 🥞" }';
    await log.appendReceived(tenant, [draftOf(attributes, jsonData(text))]);
    const [event] = await readTenant(log, tenant);
    const { extensions, ...plain } = attributes;
    expect(event).toMatchObject({
      ...plain,
      tenant,
      bucket: log.bucketOf(tenant),
      dataKind: DataKind.json,
      decided: false,
      stream: null,
      streamVersion: 0n,
    });
    expect(JSON.parse(event!.extensionsJson!)).toEqual(extensions);
    expect(dataText(event!)).toBe(text);
  });

  test('bytes of a draft may be used anew once its outcome is told', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const text = JSON.stringify({ note: 'x'.repeat(50_000) });
    // As the server has it: a Buffer, whose `slice` is a view.
    const data = { kind: DataKind.json, bytes: Buffer.from(text) };
    const draft = received('1', {}, data);
    await log.appendReceived(tenant, [draft]);
    releaseBytes(data.bytes);
    expect(draft.dataBytes).toHaveLength(0);
    expect(dataText((await readTenant(log, tenant))[0]!)).toBe(text);
    // A repeat is compared with what was stored, not with what was sent then.
    const repeat = [received('1', {}, jsonData(text)), received('1', {}, jsonData('{}'))];
    expect(statusesOf(await log.appendReceived(tenant, repeat))).toEqual(['duplicate', 'conflict']);
  });

  test('absent attributes and absent data stay absent', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    await log.appendReceived(tenant, [draftOf({ id: '1', source: '/s', type: 't' })]);
    const [event] = await readTenant(log, tenant);
    expect(event).toMatchObject({
      subject: null,
      time: null,
      dataContentType: null,
      dataSchema: null,
      extensionsJson: null,
      dataKind: DataKind.none,
    });
    expect(event!.data.length).toBe(0);
  });

  test('empty text stays text and binary bytes stay as they are', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    await log.appendReceived(tenant, [
      received('text', {}, textData('')),
      received('binary', {}, { kind: DataKind.binary, bytes }),
    ]);
    const [text, binary] = await readTenant(log, tenant);
    expect([text!.dataKind, text!.data.length]).toEqual([DataKind.text, 0]);
    expect(binary!.dataKind).toBe(DataKind.binary);
    expect(Buffer.compare(binary!.data, bytes)).toBe(0);
  });

  test('data that is a range of a larger body is stored without its surroundings', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const body = new TextEncoder().encode('[{"a":1},{"b":2}]');
    const draft = { ...received('part', {}, { kind: DataKind.json, bytes: body }) };
    await log.appendReceived(tenant, [{ ...draft, dataStart: 9, dataEnd: 16 }]);
    expect((await readTenant(log, tenant)).map(dataText)).toEqual(['{"b":2}']);
  });

  test('events of 900 kB are stored and recognised', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const noise = crypto.getRandomValues(new Uint8Array(60_000));
    const bytes = Uint8Array.from({ length: BIG_BYTES }, (_, i) => noise[i % noise.length]!);
    const big = (id: string) => received(id, {}, { kind: DataKind.binary, bytes });
    expect(statusesOf(await log.appendReceived(tenant, [big('1'), big('2')]))).toEqual([
      'created',
      'created',
    ]);
    expect(statusesOf(await log.appendReceived(tenant, [big('2'), big('3')]))).toEqual([
      'duplicate',
      'created',
    ]);
    for (const event of await readTenant(log, tenant))
      expect(Buffer.compare(event.data, bytes)).toBe(0);
  });

  interface Repeat {
    readonly what: string;
    readonly first: readonly [Partial<EventAttributes>, EventData?];
    readonly second: readonly [Partial<EventAttributes>, EventData?];
    readonly status: 'duplicate' | 'conflict';
  }
  const binary = (text: string): EventData => ({ ...textData(text), kind: DataKind.binary });
  const repeats: readonly Repeat[] = [
    {
      what: 'with other insignificant white space is a duplicate',
      first: [{}, jsonData('{"a":[1,"b c"]}')],
      second: [{}, jsonData('{ "a" : [ 1, "b c" ] }\n')],
      status: 'duplicate',
    },
    {
      what: 'with other white space inside a string is a conflict',
      first: [{}, jsonData('{"a":"b c"}')],
      second: [{}, jsonData('{"a":"b  c"}')],
      status: 'conflict',
    },
    {
      what: 'with another lexeme of the same number is a conflict',
      first: [{}, jsonData('{"a":1.0}')],
      second: [{}, jsonData('{"a":1.00}')],
      status: 'conflict',
    },
    {
      what: 'with another number beyond 2^53 is a conflict',
      first: [{}, jsonData('9007199254740992')],
      second: [{}, jsonData('9007199254740993')],
      status: 'conflict',
    },
    {
      what: 'with extensions in another order and as strings is a duplicate',
      first: [{ extensions: { a: 'x', sequence: 5, sampled: true } }],
      second: [{ extensions: { sampled: 'true', sequence: '5', a: 'x' } }],
      status: 'duplicate',
    },
    {
      what: 'with one extension more is a conflict',
      first: [{ extensions: { a: 'x' } }],
      second: [{ extensions: { a: 'x', b: 'y' } }],
      status: 'conflict',
    },
    {
      what: 'whose text came as base64 is a duplicate',
      first: [{ dataContentType: 'text/plain' }, textData('a  b')],
      second: [{ dataContentType: 'text/plain' }, binary('a  b')],
      status: 'duplicate',
    },
    {
      what: 'with other white space in text is a conflict',
      first: [{}, textData('a b')],
      second: [{}, textData('a  b')],
      status: 'conflict',
    },
    {
      what: 'with application/json spelt out is a duplicate',
      first: [{}, jsonData('1')],
      second: [{ dataContentType: 'application/json' }, jsonData('1')],
      status: 'duplicate',
    },
    {
      what: 'of another type is a conflict',
      first: [{}],
      second: [{ type: 'x' }],
      status: 'conflict',
    },
    {
      what: 'with another subject is a conflict',
      first: [{ subject: 'a' }],
      second: [{ subject: 'b' }],
      status: 'conflict',
    },
    {
      what: 'without its subject is a conflict',
      first: [{ subject: 'a' }],
      second: [{}],
      status: 'conflict',
    },
    {
      what: 'with another time is a conflict',
      first: [{ time: '2026-01-01T00:00:00Z' }],
      second: [{ time: '2026-01-01T00:00:01Z' }],
      status: 'conflict',
    },
    {
      what: 'with another data schema is a conflict',
      first: [{ dataSchema: 'urn:1' }],
      second: [{ dataSchema: 'urn:2' }],
      status: 'conflict',
    },
  ];

  test.each(repeats)('a repeat $what', async ({ first, second, status }) => {
    const { log } = subject();
    const acrossCalls = freshTenant();
    await log.appendReceived(acrossCalls, [received('k', ...first)]);
    const [later] = await log.appendReceived(acrossCalls, [received('k', ...second)]);
    expect(later?.status).toBe(status);
    const inOneCall = [received('k', ...first), received('k', ...second)];
    expect(statusesOf(await log.appendReceived(freshTenant(), inOneCall))).toEqual([
      'created',
      status,
    ]);
  });
}
