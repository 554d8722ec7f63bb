/** The PDF service: children that open strangers' files, the queue before them, links to the results. */
import { randomUUIDv7 } from 'node:crypto';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { dataFolderOf } from './app-access.ts';
import type { Files } from './app-files.ts';
import type { Frame, FrameParts } from './app-frame.ts';
import type { Opened } from './app-opened.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import { createDocuments } from './documents/create-documents.ts';
import type { RunningDocuments } from './documents/documents.ts';
import { openPdfPool } from './documents/pdf-pool.ts';

/** A core each; more would only wait for one another and hold 150 MB each. */
const PDF_WORKERS_MAX = 4;

/** Before the jobs begin: what works on them is told to the queue here, and stops after it. */
export async function openDocuments(
  config: Config,
  opened: Opened,
  parts: FrameParts & { readonly frame: Frame; readonly files: Files },
): Promise<RunningDocuments> {
  const { storage, keys, log, logger, frame, files } = parts;
  const size = Math.min(availableParallelism(), PDF_WORKERS_MAX);
  const folder = path.join(dataFolderOf(config, storage), 'work', 'pdf');
  const works = config.roles.has('documents');
  const documents = createDocuments({
    database: storage.database,
    bucketOf: (tenant) => log.bucketOf(tenant),
    blobs: files.blobs,
    jobs: frame.jobs,
    pool: works ? { workers: await openPdfPool({ folder, size }), size } : null,
    secret: keys.documentSecret,
    clock: systemClock,
    newId: () => randomUUIDv7(),
    logger,
  });
  opened.add(documents, (it) => it.stop());
  if (works) documents.work();
  documents.start();
  return documents;
}
