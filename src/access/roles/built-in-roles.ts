/**
 * The one table of built-in roles. A permission is `MODULE:WORD`; `MODULE:write` stands for every command of the module.
 * One that no module of this installation knows is worth nothing, so the table may speak of modules that come later.
 */
import { ALL_SCOPE, INSTALLATION_SCOPES, type Scope } from '../principal.ts';

export interface RoleDefinition {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Scope[];
}

export const OWNER = 'owner';

export const BUILT_IN_ROLES: readonly RoleDefinition[] = [
  {
    id: OWNER,
    name: 'Owner',
    // Those that reach beyond the tenant count in tenant `default` only.
    permissions: [ALL_SCOPE, ...INSTALLATION_SCOPES],
  },
  {
    id: 'manager',
    name: 'Manager',
    permissions: [
      ...['business', 'catalog', 'orders', 'loyalty', 'reservations', 'customers'].flatMap(whole),
      ...['leads', 'messages', 'documents'].flatMap(whole),
      'guests:read',
      'reports:read',
      'events:read',
      'persons:read',
      'access:read',
      'access:write',
      'access:devices',
    ],
  },
  {
    id: 'staff',
    name: 'Staff',
    permissions: [
      ...['business', 'catalog', 'orders', 'loyalty', 'reservations', 'customers'].map(read),
      'guests:read',
      'orders:place',
      'orders:pay',
      'orders:change',
      'orders:move',
      'orders:serve',
      'business:till',
      'business:cash',
      'catalog:sold-out',
      'loyalty:enrol',
      'loyalty:burn',
      'reservations:book',
      'reservations:seat',
      'customers:write',
    ],
  },
  {
    id: 'kitchen',
    name: 'Kitchen',
    permissions: [
      ...['business', 'catalog', 'orders'].map(read),
      'orders:cook',
      'catalog:sold-out',
    ],
  },
  {
    id: 'marketing',
    name: 'Marketing',
    permissions: [
      'guests:read',
      ...['business', 'catalog', 'loyalty', 'reservations', 'reports'].map(read),
      ...['customers', 'leads', 'messages'].flatMap(whole),
      'catalog:edit',
    ],
  },
  {
    id: 'auditor',
    name: 'Auditor',
    permissions: [
      ...['business', 'catalog', 'orders', 'loyalty', 'reservations', 'reports'].map(read),
      'access:read',
      'audit:read',
      'events:read',
    ],
  },
  {
    id: 'engineer',
    name: 'Engineer',
    permissions: [
      'events:read',
      'events:write',
      'webhooks:read',
      'webhooks:write',
      'access:read',
      'log:read',
      'metrics:read',
      'projections:write',
    ],
  },
];

function read(module: string): Scope {
  return `${module}:read`;
}

function whole(module: string): readonly Scope[] {
  return [`${module}:read`, `${module}:write`];
}
