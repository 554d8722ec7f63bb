/**
 * Whose public pages an address means: `/public/{slug}/...`. The slug of a tenant is its id, which is made for it: lower
 * case, unique in the installation, never given to another and never changed, so that what was printed keeps working.
 */

/** Of ids of tenants (src/access/tenants.ts). */
const TENANT_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Null for what can be no slug. Whether there is such a tenant shows in what is found of it. */
export function tenantOfSlug(slug: string): string | null {
  return TENANT_ID.test(slug) ? slug : null;
}
