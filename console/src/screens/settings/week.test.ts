import { describe, expect, test } from 'vitest';
import {
  drawnOf,
  exceptionRunsOver,
  exceptionsFault,
  partedExceptions,
  reachOf,
  runsIntoNext,
  runsOver,
  spansFault,
  spansLine,
  weeklyOf,
  weekOf,
  type Week,
} from './week.ts';

const LUNCH = { opens: '12:00', closes: '15:00' };
const EVENING = { opens: '18:00', closes: '02:00' };

describe('a week', () => {
  test('survives being typed, each day in the order of its hours', () => {
    const weekly = [
      { weekday: 5, ...EVENING },
      { weekday: 5, ...LUNCH },
      { weekday: 7, ...LUNCH },
    ];
    const week = weekOf(weekly);
    expect(week).toHaveLength(7);
    expect(week[0]).toEqual([]);
    expect(week[4]).toEqual([LUNCH, EVENING]);
    expect(weeklyOf(week)).toEqual([weekly[1], weekly[0], weekly[2]]);
  });

  test('says its hours in a line', () => {
    expect(spansLine([EVENING, LUNCH])).toBe('12:00–15:00, 18:00–02:00');
    expect(spansLine([])).toBe('');
  });
});

describe('hours', () => {
  test('over midnight end on the next day', () => {
    expect(reachOf(EVENING)).toEqual({ from: 1080, to: 1560 });
    expect(reachOf({ opens: '06:00', closes: '06:00' })).toEqual({ from: 360, to: 1800 });
  });

  test('may touch one another and not overlap, also over midnight', () => {
    expect(spansFault([])).toBeNull();
    expect(spansFault([EVENING, LUNCH])).toBeNull();
    expect(spansFault([LUNCH, { opens: '15:00', closes: '16:00' }])).toBeNull();
    expect(spansFault([LUNCH, { opens: '14:59', closes: '16:00' }])).toBe('overlap');
    expect(spansFault([EVENING, { opens: '23:00', closes: '23:30' }])).toBe('overlap');
    expect(spansFault([{ opens: '', closes: '15:00' }])).toBe('time');
  });

  test('are drawn from five in the morning, and what reaches beyond is cut', () => {
    expect(drawnOf({ opens: '05:00', closes: '17:00' })).toEqual({ left: 0, width: 50 });
    expect(drawnOf({ opens: '17:00', closes: '05:00' })).toEqual({ left: 50, width: 50 });
    expect(drawnOf({ opens: '17:00', closes: '06:00' })).toEqual({ left: 50, width: 50 });
    expect(drawnOf({ opens: '02:00', closes: '05:00' })).toEqual({ left: 87.5, width: 12.5 });
  });
});

describe('exceptions', () => {
  const closed = (date: string) => ({ date, hours: [] });

  test('have a date each, and no date twice', () => {
    expect(exceptionsFault([closed('2026-12-24'), closed('2026-12-25')])).toBeNull();
    expect(exceptionsFault([closed('2026-12-24'), closed('2026-12-24')])).toBe('twice');
    expect(exceptionsFault([closed('')])).toBe('date');
    expect(exceptionsFault([{ date: '2026-12-24', hours: [LUNCH, LUNCH] }])).toBe('overlap');
  });

  test('that are over stand apart; one without a date yet is to come', () => {
    const all = [closed('2026-12-25'), closed('2026-01-01'), closed('')];
    expect(partedExceptions(all, '2026-11-22')).toEqual({
      past: [closed('2026-01-01')],
      coming: [closed(''), closed('2026-12-25')],
    });
  });
});

test('a night that runs into the hours of the next day is seen, on Sundays into Monday', () => {
  const night = [{ opens: '20:00', closes: '03:00' }];
  const early = [{ opens: '02:00', closes: '05:00' }];
  const week = [early, [], [], [], night, early, night] as const;
  expect(runsOver(week)).toEqual([false, false, false, false, true, false, true]);
  // Ending when the other begins is no overlap.
  expect(runsIntoNext(night, [{ opens: '03:00', closes: '09:00' }])).toBe(false);
  expect(runsIntoNext([{ opens: '20:00', closes: '' }], early)).toBe(false);
});

test('a day of its own is compared with the days around it as they will be', () => {
  // 2026-11-20 is a Friday.
  const night = [{ opens: '20:00', closes: '03:00' }];
  const week: Week = [[], [], [], night, [], [], []];
  const early = { date: '2026-11-20', hours: [{ opens: '02:00', closes: '06:00' }] };
  const over = (exceptions: Parameters<typeof exceptionRunsOver>[1]['exceptions']): boolean =>
    exceptionRunsOver(early, { week, exceptions });
  expect(over([early])).toBe(true);
  expect(over([early, { date: '2026-11-19', hours: [] }])).toBe(false);
  expect(exceptionRunsOver({ date: '', hours: night }, { week, exceptions: [] })).toBe(false);
});
