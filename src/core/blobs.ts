/**
 * The ports of blobs: bytes too large for events, such as images and PDFs. The store below knows keys and sealed bytes
 * only, so that files today and an object store tomorrow are alike; the service above knows tenants, owners and holders.
 */
import type { ForgetsPersons } from './personal-data.ts';

/** Lower-case hexadecimal; nothing else ever becomes a path. */
export const BLOB_KEY = /^[0-9a-f]{64}$/;

/** What an object store offers: put once under a key, get, delete, list. Errors of every call: UNAVAILABLE, STORAGE_FULL. */
export interface BlobStore {
  /** A place for bytes that nobody can read yet. What is neither kept nor dropped is swept away at the next start. */
  draft(): Promise<BlobDraft>;
  /** Null when there is none under this key. The stream throws UNAVAILABLE when it cannot be read to its end. */
  open(key: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Without effect when there is none. */
  remove(key: string): Promise<void>;
  /** Keys of everything kept that is older than `ageMs`; in no order. */
  olderThan(ageMs: number): AsyncIterable<string>;
}

export interface BlobDraft {
  write(bytes: Uint8Array): Promise<void>;
  /** Durable under the key when it resolves. What is under the key already stays: equal keys are equal contents. */
  keep(key: string): Promise<void>;
  drop(): Promise<void>;
}

export type BlobOwner =
  | { readonly kind: 'tenant' }
  /** Erasing the person makes the content unreadable, backups included. */
  | { readonly kind: 'person'; readonly personId: string };

/** Names a blob within its tenant. */
export interface BlobReference {
  readonly key: string;
  /** Of the content in clear. */
  readonly bytes: number;
  /** SHA-256 of the content in clear, hexadecimal. */
  readonly sha256: string;
}

export interface PutBlob {
  readonly tenant: string;
  readonly owner: BlobOwner;
  /** Who needs it, such as `catalog.images/01J9.../original`: it stays as long as somebody does. */
  readonly holder: string;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly bytesMax: number;
}

export interface HeldBlob {
  readonly tenant: string;
  readonly key: string;
  readonly holder: string;
  /** When it last took hold of it, in milliseconds since the epoch. */
  readonly heldAtMs: number;
}

export interface Blobs extends ForgetsPersons {
  /** Durable and held when it resolves. Errors: TOO_LARGE, PERSON_ERASED, STORAGE_FULL, UNAVAILABLE; nothing is left. */
  put(blob: PutBlob): Promise<BlobReference>;
  /** Content in clear. Null when the tenant has no such blob or its person was erased. */
  open(tenant: string, key: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** The last holder that lets go removes the bytes. Without effect for who holds nothing. */
  release(tenant: string, held: { readonly key: string; readonly holder: string }): Promise<void>;
  /** What is held under names that begin with `prefix`, of all tenants, in no order: for whoever looks for what is lost. */
  holders(prefix: string): AsyncIterable<HeldBlob>;
  /** Bytes in clear that a tenant's blobs take, each counted once. */
  usage(tenant: string): Promise<number>;
  /** Removes what a crash left: kept bytes that no row names. Answers with how many. */
  sweep(): Promise<number>;
}
