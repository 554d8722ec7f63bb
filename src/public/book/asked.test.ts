import { expect, test } from 'vitest';
import { askedOf, daysOf } from './asked.ts';

const location = { timeZone: 'Europe/Warsaw', dayCutOff: '04:00' };
const bounds = {
  nowMs: Date.parse('2026-11-21T18:00:00Z'),
  partyMin: 1,
  partyMax: 8,
  aheadDays: 30,
};
const asked = (query: Record<string, string>) =>
  askedOf(new Map(Object.entries(query)), location, bounds);

test('without a wish it is today, for two', () => {
  expect(asked({})).toEqual({ date: '2026-11-21', party: 2, start: null });
});

test('what is asked for is taken', () => {
  const query = { date: '2026-12-01', party: '5', start: '2026-12-01T18:00:00.000Z' };
  expect(asked(query)).toEqual({ ...query, party: 5 });
});

test.each([
  [{ date: '2026-11-20' }, { date: '2026-11-21' }],
  [{ date: '2027-11-20' }, { date: '2026-11-21' }],
  [{ date: '2026-02-30' }, { date: '2026-11-21' }],
  [{ date: '"><script>' }, { date: '2026-11-21' }],
  [{ party: '999' }, { party: 8 }],
  [{ party: '0' }, { party: 1 }],
  [{ party: '-1' }, { party: 2 }],
  [{ start: '19:00' }, { start: null }],
  [{ start: '2026-13-45T99:00:00Z' }, { start: null }],
])('%j becomes %j', (query, expected) => {
  expect(asked(query as Record<string, string>)).toMatchObject(expected);
});

test('before the cut-off it is still yesterday', () => {
  const nowMs = Date.parse('2026-11-22T02:30:00Z');
  expect(daysOf(location, { nowMs, aheadDays: 1 })).toEqual({
    first: '2026-11-21',
    last: '2026-11-22',
  });
});
