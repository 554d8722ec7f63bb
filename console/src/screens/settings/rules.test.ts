import { expect, test } from 'vitest';
import { SETTINGS_DEFAULT } from './calendar-types.ts';
import { ruleFaults, rulesOf, settingsOf, withDuration } from './rules.ts';

const RULES = rulesOf(SETTINGS_DEFAULT);

test('hours and languages are not written by the form of rules', () => {
  const written = Object.keys(settingsOf(RULES));
  for (const name of ['takesBookings', 'weekly', 'exceptions', 'languages'])
    expect(written).not.toContain(name);
  expect({ ...SETTINGS_DEFAULT, ...settingsOf(RULES) }).toEqual(SETTINGS_DEFAULT);
});

test('rules of a location that said nothing are sound', () => {
  expect(ruleFaults(RULES).size).toBe(0);
});

test('an empty field, a half and a number out of bounds are seen', () => {
  const faults = ruleFaults({ ...RULES, aheadDays: null, holdMinutes: 61, bufferMinutes: 1.5 });
  expect([...faults]).toEqual([
    ['bufferMinutes', 'bounds'],
    ['aheadDays', 'bounds'],
    ['holdMinutes', 'bounds'],
  ]);
});

test('a limit may be empty: then the tables alone decide', () => {
  expect(ruleFaults({ ...RULES, coversPerSlot: null }).size).toBe(0);
  expect(ruleFaults({ ...RULES, coversPerSlot: 0 }).get('coversPerSlot')).toBe('bounds');
});

test('the smallest party is no larger than the largest', () => {
  const faults = ruleFaults({ ...RULES, partySizeMin: 9, partySizeMax: 8 });
  expect(faults.get('partySizeMax')).toBe('min-above-max');
});

test('durations stand in the order of their parties', () => {
  const durations = [
    { partySizeTo: 4, minutes: 90 },
    { partySizeTo: 4, minutes: 120 },
  ];
  expect(ruleFaults({ ...RULES, durations }).get('durations.1')).toBe('order');
  expect(ruleFaults({ ...RULES, durations: [] }).get('durations')).toBe('empty');
});

test('a duration that is added leaves them in order', () => {
  const durations = withDuration(withDuration(SETTINGS_DEFAULT.durations));
  expect(durations.map(({ partySizeTo }) => partySizeTo)).toEqual([4, 6, 8, 500]);
  expect(ruleFaults({ ...RULES, durations }).size).toBe(0);
});
