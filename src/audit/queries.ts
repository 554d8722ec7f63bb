/** Questions to the audit trail: entries of a tenant by filters, newest first, and failed sign-ins by address. */
import type { AuditClass } from '../core/audit.ts';
import type { AuditKeys } from './audit-keys.ts';
import { AUDIT_CLASSES, type StoredEntry } from './chain.ts';
import type { EntryBox, OpenedEntry } from './entry-box.ts';
import type { AuditStore, EntryQuery } from './store.ts';

export interface AuditQuery {
  readonly tenant: string;
  readonly classes: readonly AuditClass[];
  readonly actor?: string | undefined;
  /** Exactly. */
  readonly action?: string | undefined;
  readonly actionPrefixes?: readonly string[] | undefined;
  readonly address?: string | undefined;
  readonly fromMicros?: bigint | undefined;
  /** Exclusive. */
  readonly toMicros?: bigint | undefined;
  /** Older than what was shown of each class. */
  readonly before?: AuditPlace | undefined;
  readonly limit: number;
}

/** The oldest seq that was shown of each class. */
export type AuditPlace = Readonly<Partial<Record<AuditClass, bigint>>>;

export interface AuditItem extends OpenedEntry {
  readonly class: AuditClass;
}

export interface AuditPage {
  /** Newest first. */
  readonly items: readonly AuditItem[];
  readonly next: AuditPlace;
  readonly more: boolean;
}

export interface FailedSignIns {
  /** Null when the newest entry of the address cannot be read. */
  readonly address: string | null;
  readonly count: number;
  readonly firstAtMicros: bigint;
  readonly lastAtMicros: bigint;
}

export interface AuditQueries {
  /** Errors: UNAVAILABLE, DatabaseError. */
  find(query: AuditQuery): Promise<AuditPage>;
  /** Addresses by how often a sign-in from them was refused, most frequent first. */
  failedSignIns(of: {
    readonly tenant: string;
    readonly fromMicros: bigint;
    readonly limit: number;
  }): Promise<readonly FailedSignIns[]>;
}

/** A sign-in, second factor or PIN that was refused, as src/access notes it. */
const SIGN_INS_REFUSED: readonly string[] = ['session.refused', 'pin.refused'];
/** Beginnings of actions that change who may do what. */
export const PRIVILEGE_ACTIONS: readonly string[] = [
  'role.',
  'user.',
  'key.',
  'device.',
  'tenant.',
  'link.',
  'break-glass.',
  'password.',
  'totp.',
  'webhook.secret-',
];

export function createAuditQueries(deps: {
  readonly store: AuditStore;
  readonly keys: AuditKeys;
  readonly box: EntryBox;
}): AuditQueries {
  const { store, keys, box } = deps;
  return {
    async find(query) {
      const { tenant, limit } = query;
      const wanted = AUDIT_CLASSES.filter((of) => query.classes.includes(of));
      const found = await Promise.all(
        wanted.map(async (of) => {
          const entries = await store.find({ tenant, class: of }, storeQuery(keys, query, of));
          return entries.map((entry) => ({ class: of, entry }));
        }),
      );
      const newest = found.flat().sort(newestFirst);
      const shown = newest.slice(0, limit);
      const items = await Promise.all(
        shown.map(async (one) => {
          const opened = await box.open({ tenant, class: one.class }, one.entry);
          return { class: one.class, ...opened };
        }),
      );
      return { items, next: placeBehind(query.before, shown), more: newest.length > limit };
    },
    async failedSignIns({ tenant, fromMicros, limit }) {
      const chain = { tenant, class: 'security' } as const;
      const of = { actions: SIGN_INS_REFUSED, fromMicros, limit };
      const counts = await store.countByAddress(chain, of);
      return Promise.all(
        counts.map(async ({ count, firstAtMicros, newest }) => {
          const { address } = await box.open(chain, newest);
          return { address, count, firstAtMicros, lastAtMicros: newest.recordedAtMicros };
        }),
      );
    },
  };
}

interface Found {
  readonly class: AuditClass;
  readonly entry: StoredEntry;
}

/** One more than asked for tells whether there is more. */
function storeQuery(keys: AuditKeys, query: AuditQuery, of: AuditClass): EntryQuery {
  const { tenant, actor, action, actionPrefixes, address, fromMicros, toMicros } = query;
  return {
    before: query.before?.[of] ?? null,
    fromMicros: fromMicros ?? null,
    toMicros: toMicros ?? null,
    actor: actor ?? null,
    action: action ?? null,
    actionPrefixes: actionPrefixes ?? [],
    address: address === undefined ? null : keys.addressHash(tenant, address),
    limit: query.limit + 1,
  };
}

/** Within a class by seq, which times follow; between classes by time. */
function newestFirst(left: Found, right: Found): number {
  if (left.class === right.class) return left.entry.seq > right.entry.seq ? -1 : 1;
  const [earlier, later] = [left.entry.recordedAtMicros, right.entry.recordedAtMicros];
  if (earlier !== later) return earlier > later ? -1 : 1;
  return left.class < right.class ? -1 : 1;
}

function placeBehind(before: AuditPlace | undefined, shown: readonly Found[]): AuditPlace {
  const place: Partial<Record<AuditClass, bigint>> = { ...before };
  for (const { class: of, entry } of shown) place[of] = entry.seq;
  return place;
}
