/**
 * What the demo has beside its business: pictures, a schema with dead letters, a webhook with deliveries, documents. They
 * come in over HTTP as anybody's would, so this waits until the server listens. Each part looks whether it is there, and
 * the album, made last, says that all are: a fill that was cut goes on at the next start.
 */
import { throughTheDoor } from '../break-it/door.ts';
import { DEMO_TENANT } from '../seed-demo.ts';
import { fillDocuments } from './documents.ts';
import { ALBUM, type ExtrasDependencies } from './filling.ts';
import { fillLogo, fillPictures, publishAlbum } from './gallery.ts';
import { fillSchemas } from './schemas.ts';
import { fillWebhooks } from './webhooks.ts';

const SCOPES = [
  'catalog:edit',
  'documents:read',
  'documents:write',
  'events:read',
  'events:write',
  'webhooks:read',
  'webhooks:write',
  'admin',
] as const;

/** Never rejects: what could not be filled is logged and tried again at the next start. */
export async function fillExtras(deps: ExtrasDependencies): Promise<void> {
  const { pipeline, clock, signal, logger } = deps;
  try {
    const done = await pipeline.load(DEMO_TENANT, 'catalog.albums', ALBUM);
    // A process that serves nobody leaves it to one that does.
    if (done.version > 0n || deps.url() === '') return;
    const key = { name: 'demo: filling', scopes: SCOPES, nowMs: clock.nowMs(), signal };
    await throughTheDoor(deps, key, async (door) => {
      const filling = { ...deps, door };
      const parts = [fillSchemas, fillWebhooks, fillDocuments, fillPictures, fillLogo];
      for (const part of parts) if (!signal.aborted) await part(filling);
      if (!signal.aborted) await publishAlbum(filling);
    });
  } catch (error) {
    if (!signal.aborted) logger.warn('the demo has no pictures or documents yet', { error });
  }
}
