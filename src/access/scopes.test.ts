import { expect, test } from 'vitest';
import { INSTALLATION_SCOPES, SCOPES } from './principal.ts';
import { expandScopes, knownScopes } from './scopes.ts';

const known = knownScopes(['customers', 'orders']);

test('every module adds a scope for reading and one for writing', () => {
  expect(known).toEqual([
    ...SCOPES,
    'customers:read',
    'customers:write',
    'orders:read',
    'orders:write',
    'all',
  ]);
});

test('a stored scope counts while it is known', () => {
  expect([...expandScopes(['events:read', 'orders:read', 'gone:read'], known)]).toEqual([
    'events:read',
    'orders:read',
  ]);
});

test('all stands for everything within the tenant and nothing beyond it', () => {
  expect([...expandScopes(['all'], known)]).toEqual([
    ...SCOPES.filter((scope) => !INSTALLATION_SCOPES.has(scope)),
    'customers:read',
    'customers:write',
    'orders:read',
    'orders:write',
    'all',
  ]);
  expect(expandScopes(['all', 'log:read'], known).has('log:read')).toBe(true);
});

test('a key that was made before a module existed can use it when it holds all', () => {
  const before = [...expandScopes(['all'], knownScopes([]))];
  expect(before).not.toContain('orders:write');
  expect(expandScopes(['all'], known).has('orders:write')).toBe(true);
});
