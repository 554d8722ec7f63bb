import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localOf } from '../../../core/calendar.ts';
import { countriesOfPhone, isPossiblePhone } from '../routes-phones.ts';
import { capFreeAt } from './caps.ts';
import { quietUntil } from './quiet-hours.ts';
import { zonesOfCountries } from './zones.ts';

const NIGHT = { from: '21:00', to: '09:00' };

describe('M5: quiet hours', () => {
  test('last over midnight, the end excluded', () => {
    const warsaw = ['Europe/Warsaw'];
    expect(quietUntil('2026-11-22T19:59:00Z', NIGHT, warsaw)).toBeNull();
    expect(quietUntil('2026-11-22T20:00:00Z', NIGHT, warsaw)).toBe('2026-11-23T08:00:00.000Z');
    expect(quietUntil('2026-11-23T03:00:00Z', NIGHT, warsaw)).toBe('2026-11-23T08:00:00.000Z');
    expect(quietUntil('2026-11-23T08:00:00Z', NIGHT, warsaw)).toBeNull();
  });

  test('may lie within a day, and need not be there', () => {
    const noon = { from: '12:00', to: '14:00' };
    expect(quietUntil('2026-07-01T11:00:00Z', noon, ['Europe/Warsaw'])).toBe(
      '2026-07-01T12:00:00.000Z',
    );
    expect(quietUntil('2026-07-01T11:00:00Z', null, ['Europe/Warsaw'])).toBeNull();
    expect(quietUntil('2026-07-01T11:00:00Z', { from: '09:00', to: '09:00' }, [])).toBeNull();
  });

  test('follow the clocks when they change: 02:30 is skipped in March and shown twice in October', () => {
    const early = { from: '22:00', to: '02:30' };
    const zone = ['Europe/Warsaw'];
    expect(quietUntil('2026-03-28T23:00:00Z', early, zone)).toBe('2026-03-29T01:30:00.000Z');
    expect(quietUntil('2026-10-24T23:00:00Z', early, zone)).toBe('2026-10-25T01:30:00.000Z');
  });

  test('a number of a country with several zones waits for all of them', () => {
    const zones = zonesOfCountries(countriesOfPhone('+5511987654321'));
    expect(zones).toContain('America/Sao_Paulo');
    expect(zones).toContain('America/Rio_Branco');
    // 09:00 in São Paulo is 07:00 in Acre, where it is still quiet.
    expect(quietUntil('2026-11-23T12:00:00Z', NIGHT, zones)).toBe('2026-11-23T14:00:00.000Z');
    expect(quietUntil('2026-11-23T14:00:00Z', NIGHT, zones)).toBeNull();
  });

  test('when they are over, it is quiet in none of the zones', () => {
    const zone = fc.constantFrom('Europe/Warsaw', 'America/Noronha', 'America/New_York', 'UTC');
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([hour, minute]) => [hour, minute].map((n) => String(n).padStart(2, '0')).join(':'));
    const asked = fc.record({
      atMs: fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }),
      hours: fc.record({ from: fc.constant('21:00'), to: time }),
      zones: fc.array(zone, { minLength: 1, maxLength: 2 }),
    });
    fc.assert(
      fc.property(asked, ({ atMs, hours, zones }) => {
        const until = quietUntil(new Date(atMs).toISOString(), hours, zones);
        const over = until ?? new Date(atMs).toISOString();
        const overMidnight = hours.from > hours.to;
        const length = (Number(hours.to.slice(0, 2)) + 24 - 21) % 24;
        // So long that it may always be quiet somewhere: then only progress is promised.
        if (length > 10) return;
        for (const each of zones) {
          const clock = localOf(over, each).slice(11, 16);
          const isQuiet = overMidnight
            ? clock >= hours.from || clock < hours.to
            : clock >= hours.from && clock < hours.to;
          expect([over, each, isQuiet]).toEqual([over, each, false]);
        }
      }),
    );
  });
});

test('a phone that is none is told from one that may be', () => {
  expect(isPossiblePhone('+48501234567')).toBe(true);
  expect(isPossiblePhone('+4850')).toBe(false);
  expect(isPossiblePhone('+99912345678')).toBe(false);
  expect(countriesOfPhone('+48501234567')).toEqual(['PL']);
  expect(countriesOfPhone('nothing')).toEqual([]);
  expect(zonesOfCountries(['PL', 'XX', 'no country'])).toEqual(['Europe/Warsaw']);
});

describe('M5: caps', () => {
  const AT = '2026-11-22T12:00:00.000Z';
  const hoursAgo = (hours: number): string =>
    new Date(Date.parse(AT) - hours * 3_600_000).toISOString();

  test('one more fits when the count-th newest has left the window', () => {
    const caps = [{ count: 2, hours: 24 }];
    expect(capFreeAt(AT, caps, [hoursAgo(1)])).toBeNull();
    expect(capFreeAt(AT, caps, [hoursAgo(1), hoursAgo(3)])).toBe('2026-11-23T09:00:00.000Z');
    expect(capFreeAt(AT, caps, [hoursAgo(1), hoursAgo(24)])).toBeNull();
  });

  test('the strictest of several decides', () => {
    const caps = [
      { count: 1, hours: 24 },
      { count: 3, hours: 168 },
    ];
    const sent = [hoursAgo(2), hoursAgo(50), hoursAgo(100)];
    expect(capFreeAt(AT, caps, sent)).toBe(
      new Date(Date.parse(hoursAgo(100)) + 168 * 3_600_000).toISOString(),
    );
  });
});
