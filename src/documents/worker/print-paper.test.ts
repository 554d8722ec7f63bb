import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../core/paper.ts';
import { judge } from './judge.ts';
import { operate } from './operate.ts';
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

describe('a paper with a logo', () => {
  const drawn = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#0f4c3a' } });
  const logoOf = async (width: number, height: number) => ({
    name: 'Bar „Żubr”',
    bytes: await drawn(width, height).jpeg({ mozjpeg: true }).toBuffer(),
  });
  /** Of the pixels of the first page: how many are of the logo, and where they end. */
  const greenOf = async (bytes: Buffer) => {
    const judged = await judge(bytes);
    const known = 'info' in judged ? judged.info : null;
    const png = await operate(
      { operation: 'thumbnail', options: { width: 600 } },
      [{ bytes, info: known }],
      () => undefined,
    );
    const { data, info } = await sharp(png[0]?.bytes).raw().toBuffer({ resolveWithObject: true });
    let [count, right, down] = [0, 0, 0];
    for (let at = 0; at < data.length; at += info.channels) {
      if ((data[at] ?? 255) > 40 || (data[at + 1] ?? 0) < 60) continue;
      const pixel = at / info.channels;
      count += 1;
      right = Math.max(right, pixel % info.width);
      down = Math.max(down, Math.floor(pixel / info.width));
    }
    return { count, right: right / info.width, down: down / info.height };
  };

  test('shows it above everything else, within its box, whatever its shape', async () => {
    for (const [width, height] of [
      [640, 320],
      [640, 20],
      [40, 640],
    ] as const) {
      const bytes = printPaper(PAPER, await logoOf(width, height));
      expect(await judge(bytes)).toMatchObject({ verdict: 'clean', removed: [] });
      const green = await greenOf(bytes);
      expect(green.count).toBeGreaterThan(100);
      // 18 mm of margin and at most 45 by 18 mm of logo.
      expect(green.right).toBeLessThan((18 + 45.5) / 210);
      expect(green.down).toBeLessThan((18 + 18.5) / 297);
    }
    expect((await greenOf(printPaper(PAPER))).count).toBe(0);
  });

  test('says the name of the business to those who do not see it, and keeps its texts', async () => {
    const logo = await logoOf(640, 320);
    const bytes = printPaper(PAPER, logo);
    const pages = await textOf(bytes);
    expect(pages[0]).toContain('Faktura FV-2026-000001');
    expect(printPaper(PAPER, logo).equals(bytes)).toBe(true);
  });

  test('of which nothing can be shown is printed without it', async () => {
    const { name, bytes } = await logoOf(64, 64);
    const plain = printPaper(PAPER);
    const broken = [
      Buffer.alloc(0),
      Buffer.from('<svg/>'),
      bytes.subarray(0, 20),
      await drawn(64, 64).png().toBuffer(),
      await drawn(64, 64).toColourspace('cmyk').jpeg().toBuffer(),
    ];
    for (const each of broken)
      expect(printPaper(PAPER, { name, bytes: each }).equals(plain)).toBe(true);
  });

  test('whose picture is cut in the middle still prints its texts', async () => {
    const { name, bytes } = await logoOf(640, 320);
    const printed = printPaper(PAPER, { name, bytes: bytes.subarray(0, bytes.length >> 1) });
    expect((await textOf(printed))[0]).toContain('Faktura FV-2026-000001');
    expect(await judge(printed)).toMatchObject({ verdict: 'clean' });
  });
});

test('letters that cannot be written are refused where every one counts', () => {
  requireWritable('Zażółć gęślą jaźń');
  expect(() => requireWritable('東京')).toThrow('cannot be written');
});
