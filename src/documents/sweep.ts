/** Removes what has had its time, and what a crash left between two steps. */
import { endContents, findDocuments, type DocumentRow } from './document-rows.ts';
import { deleteEndedJobs } from './job-rows.ts';
import { JOB_KEPT_MS, REQUEST_KEPT_MS } from './limits.ts';
import { deleteOldRequests } from './request-rows.ts';
import { HOLDER_PREFIX, holderOf, type DocumentDependencies } from './service-parts.ts';

/** Contents of one statement. */
const BATCH = 500;
/** Younger ones may belong to an upload or a job that is under way. */
const ORPHAN_AGE_MS = 60 * 60_000;

/** Bytes of refused documents and results past their time, and jobs that nobody asks about any more. */
export async function sweepExpired(deps: DocumentDependencies): Promise<void> {
  const { database, blobs, clock } = deps;
  const nowMs = clock.nowMs();
  for (;;) {
    const ended = await endContents(database, nowMs, BATCH);
    for (const { tenant, id, key } of ended)
      if (key !== null) await blobs.release(tenant, { key, holder: holderOf(id) });
    if (ended.length < BATCH) break;
  }
  await deleteEndedJobs(database, nowMs - JOB_KEPT_MS);
  await deleteOldRequests(database, nowMs - REQUEST_KEPT_MS);
}

/** Blobs held for a document that is not there or has another. Reads every holder once: daily. */
export async function sweepOrphans(deps: DocumentDependencies): Promise<void> {
  const { database, blobs, bucketOf, clock } = deps;
  const oldest = clock.nowMs() - ORPHAN_AGE_MS;
  for await (const { tenant, key, holder, heldAtMs } of blobs.holders(HOLDER_PREFIX)) {
    if (heldAtMs > oldest) continue;
    const id = holder.slice(HOLDER_PREFIX.length);
    const found = await findDocuments(database, { bucket: bucketOf(tenant), tenant }, [id]);
    if (isOrphan(found.get(id), key)) await blobs.release(tenant, { key, holder });
  }
}

function isOrphan(row: DocumentRow | undefined, key: string): boolean {
  return row?.contentKey !== key;
}
