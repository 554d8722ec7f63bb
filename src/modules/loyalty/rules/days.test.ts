import { describe, expect, test } from 'vitest';
import { dayOf, lotDays, startOf, weekdayOf } from './days.ts';
import { DEFAULT_RULES, type Rules } from './rules.ts';

const rules = (over: Partial<Rules>): Rules => ({ ...DEFAULT_RULES, ...over });
const expiresOn = (earnedOn: string, over: Partial<Rules>) =>
  lotDays(earnedOn, rules(over)).expiresOn;

describe('Y6: points expire on the right day', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-03-31', 6, '2026-09-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-05-05', 0, '2026-05-05'],
  ])('%s and %i months is %s', (earnedOn, months, day) => {
    expect(expiresOn(earnedOn, { expiry: { kind: 'months', months } })).toBe(day);
  });

  test.each([
    ['2026-01-31', 0, '2026-01-31'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-15', 1, '2028-02-29'],
    ['2026-11-30', 2, '2027-01-31'],
  ])('%s to the end of the month %i months later is %s', (earnedOn, months, day) => {
    expect(expiresOn(earnedOn, { expiry: { kind: 'end-of-month', months } })).toBe(day);
  });

  test('to the end of a year, or never', () => {
    expect(expiresOn('2026-01-01', { expiry: { kind: 'end-of-year', years: 1 } })).toBe(
      '2027-12-31',
    );
    expect(expiresOn('2026-01-01', { expiry: { kind: 'never' } })).toBeNull();
  });

  test('pending days come first: points are never gone before they could be used', () => {
    const pending = rules({ pendingDays: 14, expiry: { kind: 'months', months: 1 } });
    expect(lotDays('2026-01-17', pending)).toEqual({
      activeOn: '2026-01-31',
      expiresOn: '2026-02-28',
    });
  });
});

test('days are those of the time zone of the programme, over changes of the clock', () => {
  const warsaw = rules({ timeZone: 'Europe/Warsaw' });
  expect(dayOf('2026-03-28T23:30:00.000Z', warsaw)).toBe('2026-03-29');
  expect(startOf('2026-03-29', warsaw)).toBe('2026-03-28T23:00:00Z');
  expect(startOf('2026-03-30', warsaw)).toBe('2026-03-29T22:00:00Z');
});

test('Monday is 1', () => {
  expect(['2026-11-23', '2026-11-29', '1969-12-29'].map(weekdayOf)).toEqual([1, 7, 1]);
});
