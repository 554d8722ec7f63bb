/**
 * The key store as a folder, 0700 with files of 0600: `keys` (slot-file.ts), `erasures` (erasure-file.ts) and one file a
 * secret. Several processes of one machine may share it. Destroyed keys are overwritten in place: on file systems
 * that copy on write, and inside solid-state disks, older sectors outlive that, wrapped as they are by the master key.
 */
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../core/errors.ts';
import type { KeyStore } from '../../core/key-store.ts';
import type { PersonReference } from '../../core/personal-data.ts';
import {
  createFile,
  FILE_MODE,
  FOLDER_MODE,
  readIfThere,
  replaceFile,
  syncFolder,
} from './durable-file.ts';
import { ErasureFile } from './erasure-file.ts';
import { SlotFile } from './slot-file.ts';

export const KEYS_FILE = 'keys';
export const ERASURES_FILE = 'erasures';
const SECRET_NAME = /^[a-z-]{1,40}$/;

/** Makes the folder when there is none. Errors: UNAVAILABLE when it cannot be used. */
export async function openDirectoryKeyStore(folder: string): Promise<KeyStore> {
  return guarded('opened', async () => {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    await chmod(folder, FOLDER_MODE);
    const slots = await SlotFile.open(path.join(folder, KEYS_FILE));
    const erasures = await ErasureFile.open(path.join(folder, ERASURES_FILE));
    for (const name of [KEYS_FILE, ERASURES_FILE]) await chmod(path.join(folder, name), FILE_MODE);
    await syncFolder(folder);
    return storeOf(folder, slots, erasures);
  });
}

function storeOf(folder: string, slots: SlotFile, erasures: ErasureFile): KeyStore {
  const secretFile = (name: string): string => {
    if (!SECRET_NAME.test(name)) throw new TypeError(`a secret cannot be named ${name}`);
    return path.join(folder, `secret-${name}`);
  };
  const create = inBatches((keys) => createKeys(slots, erasures, keys));
  return {
    readSecret: (name) => guarded('read', () => readIfThere(secretFile(name))),
    createSecret: (name, value) => guarded('written', () => createFile(secretFile(name), value)),
    replaceSecret: (name, value) => guarded('written', () => replaceFile(secretFile(name), value)),
    readKeys: (references) => guarded('read', () => readKeys(slots, references)),
    createKeys: (keys) => guarded('written', () => create(keys)),
    destroyKey: (reference) =>
      guarded('written', async () => {
        await slots.scan();
        await slots.destroy(reference);
      }),
    rewrapKeys: (rewrap) =>
      guarded('written', async () => {
        const changed = await slots.rewrite(({ reference, wrapped }) => {
          const next = rewrap(reference, wrapped);
          return next === null ? null : Buffer.from(next);
        });
        // A key that was destroyed between our reading and writing its slot came back: not for long.
        await erasures.refresh();
        for (const { reference } of erasures.entries()) await slots.destroy(reference);
        return changed;
      }),
    putErasure: (entry) =>
      guarded('written', async () => {
        await erasures.refresh();
        if (erasures.entry(entry.reference) === undefined) await erasures.append(entry);
        return erasures.entry(entry.reference) ?? entry;
      }),
    finishErasure: (reference, doneAt) =>
      guarded('written', async () => {
        await erasures.refresh();
        if (erasures.entry(reference)?.state === 'pending')
          await erasures.append({ reference, doneAt });
      }),
    erasures: () =>
      guarded('read', async () => {
        await erasures.refresh();
        return erasures.entries();
      }),
    erasureRevision: () => guarded('read', () => erasures.revision()),
    async close() {
      await slots.close();
      await erasures.close();
    },
  };
}

async function readKeys(
  slots: SlotFile,
  references: readonly PersonReference[],
): Promise<Map<PersonReference, Uint8Array>> {
  const found = new Map<PersonReference, Uint8Array>();
  let scanned = false;
  for (const reference of references) {
    let wrapped = slots.find(reference);
    if (wrapped === null && !scanned) {
      scanned = true;
      await slots.scan();
      wrapped = slots.find(reference);
    }
    if (wrapped !== null) found.set(reference, wrapped);
  }
  return found;
}

/**
 * The list is read again behind the append: whoever erases writes the list first and destroys then, so one of the two
 * sees the other, and no key of an erased person stays.
 */
async function createKeys(
  slots: SlotFile,
  erasures: ErasureFile,
  keys: ReadonlyMap<PersonReference, Uint8Array>,
): Promise<Map<PersonReference, Uint8Array>> {
  const references = [...keys.keys()];
  const held = await readKeys(slots, references);
  const fresh = [...keys].filter(([reference]) => !held.has(reference));
  if (fresh.length > 0)
    await slots.append(
      fresh.map(([reference, wrapped]) => ({ reference, wrapped: Buffer.from(wrapped) })),
    );
  await erasures.refresh();
  const erased = references.filter((reference) => erasures.entry(reference) !== undefined);
  for (const reference of erased) await slots.destroy(reference);
  return readKeys(slots, references);
}

type Keys = ReadonlyMap<PersonReference, Uint8Array>;

/** What waits while a write is under way goes in the next one: one sync for all, and no timer. */
function inBatches(write: (keys: Keys) => Promise<Keys>): (keys: Keys) => Promise<Keys> {
  let waiting: { keys: Map<PersonReference, Uint8Array>; done: Promise<Keys> } | undefined;
  let running: Promise<unknown> = Promise.resolve();
  return async (keys) => {
    if (waiting === undefined) {
      const batch = new Map<PersonReference, Uint8Array>();
      const done = running
        .catch(() => undefined)
        .then(() => {
          waiting = undefined;
          return write(batch);
        });
      running = done;
      waiting = { keys: batch, done };
    }
    for (const [reference, key] of keys)
      if (!waiting.keys.has(reference)) waiting.keys.set(reference, key);
    const stand = await waiting.done;
    const own = new Map<PersonReference, Uint8Array>();
    for (const reference of keys.keys()) {
      const key = stand.get(reference);
      if (key !== undefined) own.set(reference, key);
    }
    return own;
  };
}

async function guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Failure || cause instanceof TypeError) throw cause;
    const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
    throw new Failure(full ? 'STORAGE_FULL' : 'UNAVAILABLE', `The key store cannot be ${what}.`, {
      cause,
      retryAfterSeconds: 5,
    });
  }
}
