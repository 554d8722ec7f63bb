import { expect, test } from 'vitest';
import { clockOf } from './clock.ts';

test.each([
  ['18:30', '18:30'],
  ['18.30', '18:30'],
  ['1830', '18:30'],
  ['930', '09:30'],
  ['18h30', '18:30'],
  ['9', '09:00'],
  [' 24:00 ', '00:00'],
  ['6:30 pm', '18:30'],
  ['12 am', '00:00'],
  ['12pm', '12:00'],
])('%s is %s', (text, clock) => {
  expect(clockOf(text)).toBe(clock);
});

test.each(['', '25:00', '18:60', 'noon', '13 pm', '0 am', '18:3', '1:2:3'])(
  '"%s" is no time',
  (text) => {
    expect(clockOf(text)).toBeNull();
  },
);
