import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODULES } from '../../modules/index.ts';
import type { Principal, Scope } from '../principal.ts';
import { knownScopes } from '../scopes.ts';
import { BUILT_IN_ROLES } from './built-in-roles.ts';
import { rightsOf, type HeldRole } from './combine.ts';
import { checkWithin } from './grant.ts';

const KNOWN = knownScopes(['orders', 'catalog']).concat('orders:refund', 'orders:place');
const bare = (role: string, permissions: readonly string[] | null = null): HeldRole => ({
  role,
  permissions,
  locations: null,
  ownShiftOnly: false,
  amounts: {},
});

describe('what roles come to', () => {
  it('nothing without a role, or with one that is gone', () => {
    expect(rightsOf([], 'acme', KNOWN).scopes.size).toBe(0);
    expect(rightsOf([bare('gone')], 'acme', KNOWN).scopes.size).toBe(0);
  });

  it('an owner has everything of the tenant, and of the installation in tenant default only', () => {
    const house = rightsOf([bare('owner')], 'acme', KNOWN).scopes;
    expect([house.has('orders:refund'), house.has('log:read'), house.has('tenants:write')]).toEqual(
      [true, false, false],
    );
    expect(rightsOf([bare('owner')], 'default', KNOWN).scopes.has('tenants:write')).toBe(true);
  });

  it('an unknown permission is worth nothing', () => {
    const rights = rightsOf([bare('own', ['orders:place', 'orders:fly'])], 'acme', KNOWN);
    expect([...rights.scopes]).toEqual(['orders:place']);
  });

  it('the strictest rules hold, so a role for one place never widens another', () => {
    const manager = { ...bare('manager'), locations: ['a'] };
    const staff = { ...bare('staff'), locations: ['a', 'b'], ownShiftOnly: true };
    expect(rightsOf([manager, staff], 'acme', KNOWN).rules).toMatchObject({
      locations: ['a'],
      ownShiftOnly: true,
    });
  });

  it('the highest limit of amount holds among the roles that give the permission', () => {
    const some = { ...bare('x', ['orders:refund']), amounts: { 'orders:refund': 500 } };
    const more = { ...bare('y', ['orders:refund']), amounts: { 'orders:refund': 2000 } };
    const other = { ...bare('z', ['orders:place']), amounts: { 'orders:refund': 9 } };
    expect(rightsOf([some, other], 'acme', KNOWN).rules.amounts).toEqual({ 'orders:refund': 500 });
    expect(rightsOf([some, more], 'acme', KNOWN).rules.amounts).toEqual({ 'orders:refund': 2000 });
    const free = bare('free', ['orders:refund']);
    expect(rightsOf([some, free], 'acme', KNOWN).rules.amounts).toEqual({});
  });

  it('every permission of a built-in role is one that its module asks for', () => {
    const known = new Set<string>(knownScopes(MODULES));
    const modules = new Set(MODULES.map(({ name }) => name));
    const unknown = BUILT_IN_ROLES.flatMap(({ permissions }) => permissions).filter(
      (permission) => modules.has(permission.split(':')[0] ?? '') && !known.has(permission),
    );
    expect(unknown).toEqual([]);
  });
});

describe('a grant', () => {
  const role = fc.record({
    role: fc.constant('own'),
    permissions: fc.subarray(['orders:read', 'orders:place', 'orders:refund', 'catalog:read']),
    locations: fc.option(fc.subarray(['a', 'b', 'c'])),
    ownShiftOnly: fc.boolean(),
    amounts: fc.dictionary(fc.constant('orders:refund'), fc.nat(10_000)),
  });

  it('that passes gives nobody more than the granter has', () => {
    fc.assert(
      fc.property(role, role, (mine, theirs) => {
        const own = rightsOf([mine], 'acme', KNOWN);
        const given = rightsOf([theirs], 'acme', KNOWN);
        const principal: Principal = { keyId: 'user:1', tenant: 'acme', ...own };
        try {
          checkWithin(principal, given);
        } catch {
          return;
        }
        for (const scope of given.scopes) {
          expect(own.scopes.has(scope)).toBe(true);
          const limit = own.rules.amounts[scope] ?? Number.POSITIVE_INFINITY;
          expect(given.rules.amounts[scope] ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(limit);
        }
        if (own.rules.ownShiftOnly) expect(given.rules.ownShiftOnly).toBe(true);
        if (own.rules.locations !== null)
          for (const place of given.rules.locations ?? ['everywhere'])
            expect(own.rules.locations).toContain(place);
      }),
    );
  });

  it('of what one holds passes', () => {
    const own = rightsOf([bare('own', ['orders:place'])], 'acme', KNOWN);
    const scopes: ReadonlySet<Scope> = own.scopes;
    expect(() =>
      checkWithin({ keyId: 'user:1', tenant: 'acme', scopes, rules: own.rules }, own),
    ).not.toThrow();
  });
});
