import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  businessDayBounds,
  businessDayOf,
  isLocalDate,
  isTimeZone,
  localOf,
  momentOfLocal,
} from './calendar.ts';

const WARSAW = 'Europe/Warsaw';
/** Summer time until February 2019, begun at midnight: the day of the change had no 00:30. */
const SAO_PAULO = 'America/Sao_Paulo';
const ZONES = [WARSAW, SAO_PAULO, 'America/New_York', 'UTC', 'Asia/Kolkata', 'Pacific/Chatham'];

const moment = fc
  .integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((ms) => new Date(ms).toISOString());
/** Half of them within two hours of a change of clocks in one of the zones. */
const nearChange = fc.oneof(
  moment,
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-29T01:00:00Z',
        '2026-10-25T01:00:00Z',
        '2018-11-04T03:00:00Z',
        '2019-02-17T02:00:00Z',
        '2026-11-01T06:00:00Z',
        '2026-03-08T07:00:00Z',
      ),
      fc.integer({ min: -120, max: 120 }),
    )
    .map(([at, minutes]) => new Date(Date.parse(at) + minutes * 60_000).toISOString()),
);
const zone = fc.constantFrom(...ZONES);
const cutOff = fc.constantFrom('00:00', '00:30', '02:30', '03:00', '05:00', '12:00', '23:59');
const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

test.each(['Europe/Warsaw', 'America/Sao_Paulo', 'UTC'])('%s is a time zone', (name) => {
  expect(isTimeZone(name)).toBe(true);
});
test.each(['', 'Mars/Olympus', 'Warsaw', 'a'.repeat(100), 'Europe/Warsaw '])(
  '%j is no time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(false);
  },
);

test.each(['2026-02-28', '2024-02-29', '0001-01-01'])('%s is a date', (text) => {
  expect(isLocalDate(text)).toBe(true);
});
test.each([
  '2026-02-29',
  '2026-13-01',
  '2026-1-1',
  '2026-01-01T00:00',
  '',
  '20260101',
  '+002026-01-01',
])('%j is no date', (text) => {
  expect(isLocalDate(text)).toBe(false);
});

describe('the business day', () => {
  test.each([
    ['2026-11-22T03:59:59.999Z', WARSAW, '05:00', '2026-11-21'],
    ['2026-11-22T04:00:00.000Z', WARSAW, '05:00', '2026-11-22'],
    ['2026-11-22T22:59:59.000Z', WARSAW, '00:00', '2026-11-22'],
    ['2026-11-22T23:00:00.000Z', WARSAW, '00:00', '2026-11-23'],
    ['2026-11-22T02:30:00.000Z', SAO_PAULO, '05:00', '2026-11-21'],
    ['2027-01-01T01:00:00.000Z', 'UTC', '05:00', '2026-12-31'],
  ])('of %s in %s with a cut-off at %s is %s', (...[at, where, cut, expected]) => {
    expect(businessDayOf(at, where, cut)).toBe(expected);
  });

  test('begins at the cut-off and ends at that of the next day, 23 or 25 hours long at a change', () => {
    const hours = (of: string, where: string): number => {
      const { from, to } = businessDayBounds(of, where, '05:00');
      return (Date.parse(to) - Date.parse(from)) / 3_600_000;
    };
    expect(hours('2026-11-21', WARSAW)).toBe(24);
    // Changes come at 02:00 or 03:00 of the calendar day, before the cut-off: they fall into the business day before.
    expect(hours('2026-03-28', WARSAW)).toBe(23);
    expect(hours('2026-10-24', WARSAW)).toBe(25);
    expect(hours('2018-11-03', SAO_PAULO)).toBe(23);
    expect(hours('2019-02-16', SAO_PAULO)).toBe(25);
  });

  test.each([
    // 02:30 was skipped: the day begins at 03:00, when clocks first show more.
    ['2026-03-29', WARSAW, '02:30', '2026-03-29T01:00:00Z'],
    // 02:30 came twice: the first one counts.
    ['2026-10-25', WARSAW, '02:30', '2026-10-25T00:30:00Z'],
    ['2018-11-04', SAO_PAULO, '00:00', '2018-11-04T03:00:00Z'],
    ['2019-02-17', SAO_PAULO, '00:00', '2019-02-17T03:00:00Z'],
  ])('%s in %s with a cut-off at %s begins at %s', (...[of, where, cut, from]) => {
    expect(businessDayBounds(of, where, cut).from).toBe(from);
    expect(businessDayOf(from, where, cut)).toBe(of);
    const before = new Date(Date.parse(from) - 1).toISOString();
    expect(businessDayOf(before, where, cut)).toBe(addDays(of, -1));
  });

  test('holds exactly the moments between its bounds', () => {
    fc.assert(
      fc.property(nearChange, zone, cutOff, (at, where, cut) => {
        const own = businessDayOf(at, where, cut);
        const { from, to } = businessDayBounds(own, where, cut);
        expect(Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(to)).toBe(true);
      }),
    );
  });

  test('days follow one another without gap or overlap, whatever the cut-off', () => {
    fc.assert(
      fc.property(day, zone, cutOff, (of, where, cut) => {
        const { to } = businessDayBounds(of, where, cut);
        expect(businessDayBounds(addDays(of, 1), where, cut).from).toBe(to);
      }),
    );
  });

  test('never goes back while time goes on, also when clocks are set back over the cut-off', () => {
    fc.assert(
      fc.property(nearChange, fc.nat(86_400_000), zone, cutOff, (...[at, ms, where, cut]) => {
        const later = new Date(Date.parse(at) + ms).toISOString();
        const days = [at, later].map((each) => businessDayOf(each, where, cut));
        expect(days[0]! <= days[1]!).toBe(true);
      }),
    );
  });
});

