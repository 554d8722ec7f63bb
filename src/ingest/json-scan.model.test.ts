import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectEnd, JsonSyntaxError, skipSpace, skipValue, startScan } from './json-scan.ts';

const encoder = { encode: (text: string): Buffer => Buffer.from(text, 'utf8') };

function scanAccepts(text: string, scanner = skipValue): boolean {
  const bytes = encoder.encode(text);
  try {
    const scan = startScan(bytes);
    expectEnd(scan, scanner(scan, skipSpace(scan.bytes, 0)));
    return true;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return false;
    throw error;
  }
}

function parseAccepts(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON text with one edit, so that most texts are nearly JSON: where scanners go wrong. */
const nearlyJson = fc
  .record({
    text: fc.oneof(
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
    ),
    at: fc.nat(),
    remove: fc.nat({ max: 2 }),
    insert: fc.oneof(
      fc.constantFrom(
        '',
        '"',
        '\\',
        '\\u12',
        '\\ud800',
        ',',
        ':',
        '{',
        '}',
        '[',
        ']',
        '-',
        '0',
        '1e',
        '.',
        ' ',
        '\n',
      ),
      fc.constantFrom(
        '\u0000',
        '\u0001',
        '\t',
        'true',
        'nul',
        'NaN',
        '//',
        '\ufeff',
        'é',
        '01',
        '+1',
        '1.',
        '.5',
        "'",
      ),
    ),
  })
  .map(({ text, at, remove, insert }) => {
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + insert + text.slice(cut + remove);
  });

describe('the JSON scanner', () => {
  it('accepts exactly what JSON.parse accepts', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        // A lone surrogate in the string itself cannot be encoded as UTF-8; TextEncoder would change the text.
        fc.pre(text.isWellFormed());
        expect(scanAccepts(text)).toBe(parseAccepts(text));
      }),
      { numRuns: 4_000 },
    );
  });

  it('finds where a value ends', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(',', ']', '}', ' ', ''), (text, after) => {
        const bytes = encoder.encode(text + after);
        const end = skipValue(startScan(bytes), 0);
        expect(JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))).toEqual(
          JSON.parse(text),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('is caught by the comparison when it lets something pass that JSON.parse refuses', () => {
    const careless: typeof skipValue = (scan, at) => {
      try {
        return skipValue(scan, at);
      } catch {
        return scan.bytes.length - 1;
      }
    };
    const check = fc.check(
      fc.property(nearlyJson, (text) => scanAccepts(text, careless) === parseAccepts(text)),
      { numRuns: 4_000 },
    );
    expect(check.failed).toBe(true);
  });

  it('measures depth without recursion, however deep the text is', () => {
    const deep = 100_000;
    const scan = startScan(encoder.encode('['.repeat(deep) + ']'.repeat(deep)));
    expect(skipValue(scan, 0)).toBe(2 * deep);
    expect(scan.depth).toBe(deep);
  });

  it('marks escapes that stand for half a surrogate pair', () => {
    const loneIn = (text: string): boolean => {
      const scan = startScan(encoder.encode(text));
      skipValue(scan, 0);
      return scan.loneSurrogate;
    };
    expect(loneIn('"\\ud83d\\ude00"')).toBe(false);
    for (const text of ['"\\ud83d"', '"\\ude00"', '"\\ud83dx"', '"\\ud83d\\n"', '"\\ud83d\\ud83d"'])
      expect(loneIn(text)).toBe(true);
  });
});
