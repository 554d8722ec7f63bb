/** Batches are read where they lie: what comes out is what JSON says, and the body stays as it came. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../core/errors.ts';
import { contentOfDraft } from '../core/content-equality.ts';
import { parseBatch } from './json-body.ts';
import { createEventParser, createTextCaches } from './structured-event.ts';

const parser = createEventParser(createTextCaches());

const event = (id: string, data: unknown = [1, { a: ['x]', '}'] }]): string =>
  JSON.stringify({ specversion: '1.0', id, source: '/pos', type: 'order.placed', data });

/** Count of elements, or the refusal. */
function read(text: string): number | { readonly code: string; readonly detail: string } {
  const body = Buffer.from(text);
  try {
    return parseBatch(parser, body).count;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.code, detail: error.message };
  } finally {
    expect(body.toString()).toBe(text);
  }
}

function elementsOf(text: string): number | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.length : null;
  } catch {
    return null;
  }
}

const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });
const batch = fc
  .tuple(space, fc.array(fc.tuple(space, fc.jsonValue({ maxDepth: 2 }), space)), space)
  .map(([before, items, behind]) => {
    const elements = items.map(([left, data, right]) => `${left}${event('e', data)}${right}`);
    return `${before}[${elements.join(',')}]${behind}`;
  });
/** Bytes that change what a text is where they come or go. */
const mark = fc.constantFrom('', ']', '[', '}', '{', '"', ',', ':', '0', ' ', '\\', '\u0000', '[]');
const change = fc.record({ at: fc.nat(), length: fc.nat(3), put: mark });

describe('a batch in JSON', () => {
  it('is read where it lies, and its events go on lying there', () => {
    const body = Buffer.from(` [${event('a')}, ${event('b', 'zażółć')}]\r\n `);
    const { drafts } = parseBatch(parser, body);
    expect(drafts.map((draft) => draft.dataBytes === body)).toEqual([true, true]);
    expect(drafts.map((draft) => contentOfDraft(draft).data)).toEqual(
      ['[1,{"a":["x]","}"]}]', '"zażółć"'].map((text) => Buffer.from(text)),
    );
  });

  it('has as many elements as JSON.parse finds, or is none to both, wherever a mark is put in place of others', () => {
    fc.assert(
      fc.property(batch, change, (text, { at, length, put }) => {
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + put + text.slice(place + length);
        const found = read(changed);
        expect(typeof found === 'number' ? found : null).toBe(elementsOf(changed));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['', 'A batch in JSON is an array of events.'],
    [']', 'A batch in JSON is an array of events.'],
    [`[${event('a')},]`, 'byte'],
    ['[{"a":[1]', 'byte 9'],
    ['[{"a":"b]', 'byte 9'],
    ['[]]', 'byte 2'],
    ['[] []', 'byte 3'],
  ])('%j is refused with words about the whole text', (text, words) => {
    expect(read(text)).toMatchObject({
      code: 'EVENT_INVALID',
      detail: expect.stringContaining(words) as string,
    });
  });

  it('may be empty, and end with much white space', () => {
    expect(read(' [ ] ')).toBe(0);
    expect(read(`[${event('a')}${' '.repeat(100_000)}]${'\n'.repeat(100_000)}`)).toBe(1);
  });
});
