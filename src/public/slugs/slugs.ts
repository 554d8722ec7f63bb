/**
 * Whose public pages an address means. A business may claim names for its pages; without one its id is its name. A name
 * that was claimed keeps leading there, since it is printed on tables and receipts, and is never another's.
 */
import type { Clock } from '../../core/clock.ts';
import { tenantOfSlug } from '../../modules/business/index.ts';
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { createKeptFor } from '../kept-for.ts';

/** As for ids of tenants, and two characters at least. */
export const SLUG_PATTERN = '^[a-z0-9][a-z0-9-]{1,62}$';
/** A business that renames itself every year for ten years. */
export const SLUGS_MAX = 10;
/** First words of other addresses under /public. */
const TAKEN: ReadonlySet<string> = new Set([
  'assets',
  'feeds',
  'webhooks',
  'unsubscribe',
  'bounces',
  'messages',
  'documents',
]);
/** A new name works at once where it was claimed, and within this elsewhere. */
const KEPT_MS = 2_000;
const KEPT_MAX = 10_000;

export type Claim = 'claimed' | 'taken' | 'too-many';

export interface Slugs {
  /** The tenant that an address means; null for what can be none. That there is one shows in what is found of it. */
  tenantOf(slug: string): Promise<string | null>;
  /** The newest name of the tenant, its id where it claimed none. */
  slugOf(tenant: string): Promise<string>;
  claim(tenant: string, slug: string): Promise<Claim>;
}

interface SlugsDependencies {
  readonly database: Database;
  readonly clock: Clock;
  /** Nobody else takes the name, as a slug or as the id of a tenant, until the transaction ends. */
  readonly lockName: (tx: Queryable, name: string) => Promise<void>;
}

export function createSlugs({ database, clock, lockName }: SlugsDependencies): Slugs {
  const kept = createKeptFor<string | null>({ clock, ms: KEPT_MS, keysMax: KEPT_MAX });
  return {
    async tenantOf(slug) {
      const id = tenantOfSlug(slug);
      if (id === null) return null;
      return (await kept.get(slug, () => claimant(database, slug))) ?? id;
    },
    async slugOf(tenant) {
      const { rows } = await database.query<{ slug: string }>({
        text: `select slug from public_slugs where tenant = $1 order by claimed_at desc, slug limit 1`,
        values: [tenant],
      });
      return rows[0]?.slug ?? tenant;
    },
    async claim(tenant, slug) {
      const at = new Date(clock.nowMs()).toISOString();
      const claim = await database.transaction(async (tx) => {
        await lockName(tx, slug);
        return take(tx, { tenant, slug, at });
      });
      kept.forget(slug);
      return claim;
    },
  };
}

async function claimant(database: Queryable, slug: string): Promise<string | null> {
  const { rows } = await database.query<{ tenant: string }>({
    text: 'select tenant from public_slugs where slug = $1',
    values: [slug],
  });
  return rows[0]?.tenant ?? null;
}

interface Wish {
  readonly tenant: string;
  readonly slug: string;
  readonly at: string;
}

/** The id of another tenant is its name, whether or not it claimed another; one's own may be claimed back. */
async function take(tx: Queryable, { tenant, slug, at }: Wish): Promise<Claim> {
  if (TAKEN.has(slug)) return 'taken';
  // Crosses buckets: ids of tenants are unique in the installation. A handful of rows in a small table.
  const { rows: tenants } = await tx.query({
    text: 'select id from tenants where id = $1 and id <> $2',
    values: [slug, tenant],
  });
  if (tenants.length > 0) return 'taken';
  // Row lock of the tenant: of two claims of one tenant at once the second counts the first.
  await tx.query({
    text: 'select id from tenants where id = $1 for no key update',
    values: [tenant],
  });
  const { rows } = await tx.query<{ held: number }>({
    text: 'select count(*)::integer as held from public_slugs where tenant = $1 and slug <> $2',
    values: [tenant, slug],
  });
  if ((rows[0]?.held ?? 0) >= SLUGS_MAX) return 'too-many';
  // Of two who claim it one waits for the lock of the name, comes later and gets none.
  const { rowCount } = await tx.query({
    text: `insert into public_slugs (slug, tenant, claimed_at) values ($1, $2, $3)
      on conflict (slug) do update set claimed_at = excluded.claimed_at
      where public_slugs.tenant = excluded.tenant`,
    values: [slug, tenant, at],
  });
  return rowCount === 1 ? 'claimed' : 'taken';
}
