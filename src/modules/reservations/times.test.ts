import { describe, expect, test } from 'vitest';
import { datesOf, dayOf, isDate, isoOf, tellTime } from './times.ts';
import { book, LOCATION, setCalendar, worldWith } from './world.fixture.ts';

const WARSAW = 'Europe/Warsaw';
const told = (written: string, zone = WARSAW) => {
  const found = tellTime(written, zone);
  return found.kind === 'at' ? isoOf(found.ms) : found.code;
};

describe('a written time', () => {
  test.each([
    ['2026-11-21T19:00', '2026-11-21T18:00:00.000Z'],
    ['2026-07-21T19:00', '2026-07-21T17:00:00.000Z'],
    ['2026-11-21T19:00:00Z', '2026-11-21T19:00:00.000Z'],
    ['2026-11-21T19:00:00+01:00', '2026-11-21T18:00:00.000Z'],
    ['2026-11-21T15:00:00-03:00', '2026-11-21T18:00:00.000Z'],
    ['2026-02-30T19:00', 'TIME_INVALID'],
    ['2026-13-01T19:00:00Z', 'TIME_INVALID'],
    ['2026-11-21T25:00', 'TIME_INVALID'],
  ])('%s is %s', (written, expected) => {
    expect(told(written)).toBe(expected);
  });

  test('R10: one that the clocks of Warsaw skip does not exist, with and without an offset', () => {
    expect(told('2027-03-28T02:30')).toBe('TIME_DOES_NOT_EXIST');
    expect(told('2027-03-28T02:30:00+01:00')).toBe('TIME_DOES_NOT_EXIST');
    expect(told('2027-03-28T02:30:00+02:00')).toBe('TIME_DOES_NOT_EXIST');
    expect(told('2027-03-28T01:30:00Z')).toBe('2027-03-28T01:30:00.000Z');
    expect(told('2027-03-28T03:30:00+02:00')).toBe('2027-03-28T01:30:00.000Z');
  });

  test('R10: one that the clocks of Warsaw show twice needs an offset', () => {
    expect(tellTime('2026-10-25T02:30', WARSAW)).toMatchObject({
      code: 'TIME_AMBIGUOUS',
      details: { choices: ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00'] },
    });
    expect(told('2026-10-25T02:30:00+02:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(told('2026-10-25T02:30:00+01:00')).toBe('2026-10-25T01:30:00.000Z');
  });

  test('R10: the history of São Paulo counts: midnight was skipped until 2018, and no more', () => {
    const zone = 'America/Sao_Paulo';
    expect(told('2018-11-04T00:30', zone)).toBe('TIME_DOES_NOT_EXIST');
    expect(told('2018-11-04T00:30:00-03:00', zone)).toBe('TIME_DOES_NOT_EXIST');
    expect(told('2018-02-17T23:30', zone)).toBe('TIME_AMBIGUOUS');
    expect(told('2026-11-01T00:30', zone)).toBe('2026-11-01T03:30:00.000Z');
  });
});

describe('days', () => {
  const bar = { timeZone: WARSAW, dayCutOff: '05:00' };
  const dates = (from: string, to: string, cutOff = '05:00') =>
    datesOf({ fromMs: Date.parse(from), toMs: Date.parse(to) }, { ...bar, dayCutOff: cutOff });

  test('a start before the cut-off belongs to the evening before', () => {
    expect(dayOf(Date.parse('2026-11-22T03:59:59Z'), bar)).toBe('2026-11-21');
    expect(dayOf(Date.parse('2026-11-22T04:00:00Z'), bar)).toBe('2026-11-22');
  });

  test('an evening stands on one date, a night on every date that it touches', () => {
    expect(dates('2026-11-21T18:00Z', '2026-11-21T23:00Z')).toEqual(['2026-11-21']);
    expect(dates('2026-11-21T22:30Z', '2026-11-22T00:00Z')).toEqual(['2026-11-21', '2026-11-22']);
    expect(dates('2026-11-22T01:00Z', '2026-11-22T02:00Z')).toEqual(['2026-11-21', '2026-11-22']);
  });

  test('what overlaps shares a date, whatever the cut-off was', () => {
    const night = ['2026-11-22T01:00Z', '2026-11-22T03:00Z'] as const;
    for (const cutOff of ['00:00', '02:30', '05:00', '12:00'])
      expect(dates(...night, cutOff)).toContain('2026-11-22');
  });

  test.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['20260228', false],
    ['2026-02-28T10:00', false],
  ])('%s is a date: %s', (text, expected) => {
    expect(isDate(text)).toBe(expected);
  });
});

describe('a bar that is open past midnight and past the cut-off', () => {
  const night = () => {
    const world = worldWith([{ tableId: 't1', seats: 2 }], { dayCutOff: '03:00' });
    setCalendar(world, {
      weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        opens: '20:00',
        closes: '06:00',
      })),
      lastStartMinutes: 60,
    });
    return world;
  };

  test('a start after midnight belongs to the business day that began the evening before', () => {
    const world = night();
    expect(book(world, 'r1', { startsAt: '2026-11-22T01:00' }).code).toBeNull();
    expect(world.booking('r1')).toMatchObject({ day: '2026-11-21', locationId: LOCATION });
  });

  test('a start past the cut-off is checked against the hours of the next day', () => {
    const refused = book(night(), 'r1', { startsAt: '2026-11-22T03:00' });
    expect(refused).toMatchObject({
      code: 'LOCATION_CLOSED_THEN',
      details: { day: '2026-11-22', hours: [{ opens: '20:00', closes: '06:00' }] },
    });
  });

  test('R3: a table taken across the cut-off is not given away on the next business day', () => {
    const world = night();
    setCalendar(world, {
      weekly: [
        { weekday: 6, opens: '20:00', closes: '06:00' },
        { weekday: 7, opens: '03:00', closes: '12:00' },
      ],
    });
    expect(book(world, 'r1', { startsAt: '2026-11-22T02:45' }).code).toBeNull();
    expect(world.booking('r1')).toMatchObject({ day: '2026-11-21', status: 'confirmed' });
    const early = book(world, 'r2', { startsAt: '2026-11-22T03:30' });
    expect(early.code).toBe('SLOT_FULL');
    expect(early.details['alternatives']).toContain('2026-11-22T03:15:00.000Z');
    expect(book(world, 'r2', { startsAt: '2026-11-22T04:15' }).code).toBeNull();
    expect(world.booking('r2').day).toBe('2026-11-22');
  });
});
