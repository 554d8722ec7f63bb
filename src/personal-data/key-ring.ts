/**
 * Data keys in clear, in memory, for as long as they are used. Keys are loaded before sealing and revealing (`load`,
 * `ensure`), which is asynchronous; using them is not.
 *
 *   unknown --load--> loaded --(not used for two generations)--> unknown
 *   any --refresh finds the person on the erasure list--> erased, for ever
 *
 * The list is looked at once a second, so a process that did not erase the person forgets the key within 2 s.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { Failure } from '../core/errors.ts';
import { REFERENCE_BYTES, type ErasureEntry, type KeyStore } from '../core/key-store.ts';
import type { Logger } from '../core/logger.ts';
import type { PersonReference } from '../core/personal-data.ts';
import type { MasterKeys } from './master-key.ts';
import { openSecret } from './named-secrets.ts';
import { dataKeyOf, type DataKey } from './sealed-box.ts';

const KEY_BYTES = 32;
/** Keys of one generation; two are held. A key takes some 400 B in memory. */
const GENERATION_KEYS_MAX = 25_000;
/** With the query itself this stays well within the 2 s that the contract gives. */
const POLL_MS = 500;

export interface KeyRingDependencies {
  readonly keys: KeyStore;
  readonly master: MasterKeys;
  readonly logger?: Logger;
}

/** Keys that a reader holds while it reads; those of persons erased meanwhile are gone from it too. */
export type KeyView = (reference: PersonReference) => DataKey | 'erased' | undefined;

/** A class because it owns a timer and caches. */
export class KeyRing {
  readonly #deps: KeyRingDependencies;
  readonly #referenceSecret: Buffer;
  readonly #erased = new Set<PersonReference>();
  readonly #listeners = new Set<() => void>();
  #young = new Map<PersonReference, DataKey>();
  #old = new Map<PersonReference, DataKey>();
  #revision = '';
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #closed = false;

  private constructor(deps: KeyRingDependencies, referenceSecret: Buffer) {
    this.#deps = deps;
    this.#referenceSecret = referenceSecret;
  }

  /** Knows the whole erasure list when it resolves. */
  static async open(deps: KeyRingDependencies): Promise<KeyRing> {
    const { keys, master } = deps;
    const ring = new KeyRing(deps, await openSecret(keys, master, 'references'));
    await ring.refresh();
    ring.#schedule();
    return ring;
  }

  referenceOf(tenant: string, personId: string): PersonReference {
    return createHmac('sha256', this.#referenceSecret)
      .update(JSON.stringify([tenant, personId]))
      .digest('hex')
      .slice(0, REFERENCE_BYTES * 2);
  }

  /** A key that is loaded, `erased`, or undefined when it was not asked for before. */
  key(reference: PersonReference): DataKey | 'erased' | undefined {
    if (this.#erased.has(reference)) return 'erased';
    return this.#young.get(reference) ?? this.#old.get(reference);
  }

  isErased(reference: PersonReference): boolean {
    return this.#erased.has(reference);
  }

  /**
   * Loads keys and answers with a view that holds them. Errors: UNAVAILABLE, also when the store has lost the key of a
   * person who was not erased: reading on would show the fields as erased.
   */
  async load(references: Iterable<PersonReference>): Promise<KeyView> {
    const view = new Map<PersonReference, DataKey>();
    const missing: PersonReference[] = [];
    for (const reference of new Set(references)) {
      const key = this.key(reference);
      if (key === undefined) missing.push(reference);
      else if (key !== 'erased') view.set(reference, key);
    }
    if (missing.length > 0) await this.#read(missing, view);
    for (const [reference, key] of view) this.#keep(reference, key);
    return (reference) => (this.#erased.has(reference) ? 'erased' : view.get(reference));
  }

  /** As `load`, but makes the keys of persons who have none; they are durable when this resolves. */
  async ensure(references: Iterable<PersonReference>): Promise<KeyView> {
    const wanted = [...new Set(references)];
    const unknown = wanted.filter((reference) => this.key(reference) === undefined);
    if (unknown.length > 0) {
      const held = await this.#deps.keys.readKeys(unknown);
      const fresh = unknown.filter((reference) => !held.has(reference));
      const made = await this.#create(fresh);
      for (const [reference, wrapped] of [...held, ...made])
        this.#keep(reference, this.#unwrap(reference, wrapped));
    }
    return this.load(wanted);
  }

  /** Forgets a key at once in this process. */
  forget(reference: PersonReference): void {
    this.#forgetKey(reference);
    this.#tell();
  }

  /** Looks at the erasure list now. */
  async refresh(): Promise<void> {
    while (this.#looking !== undefined) await this.#looking;
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  onErased(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#looking?.catch(() => undefined);
    this.#young.clear();
    this.#old.clear();
  }

  async #look(): Promise<void> {
    const revision = await this.#deps.keys.erasureRevision();
    if (revision === this.#revision) return;
    const entries: readonly ErasureEntry[] = await this.#deps.keys.erasures();
    this.#revision = revision;
    for (const { reference } of entries) this.#forgetKey(reference);
    // Also when an erasure is done: what was read between its beginning and now may be in caches.
    this.#tell();
  }

  #forgetKey(reference: PersonReference): void {
    this.#erased.add(reference);
    this.#young.delete(reference);
    this.#old.delete(reference);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #schedule(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.refresh()
        .catch((error: unknown) => {
          this.#deps.logger?.warn('the erasure list could not be read', { error });
        })
        .finally(() => this.#schedule());
    }, POLL_MS).unref();
  }

  async #read(missing: PersonReference[], view: Map<PersonReference, DataKey>): Promise<void> {
    const held = await this.#deps.keys.readKeys(missing);
    for (const [reference, wrapped] of held) view.set(reference, this.#unwrap(reference, wrapped));
    if (held.size === missing.length) return;
    // Erased a moment ago by another process, or lost: the list says which.
    await this.refresh();
    const lost = missing.filter(
      (reference) => !held.has(reference) && !this.#erased.has(reference),
    );
    if (lost.length > 0)
      throw new Failure(
        'UNAVAILABLE',
        `The key store lacks the keys of ${lost.length} persons who were not erased. Restore its newest copy.`,
        { retryAfterSeconds: 5 },
      );
  }

  async #create(
    references: readonly PersonReference[],
  ): Promise<ReadonlyMap<PersonReference, Uint8Array>> {
    if (references.length === 0) return new Map();
    const { keys, master } = this.#deps;
    const fresh = references.map(
      (reference) => [reference, master.wrap(randomBytes(KEY_BYTES), reference)] as const,
    );
    const stand = await keys.createKeys(new Map(fresh));
    // Absent are those erased meanwhile.
    if (stand.size < references.length) await this.refresh();
    return stand;
  }

  #unwrap(reference: PersonReference, wrapped: Uint8Array): DataKey {
    return dataKeyOf(this.#deps.master.unwrap(wrapped, reference));
  }

  #keep(reference: PersonReference, key: DataKey): void {
    if (this.#erased.has(reference) || this.#young.has(reference)) return;
    if (this.#young.size >= GENERATION_KEYS_MAX) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(reference, key);
  }
}
