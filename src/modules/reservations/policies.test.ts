import { expect, test } from 'vitest';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import { expireHolds, keepSeated, lapseOffers } from './policies.ts';

const recorded = (type: string, data: object): RecordedEvent =>
  // safe because the policies look at no more than these
  ({ type, id: 'r1', data }) as never;
const UNTIL = '2026-11-01T10:10:00.000Z';

test('a hold sets a timer, which goes when it is confirmed or cancelled', () => {
  expect(expireHolds.react(recorded('ReservationMade', { heldUntil: UNTIL }), undefined)).toEqual([
    {
      kind: 'timer',
      timer: 'expire',
      at: UNTIL,
      command: {
        kind: 'command',
        category: 'reservations',
        command: 'ExpireReservationHold',
        id: 'r1',
        input: {},
      },
    },
  ]);
  for (const type of ['ReservationConfirmed', 'ReservationCancelled'])
    expect(expireHolds.react(recorded(type, {}), undefined)).toEqual([
      { kind: 'cancel', timer: 'expire' },
    ]);
});

test('what is no hold sets none', () => {
  expect(expireHolds.react(recorded('ReservationMade', { heldUntil: null }), undefined)).toEqual(
    [],
  );
});

test('a party that is seated is looked at when its time is over, until it has left', () => {
  for (const type of ['ReservationSeated', 'ReservationStayExtended'])
    expect(keepSeated.react(recorded(type, { takenUntil: UNTIL }), undefined)).toMatchObject([
      { kind: 'timer', timer: 'over', at: UNTIL, command: { command: 'ExtendStay' } },
    ]);
  expect(keepSeated.react(recorded('ReservationCompleted', {}), undefined)).toEqual([
    { kind: 'cancel', timer: 'over' },
  ]);
});

test('an offer sets a timer, which goes when it is answered', () => {
  expect(lapseOffers.react(recorded('WaitlistOffered', { until: UNTIL }), undefined)).toMatchObject(
    [{ kind: 'timer', at: UNTIL, command: { command: 'LapseWaitlistOffer' } }],
  );
  for (const type of ['WaitlistAccepted', 'WaitlistLeft'])
    expect(lapseOffers.react(recorded(type, {}), undefined)).toMatchObject([{ kind: 'cancel' }]);
});
