import { expect, test } from 'vitest';
import { centred, columns, PAPER_COLUMNS, printable, wrapped } from './paper.ts';

test.each([
  ['ESC, GS and DLE', 'a\u001b@b\u001dV\u0010c', 'a@bVc'],
  ['C1 and DEL', 'a\u009b1m\u007fb', 'a1mb'],
  ['marks of direction', 'a\u202eb\u2066c\u200ed', 'abcd'],
  ['line ends of every kind', 'a\r\nb\u2028c\u0085d', 'a b cd'],
])('%s do not reach a printer', (_what, text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('letters of every language do', () => {
  expect(printable('Żurek, pão de queijo, 餃子, שלום')).toBe('Żurek, pão de queijo, 餃子, שלום');
});

test('both ends of a row are made printable, and no row is longer than the paper', () => {
  const rows = columns(`${'word '.repeat(20)}\u001b`, '12.00 \u001bA');
  expect(rows[0]).toMatch(/12\.00 A$/);
  for (const row of [...rows, centred(`\u001d${'x'.repeat(42)}`), ...wrapped('y'.repeat(99), 42)])
    expect([row.includes('\u001b'), Array.from(row).length <= PAPER_COLUMNS]).toEqual([
      false,
      true,
    ]);
});
