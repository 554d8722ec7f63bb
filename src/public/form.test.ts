import { describe, expect, test } from 'vitest';
import { fieldsOf, isFromElsewhere } from './form.ts';

describe('a form', () => {
  test('is read field by field, without control characters, the first of each name', () => {
    const form = fieldsOf('name=+Ana%00%07+&note=a%0D%0Ab&name=evil', ['name', 'note']);
    expect([...form]).toEqual([
      ['name', 'Ana'],
      ['note', 'a\nb'],
    ]);
  });

  test('with a field that ours has not is refused', () => {
    expect(() => fieldsOf('name=a&status=confirmed', ['name'])).toThrow(/field/);
    expect(() => fieldsOf('__proto__=a', ['name'])).toThrow(/field/);
    expect(() => fieldsOf('name=a&'.repeat(41), ['name'])).toThrow(/more fields/);
  });
});

describe('a form of another site', () => {
  const from = (headers: Record<string, string>) =>
    isFromElsewhere({ headers: { host: 'bar.example', ...headers } });

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, true],
    [{ 'sec-fetch-site': 'same-site' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://bar.example' }, true],
    [{ origin: 'https://evil.example' }, true],
    [{ origin: 'http://bar.example.evil.example' }, true],
    [{ origin: 'null' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://bar.example' }, false],
    [{}, false],
  ])('%j: %s', (headers, expected) => {
    expect(from(headers as Record<string, string>)).toBe(expected);
  });

  test('is known by what a page with a token in its address cannot know', () => {
    const hasToken = { hasToken: true };
    const at = (headers: Record<string, string>) =>
      isFromElsewhere({ headers: { host: 'bar.example', ...headers } }, hasToken);
    expect(at({ origin: 'null' })).toBe(false);
    expect(at({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toBe(true);
    expect(at({ origin: 'https://evil.example' })).toBe(true);
  });
});
