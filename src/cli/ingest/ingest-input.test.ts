import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchesOf, BATCH_EVENTS } from './batches.ts';
import { formatOf, itemsOf, type ReadOptions } from './input.ts';
import type { Item } from './item.ts';
import { progressLine } from './progress.ts';
import { emptyTally } from './sender.ts';
import { compileTemplate } from './template.ts';

async function* chunked(text: string | Buffer, size = 65_536): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  text: string | Buffer,
  options: Partial<ReadOptions>,
  size?: number,
): Promise<Item[]> {
  const items: Item[] = [];
  const full = {
    format: 'ndjson',
    row: undefined,
    quotes: false,
    delimiter: undefined,
    ...options,
  } as const;
  for await (const some of itemsOf(chunked(text, size), full)) items.push(...some);
  return items;
}

const row =
  (more: object = {}) =>
  () => ({
    type: 't',
    source: '/s',
    id: 'line-{row}',
    numbers: [],
    ...more,
  });
const dataOf = (item: Item | undefined): unknown =>
  item !== undefined && 'json' in item ? JSON.parse(item.json).data : item;

describe('newline-delimited JSON', () => {
  test('every line is an item with its number; empty lines are skipped', async () => {
    expect(await read('\ufeff{"id":"1"}\r\n\n{"id":"2"}', {})).toEqual([
      { line: 1, json: '{"id":"1"}' },
      { line: 3, json: '{"id":"2"}' },
    ]);
  });

  test('a bad line is refused by itself', async () => {
    const items = await read(
      Buffer.concat([Buffer.from('{"a":1}\n{"a":\n[1]\n'), Buffer.from([0x7b, 0xff, 0x7d])]),
      {},
    );
    expect(items.map((item) => ('json' in item ? 'ok' : item.refused.detail))).toEqual([
      'ok',
      'The text is not valid JSON.',
      'An event is a JSON object; this is another value.',
      'The text is not valid UTF-8.',
    ]);
  });

  test('a line that is too long is skipped without being held', async () => {
    const items = await read(`{"a":1}\n{"x":"${'y'.repeat(5 * 2 ** 20)}"}\n{"a":2}\n`, {});
    expect(items.map((item) => ('json' in item ? item.line : item.refused.code))).toEqual([
      1,
      'TOO_LARGE',
      3,
    ]);
  });

  test('numbers beyond 2^53 are sent as they stand', async () => {
    const text = '{"id":"1","data":12345678901234567890.10}';
    expect(await read(text, {})).toEqual([{ line: 1, json: text }]);
  });
});

