import { expect, test } from 'vitest';
import { icsOf, withoutPhones } from './ics.ts';

const ENTRY = {
  uid: 'r1@comptoir',
  startMs: Date.parse('2026-11-21T18:00:00Z'),
  endMs: Date.parse('2026-11-21T19:30:00Z'),
  summary: 'Ana × 2 (t1, t2); "window"\nEND:VEVENT',
  status: 'CONFIRMED' as const,
};
const text = (summary = ENTRY.summary) =>
  icsOf({ name: 'Door', stampMs: 0, entries: [{ ...ENTRY, summary }] });

test('times are UTC, special characters escaped, and a line break ends no property', () => {
  const lines = text().split('\r\n');
  expect(lines).toContain('DTSTART:20261121T180000Z');
  expect(lines).toContain('DTEND:20261121T193000Z');
  expect(lines).toContain(String.raw`SUMMARY:Ana × 2 (t1\, t2)\; "window"\nEND:VEVENT`);
  expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1);
});

test('no line has more than 75 octets, and unfolded it is what it was', () => {
  const long = 'Zażółć gęślą jaźń 🍸 '.repeat(20).trim();
  const folded = text(long);
  for (const line of folded.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(folded.replaceAll('\r\n ', '')).toContain(`SUMMARY:${long}\r\n`);
});

test.each([
  ['Ana +48 123 456 789', 'Ana …'],
  ['Ana (11) 98765-4321', 'Ana (…'],
  ['Table of 12, room 3', 'Table of 12, room 3'],
])('R9: %s goes out as %s', (name, expected) => {
  expect(withoutPhones(name)).toBe(expected);
});
