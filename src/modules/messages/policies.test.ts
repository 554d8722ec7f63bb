import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import { notify } from './policies.ts';

const STARTS = '2026-11-24T18:00:00.000Z';
const recorded = (type: string, data: object, version = 3): RecordedEvent =>
  // safe because the policy looks at no more than these
  ({ type, id: 'b1', version, tenant: 'shop', at: '2026-11-20T18:00:00.000Z', data }) as never;
const asked = (...uses: readonly string[]) => ({ uses, reminderHours: 24 });
const reactTo = (event: RecordedEvent, ...uses: readonly string[]) =>
  notify.react(event, asked(...uses));

describe('M13: the settings decide what is asked for', () => {
  test('a tenant that set nothing costs no commands', () => {
    const { initialState } = notify;
    for (const event of [
      recorded('OrderClosed', { orderId: 'b1', customerId: 'ana', imported: false }),
      recorded('ReservationMade', { status: 'confirmed', startsAt: STARTS }),
      recorded('ReservationCancelled', {}),
      recorded('LinesBumped', { orderId: 'b1', to: 'ready' }),
      recorded('CustomerConsentGiven', { customerId: 'ana', channel: 'email' }),
    ])
      expect(notify.react(event, notify.evolve?.(initialState, event))).toEqual([]);
  });

  test('what they name is kept as state, without anything personal', () => {
    const terms = { uses: [{ use: 'receipt', ways: [] }], reminderHours: 3, linkBase: null };
    const event = recorded('MessageSettingsSet', { settingsId: 'main', terms });
    expect(notify.evolve?.(notify.initialState, event)).toEqual({
      uses: ['receipt'],
      reminderHours: 3,
    });
  });
});

test('a booking sets its reminder, a change moves it, a cancellation takes it away', () => {
  const made = recorded('ReservationMade', { status: 'held', startsAt: STARTS });
  const timer = {
    kind: 'timer',
    timer: 'reminder b1',
    at: '2026-11-23T18:00:00.000Z',
    command: { command: 'SendNotice', id: `booking-reminder.b1.v${Date.parse(STARTS)}` },
  };
  expect(reactTo(made, 'booking-reminder', 'booking-confirmed')).toMatchObject([timer]);
  const changed = recorded('ReservationChanged', { startsAt: '2026-11-25T18:00:00.000Z' });
  expect(reactTo(changed, 'booking-reminder', 'booking-changed')).toMatchObject([
    { kind: 'command', id: 'booking-changed.b1.v3' },
    { kind: 'timer', timer: 'reminder b1', at: '2026-11-24T18:00:00.000Z' },
  ]);
  expect(reactTo(recorded('ReservationCancelled', {}), 'booking-reminder')).toEqual([
    { kind: 'cancel', timer: 'reminder b1' },
  ]);
});

test('whoever books within the hours of the reminder is not told twice in one moment', () => {
  const made = { ...recorded('ReservationMade', { status: 'confirmed', startsAt: STARTS }) };
  const late = { ...made, at: '2026-11-24T10:00:00.000Z' };
  expect(reactTo(late, 'booking-confirmed', 'booking-reminder')).toMatchObject([
    { kind: 'command', id: 'booking-confirmed.b1' },
    { kind: 'cancel', timer: 'reminder b1' },
  ]);
});

test('a booking is confirmed once, however it came to that', () => {
  const id = 'booking-confirmed.b1';
  const made = recorded('ReservationMade', { status: 'confirmed', startsAt: STARTS });
  const confirmed = recorded('ReservationConfirmed', { status: 'confirmed' });
  for (const event of [made, confirmed])
    expect(reactTo(event, 'booking-confirmed')).toMatchObject([{ id }]);
  const byGuest = recorded('ReservationConfirmed', { status: 'pending' });
  expect(reactTo(byGuest, 'booking-confirmed')).toEqual([]);
});

test('a receipt goes to known customers for what was sold here', () => {
  const closed = (customerId: string | null, imported = false) =>
    reactTo(recorded('OrderClosed', { orderId: 'b1', customerId, imported }), 'receipt');
  expect(closed('ana')).toMatchObject([{ command: 'SendNotice', id: 'receipt.b1' }]);
  expect(closed(null)).toEqual([]);
  expect(closed('ana', true)).toEqual([]);
});
