/** What every key store must do, as tests. `open` gives one more handle on the same store, as another process would. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ErasureEntry, KeyStore } from '../../core/key-store.ts';

export interface KeyStoreSubject {
  open(): Promise<KeyStore>;
  /** Every byte that the store keeps on disk or in memory, as far as it can be had; null where it cannot. */
  bytes(): Promise<Buffer | null>;
  dispose(): Promise<void>;
}

const bytes = (text: string): Buffer => Buffer.from(text);

function textOf(value: Uint8Array | undefined): string {
  return value === undefined ? 'nothing' : Buffer.from(value).toString();
}

/** As real ones are: 16 bytes of a hash. */
export function reference(index: number): string {
  return createHash('sha256').update(String(index)).digest('hex').slice(0, 32);
}

export function erasureOf(index: number, receiptId = `receipt-${index}`): ErasureEntry {
  return {
    reference: reference(index),
    tenant: 't1',
    receiptId,
    requestedAt: '2026-01-01T00:00:00.000Z',
    actor: 'key-1',
    sealedId: 'c2VhbGVk',
    state: 'pending',
    doneAt: null,
  };
}

export function describeKeyStore(make: () => Promise<KeyStoreSubject>): void {
  const now = handles(make);
  keysAreKept(now);
  keysAreDestroyed(now);
  theListIsKept(now);
}

interface Handles {
  readonly subject: KeyStoreSubject;
  readonly store: KeyStore;
  /** Another handle on the same store. */
  readonly other: KeyStore;
}

/** Opened anew for each test. */
function handles(make: () => Promise<KeyStoreSubject>): () => Handles {
  let subject: KeyStoreSubject;
  let store: KeyStore;
  let other: KeyStore;
  beforeEach(async () => {
    subject = await make();
    store = await subject.open();
    other = await subject.open();
  });
  afterEach(async () => {
    await store.close();
    await other.close();
    await subject.dispose();
  });
  return () => ({ subject, store, other });
}

function keysAreKept(now: () => Handles): void {
  it('keeps the first secret of a name and gives it to whoever makes another', async () => {
    const { store, other } = now();
    expect(await store.readSecret('one')).toBeNull();
    expect(bytes('a')).toEqual(Buffer.from(await store.createSecret('one', bytes('a'))));
    expect(bytes('a')).toEqual(Buffer.from(await other.createSecret('one', bytes('b'))));
    await other.replaceSecret('one', bytes('c'));
    expect(textOf((await store.readSecret('one')) ?? undefined)).toBe('c');
  });

  it('keeps keys and knows only those it has', async () => {
    const { store, other } = now();
    await store.createKeys(new Map([[reference(1), bytes('k1')]]));
    const held = await other.readKeys([reference(1), reference(2)]);
    expect([...held]).toEqual([[reference(1), bytes('k1')]]);
  });

  it('gives the first key to everybody who makes one for the same person at once', async () => {
    const { store, other } = now();
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? store : other).createKeys(
          new Map([
            [reference(1), bytes(`k${index}`)],
            [reference(100 + index), bytes('own')],
          ]),
        ),
      ),
    );
    const winners = new Set(made.map((keys) => textOf(keys.get(reference(1)))));
    expect(winners.size).toBe(1);
    const standing = await store.readKeys([reference(1)]);
    expect(winners.has(textOf(standing.get(reference(1))))).toBe(true);
    expect(made.every((keys) => keys.size === 2)).toBe(true);
  });
}

function keysAreDestroyed(now: () => Handles): void {
  it('destroys a key for every process, bytes included, and leaves its neighbours', async () => {
    const { subject, store, other } = now();
    const secret = 'wrapped-key-that-must-go-0123456789';
    for (const [index, key] of [`${secret}`, 'neighbour-key-stays'].entries())
      await store.createKeys(new Map([[reference(index), bytes(key)]]));
    expect((await other.readKeys([reference(0)])).size).toBe(1);
    await store.destroyKey(reference(0));
    await store.destroyKey(reference(7));
    for (const handle of [store, other]) {
      expect((await handle.readKeys([reference(0)])).size).toBe(0);
      expect((await handle.readKeys([reference(1)])).size).toBe(1);
    }
    const held = await subject.bytes();
    if (held === null) return;
    expect(held.includes(secret)).toBe(false);
    expect(held.includes('neighbour-key-stays')).toBe(true);
  });

  it('makes no key for a person on the erasure list', async () => {
    const { store, other } = now();
    await other.putErasure(erasureOf(1));
    const made = await store.createKeys(
      new Map([
        [reference(1), bytes('k1')],
        [reference(2), bytes('k2')],
      ]),
    );
    expect([...made.keys()]).toEqual([reference(2)]);
    expect((await store.readKeys([reference(1)])).size).toBe(0);
  });

  it('never leaves a key behind when it is made and destroyed at once', async () => {
    const { store, other } = now();
    for (let round = 0; round < 10; round++) {
      const person = reference(round);
      await Promise.all([
        store.createKeys(new Map([[person, bytes('k')]])),
        other.putErasure(erasureOf(round)).then(() => other.destroyKey(person)),
      ]);
      expect((await store.readKeys([person])).size).toBe(0);
    }
  });
}

function theListIsKept(now: () => Handles): void {
  it('keeps the first entry of a person on the list, and that it is done', async () => {
    const { store, other } = now();
    const before = await other.erasureRevision();
    expect(await store.putErasure(erasureOf(1))).toEqual(erasureOf(1));
    expect(await other.erasureRevision()).not.toBe(before);
    expect(await other.putErasure(erasureOf(1, 'second'))).toEqual(erasureOf(1));
    await other.putErasure(erasureOf(2));
    await store.finishErasure(reference(1), '2026-01-02T00:00:00.000Z');
    await store.finishErasure(reference(1), '2027-01-02T00:00:00.000Z');
    const list = await other.erasures();
    expect(list.map(({ receiptId, state, doneAt }) => [receiptId, state, doneAt])).toEqual([
      ['receipt-1', 'done', '2026-01-02T00:00:00.000Z'],
      ['receipt-2', 'pending', null],
    ]);
  });

  it('offers every key to be wrapped anew, and only changes what it is given', async () => {
    const { store, other } = now();
    const keys = new Map(
      Array.from({ length: 50 }, (_, index) => [reference(index), bytes(`old-${index}`)] as const),
    );
    await store.createKeys(keys);
    await store.destroyKey(reference(3));
    const changed = await store.rewrapKeys((person, wrapped) =>
      person === reference(4) ? null : bytes(Buffer.from(wrapped).toString().replace('old', 'new')),
    );
    expect(changed).toBe(48);
    const held = await other.readKeys([...keys.keys()]);
    expect(held.size).toBe(49);
    expect(textOf(held.get(reference(4)))).toBe('old-4');
    expect(textOf(held.get(reference(5)))).toBe('new-5');
  });
}