describe('a JSON array', () => {
  test('however it is cut into chunks, the elements are those that JSON.parse finds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(undefined, 1, '\t'),
        async (events, size, space) => {
          const items = await read(JSON.stringify(events, null, space), { format: 'json' }, size);
          expect(items.map((item) => ('json' in item ? JSON.parse(item.json) : item))).toEqual(
            JSON.parse(JSON.stringify(events)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a single object is one event', async () => {
    expect(await read(' {"id":"1","data":[1,{"a":"]"}]}\n', { format: 'json' })).toHaveLength(1);
  });

  test('a bad element is refused with its line and its neighbours are kept', async () => {
    const items = await read('[\n{"a":1},\n{"a" 2},\n3,\n{"a":4}\n]', { format: 'json' });
    expect(items.map((item) => [item.line, 'json' in item])).toEqual([
      [2, true],
      [3, false],
      [4, false],
      [5, true],
    ]);
  });

  test('a cut file refuses its last event and keeps those before', async () => {
    const items = await read('[{"a":1},{"a":', { format: 'json' });
    expect(items[0]).toMatchObject({ json: '{"a":1}' });
    expect(items[1]).toMatchObject({
      refused: { detail: 'The file ends in the middle of this event.' },
    });
  });

  test('another value or text after the end is an error', async () => {
    await expect(read('"text"', { format: 'json' })).rejects.toThrow('no JSON array');
    await expect(read('[{"a":1}] x', { format: 'json' })).rejects.toThrow('no JSON array');
    await expect(read('[{"a":1},', { format: 'json' })).rejects.toThrow('no JSON array');
  });
});

describe('tables', () => {
  test('a quote is a letter in TSV and a mark in CSV', async () => {
    const tsv = await read('a\tb\n5" pan\t"x\n', { format: 'tsv', row: row() });
    expect(dataOf(tsv[0])).toEqual({ a: '5" pan', b: '"x' });
    const csv = await read('a,b\n"5"" pan","x,\ny"\n', { format: 'csv', row: row() });
    expect(dataOf(csv[0])).toEqual({ a: '5" pan', b: 'x,\ny' });
    const quoted = await read('a\tb\n"x\ty"\tz\n', { format: 'tsv', quotes: true, row: row() });
    expect(dataOf(quoted[0])).toEqual({ a: 'x\ty', b: 'z' });
    const semicolon = await read('a;b\n1;2\n', { format: 'csv', delimiter: ';', row: row() });
    expect(dataOf(semicolon[0])).toEqual({ a: '1', b: '2' });
  });

  test('attributes come from templates, numbers keep their digits, null text becomes null', async () => {
    const options = row({
      subject: 'order/{order}',
      time: '{at}',
      numbers: ['n'],
      nullText: 'NULL',
    });
    const items = await read('order\tn\tat\n7\t1.50\t\n8\tNULL\t2026-01-01T00:00:00Z\n9\t\t\n', {
      format: 'tsv',
      row: options,
    });
    expect(items[0]).toEqual({
      line: 2,
      json: '{"specversion":"1.0","id":"line-1","source":"/s","type":"t","subject":"order/7","datacontenttype":"application/json","data":{"order":"7","n":1.50,"at":""}}',
    });
    expect(items[1]).toMatchObject({
      json: expect.stringContaining('"time":"2026-01-01T00:00:00Z"'),
    });
    expect(dataOf(items[1])).toMatchObject({ n: null });
    expect(dataOf(items[2])).toMatchObject({ n: null });
  });

  test('a row that does not fit is refused, counts, and the rest goes on', async () => {
    const items = await read('a\tn\n1\t2\n1\nx\ty\n1\t3\n', {
      format: 'tsv',
      row: row({ numbers: ['n'] }),
    });
    expect(
      items.map((item) => ('json' in item ? JSON.parse(item.json).id : item.refused.detail)),
    ).toEqual([
      'line-1',
      'The row has 1 cells and the header 2.',
      'The column "n" does not hold a number here.',
      'line-4',
    ]);
  });

  test('a column named __proto__ stays a column', async () => {
    const items = await read('__proto__\n1\n', { format: 'tsv', row: row() });
    expect(items[0]).toMatchObject({ json: expect.stringContaining('{"__proto__":"1"}') });
  });

  test('a doubled column, broken quotes and other encodings are errors', async () => {
    await expect(read('a\ta\n1\t2\n', { format: 'tsv', row: row() })).rejects.toThrow(
      'Two columns',
    );
    await expect(read('a,b\n"x,y\n', { format: 'csv', row: row() })).rejects.toThrow(
      'cannot be read on',
    );
    await expect(
      read(Buffer.from([0x61, 0x0a, 0xff, 0x0a]), { format: 'csv', row: row() }),
    ).rejects.toThrow('not valid UTF-8');
  });
});

describe('templates', () => {
  const from = { option: 'id', columns: ['order_id', 'name'] };
  test('columns, the row number and braces', () => {
    const template = compileTemplate('{{{order_id}}}-{row}', from);
    expect(template({ number: 3, cells: ['7', 'x'] })).toBe('{7}-3');
  });
  test('an unknown column is named with the closest one', () => {
    expect(() => compileTemplate('{order}', from)).toThrow(/does not have. .*order_id, name/s);
    expect(() => compileTemplate('{orderid}', from)).toThrow('Did you mean "order_id"?');
  });
  test('a single brace is refused', () => {
    expect(() => compileTemplate('{row', from)).toThrow('single brace');
    expect(() => compileTemplate('row}', from)).toThrow('single brace');
  });
});

test('the format is told by option, extension or first byte', async () => {
  const told = async (file: string, text: string, format?: string): Promise<string> =>
    (await formatOf({ file, format }, chunked(text))).format;
  expect(await told('x.JSONL', '')).toBe('ndjson');
  expect(await told('x.tsv', '')).toBe('tsv');
  expect(await told('-', ' \n[')).toBe('json');
  expect(await told('-', '{"a":1}')).toBe('ndjson');
  expect(await told('-', 'a,b', 'csv')).toBe('csv');
  await expect(told('-', 'a,b')).rejects.toThrow('cannot be told');
  await expect(told('x.tsv', '', 'xml')).rejects.toThrow('must be one of');
});

test('what was read to tell the format is not lost', async () => {
  const { bytes } = await formatOf({ file: '-', format: undefined }, chunked('  {"a":1}\n', 1));
  const parts: Buffer[] = [];
  for await (const part of bytes) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe('  {"a":1}\n');
});

test('batches hold at most 500 events and 3 MiB, refused items are handed aside', async () => {
  const refused: number[] = [];
  async function* items(): AsyncGenerator<Item[]> {
    yield Array.from({ length: 1200 }, (_, line) => ({ line, json: '{}' }));
    yield [{ line: 1, refused: { code: 'X', detail: '' } }];
    yield Array.from({ length: 3 }, (_, line) => ({ line, json: 'x'.repeat(2 * 2 ** 20) }));
  }
  const sizes: number[] = [];
  for await (const batch of batchesOf(items(), ({ line }) => refused.push(line)))
    sizes.push(batch.length);
  expect(sizes).toEqual([BATCH_EVENTS, BATCH_EVENTS, 201, 1, 1]);
  expect(refused).toEqual([1]);
});

test('progress shows a bar only when the size is known', () => {
  const tally = { ...emptyTally(), created: 50 };
  const known = progressLine({ tally, bytesRead: () => 50, bytesTotal: 100 }, 2);
  expect(known).toBe(
    '[############............]  50 %  50 created  0 duplicates  0 rejected  25/s',
  );
  expect(progressLine({ tally, bytesRead: () => 50, bytesTotal: undefined }, 2)).toMatch(
    /^50 created/,
  );
});
