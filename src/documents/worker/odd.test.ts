/** Odd but honest files: what programs and gateways do to a PDF on its way must not cost it. */
import { describe, expect, test } from 'vitest';
import { deflated, documentOf } from '../../../test/support/pdf/write-pdf.ts';
import { judge } from './judge.ts';
import { operate } from './operate.ts';
import { textOfPages } from './pdfium.ts';
import { runQpdf } from './qpdf.ts';

const PACKED = { packed: [2, 3, 10] } as const;
const BASES: readonly (readonly [string, Buffer])[] = [
  ['plain', documentOf({ pages: [{ text: 'one' }, { text: 'two' }] })],
  ['packed', documentOf({ pages: [{ text: 'one' }, { text: 'two' }] }, PACKED)],
  ['compressed', documentOf({ pages: [{ content: deflated('BT /F1 9 Tf (one) Tj ET') }] })],
  ['linked', documentOf({ catalog: '/OpenAction [10 0 R /FitH null]' })],
];

/** Not content: how the file was put together. */
const MENDED: readonly string[] = ['TRAILING_DATA', 'DAMAGE'];

type Mutation = (pdf: Buffer) => Buffer;
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'blanks at its end': (pdf) => Buffer.concat([pdf, Buffer.from('\r\n \0\0\n')]),
  'a line of a mail gateway behind it': (pdf) =>
    Buffer.concat([pdf, Buffer.from('\r\n-- \r\nScanned by mailgate 4.2\r\n')]),
  'kilobytes of padding behind it': (pdf) => Buffer.concat([pdf, Buffer.alloc(3_000, 0x1a)]),
  'a boundary of a form behind it': (pdf) =>
    Buffer.concat([pdf, Buffer.from('\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n')]),
  'no end mark': (pdf) => replaced(pdf, /%%EOF\s*$/, ''),
  'half an end mark': (pdf) => replaced(pdf, /%%EOF\s*$/, '%%E'),
  'a table that begins elsewhere': (pdf) => replaced(pdf, /startxref\n\d+/, 'startxref\n7'),
  'line ends of another system in its head': (pdf) => replaced(pdf, /^%PDF-1.7\n/, '%PDF-1.7\r\n'),
  'an older version in its head': (pdf) => replaced(pdf, /^%PDF-1.7/, '%PDF-1.3'),
  'a stream shorter than it is said to be': (pdf) =>
    replaced(pdf, /\/Length (\d+)/, (_all, said: string) => `/Length ${'9'.repeat(said.length)}`),
  'a stream longer than it is said to be': (pdf) =>
    replaced(pdf, /\/Length (\d+)/, (_all, said: string) => `/Length ${'1'.repeat(said.length)}`),
  'no table at all': (pdf) => replaced(pdf, /xref\n0[\s\S]*?(?=trailer)/, ''),
  'an object that is not ended': (pdf) => replaced(pdf, /endobj/, '      '),
  'offsets that are off by one': (pdf) =>
    replaced(pdf, /(\d{10}) 00000 n/g, (_all, at: string) => `${add(at)} 00000 n`),
};

function replaced(
  pdf: Buffer,
  what: RegExp,
  by: string | ((...found: string[]) => string),
): Buffer {
  const text = pdf.toString('latin1');
  // safe because `replace` takes either
  return Buffer.from(text.replace(what, by as string), 'latin1');
}
const add = (at: string): string => String(Number(at) + 1).padStart(10, '0');

const pages = async (pdf: Buffer) =>
  (await textOfPages(pdf, () => undefined)).map((text) => text.trim());

describe.each(Object.entries(MUTATIONS))('a file with %s is accepted', (_what, mutate) => {
  test.each(BASES)('%s', async (_base, pdf) => {
    const odd = mutate(pdf);
    const judged = await judge(odd);
    const why = 'reasons' in judged ? JSON.stringify(judged.reasons) : '';
    expect(['clean', 'disarmed'], why).toContain(judged.verdict);
    if (!('content' in judged)) return;
    expect(judged.removed.map(({ code }) => code).filter((code) => !MENDED.includes(code))).toEqual(
      [],
    );
    expect(await pages(judged.content)).toEqual(await pages(pdf));
    const again = await judge(judged.content);
    expect(again).toMatchObject({ verdict: 'clean' });
  });
});

describe('what lies behind the end mark', () => {
  test.each([
    ['a program', 'MZ\u0090\0\u0003'],
    ['an archive after a blank', '\n\nPK\u0003\u0004'],
    ['an archive further in', `${'x'.repeat(500)}PK\u0005\u0006${'\0'.repeat(18)}`],
    ['a script for a shell', '#!/bin/sh\nrm -r x'],
    ['markup', 'text <script>alert(1)</script>'],
    ['a picture', '\u00ff\u00d8\u00ff\u00e0'],
    ['objects of its own', '\n9 0 obj << /JS (x) >> endobj'],
    ['more than anybody leaves by accident', 'x'.repeat(17_000)],
  ])('is refused when it is %s', async (_what, junk) => {
    const pdf = Buffer.concat([documentOf({}), Buffer.from(junk, 'latin1')]);
    const judged = await judge(pdf);
    expect(judged.verdict).toBe('refused');
  });

  test('is never served', async () => {
    const judged = await judge(Buffer.concat([documentOf({}), Buffer.from('canary-junk')]));
    expect(judged).toMatchObject({ verdict: 'disarmed', removed: [{ code: 'TRAILING_DATA' }] });
    expect('content' in judged && judged.content.includes('canary')).toBe(false);
  });
});

test('a file that was cut in the middle is refused, though it could be repaired', async () => {
  const pdf = documentOf({ pages: [{ text: 'one' }, { text: 'two' }] });
  for (const share of [0.3, 0.6, 0.9]) {
    const judged = await judge(pdf.subarray(0, Math.trunc(pdf.length * share)));
    expect(judged).toMatchObject({ verdict: 'refused', reasons: [{ code: 'TRUNCATED' }] });
  }
});

describe.each(['generate', 'disable'])('a locked file with object streams %sd', (how) => {
  const LOCKED = {
    'its table elsewhere': (pdf: Buffer) => replaced(pdf, /startxref\n\d+/, 'startxref\n77'),
    'a line more in its head': (pdf: Buffer) => replaced(pdf, /^%PDF-1.7\n/, '%PDF-1.7\n%more\n'),
  };
  test.each(Object.entries(LOCKED))(
    'and %s opens with its password only',
    async (_what, mutate) => {
      const pdf = documentOf({ pages: [{ text: 'one' }, { text: 'two' }] });
      const locking = ['--encrypt', '--user-password=a', '--owner-password=b', '--bits=256', '--'];
      const args = ['/in.pdf', ...locking, `--object-streams=${how}`, '/out.pdf'];
      const run = await runQpdf(args, { '/in.pdf': pdf });
      const damaged = mutate(Buffer.from(run.read('/out.pdf') ?? []));
      expect(await judge(damaged)).toEqual({ verdict: 'locked' });
      const unlock = (password: string) =>
        operate(
          { operation: 'unlock', options: { password } },
          [{ bytes: damaged, info: null }],
          () => undefined,
        );
      await expect(unlock('c')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
      const [made] = await unlock('a');
      expect(made?.verdict).toBe('clean');
      expect(await pages(Buffer.from(made?.bytes ?? []))).toEqual(['one', 'two']);
    },
  );
});
