import { describe, expect, it } from 'vitest';
import { microsOf, typeFilterOf } from './query-input.ts';

const micros = (text: string): bigint | undefined => microsOf(new Map([['from', text]]), 'from');

describe('times', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0n],
    ['1970-01-01T00:00:00.000001Z', 1n],
    ['1970-01-01T00:00:01.5+00:00', 1_500_000n],
    ['1970-01-01T01:00:00+01:00', 0n],
    ['1970-01-01T01:00:00 01:00', 0n],
    ['1969-12-31T23:00:00-01:00', 0n],
    ['1970-01-01t00:00:00.1234567z', 123_456n],
  ])('%s is %s microseconds', (text, expected) => {
    expect(micros(text)).toBe(expected);
  });

  it.each([
    '',
    'now',
    '1970-01-01',
    '1970-01-01T00:00:00',
    '2021-02-29T00:00:00Z',
    '1970-13-01T00:00:00Z',
    '1970-01-01T25:00:00Z',
    '1970-01-01T00:00:00+99:00',
  ])('%j is no time', (text) => {
    expect(() => micros(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});

describe('type filters', () => {
  it('end in .* for a prefix and are exact otherwise', () => {
    expect(typeFilterOf('shop.*')).toEqual({ prefix: 'shop.' });
    expect(typeFilterOf('shop.order')).toEqual({ exact: 'shop.order' });
    expect(typeFilterOf('.*')).toEqual({ exact: '.*' });
    expect(typeFilterOf('a*')).toEqual({ exact: 'a*' });
    expect(typeFilterOf(undefined)).toBeUndefined();
  });
});
