/** People and their sessions over a database of a test, as the server opens them. */
import { randomUUIDv7 } from 'node:crypto';
import { LOOKUP_TIMEOUT_MS, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { NO_AUDIT } from '../core/audit.ts';
import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import type { BusinessModule } from '../core/module.ts';
import { createAccess, type Access } from './create-access.ts';
import { knownScopes } from './scopes.ts';
import { insertTenant } from './tenants.ts';

export interface AccessFixture {
  readonly held: TestDatabase;
  readonly access: Access;
  close(): Promise<void>;
}

/** All of these tenants lie in bucket 0. */
export async function accessFixture(
  tenants: readonly string[],
  modules: readonly BusinessModule[] = [],
): Promise<AccessFixture> {
  const held = await testDatabase();
  for (const id of tenants) await insertTenant(held.database, { id, bucket: 0 });
  const access = createAccess({
    database: held.database,
    bucketOf: () => 0,
    clock: systemClock,
    audit: NO_AUDIT,
    logger: silentLogger,
    secret: new Uint8Array(32).fill(3),
    scopes: knownScopes(modules),
    newId: () => randomUUIDv7(),
    lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
  });
  return {
    held,
    access,
    async close() {
      await access.sweep.stop();
      await held.drop();
    },
  };
}
