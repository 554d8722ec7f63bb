import { expect, test } from 'vitest';
import { businessDayOf, menuLanguage } from './locations.ts';

const paris = { timeZone: 'Europe/Paris', dayCutOff: '05:00' };

test.each([
  ['2026-11-22T12:00:00Z', '2026-11-22'],
  ['2026-11-22T03:59:00Z', '2026-11-21'],
  ['2026-11-22T04:00:00Z', '2026-11-22'],
  ['2026-11-21T23:30:00Z', '2026-11-21'],
  ['2026-01-01T01:00:00Z', '2025-12-31'],
])('%s belongs to the business day %s in Paris', (at, day) => {
  expect(businessDayOf(paris, Date.parse(at))).toBe(day);
});

test('the menu is read in the first language of the place, as bills and tickets are written', () => {
  expect(menuLanguage({ languages: ['fr', 'pl'] }, 'pl')).toBe('fr');
  expect(menuLanguage({ languages: [] }, 'en')).toBe('en');
});
