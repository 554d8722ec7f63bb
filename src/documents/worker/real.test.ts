/** What a corpus of real files showed, each in a small file of our own. */
import { describe, expect, test } from 'vitest';
import {
  deflated,
  documentOf,
  stream,
  writePdf,
  type RawObject,
} from '../../../test/support/pdf/write-pdf.ts';
import { judge } from './judge.ts';
import { operate } from './operate.ts';
import { textOfPages } from './pdfium.ts';

const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
const TEXT = 'BT /F1 18 Tf 60 760 Td (one) Tj ET';

const pages = async (pdf: Buffer) =>
  (await textOfPages(pdf, () => undefined)).map((text) => text.trim());

function replaced(pdf: Buffer, what: string | RegExp, by: string): Buffer {
  return Buffer.from(pdf.toString('latin1').replace(what, by), 'latin1');
}

/** The verdict, after it was seen to hold: the same text, and clean when judged again. */
async function judgedWell(pdf: Buffer, text: readonly string[]) {
  const judged = await judge(pdf);
  expect(['clean', 'disarmed']).toContain(judged.verdict);
  if (!('content' in judged)) throw new Error('refused');
  expect(await pages(judged.content)).toEqual(text);
  expect(await judge(judged.content)).toMatchObject({ verdict: 'clean' });
  return judged;
}

