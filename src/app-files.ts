/** Files of tenants: sealed blobs and the children that open pictures. Part of the composition root. */
import path from 'node:path';
import { dataFolderOf } from './app-access.ts';
import type { Keys } from './app-keys.ts';
import type { Frame } from './app-frame.ts';
import type { Opened } from './app-opened.ts';
import type { Storage } from './app-storage.ts';
import { createBlobs, type TransactionalBlobs } from './blobs/blobs.ts';
import { Sweeps } from './blobs/sweeps.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import type { Logger } from './core/logger.ts';
import type { PostgresLog } from './log/postgres/postgres-log.ts';
import { sweepGallery } from './modules/catalog/index.ts';
import { openFileBlobStore } from './platform/blobs/file-blob-store.ts';
import { openImageRenderer, type ImageRenderer } from './platform/images/image-renderer.ts';

/** One picture at a time leaves a core to everything else. */
const IMAGE_WORKERS = 1;

export interface Files {
  readonly blobs: TransactionalBlobs;
  readonly images: ImageRenderer;
}

/** Children are started when the first picture comes. */
export async function openFiles(
  config: Config,
  opened: Opened,
  parts: { readonly storage: Storage; readonly keys: Keys; readonly log: PostgresLog },
): Promise<Files> {
  const { storage, keys, log } = parts;
  const folder = dataFolderOf(config, storage);
  const blobs = createBlobs({
    database: storage.database,
    bucketOf: (tenant) => log.bucketOf(tenant),
    store: await openFileBlobStore(path.join(folder, 'blobs')),
    personal: keys.personal,
    secret: keys.blobSecret,
  });
  const images = opened.add(
    await openImageRenderer({ folder: path.join(folder, 'image-jobs'), size: IMAGE_WORKERS }),
    (it) => it.stop(),
  );
  return { blobs, images };
}

/** Begins to remove what a crash left: files without a row, pictures without an event. */
export function sweepFiles(
  opened: Opened,
  parts: { readonly files: Files; readonly frame: Frame; readonly logger: Logger },
): void {
  const { files, frame, logger } = parts;
  const { blobs } = files;
  const { pipeline, projections } = frame;
  const sweeps = new Sweeps(
    [
      { what: 'files without a row', run: () => blobs.sweep() },
      {
        what: 'pictures without an event',
        run: () => sweepGallery({ blobs, pipeline, projections, clock: systemClock }),
      },
    ],
    logger,
  );
  opened.add(sweeps, (it) => it.stop());
  sweeps.start();
}
