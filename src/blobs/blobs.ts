/**
 * Blobs of tenants: sealed, counted by who holds them, gone with the last holder or with the person they belong to.
 *
 *   draft (being written) --keep--> kept, held --release of the last holder--> removed
 *
 * The file is kept and removed while the row's lock is held, so a holder that is added never finds its file taken away;
 * a crash between the two leaves a file without a row, which `sweep` removes, or a row without holders and file.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { BlobOwner, BlobReference, Blobs, BlobStore, PutBlob } from '../core/blobs.ts';
import { BLOB_KEY } from '../core/blobs.ts';
import { Failure } from '../core/errors.ts';
import type { PersonalData, TextSealer } from '../core/personal-data.ts';
import type { Database, Queryable } from '../platform/postgres/database.ts';
import {
  allHolders,
  blobsOfPerson,
  bytesOfTenant,
  deleteBlob,
  dropHolder,
  holdBlob,
  isHeld,
  isKnown,
  lockBlob,
  type BlobPlace,
} from './blob-rows.ts';
import { encodeHead, openSealed, sealFrames, type BlobHead } from './sealed-blob.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Younger files may belong to a put that has not committed yet. */
const ORPHAN_AGE_MS = 60 * 60 * 1000;
/** Type that the sealed key of a person's blob is bound to. */
const SEALED_TYPE = 'comptoir.blob.key.v1';
const MARKS = { person: '/person', fields: ['/key'], type: SEALED_TYPE };

export interface BlobDependencies {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
  readonly store: BlobStore;
  readonly personal: TextSealer & Pick<PersonalData, 'referenceOf'>;
  /** 32 bytes from which names and keys of the tenants' own blobs derive. */
  readonly secret: Uint8Array;
}

/** Blobs whose holder says in the same transaction what it holds them for. */
export interface TransactionalBlobs extends Blobs {
  put(blob: PutInTransaction): Promise<BlobReference>;
}

export interface PutInTransaction extends PutBlob {
  /** Runs in the transaction that makes the blob held, so that both are there or neither. */
  also?(tx: Queryable, made: BlobReference): Promise<void>;
}

export function createBlobs(deps: BlobDependencies): TransactionalBlobs {
  const { database, store } = deps;
  const placeOf = (tenant: string, key: string): BlobPlace => ({
    bucket: deps.bucketOf(tenant),
    tenant,
    key,
  });

  return {
    put: (blob) => putBlob(deps, blob),
    async open(tenant, key) {
      if (!BLOB_KEY.test(key) || !(await isHeld(database, placeOf(tenant, key)))) return null;
      const stored = await store.open(key);
      if (stored === null) return null;
      const opened = await openSealed(stored);
      const contentKey = await unwrapKey(deps, tenant, opened.head);
      if (contentKey !== null) return opened.content(contentKey);
      await opened.close();
      return null;
    },
    release: (tenant, { key, holder }) =>
      database.transaction(async (tx) => {
        const place = placeOf(tenant, key);
        if (await dropHolder(tx, place, holder)) await removeLocked(store, tx, place);
      }),
    holders: (prefix) => allHolders(database, prefix),
    usage: (tenant) => bytesOfTenant(database, { bucket: deps.bucketOf(tenant), tenant }),
    async forget({ tenant, reference }) {
      const bucket = deps.bucketOf(tenant);
      const owner = { bucket, tenant, person: reference };
      for (const key of await blobsOfPerson(database, owner))
        await database.transaction(async (tx) => {
          const place = { bucket, tenant, key };
          await lockBlob(tx, place, { bytes: 0, person: reference });
          await removeLocked(store, tx, place);
        });
      return [];
    },
    async sweep() {
      let removed = 0;
      for await (const key of store.olderThan(ORPHAN_AGE_MS)) {
        if (await isKnown(database, key)) continue;
        await store.remove(key);
        removed += 1;
      }
      return removed;
    },
  };
}

async function removeLocked(store: BlobStore, tx: Queryable, place: BlobPlace): Promise<void> {
  await store.remove(place.key);
  await deleteBlob(tx, place);
}

