import { expect, test } from 'vitest';
import { SETTINGS_DEFAULT } from './calendars/settings.ts';
import { slotsOf, startFaultOf } from './slots.ts';
import { isoOf } from './times.ts';

const WARSAW = { timeZone: 'Europe/Warsaw', dayCutOff: '05:00' };
const settings = (change: object) => ({ ...SETTINGS_DEFAULT, ...change });
const starts = (change: object, day: string, clockwork = WARSAW) =>
  slotsOf(settings(change), clockwork, day).map((ms) => isoOf(ms).slice(11, 16));

test('the default day offers every quarter from noon until an hour before closing', () => {
  const slots = starts({}, '2026-11-21');
  expect([slots.length, slots[0], slots.at(-1)]).toEqual([41, '11:00', '21:00']);
});

test('an exception takes the place of the weekly hours', () => {
  const exceptions = [
    { date: '2026-12-24', hours: [] },
    { date: '2026-12-31', hours: [{ opens: '20:00', closes: '22:00' }] },
  ];
  expect(starts({ exceptions }, '2026-12-24')).toEqual([]);
  expect(starts({ exceptions, gridMinutes: 30 }, '2026-12-31')).toEqual([
    '19:00',
    '19:30',
    '20:00',
  ]);
});

test('two windows of a day leave the pause between them out', () => {
  const hours = [
    { opens: '12:00', closes: '14:00' },
    { opens: '18:00', closes: '20:00' },
  ];
  const exceptions = [{ date: '2026-11-21', hours }];
  const slots = starts({ exceptions, gridMinutes: 60 }, '2026-11-21');
  expect(slots).toEqual(['11:00', '12:00', '17:00', '18:00']);
});

test('hours that the clocks skip offer no start, and hours that come twice offer two', () => {
  const night = [{ opens: '01:00', closes: '04:00' }];
  const change = { gridMinutes: 60, lastStartMinutes: 0 };
  const exceptions = [
    { date: '2027-03-27', hours: night },
    { date: '2026-10-24', hours: night },
  ];
  expect(starts({ ...change, exceptions }, '2027-03-27')).toEqual(['00:00', '01:00']);
  expect(starts({ ...change, exceptions }, '2026-10-24')).toEqual([
    '23:00',
    '00:00',
    '01:00',
    '02:00',
  ]);
});

test('a full day offers every start once, from cut-off to cut-off', () => {
  const exceptions = [{ date: '2026-11-21', hours: [{ opens: '05:00', closes: '05:00' }] }];
  expect(starts({ exceptions, lastStartMinutes: 0 }, '2026-11-21')).toHaveLength(96);
});

test('a house that never closes is open around the clock, however its hours are written', () => {
  for (const hours of [
    { opens: '00:00', closes: '00:00' },
    { opens: '03:00', closes: '03:00' },
  ]) {
    const exceptions = [{ date: '2026-11-21', hours: [hours] }];
    expect(starts({ exceptions, lastStartMinutes: 0 }, '2026-11-21')).toHaveLength(96);
  }
});

test('hours that begin before the cut-off go on after it', () => {
  const exceptions = [{ date: '2026-11-21', hours: [{ opens: '04:00', closes: '08:00' }] }];
  // Until an hour before closing on the date itself, then what of the night still belongs to it.
  expect(starts({ exceptions, gridMinutes: 60 }, '2026-11-21')).toEqual([
    '04:00',
    '05:00',
    '06:00',
    '03:00',
  ]);
});

test('a start is told why it is none', () => {
  const at = (text: string) => startFaultOf(SETTINGS_DEFAULT, WARSAW, Date.parse(text));
  expect(at('2026-11-21T18:00Z')).toBeNull();
  expect(at('2026-11-21T18:10Z')).toMatchObject({ code: 'OFF_GRID' });
  expect(at('2026-11-21T23:00Z')).toMatchObject({
    code: 'LOCATION_CLOSED_THEN',
    details: { day: '2026-11-21', hours: [{ opens: '12:00', closes: '23:00' }] },
  });
});
