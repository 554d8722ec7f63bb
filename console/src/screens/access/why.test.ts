import { describe, expect, test } from 'vitest';
import { explain, givenBy } from './why.ts';

const roles = [
  { id: 'owner', name: 'Owner', permissions: ['all'], builtIn: true },
  { id: 'manager', name: 'Manager', permissions: ['orders:read', 'orders:write'], builtIn: true },
  { id: 'staff', name: 'Staff', permissions: ['orders:read', 'orders:pay'], builtIn: true },
];
const held = (role: string, more: object = {}) => ({
  role,
  locations: null,
  ownShiftOnly: false,
  amounts: {},
  ...more,
});

describe('why somebody may', () => {
  test('their role names the permission', () => {
    const { may, gives } = explain({ status: 'active', roles: [held('staff')] }, 'orders:pay', {
      roles,
    });
    expect(may).toBe(true);
    expect(gives).toMatchObject([{ role: 'staff', by: 'orders:pay', amount: null }]);
  });

  test('their role holds the write of the module, under its limits', () => {
    const user = {
      status: 'active',
      roles: [held('manager', { locations: ['a'], amounts: { 'orders:refund': 5000 } })],
    };
    const { gives } = explain(user, 'orders:refund', { roles });
    expect(gives).toMatchObject([
      { role: 'manager', by: 'orders:write', locations: ['a'], amount: 5000 },
    ]);
  });

  test('write does not include reading', () => {
    expect(givenBy(['orders:write'], 'orders:read')).toBeNull();
  });
});

describe('why somebody may not', () => {
  test('no role of theirs gives it, and those that would are named', () => {
    const explained = explain({ status: 'active', roles: [held('staff')] }, 'orders:refund', {
      roles,
    });
    expect(explained).toMatchObject({ may: false, reason: 'none', others: ['owner', 'manager'] });
  });

  test('they are disabled, whatever their roles', () => {
    expect(
      explain({ status: 'disabled', roles: [held('owner')] }, 'orders:pay', { roles }),
    ).toMatchObject({
      may: false,
      reason: 'disabled',
    });
  });

  test('they have no role', () => {
    expect(explain({ status: 'active', roles: [] }, 'orders:pay', { roles }).reason).toBe(
      'no-role',
    );
  });
});
