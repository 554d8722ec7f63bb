import { describe, expect, it } from 'vitest';
import { expectedVersionOf, idempotencyKeyOf } from './command-headers.ts';

describe('If-Match', () => {
  it('is one version in quotes', () => {
    expect(expectedVersionOf({ 'if-match': '"12"' })).toBe(12n);
    expect(expectedVersionOf({ 'if-match': '"0"' })).toBe(0n);
  });

  it('absent or * expects nothing', () => {
    expect(expectedVersionOf({})).toBeUndefined();
    expect(expectedVersionOf({ 'if-match': '*' })).toBeUndefined();
  });

  it.each(['12', 'W/"12"', '"1", "2"', '"x"', '""', '"-1"', `"${'9'.repeat(19)}"`])(
    '%s is refused',
    (value) => {
      expect(() => expectedVersionOf({ 'if-match': value })).toThrow(/If-Match/);
    },
  );
});

describe('Idempotency-Key', () => {
  it('quoted or bare is the same key', () => {
    expect(idempotencyKeyOf({ 'idempotency-key': '"a-1"' })).toBe('a-1');
    expect(idempotencyKeyOf({ 'idempotency-key': 'a-1' })).toBe('a-1');
    expect(idempotencyKeyOf({})).toBeUndefined();
  });

  it('escapes in quotes are resolved', () => {
    expect(idempotencyKeyOf({ 'idempotency-key': String.raw`"a\"b\\c"` })).toBe(String.raw`a"b\c`);
  });

  it('has at most 255 characters, quotes not counted', () => {
    const longest = 'x'.repeat(255);
    expect(idempotencyKeyOf({ 'idempotency-key': `"${longest}"` })).toBe(longest);
    expect(() => idempotencyKeyOf({ 'idempotency-key': `${longest}x` })).toThrow(/255/);
  });

  it.each(['', '""', '"open', '"a"b"', 'schlüssel', '"a\\x"'])('%j is refused', (value) => {
    expect(() => idempotencyKeyOf({ 'idempotency-key': value })).toThrow(/Idempotency-Key/);
  });
});
