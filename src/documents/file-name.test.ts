import { describe, expect, test } from 'vitest';
import { dispositionOf, fileNameOf, NAME_LENGTH_MAX } from './file-name.ts';

describe('the name that a sender gives', () => {
  test.each<[string | undefined, string | null]>([
    [undefined, null],
    ['attachment', null],
    ['attachment; filename=menu.pdf', 'menu.pdf'],
    ['attachment; filename="Our menu; winter.pdf"', 'Our menu; winter.pdf'],
    ['inline;FILENAME="a \\"quoted\\" one.pdf"', 'a "quoted" one.pdf'],
    ["attachment; filename*=UTF-8''na%C3%AFve%20plan.pdf", 'naïve plan.pdf'],
    [
      "attachment; filename=plain.pdf; filename*=utf-8'pl'za%C5%BC%C3%B3%C5%82%C4%87.pdf",
      'zażółć.pdf',
    ],
    [`attachment; filename="${Buffer.from('zażółć.pdf').toString('latin1')}"`, 'zażółć.pdf'],
    ['attachment; filename="caf\u00e9.pdf"', 'café.pdf'],
    [
      'attachment; filename="קובץ.pdf"'.replace('קובץ', Buffer.from('קובץ').toString('latin1')),
      'קובץ.pdf',
    ],
  ])('%s', (header, name) => {
    expect(fileNameOf(header)).toBe(name);
  });

  test.each([
    ['C:\\Users\\Ana\\secret.pdf', 'secret.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['menu\u202efdp.exe', 'menufdp.exe'],
    ['line\nbreak\u0000.pdf', 'linebreak.pdf'],
    ['..', null],
    ['folder/', null],
    ['x'.repeat(10_000), 'x'.repeat(NAME_LENGTH_MAX)],
  ])('%j is shown as a name and nothing else', (given, name) => {
    const escaped = encodeURIComponent(given.slice(0, 1000));
    expect(fileNameOf(`attachment; filename*=UTF-8''${escaped}`)).toBe(name);
  });

  test.each([
    '',
    '; filename=x.pdf',
    'attachment; filename',
    'attachment; filename="never closed',
    'attachment; filename=a.pdf; filename=b.pdf',
    'attachment; filename=a.pdf behind',
    "attachment; filename*=ISO-8859-1''x.pdf",
    "attachment; filename*=UTF-8''%ff%fe.pdf",
    "attachment; filename*=UTF-8''%zz.pdf",
    `attachment; filename="${'x'.repeat(5000)}"`,
  ])('%j is bad input', (header) => {
    expect(() => fileNameOf(header)).toThrow(/Content-Disposition/);
  });
});

test('a header of ours cannot be broken out of, and reads back as the name', () => {
  const givenName = `it's "(odd)" * zażółć.pdf\u{1f379}`;
  const header = dispositionOf({ fileName: 'document-1.pdf', givenName });
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(header.split('"')).toHaveLength(3);
  expect(fileNameOf(header)).toBe(givenName);
  expect(dispositionOf({ fileName: 'document-1.pdf', givenName: null })).toBe(
    'attachment; filename="document-1.pdf"',
  );
});
