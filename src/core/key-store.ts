/**
 * The port of the key store: wrapped data keys of persons, a few named secrets and the erasure list, which is the list
 * of record. It lies apart from the log's database and its backups, and it never sees a key in clear: what it holds is
 * wrapped by the master key.
 *
 *   unknown --createKeys--> held --destroyKey--> gone          putErasure, from any state: no key is made any more
 *
 * Implementations: a directory, a database, memory. All pass `src/platform/keys/key-store-contract.fixture.ts`. Any number of processes
 * may use one store. Errors of every call: Failure UNAVAILABLE when the store cannot be reached or written.
 */
import type { PersonReference } from './personal-data.ts';

/** Bytes of a person reference behind its hexadecimal text. */
export const REFERENCE_BYTES = 16;
/** Most bytes of a wrapped key: a slot of the directory holds no more. */
export const WRAPPED_KEY_BYTES_MAX = 96;

export interface ErasureEntry {
  readonly reference: PersonReference;
  readonly tenant: string;
  /** Given to whoever asked; the same for every repetition. */
  readonly receiptId: string;
  /** RFC 3339. */
  readonly requestedAt: string;
  /** Who asked. */
  readonly actor: string;
  /**
   * The person's id, sealed: a restored older copy of the database names the person in clear, and what it holds of
   * them can be found by the id only.
   */
  readonly sealedId: string;
  readonly state: 'pending' | 'done';
  /** RFC 3339; null while pending. */
  readonly doneAt: string | null;
}

export interface KeyStore {
  readSecret(name: string): Promise<Uint8Array | null>;
  /** Keeps a secret unless there is one of that name; answers with the one that stands. Durable. */
  createSecret(name: string, value: Uint8Array): Promise<Uint8Array>;
  replaceSecret(name: string, value: Uint8Array): Promise<void>;
  /** Wrapped keys; a person without one is absent. */
  readKeys(
    references: readonly PersonReference[],
  ): Promise<ReadonlyMap<PersonReference, Uint8Array>>;
  /**
   * Keeps new keys, durable when it resolves. A person who has one keeps it. Answers with the keys that stand; a
   * person on the erasure list is absent and has none.
   */
  createKeys(
    keys: ReadonlyMap<PersonReference, Uint8Array>,
  ): Promise<ReadonlyMap<PersonReference, Uint8Array>>;
  /** Destroys the key: its bytes are overwritten or the rows that held them rewritten when this resolves. */
  destroyKey(reference: PersonReference): Promise<void>;
  /**
   * Offers every key to `rewrap`, which gives other bytes or null to leave it. May be ended by a crash and be repeated.
   * Answers with how many were changed.
   */
  rewrapKeys(
    rewrap: (reference: PersonReference, wrapped: Uint8Array) => Uint8Array | null,
  ): Promise<number>;
  /** Puts a person on the erasure list, durably. Answers with the entry that stands: the first one. */
  putErasure(entry: ErasureEntry): Promise<ErasureEntry>;
  finishErasure(reference: PersonReference, doneAt: string): Promise<void>;
  /** The whole list, oldest first. */
  erasures(): Promise<readonly ErasureEntry[]>;
  /** Changes whenever the list does; cheap, asked several times a second. */
  erasureRevision(): Promise<string>;
  close(): Promise<void>;
}