async function putBlob(deps: BlobDependencies, blob: PutInTransaction): Promise<BlobReference> {
  const { database, store, personal } = deps;
  const { tenant, owner, holder } = blob;
  const contentKey = randomBytes(KEY_BYTES);
  const head = encodeHead(await wrapKey(deps, { tenant, owner }, contentKey));
  const measured = measure(blob);
  const draft = await store.draft();
  let settled = false;
  try {
    await draft.write(head);
    for await (const frame of sealFrames(measured.content, contentKey, head))
      await draft.write(frame);
    const sha256 = measured.digest();
    const person = owner.kind === 'person' ? personal.referenceOf(tenant, owner.personId) : null;
    const key = nameOf(deps, { tenant, sha256, person });
    const place = { bucket: deps.bucketOf(tenant), tenant, key };
    const made = { key, bytes: measured.bytes, sha256 };
    await database.transaction(async (tx) => {
      await holdBlob(tx, place, { bytes: measured.bytes, person, holder });
      await draft.keep(key);
      settled = true;
      await blob.also?.(tx, made);
    });
    return made;
  } finally {
    if (!settled) await draft.drop();
  }
}

/** Hash and length of content while it passes. Errors of the content: TOO_LARGE. */
function measure({ content, bytesMax }: PutBlob) {
  const sha256 = createHash('sha256');
  let bytes = 0;
  async function* passing(): AsyncIterable<Uint8Array> {
    for await (const chunk of content) {
      bytes += chunk.length;
      if (bytes > bytesMax)
        throw new Failure('TOO_LARGE', `The file has more than ${bytesMax} bytes.`);
      sha256.update(chunk);
      yield chunk;
    }
  }
  return {
    content: passing(),
    digest: () => sha256.digest('hex'),
    get bytes() {
      return bytes;
    },
  };
}

function nameOf(
  deps: BlobDependencies,
  { tenant, sha256, person }: { tenant: string; sha256: string; person: string | null },
): string {
  return createHmac('sha256', tenantKey(deps, tenant, 'names'))
    .update(JSON.stringify([sha256, person]))
    .digest('hex');
}

function tenantKey({ secret }: BlobDependencies, tenant: string, use: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify([use, tenant]))
    .digest();
}

/** Errors: PERSON_ERASED. */
async function wrapKey(
  deps: BlobDependencies,
  { tenant, owner }: { readonly tenant: string; readonly owner: BlobOwner },
  key: Buffer,
): Promise<BlobHead> {
  if (owner.kind === 'tenant') {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', tenantKey(deps, tenant, 'contents'), nonce);
    const wrapped = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return { for: 'tenant', wrapped: wrapped.toString('base64url') };
  }
  const text = Buffer.from(
    JSON.stringify({ person: owner.personId, key: key.toString('base64url') }),
  );
  const request = { type: SEALED_TYPE, marks: MARKS, otherwise: null, text };
  const [result] = await deps.personal.sealTexts(tenant, [request]);
  if (result?.status === 'erased')
    throw new Failure('PERSON_ERASED', 'The person of this file was erased.');
  if (result?.status !== 'sealed') throw new TypeError('the key of a blob was not sealed');
  // The id of the person stays out of the file: the sealed key names them by their reference.
  const sealed = Buffer.from(result.bytes).toString();
  const { key: box } = parseObject(sealed);
  return { for: 'person', sealed: JSON.stringify({ key: box }) };
}

/** Null when the person was erased. */
async function unwrapKey(
  deps: BlobDependencies,
  tenant: string,
  head: BlobHead,
): Promise<Buffer | null> {
  if (head.for === 'tenant') {
    const wrapped = Buffer.from(head.wrapped, 'base64url');
    const tagAt = wrapped.length - TAG_BYTES;
    const decipher = createDecipheriv(
      'aes-256-gcm',
      tenantKey(deps, tenant, 'contents'),
      wrapped.subarray(0, NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAuthTag(wrapped.subarray(tagAt));
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
  }
  const text = await deps.personal.revealText(tenant, SEALED_TYPE, Buffer.from(head.sealed));
  const { key } = parseObject(Buffer.from(text).toString());
  return typeof key === 'string' ? Buffer.from(key, 'base64url') : null;
}

function parseObject(json: string): Readonly<Record<string, unknown>> {
  // safe because both callers give text that sealing or this file made from an object
  return JSON.parse(json) as Readonly<Record<string, unknown>>;
}
