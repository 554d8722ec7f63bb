/** Takes in an upload: bounded, sealed while it comes in, and waiting for its verdict when it is acknowledged. */
import { Failure } from '../core/errors.ts';
import { insertDocument } from './document-rows.ts';
import type { Accepted, Upload } from './documents.ts';
import { TENANT_BYTES_MAX, UPLOAD_BYTES_MAX, UPLOADS_MAX } from './limits.ts';
import { claimRequest } from './request-rows.ts';
import { overloaded, type Room } from './room.ts';
import { sealName } from './sealed-name.ts';
import {
  holderOf,
  nameKeysOf,
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

interface Usage {
  readonly readAtMs: number;
  bytes: number;
}

/** A class because it counts what is under way. */
export class Intake {
  readonly #deps: DocumentDependencies;
  readonly #room: Room;
  readonly #usage = new Map<string, Usage>();
  #uploads = 0;

  constructor(deps: DocumentDependencies, room: Room) {
    this.#deps = deps;
    this.#room = room;
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
    const { tenant, personId, content, bytes: announced, name, asked } = upload;
    const { blobs, jobs, newId, clock } = this.#deps;
    if (announced !== null && announced > UPLOAD_BYTES_MAX)
      throw new Failure('TOO_LARGE', `A document has at most ${UPLOAD_BYTES_MAX} bytes.`);
    await this.#room.take(tenant);
    const usage = await this.#usageOf(tenant);
    const { tenantBytesMax = TENANT_BYTES_MAX } = this.#deps;
    if (usage.bytes + (announced ?? 0) > tenantBytesMax) throw quotaReached(tenantBytesMax);
    const id = newId();
    const holder = holderOf(id);
    const named = { tenant, id, person: personId };
    const sealedName = name === null ? null : await sealName(nameKeysOf(this.#deps), named, name);
    const work: Work = { kind: 'document', tenant, id };
    const place = placeOf(this.#deps, work);
    const atMs = clock.nowMs();
    let earlier: string | null = null;
    const blob = await blobs.put({
      tenant,
      owner: ownerOf(personId),
      holder,
      content,
      bytesMax: UPLOAD_BYTES_MAX,
      also: async (tx, made) => {
        if (made.bytes === 0) return;
        const hash = requestHash(this.#deps, ['upload', made.sha256, personId]);
        if (asked !== null) earlier = await claimRequest(tx, place, { asked, hash, atMs });
        if (earlier !== null) return;
        await insertDocument(tx, place, {
          person: personId,
          status: 'judging',
          verdict: null,
          removed: [],
          info: null,
          mediaType: 'application/pdf',
          bytes: made.bytes,
          sha256: made.sha256,
          contentKey: made.key,
          contentUntilMs: null,
          madeBy: null,
          createdAtMs: atMs,
          name: sealedName,
        });
        await jobs.enqueue(tx, { queue: QUEUE, key: id, isFirst: true, payload: work });
      },
    });
    usage.bytes += blob.bytes;
    if (blob.bytes > 0 && earlier === null) return { id, replayed: false };
    await blobs.release(tenant, { key: blob.key, holder });
    if (earlier !== null) return { id: earlier, replayed: true };
    throw new Failure('INPUT_INVALID', 'The body is empty; send the bytes of a PDF.');
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

function quotaReached(most: number): Failure {
  return new Failure('QUOTA_REACHED', `A tenant stores at most ${most} bytes.`);
}
