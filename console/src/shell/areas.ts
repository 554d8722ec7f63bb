/** What the rail leads to, in its order; an area is shown to whoever holds one of its permissions. */
import { allows } from '../api/session.ts';

export interface Area {
  readonly name: AreaName;
  readonly path: string;
  /** One of these is enough. */
  readonly permissions: readonly string[];
  /** Below the rule: for engineers and auditors rather than for the house. */
  readonly below?: true;
}

export type AreaName =
  | 'today'
  | 'floor'
  | 'kitchen'
  | 'orders'
  | 'reservations'
  | 'guests'
  | 'menu'
  | 'loyalty'
  | 'leads'
  | 'messages'
  | 'documents'
  | 'live'
  | 'events'
  | 'projections'
  | 'dead-letters'
  | 'deliveries'
  | 'access'
  | 'audit'
  | 'settings';

export const AREAS: readonly Area[] = [
  { name: 'today', path: '/today', permissions: ['reports:read'] },
  { name: 'floor', path: '/floor', permissions: ['orders:place'] },
  { name: 'kitchen', path: '/kitchen', permissions: ['orders:cook', 'orders:serve'] },
  { name: 'orders', path: '/orders', permissions: ['orders:read'] },
  { name: 'reservations', path: '/reservations', permissions: ['reservations:read'] },
  { name: 'guests', path: '/guests', permissions: ['customers:read'] },
  { name: 'menu', path: '/menu', permissions: ['catalog:read'] },
  { name: 'loyalty', path: '/loyalty', permissions: ['loyalty:read'] },
  { name: 'leads', path: '/leads', permissions: ['leads:read'] },
  { name: 'messages', path: '/messages', permissions: ['messages:read'] },
  { name: 'documents', path: '/documents', permissions: ['documents:read'] },
  { name: 'live', path: '/live', permissions: ['metrics:read'], below: true },
  { name: 'events', path: '/events', permissions: ['events:read'], below: true },
  {
    name: 'projections',
    path: '/projections',
    permissions: ['projections:write', 'events:read'],
    below: true,
  },
  { name: 'dead-letters', path: '/dead-letters', permissions: ['events:read'], below: true },
  { name: 'deliveries', path: '/deliveries', permissions: ['webhooks:read'], below: true },
  { name: 'access', path: '/access', permissions: ['access:read'], below: true },
  { name: 'audit', path: '/audit', permissions: ['audit:read'], below: true },
  { name: 'settings', path: '/settings', permissions: ['business:read'], below: true },
];

const HOMES: readonly (readonly [role: string, path: string])[] = [
  ['owner', '/today'],
  ['manager', '/today'],
  ['staff', '/floor'],
  ['kitchen', '/kitchen'],
  ['marketing', '/leads'],
  ['auditor', '/audit'],
  ['engineer', '/live'],
];

export function areasFor(permissions: readonly string[]): readonly Area[] {
  return AREAS.filter((area) => area.permissions.some((wanted) => allows(permissions, wanted)));
}

/** Where somebody starts: by their first role that has a home, else the first area they may open. */
export function homeOf(session: {
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
}): string {
  const open = areasFor(session.permissions).map(({ path }) => path);
  const home = HOMES.find(([role, path]) => session.roles.includes(role) && open.includes(path));
  return home?.[1] ?? open[0] ?? '/profile';
}

export function mayOpen(area: Area, permissions: readonly string[]): boolean {
  return area.permissions.some((wanted) => allows(permissions, wanted));
}

/** The area that an address belongs to; null for those that stand beside the areas. */
export function areaAt(pathname: string): Area | null {
  return AREAS.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`)) ?? null;
}
