import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../../../test/support/given.ts';
import { memberList } from './member-list.ts';

const enrolled = {
  type: 'MemberEnrolled',
  data: {
    memberId: 'ana',
    customerId: 'ana',
    on: '2026-11-21',
    automatic: false,
    phone: '+5511987654321',
  },
};
const earned = {
  type: 'PointsEarned',
  data: { memberId: 'ana', balance: { points: 10, pending: 5, debt: 0 } },
};
const moved = {
  type: 'CustomerContactChanged',
  data: { customerId: 'ana', phone: '+5511900000000' },
};
const named = { type: 'CustomerContactChanged', data: { customerId: 'ana', name: 'Ana Souza' } };
const gone = { type: 'CustomerArchived', data: { customerId: 'ana', reason: 'r' } };
// safe because the events have what the read model looks at
const rowOf = (...events: readonly object[]) =>
  rowAfter(memberList as never, 'ana', events as never);

test('a member is a row with the balance of the last event', () => {
  expect(rowOf(enrolled, earned)).toEqual({
    customer_id: 'ana',
    phone: '+5511987654321',
    points: 10,
    pending: 5,
    debt: 0,
    tier: 'standard',
    segments: [],
    enrolled_on: '2026-11-21',
    enrolled_at: AT,
  });
});

test('the phone follows the customer, who is found by none when archived', () => {
  expect(rowOf(enrolled, moved, named)).toMatchObject({ phone: '+5511900000000' });
  expect(rowOf(enrolled, gone)).toMatchObject({ phone: null });
});

test('a customer who is no member has no row', () => {
  expect(rowOf(moved, gone)).toBeNull();
});

test('the phone is the one personal column, cleared with the person, and null in an event of an erased one', () => {
  expect(memberList.personal).toEqual({ person: 'key', columns: ['phone'] });
  const erased = { ...enrolled, data: { ...enrolled.data, phone: null } };
  expect(rowOf(erased)).toMatchObject({ phone: null });
});
