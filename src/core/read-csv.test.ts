import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, unguardedText } from './csv.ts';
import { readCsv } from './read-csv.ts';

const cells = (text: string): unknown => {
  const read = readCsv(text);
  return read.outcome === 'read' ? read.records.map((record) => record.cells) : read;
};

describe('comma-separated values', () => {
  test('are read with quotes, line ends of all kinds and a byte order mark', () => {
    expect(cells('\uFEFFa,b\r\n"c, ""d""",\n"e\nf",g')).toEqual([
      ['a', 'b'],
      ['c, "d"', ''],
      ['e\nf', 'g'],
    ]);
  });

  test('are separated by semicolons where the first line says so', () => {
    expect(cells('name;price\nTea;2,50\n')).toEqual([
      ['name', 'price'],
      ['Tea', '2,50'],
    ]);
  });

  test('have the line that a record begins on, empty lines counted but left out', () => {
    const read = readCsv('a\n\n"b\nb"\nc\n');
    expect(read.outcome === 'read' && read.records.map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  test('with a quote that does not close its cell are broken there', () => {
    expect(readCsv('a\n"b\nc\n')).toEqual({ outcome: 'broken', line: 2 });
    expect(readCsv('a\n"b"c\n')).toEqual({ outcome: 'broken', line: 2 });
  });

  test('come back as they were written, formulas unguarded', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ',', '"', '\n', '\r', '=', "'", ' ', 'é'),
    });
    const row = fc.array(text, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const written = [['h', 'i'], ...rows].map((each) => csvLine(each)).join('');
        const read = readCsv(written);
        const back =
          read.outcome === 'read'
            ? read.records.slice(1).map((record) => record.cells.map(unguardedText))
            : read;
        expect(back).toEqual(rows);
      }),
    );
  });
});
