import type { ErasureEntry, KeyStore } from '../../core/key-store.ts';
import type { PersonReference } from '../../core/personal-data.ts';

export interface MemoryKeyStore extends KeyStore {
  /** Destroying keys has no effect any more: the negative control of tests. */
  keepDestroyedKeys(): void;
}

/** A key store in memory, for tests and the simulator. Every call is atomic. */
export function createMemoryKeyStore(): MemoryKeyStore {
  const secrets = new Map<string, Uint8Array>();
  const keys = new Map<PersonReference, Uint8Array>();
  const erasures = new Map<PersonReference, ErasureEntry>();
  let revision = 0;
  let keepsDestroyed = false;
  return {
    keepDestroyedKeys() {
      keepsDestroyed = true;
    },
    readSecret: async (name) => secrets.get(name) ?? null,
    async createSecret(name, value) {
      const held = secrets.get(name);
      if (held === undefined) secrets.set(name, value);
      return held ?? value;
    },
    async replaceSecret(name, value) {
      secrets.set(name, value);
    },
    readKeys: async (references) => held(keys, references),
    async createKeys(created) {
      for (const [reference, key] of created)
        if (!keys.has(reference) && !erasures.has(reference)) keys.set(reference, key);
      const alive = [...created.keys()].filter((reference) => !erasures.has(reference));
      return held(keys, alive);
    },
    async destroyKey(reference) {
      if (!keepsDestroyed) keys.delete(reference);
    },
    async rewrapKeys(rewrap) {
      let changed = 0;
      for (const [reference, key] of keys) {
        const next = rewrap(reference, key);
        if (next === null) continue;
        keys.set(reference, next);
        changed += 1;
      }
      return changed;
    },
    async putErasure(entry) {
      const known = erasures.get(entry.reference);
      if (known !== undefined) return known;
      erasures.set(entry.reference, entry);
      revision += 1;
      return entry;
    },
    async finishErasure(reference, doneAt) {
      const known = erasures.get(reference);
      if (known === undefined || known.state === 'done') return;
      erasures.set(reference, { ...known, state: 'done', doneAt });
      revision += 1;
    },
    erasures: async () => [...erasures.values()],
    erasureRevision: async () => String(revision),
    async close() {},
  };
}

function held(
  keys: ReadonlyMap<PersonReference, Uint8Array>,
  references: Iterable<PersonReference>,
): Map<PersonReference, Uint8Array> {
  const found = new Map<PersonReference, Uint8Array>();
  for (const reference of references) {
    const key = keys.get(reference);
    if (key !== undefined) found.set(reference, key);
  }
  return found;
}
