import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, unguardedText } from './csv.ts';

describe('a line', () => {
  test.each([
    [['a', 'b'], 'a,b\r\n'],
    [[1, -2.5, true, null], '1,-2.5,true,\r\n'],
    [['a,b', 'say "no"', 'two\nlines'], '"a,b","say ""no""","two\nlines"\r\n'],
    [[' edge', 'edge '], '" edge","edge "\r\n'],
    [[''], '""\r\n'],
    [[null], '""\r\n'],
    [['', ''], ',\r\n'],
    [['Kraków', '東京'], 'Kraków,東京\r\n'],
  ])('%j is written as %j', (values, line) => {
    expect(csvLine(values)).toBe(line);
  });

  test.each(['=1+1', '+48123', '-x', '@SUM(A1)', '\t=1', '\r=1', '＝1', "=HYPERLINK('x')", '-1+2'])(
    'the text %j is never run by a spreadsheet',
    (text) => {
      const [record] = parseCsv(csvLine([text, 'end']));
      expect(record?.[0]).toBe(`'${text}`);
    },
  );

  test.each(['-12.50', '-1', '12', '0.5', "it's", "'quoted'"])('%j stays as it is', (text) => {
    expect(parseCsv(csvLine([text, 'end']))[0]?.[0]).toBe(text);
  });
});

test('what was written is read back, whatever it was', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '"', ',', '\r', '\n', '1', 'a') }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), { minLength: 1 }),
      (rows) => {
        const read = parseCsv(rows.map(csvLine).join(''));
        expect(read.map((record) => record.map(unguardedText))).toEqual(rows);
      },
    ),
  );
});

test('no cell of a file begins a formula unless it is a number', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '1', '.', "'") }), (text) => {
      const [[cell = ''] = []] = parseCsv(csvLine([text, 'end']));
      expect(/^[=+@]/.test(cell)).toBe(false);
      if (cell.startsWith('-')) expect(Number.isFinite(Number(cell))).toBe(true);
    }),
  );
});

function parseCsv(text: string): readonly (readonly string[])[] {
  return parse(text, { relax_column_count: true, record_delimiter: '\r\n' });
}
