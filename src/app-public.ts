/** The public pages: what they stand on, wired. Part of the composition root. */
import { lockName } from './access/tenants.ts';
import { exportOf } from './app-erasure.ts';
import type { Parts, Services } from './app-services.ts';
import type { Opened } from './app-opened.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import type { ModuleRoutes } from './http/modules/services.ts';
import { MODULE_ROUTES } from './modules/routes.ts';
import { exportPerson } from './personal-data/export.ts';
import { createLinks, createSendLink, createSlugs, withPublicPages } from './public/index.ts';

/** Rows of links that are over say nothing to anybody; they only take room. */
const SWEEP_MS = 3_600_000;

/** Routes of the modules with the public pages beside them. */
export function moduleRoutesWithPages(
  config: Config,
  opened: Opened,
  parts: Parts & Services,
): readonly ModuleRoutes[] {
  const { storage, log, frame, erasure, logger } = parts;
  const shared = { database: storage.database, clock: systemClock };
  const links = createLinks(shared);
  const sweep = setInterval(() => {
    links.sweep().catch((error: unknown) => logger.warn('links were not swept', { error }));
  }, SWEEP_MS);
  sweep.unref();
  opened.add(sweep, (it) => clearInterval(it));
  const files = exportOf(parts);
  return withPublicPages(MODULE_ROUTES, {
    links,
    slugs: createSlugs({ ...shared, lockName }),
    personal: {
      export: (tenant, personId) => exportPerson(files, tenant, personId),
      erase: (tenant, personId, actor) => erasure.erase(tenant, personId, actor),
    },
    sendLink: createSendLink({ ...frame, log, publicUrl: config.messaging.publicUrl, logger }),
    logger,
  });
}
