import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './define-words.ts';
import { eventWords, sentenceKeys, sentencesOf, typeInWords, WORDED_NAMES } from './event-words.ts';

const placed = {
  type: 'comptoir.order.placed.v1',
  subject: 'demo-1',
  stream: 'orders/demo-1',
  data: { orderId: 'demo-1', number: 42, tableId: 't7', lines: [{}, {}] },
};

describe('events in words', () => {
  it('an order at a table says which table and which order', () => {
    expect(eventWords(placed, 'en')).toBe('Table T7 ordered (order 42)');
    expect(eventWords(placed, 'pl')).toBe('Stolik T7 złożył zamówienie 42');
  });

  it('an order without a table is said without one', () => {
    expect(eventWords({ ...placed, data: { ...placed.data, tableId: null } }, 'en')).toBe(
      'Order 42 was placed',
    );
  });

  it('a name that the screen knows stands instead of the id', () => {
    const nameOf = (kind: string): string | undefined =>
      kind === 'table' ? 'Terrace 3' : undefined;
    expect(eventWords(placed, 'en', { nameOf })).toBe('Table Terrace 3 ordered (order 42)');
  });

  it('Polish chooses among three plural forms', () => {
    const of = (points: number): string =>
      eventWords(
        { type: 'comptoir.loyalty.points-earned.v1', subject: 'guest-9', data: { earned: points } },
        'pl',
      );
    expect([of(1), of(3), of(5)]).toEqual([
      'Guest 9: +1 punkt',
      'Guest 9: +3 punkty',
      'Guest 9: +5 punktów',
    ]);
  });

  it('a reason that is missing leaves no colon behind', () => {
    const event = { type: 'comptoir.order.cancelled.v1', data: { orderId: 'a1', reason: '' } };
    expect(eventWords(event, 'en')).toBe('Order a1 was cancelled');
  });

  it('an event of somebody else is named after its type, even one that sounds like ours', () => {
    expect(eventWords({ type: 'com.example.order.line.v1' }, 'en')).toBe('Order line');
    expect(eventWords({ type: 'order.placed' }, 'en')).toBe('Order placed');
    expect(typeInWords('...')).toBe('...');
  });

  it('data that is no object, or script, is only ever text', () => {
    expect(eventWords({ type: 'comptoir.till.added.v1', data: 'x' }, 'en')).toContain('Till');
    const script = { type: 'comptoir.till.added.v1', data: { name: '<script>alert(1)</script>' } };
    expect(eventWords(script, 'en')).toBe('Till <script>alert(1)</script> was added');
    expect(eventWords({ ...script, data: { name: 'x'.repeat(10_000) } }, 'en').length).toBeLessThan(
      120,
    );
  });

  it('an event that lost the value of its sentence is named after its type', () => {
    expect(eventWords({ type: 'comptoir.order.closed.v1', data: {} }, 'en')).toBe('Order closed');
  });

  it('every type of the modules has a sentence', () => {
    const reference = readFileSync(
      new URL('../../../docs/reference/modules.md', import.meta.url),
      'utf8',
    );
    const types = [...reference.matchAll(/^\| \w+ \| `comptoir\.([\w.-]+)\.v\d+`/gm)].map(
      (match) => match[1],
    );
    expect(types.length).toBeGreaterThan(150);
    expect(types.filter((type) => type !== undefined && !WORDED_NAMES.includes(type))).toEqual([]);
  });

  it('a sentence says the same in every language: no value is lost', () => {
    const placeholders = (entry: unknown): string =>
      [...new Set([...JSON.stringify(entry).matchAll(/\{(\w+)\}/g)].map((match) => match[1]))]
        .sort((a, b) => String(a).localeCompare(String(b)))
        .join();
    for (const key of sentenceKeys()) {
      const sentences = sentencesOf(key);
      const said = LANGUAGES.map((language) => placeholders(sentences?.[language]));
      expect(new Set(said).size, key).toBe(1);
    }
  });
});
