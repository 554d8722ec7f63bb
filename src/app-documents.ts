/** The PDF service: children that open strangers' files, the queue before them, links to the results. */
import { randomUUIDv7 } from 'node:crypto';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { dataFolderOf } from './app-access.ts';
import type { Files } from './app-files.ts';
import type { Frame, FrameParts } from './app-frame.ts';
import { logoSource } from './app-logo.ts';
import type { Opened } from './app-opened.ts';
import type { Config } from './config.ts';
import { systemClock } from './core/clock.ts';
import { createDocuments } from './documents/create-documents.ts';
import { createDocumentMetrics } from './documents/document-metrics.ts';
import type { RunningDocuments } from './documents/documents.ts';
import { openPdfPool } from './documents/pdf-pool.ts';
import { paperSources } from './modules/invoices/index.ts';

/** A core each; more would only wait for one another and hold 150 MB each. */
const PDF_WORKERS_MAX = 4;

export interface OpenedDocuments {
  readonly documents: RunningDocuments;
  /** Process ids of the children that read PDFs. */
  readonly workerPids: () => readonly number[];
}

/** Before the jobs begin: what works on them is told to the queue here, and stops after it. */
export async function openDocuments(
  config: Config,
  opened: Opened,
  parts: FrameParts & { readonly frame: Frame; readonly files: Files },
): Promise<OpenedDocuments> {
  const { storage, keys, log, logger, metrics, frame, files } = parts;
  const size = Math.min(availableParallelism(), PDF_WORKERS_MAX);
  const folder = path.join(dataFolderOf(config, storage), 'work', 'pdf');
  const works = config.roles.has('documents');
  const workers = works ? await openPdfPool({ folder, size }) : null;
  const documents = createDocuments({
    database: storage.database,
    bucketOf: (tenant) => log.bucketOf(tenant),
    blobs: files.blobs,
    personal: keys.personal,
    jobs: frame.jobs,
    pool: workers === null ? null : { workers, size },
    papers: paperSources(frame.pipeline),
    logoOf: logoSource(frame.pipeline),
    secret: keys.documentSecret,
    clock: systemClock,
    newId: () => randomUUIDv7(),
    logger,
    measures: createDocumentMetrics(metrics, workers),
  });
  opened.add(documents, (it) => it.stop());
  if (works) documents.work();
  documents.start();
  return { documents, workerPids: () => workers?.pids ?? [] };
}
