/** Who may do what, and what was done: people, keys and the audit trail. Part of the composition root. */
import { randomUUIDv7 } from 'node:crypto';
import path from 'node:path';
import { createAccess, type Access } from './access/create-access.ts';
import { ensureFirstUser, type FirstUser } from './access/first-user.ts';
import { knownScopes } from './access/scopes.ts';
import type { Keys } from './app-keys.ts';
import type { Opened } from './app-opened.ts';
import type { Storage } from './app-storage.ts';
import { createAuditTrail, type Audit } from './audit/create-audit-trail.ts';
import { createPostgresAuditStore } from './audit/postgres/postgres-store.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import type { Logger } from './core/logger.ts';
import type { MetricRegistry } from './core/metrics.ts';
import type { BusinessModule } from './core/module.ts';
import { DEFAULT_TENANT } from './access/principal.ts';
import type { PostgresLog } from './log/postgres/postgres-log.ts';

interface AccessParts {
  readonly storage: Storage;
  readonly keys: Keys;
  readonly log: PostgresLog;
  readonly logger: Logger;
  readonly metrics: MetricRegistry;
  readonly modules: readonly BusinessModule[];
}

/** Takes entries at once and writes them from now on; what is opened after it may note until it closes. */
export function openAudit(config: Config, opened: Opened, parts: AccessParts): Audit {
  const { storage, keys, log, logger, metrics } = parts;
  const audit = opened.add(
    createAuditTrail({
      store: createPostgresAuditStore({
        database: storage.database,
        bucketOf: (tenant) => log.bucketOf(tenant),
      }),
      secret: keys.auditSecret,
      sealer: keys.personal,
      folder: path.join(dataFolderOf(config, storage), 'audit'),
      retains: config.roles.has('jobs'),
      keptDays: config.audit.keptDays,
      clock: systemClock,
      logger,
      metrics,
    }),
    (it) => it.stop(),
  );
  audit.start();
  return audit;
}

export function openAccess(opened: Opened, parts: AccessParts & { readonly audit: Audit }): Access {
  const { storage, keys, log, logger, modules, audit } = parts;
  const access = createAccess({
    database: storage.database,
    bucketOf: (tenant) => log.bucketOf(tenant),
    clock: systemClock,
    audit,
    logger,
    secret: keys.accessSecret,
    scopes: knownScopes(modules),
    newId: () => randomUUIDv7(),
  });
  opened.add(access.sweep, (it) => it.stop());
  access.sweep.start();
  return access;
}

const OWNER_EMAIL = 'owner@localhost';

/** The login of tenant `default` while it has nobody. Answers with what to tell whoever started the server. */
export async function firstLogins(access: Access, { admin }: Config): Promise<readonly string[]> {
  const own = await ensureFirstUser(access.context, {
    tenant: DEFAULT_TENANT,
    email: admin.email ?? OWNER_EMAIL,
    password: admin.password,
  });
  return told(own, DEFAULT_TENANT);
}

function told(user: FirstUser | null, tenant: string): readonly string[] {
  if (user === null) return [];
  const { email, madePassword, isWeak } = user;
  if (madePassword !== undefined)
    return [`Sign in to ${tenant} as ${email} with the password, shown this once: ${madePassword}`];
  return isWeak
    ? [`The password in COMPTOIR_ADMIN_PASSWORD is among those that are guessed first: change it.`]
    : [];
}

/** Where the embedded database had to go elsewhere than asked, everything else goes with it. */
export function dataFolderOf(config: Config, { embedded }: Storage): string {
  return embedded?.dataDir ?? config.data.dir;
}