describe('the moment of a wall-clock time', () => {
  test('is one on an ordinary day', () => {
    expect(momentOfLocal('2026-11-21T19:30', WARSAW)).toEqual({
      kind: 'once',
      at: '2026-11-21T18:30:00Z',
    });
  });

  test.each([
    ['2026-03-29T02:00', WARSAW],
    ['2026-03-29T02:59:59', WARSAW],
    // Midnight itself was skipped.
    ['2018-11-04T00:00', SAO_PAULO],
    ['2018-11-04T00:59', SAO_PAULO],
    ['2017-10-15T00:30', SAO_PAULO],
  ])('%s in %s was skipped', (local, where) => {
    expect(momentOfLocal(local, where)).toEqual({ kind: 'skipped' });
  });

  test.each([
    ['2026-03-29T01:59:59', WARSAW],
    ['2026-03-29T03:00', WARSAW],
    ['2018-11-03T23:59', SAO_PAULO],
    ['2018-11-04T01:00', SAO_PAULO],
    // There is no summer time since: the same wall-clock time exists.
    ['2019-11-03T00:30', SAO_PAULO],
    ['2026-11-01T00:30', SAO_PAULO],
  ])('%s in %s exists once', (local, where) => {
    expect(momentOfLocal(local, where).kind).toBe('once');
  });

  test.each([
    ['2026-10-25T02:30', WARSAW, '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['2019-02-16T23:30', SAO_PAULO, '2019-02-17T01:30:00Z', '2019-02-17T02:30:00Z'],
  ])('%s in %s exists twice', (...[local, where, earlier, later]) => {
    expect(momentOfLocal(local, where)).toEqual({ kind: 'twice', earlier, later });
  });

  test('reads back as the wall-clock time it was', () => {
    fc.assert(
      fc.property(moment, zone, (at, where) => {
        const second = `${at.slice(0, 19)}Z`;
        const found = momentOfLocal(localOf(second, where), where);
        expect(found.kind).not.toBe('skipped');
        const moments = found.kind === 'once' ? [found.at] : Object.values(found).slice(1);
        expect(moments).toContain(second);
      }),
    );
  });
});

describe('the wall-clock time of a moment', () => {
  test('is that of the runtime, in whatever order moments around changes of clocks are asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(nearChange, zone), { maxLength: 20 }), (asked) => {
        for (const [at, where] of asked) {
          const local = Temporal.Instant.from(at).toZonedDateTimeISO(where).toPlainDateTime();
          expect(localOf(at, where)).toBe(local.toString({ smallestUnit: 'second' }));
        }
      }),
    );
  });

  test('moves on when clocks are set back behind a moment that was asked for', () => {
    expect(localOf('2026-10-25T00:59:59.999Z', WARSAW)).toBe('2026-10-25T02:59:59');
    expect(localOf('2026-10-25T01:00:00.000Z', WARSAW)).toBe('2026-10-25T02:00:00');
    expect(localOf('2026-10-25T00:59:59.999Z', WARSAW)).toBe('2026-10-25T02:59:59');
  });

  test.each(['', 'yesterday', '2026-13-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z'])(
    '%j has none',
    (at) => {
      expect(localOf('2026-01-21T09:30:00.000Z', WARSAW)).toBe('2026-01-21T10:30:00');
      expect(() => localOf(at, WARSAW)).toThrow(RangeError);
    },
  );
});

describe('months and days', () => {
  test('more sums than are remembered are all right, asked for again too', () => {
    const days = Array.from({ length: 1_500 }, (_, index) => index);
    const asked = () => days.map((count) => addDays('2026-01-01', count));
    const expected = days.map((count) =>
      new Date(Date.UTC(2026, 0, 1 + count)).toISOString().slice(0, 10),
    );
    expect(asked()).toEqual(expected);
    expect(asked()).toEqual(expected);
    expect(addMonths('2026-01-01', 1)).toBe('2026-02-01');
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-05-05', 0, '2026-05-05'],
  ])('%s and %d months is %s', (from, months, expected) => {
    expect(addMonths(from, months)).toBe(expected);
  });

  test('a month later is the same day of the month, or the last day of a shorter month', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), (from, months) => {
        const to = addMonths(from, months);
        const isSameDay = to.slice(8) === from.slice(8);
        const isLastDay = addDays(to, 1).endsWith('-01');
        expect(isSameDay || (isLastDay && to.slice(8) < from.slice(8))).toBe(true);
        const count = (date: string): number =>
          Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
        expect(count(to) - count(from)).toBe(months);
      }),
    );
  });

  test('days go over the ends of months and years and back', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    fc.assert(
      fc.property(day, fc.integer({ min: -500, max: 500 }), (from, days) => {
        expect(addDays(addDays(from, days), -days)).toBe(from);
      }),
    );
  });
});
