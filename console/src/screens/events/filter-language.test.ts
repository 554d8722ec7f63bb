import { describe, expect, it } from 'vitest';
import { holdsWords, momentOf, parseFilter, questionOf, withFilter } from './filter-language.ts';
import { accepted, suggestionsFor } from './suggestions.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const KNOWN = {
  types: ['comptoir.order.placed.v1', 'comptoir.order.closed.v1', 'comptoir.till.added.v1'],
  sources: ['/comptoir/orders', 'a source'],
  streams: ['orders/17'],
};

describe('the filter line', () => {
  it('names go to the server, words are kept apart', () => {
    const parsed = parseFilter('type:comptoir.order.* stream:orders/17 Cash "two words"');
    expect(parsed.problems).toEqual([]);
    expect(questionOf(parsed, NOW)).toEqual({
      query: { type: 'comptoir.order.*', stream: 'orders/17' },
      fromMs: null,
      toMs: null,
      words: ['cash', 'two words'],
    });
  });

  it('quotes hold a value together, and a source may be an address', () => {
    expect(parseFilter('source:"urn:a b"').filters.source).toBe('urn:a b');
    expect(parseFilter('source:https://till.example/7').filters.source).toBe(
      'https://till.example/7',
    );
    expect(parseFilter('https://till.example').words).toEqual(['https://till.example']);
  });

  it('what is wrong is said with what was meant', () => {
    expect(parseFilter('typ:x').problems).toEqual([
      { kind: 'unknown', token: 'typ:', meant: 'type' },
    ]);
    expect(parseFilter('soruce:x').problems).toEqual([
      { kind: 'unknown', token: 'soruce:', meant: 'source' },
    ]);
    expect(parseFilter('zzz:x').problems).toEqual([{ kind: 'unknown', token: 'zzz:' }]);
    expect(parseFilter('type:').problems).toEqual([{ kind: 'empty', token: 'type:' }]);
    expect(parseFilter('id:a id:b').problems).toEqual([{ kind: 'twice', token: 'id:' }]);
    expect(parseFilter('stream:orders').problems).toEqual([{ kind: 'stream', token: 'orders' }]);
    expect(parseFilter('from:soon').problems).toEqual([{ kind: 'time', token: 'soon' }]);
    expect(parseFilter('subject:"open').problems).toEqual([
      { kind: 'quote', token: 'subject:"open' },
    ]);
  });

  it('times are relative, of a day, or exact', () => {
    expect(momentOf('-90m', NOW)).toBe(NOW - 90 * 60_000);
    expect(momentOf('2026-11-20T19:30:00Z', NOW)).toBe(Date.parse('2026-11-20T19:30:00Z'));
    expect(momentOf('2026-11-20', NOW)).toBe(new Date(2026, 10, 20).getTime());
    expect(momentOf('2026-13-40', NOW)).toBeNull();
    expect(momentOf('-5y', NOW)).toBeNull();
  });

  it('one filter is set without touching the others', () => {
    expect(withFilter('type:a.* cash', 'stream', 'orders/1 2')).toBe(
      'type:a.* cash stream:"orders/1 2"',
    );
    expect(withFilter('type:a.* cash', 'type', null)).toBe('cash');
  });

  it('every word must stand in the event', () => {
    expect(holdsWords({ data: { table: 'T7' } }, 'Table T7 ordered', ['t7', 'ordered'])).toBe(true);
    expect(holdsWords({ data: {} }, 'Table', ['t7'])).toBe(false);
  });
});

describe('suggestions', () => {
  const texts = (line: string): readonly string[] =>
    suggestionsFor(line, line.length, KNOWN).map(({ text }) => text);

  it('names that are not there yet are offered, then their values', () => {
    expect(texts('type:x s')).toEqual(['source:', 'subject:', 'stream:']);
    expect(texts('type:order')).toEqual([
      'type:comptoir.order.*',
      'type:comptoir.order.placed.v1',
      'type:comptoir.order.closed.v1',
    ]);
    expect(texts('source:')).toContain('source:"a source"');
    expect(texts('from:')).toContain('from:-1h');
    expect(texts('foo:')).toEqual([]);
  });

  it('an accepted value replaces its token alone', () => {
    const suggestion = { text: 'type:comptoir.order.*', isName: false };
    expect(accepted('type:ord cash', 8, suggestion)).toEqual({
      line: 'type:comptoir.order.* cash',
      caret: 22,
    });
  });
});