describe('objects whose numbers are high for so small a file', () => {
  // The library that reads objects drops what the table says of numbers above a third of the bytes of the file.
  test.each([1_000, 70_000])('hide no script: %i', async (number) => {
    const source = { catalog: `/OpenAction ${number} 0 R`, extra: { [number]: SCRIPT } };
    for (const packed of [undefined, [1, 2, number]]) {
      const judged = await judgedWell(documentOf(source, packed === undefined ? {} : { packed }), [
        'Page 1',
      ]);
      expect(judged.verdict).toBe('disarmed');
      expect(judged.removed.map(({ code }) => code)).toContain('JAVASCRIPT');
    }
  });

  test('hide no script where nothing else has such a number', async () => {
    const judged = await judgedWell(withOneFarObject(900_000), ['']);
    expect(judged.removed.map(({ code }) => code)).toContain('JAVASCRIPT');
    // The highest that there may be: seen, though writing a file with it takes more memory than there is.
    expect(await judge(withOneFarObject(8_388_607))).toMatchObject({ verdict: 'refused' });
  });

  test('are honest otherwise', async () => {
    const objects = new Map<number, RawObject>([
      [1, '<< /Type /Catalog /Pages 8798 0 R >>'],
      [8_797, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
      [8_798, '<< /Type /Pages /Count 1 /Kids [8799 0 R] >>'],
      [
        8_799,
        '<< /Type /Page /Parent 8798 0 R /MediaBox [0 0 595 842] /Contents 8800 0 R ' +
          '/Resources << /Font << /F1 8797 0 R >> >> >>',
      ],
      [8_800, stream(TEXT)],
    ]);
    expect((await judgedWell(writePdf({ objects }), ['one'])).verdict).toBe('clean');
  });
});

/** A script in a stream of objects, under a number that only the table names. */
function withOneFarObject(number: number): Buffer {
  const parts: Buffer[] = [];
  const places: number[] = [];
  const put = (text: string | Buffer): void => void parts.push(Buffer.from(text));
  const at = (): number => Buffer.concat(parts).length;
  const object = (own: number, body: string, bytes: Buffer | null = null): void => {
    places[own] = at();
    put(`${own} 0 obj\n${body}\n`);
    if (bytes !== null)
      put(Buffer.concat([Buffer.from('stream\n'), bytes, Buffer.from('\nendstream\n')]));
    put('endobj\n');
  };
  put('%PDF-1.7\n');
  object(1, `<< /Type /Catalog /Pages 2 0 R /OpenAction ${number} 0 R >>`);
  object(2, '<< /Type /Pages /Count 1 /Kids [3 0 R] >>');
  object(3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>');
  const head = `${number} 0\n`;
  const { dict, bytes } = deflated(head + SCRIPT);
  object(
    4,
    `<< /Type /ObjStm /N 1 /First ${head.length} ${dict} /Length ${bytes.length} >>`,
    bytes,
  );
  const start = at();
  const rows = [0, 1, 2, 3, 4].map((own) =>
    row(places[own] === undefined ? 0 : 1, places[own] ?? 0),
  );
  const table = Buffer.concat([...rows, row(1, start), row(2, 4)]);
  const index = `/Index [0 6 ${number} 1] /W [1 4 2] /Size ${number + 1}`;
  object(5, `<< /Type /XRef /Root 1 0 R ${index} /Length ${table.length} >>`, table);
  put(`startxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

function row(kind: number, where: number): Buffer {
  const bytes = Buffer.alloc(7);
  bytes.writeUInt8(kind, 0);
  bytes.writeUInt32BE(where, 1);
  return bytes;
}

test('numbers that are written with a plus or without a digit before the point are read', async () => {
  const odd = documentOf({ catalog: '/Odd [+.5 -.5 .5 +7 5. -0.25]', pages: [{ text: 'one' }] });
  expect((await judgedWell(odd, ['one'])).verdict).toBe('clean');
  const armed = documentOf({ catalog: `/Odd +.5 /OpenAction ${SCRIPT}`, pages: [{ text: 'one' }] });
  expect((await judgedWell(armed, ['one'])).verdict).toBe('disarmed');
});

test('a length that stands in a comment only is found', async () => {
  const plain = documentOf({ pages: [{ content: stream(TEXT) }] });
  const odd = replaced(plain, / {2}\/Length (\d+)/, '\n% not /Length $1, though (\n');
  const judged = await judgedWell(odd, ['one']);
  expect(judged.removed).toEqual([{ code: 'DAMAGE', count: 1 }]);
});

test.each([900, 60_000, 20_000_000])(
  'a table that is told to begin at %i, behind the end, is made anew',
  async (at) => {
    const odd = replaced(
      documentOf({ pages: [{ text: 'one' }] }),
      /startxref\n\d+/,
      `startxref\n${at}`,
    );
    const judged = await judgedWell(odd, ['one']);
    expect(judged.removed).toEqual([{ code: 'DAMAGE', count: 1 }]);
  },
);

test('a head of the table that is not ended costs no time', async () => {
  const odd = replaced(documentOf({ pages: [{ text: 'one' }] }), />>\nstartxref/, '\nstartxref');
  const judged = await judgedWell(odd, ['one']);
  expect(judged.removed).toEqual([{ code: 'DAMAGE', count: 1 }]);
}, 5_000);

test('a table that names something else as the catalog is not believed', async () => {
  const plain = documentOf({ pages: [{ text: 'one' }] });
  const odd = replaced(plain, '/Root 1 0 R', '/Root 3 0 R');
  const judged = await judgedWell(replaced(odd, /startxref\n\d+/, 'startxref\n7'), ['one']);
  expect(judged.removed).toEqual([{ code: 'DAMAGE', count: 1 }]);
});

test('a stream whose data are damaged costs neither its file nor an operation', async () => {
  const damaged = stream('zz{{~~not at all', '/Filter /ASCII85Decode');
  const odd = documentOf({
    catalog: `/OpenAction ${SCRIPT}`,
    pages: [{ text: 'one', entries: '/Thumb 100 0 R' }],
    extra: { 100: damaged },
  });
  const { content, info } = await judgedWell(odd, ['one']);
  const request = { operation: 'rotate', options: { angle: 90 } } as const;
  const [made] = await operate(request, [{ bytes: content, info }], () => undefined);
  expect(await pages(Buffer.from(made?.bytes ?? []))).toEqual(['one']);
});

test('a document whose tree of pages is something else has no pages', async () => {
  const pdf = documentOf({ catalog: '', extra: { 100: '<< /S /URI /URI (https://e.test/) >>' } });
  expect(await judge(replaced(pdf, '/Pages 2 0 R', '/Pages 100 0 R'))).toMatchObject({
    verdict: 'refused',
    reasons: [{ code: 'NO_PAGES' }],
  });
});
