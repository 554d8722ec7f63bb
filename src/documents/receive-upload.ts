/** Takes in an upload: bounded, sealed while it comes in, and waiting for its verdict when it is acknowledged. */
import { Failure } from '../core/errors.ts';
import { insertDocument } from './document-rows.ts';
import type { Accepted, Upload } from './documents.ts';
import { countOpen } from './job-rows.ts';
import {
  JOBS_MAX,
  TENANT_BYTES_MAX,
  TENANT_JOBS_MAX,
  UPLOAD_BYTES_MAX,
  UPLOADS_MAX,
} from './limits.ts';
import { claimRequest } from './request-rows.ts';
import {
  holderOf,
  ownerOf,
  placeOf,
  QUEUE,
  requestHash,
  type DocumentDependencies,
  type Work,
} from './service-parts.ts';

/** Usage is the sum over all blobs of a tenant: asked once in this time, with what came in since added. */
const USAGE_FRESH_MS = 2_000;
const USAGE_TENANTS_MAX = 1_000;
const RETRY_SECONDS = 2;

interface Usage {
  readonly readAtMs: number;
  bytes: number;
}

/** A class because it counts what is under way. */
export class Intake {
  readonly #deps: DocumentDependencies;
  readonly #usage = new Map<string, Usage>();
  #uploads = 0;

  constructor(deps: DocumentDependencies) {
    this.#deps = deps;
  }

  async receive(upload: Upload): Promise<Accepted> {
    if (this.#uploads >= UPLOADS_MAX) {
      this.#deps.measures?.refusedUpload();
      throw overloaded('Too many uploads are being received.');
    }
    this.#uploads += 1;
    try {
      return await this.#receive(upload);
    } finally {
      this.#uploads -= 1;
    }
  }

  async #receive(upload: Upload): Promise<Accepted> {
    const { tenant, personId, content, bytes: announced, asked } = upload;
    const { database, blobs, jobs, newId, clock } = this.#deps;
    if (announced !== null && announced > UPLOAD_BYTES_MAX)
      throw new Failure('TOO_LARGE', `A document has at most ${UPLOAD_BYTES_MAX} bytes.`);
    await requireRoom(this.#deps, tenant);
    const usage = await this.#usageOf(tenant);
    const { tenantBytesMax = TENANT_BYTES_MAX } = this.#deps;
    if (usage.bytes + (announced ?? 0) > tenantBytesMax) throw quotaReached(tenantBytesMax);
    const id = newId();
    const holder = holderOf(id);
    const owner = ownerOf(personId);
    const bytesMax = UPLOAD_BYTES_MAX;
    const blob = await blobs.put({ tenant, owner, holder, content, bytesMax });
    if (blob.bytes === 0) {
      await blobs.release(tenant, { key: blob.key, holder });
      throw new Failure('INPUT_INVALID', 'The body is empty; send the bytes of a PDF.');
    }
    usage.bytes += blob.bytes;
    const work: Work = { kind: 'document', tenant, id };
    // Should this fail, the sweep finds a blob whose document never came to be.
    const place = placeOf(this.#deps, work);
    const atMs = clock.nowMs();
    const earlier = await database.transaction(async (tx) => {
      const hash = requestHash(this.#deps, ['upload', blob.sha256, personId]);
      const first = asked === null ? null : await claimRequest(tx, place, { asked, hash, atMs });
      if (first !== null) return first;
      await insertDocument(tx, place, {
        person: personId,
        status: 'judging',
        verdict: null,
        removed: [],
        info: null,
        mediaType: 'application/pdf',
        bytes: blob.bytes,
        sha256: blob.sha256,
        contentKey: blob.key,
        contentUntilMs: null,
        madeBy: null,
        createdAtMs: atMs,
      });
      await jobs.enqueue(tx, { queue: QUEUE, key: id, payload: work });
      return null;
    });
    if (earlier === null) return { id, replayed: false };
    await blobs.release(tenant, { key: blob.key, holder });
    return { id: earlier, replayed: true };
  }

  async #usageOf(tenant: string): Promise<Usage> {
    const nowMs = this.#deps.clock.nowMs();
    const known = this.#usage.get(tenant);
    if (known !== undefined && nowMs - known.readAtMs < USAGE_FRESH_MS) return known;
    const read = { readAtMs: nowMs, bytes: await this.#deps.blobs.usage(tenant) };
    if (this.#usage.size >= USAGE_TENANTS_MAX) this.#usage.clear();
    this.#usage.set(tenant, read);
    return read;
  }
}

/** Errors: OVERLOADED when as much waits as may. */
export async function requireRoom(deps: DocumentDependencies, tenant: string): Promise<void> {
  const open = await countOpen(deps.database, { bucket: deps.bucketOf(tenant), tenant });
  deps.measures?.open(open.all);
  if (open.all >= JOBS_MAX || open.tenant >= TENANT_JOBS_MAX)
    throw overloaded('Too many documents wait to be worked on.');
}

function overloaded(detail: string): Failure {
  return new Failure('OVERLOADED', detail, { retryAfterSeconds: RETRY_SECONDS });
}

function quotaReached(most: number): Failure {
  return new Failure('QUOTA_REACHED', `A tenant stores at most ${most} bytes.`);
}
