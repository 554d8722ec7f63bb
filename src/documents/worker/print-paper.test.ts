import { describe, expect, test } from 'vitest';
import type { Paper } from '../../core/paper.ts';
import { judge } from './judge.ts';
import { textOfPages } from './pdfium.ts';
import { printPaper } from './print-paper.ts';
import { requireWritable } from './written-font.ts';

const ROWS = Array.from({ length: 80 }, (_, index) => [`Żurek ${index} (x\\) %%EOF`, '1,00']);
const PAPER: Paper = {
  title: 'Faktura FV-2026-000001',
  language: 'pl',
  format: 'a4',
  createdAt: '2026-11-22T10:00:00.000Z',
  footer: 'FV-2026-000001',
  blocks: [
    { kind: 'title', text: 'Faktura FV-2026-000001' },
    { kind: 'lines', lines: ['Łódź, ąćęłńóśźż ÇÃÕ Ωμέγα Привет', '東京'], align: 'centre' },
    {
      kind: 'sides',
      left: { heading: 'A', lines: ['a'.repeat(200)] },
      right: { heading: 'B', lines: [] },
    },
    {
      kind: 'table',
      columns: [
        { heading: 'Nazwa', align: 'left', share: 3 },
        { heading: 'Kwota', align: 'right', share: 1 },
      ],
      rows: ROWS,
    },
    { kind: 'rule' },
    { kind: 'pairs', rows: [{ left: 'Razem', right: '80,00', strong: true }] },
  ],
};
const textOf = async (bytes: Uint8Array) => textOfPages(bytes, () => undefined);

describe('a printed paper', () => {
  test('holds every letter of it as text, on numbered sheets, and is clean', async () => {
    const bytes = printPaper(PAPER);
    const pages = await textOf(bytes);
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`${index + 1} / ${pages.length}`);
      expect(page).toContain('Nazwa');
    }
    const whole = pages.join('\n');
    for (const [name = ''] of ROWS) expect(whole).toContain(name);
    expect(whole).toContain('Łódź, ąćęłńóśźż ÇÃÕ Ωμέγα Привет');
    // What the font does not have is shown as such.
    expect(whole).toContain('??');
    expect(await judge(Buffer.from(bytes))).toMatchObject({ verdict: 'clean', removed: [] });
  });

  test('has the same bytes each time', async () => {
    const [one, other] = [printPaper(PAPER), printPaper(structuredClone(PAPER))];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  test('on a roll is one strip as long as it must be', async () => {
    const bytes = printPaper({ ...PAPER, format: 'roll', footer: '' });
    const judged = await judge(Buffer.from(bytes));
    const sizes = 'info' in judged ? judged.info.pages : [];
    expect(sizes).toHaveLength(1);
    expect(sizes[0]?.width).toBeCloseTo(226.77, 1);
    expect(sizes[0]?.height).toBeGreaterThan(1_000);
  });
});

test('letters that cannot be written are refused where every one counts', () => {
  requireWritable('Zażółć gęślą jaźń');
  expect(() => requireWritable('東京')).toThrow('cannot be written');
});
