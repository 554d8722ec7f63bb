/** What every store of snapshots must do. */
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodeSnapshot } from './snapshot-codec.ts';
import type { Snapshot, SnapshotPlace, SnapshotStore } from './snapshots.ts';

export interface SnapshotSubject {
  readonly store: SnapshotStore;
  /** Notes the erasure where statements can join it, as the erasing service does before it has stores forget. */
  noteErased(tenant: string, person: string): Promise<void>;
}

function freshPlace(stateVersion = 1): SnapshotPlace {
  return { tenant: `tenant-${randomUUID()}`, stream: 'accounts/a', stateVersion };
}

function snapshotAt(
  place: SnapshotPlace,
  version: bigint,
  persons: readonly string[] = [],
): Snapshot {
  return encodeSnapshot(place, {
    version,
    eventId: `event-${version}`,
    state: { balance: Number(version), note: 'é \u0000 {' },
    persons,
  });
}

export function snapshotContract(subject: () => SnapshotSubject): void {
  test('what was saved is found, bytes and all', async () => {
    const { store } = subject();
    const place = freshPlace();
    expect(await store.find(place)).toBeNull();
    const snapshot = snapshotAt(place, 7n, ['p1']);
    expect(await store.save(place, snapshot)).toBe(true);
    const found = await store.find(place);
    expect(found).toMatchObject({ version: 7n, eventId: 'event-7', persons: ['p1'] });
    expect(Buffer.compare(found!.state, snapshot.state)).toBe(0);
    expect(Buffer.compare(found!.checksum, snapshot.checksum)).toBe(0);
    expect(Math.abs(found!.writtenAtMs - Date.now())).toBeLessThan(600_000);
  });

  test('an older snapshot never replaces a newer one', async () => {
    const { store } = subject();
    const place = freshPlace();
    for (const [version, kept] of [
      [5n, true],
      [3n, false],
      [5n, false],
      [9n, true],
    ] as const)
      expect(await store.save(place, snapshotAt(place, version))).toBe(kept);
    expect(await store.find(place)).toMatchObject({ version: 9n });
  });

  test('snapshots of other tenants, streams and versions of the module are not found', async () => {
    const { store } = subject();
    const place = freshPlace(2);
    await store.save(place, snapshotAt(place, 5n));
    for (const other of [
      { ...place, tenant: 'another' },
      { ...place, stream: 'accounts/b' },
      { ...place, stateVersion: 1 },
      { ...place, stateVersion: 3 },
    ])
      expect(await store.find(other)).toBeNull();
    expect(await store.find(place)).not.toBeNull();
  });

  test('forgetting a person removes what holds the person, of every version, and nothing else', async () => {
    const { store, noteErased } = subject();
    const place = freshPlace();
    const places = [
      { at: place, persons: ['p1'] },
      { at: { ...place, stateVersion: 2 }, persons: ['p0', 'p1'] },
      { at: { ...place, stream: 'accounts/b' }, persons: ['p2'] },
      { at: { ...freshPlace(), stream: 'accounts/c' }, persons: ['p1'] },
    ];
    for (const { at, persons } of places) await store.save(at, snapshotAt(at, 5n, persons));
    await noteErased(place.tenant, 'p1');
    const person = { tenant: place.tenant, personId: 'a', reference: 'p1' };
    expect(await store.forget(person)).toEqual(['snapshots']);
    const found = await Promise.all(places.map(({ at }) => store.find(at)));
    expect(found.map((snapshot) => snapshot !== null)).toEqual([false, false, true, true]);
    expect(await store.forget(person)).toEqual(['snapshots']);
  });

  test('a snapshot that holds an erased person is refused, whenever it was taken', async () => {
    const { store, noteErased } = subject();
    const place = freshPlace();
    const taken = snapshotAt(place, 5n, ['p2', 'p1']);
    await noteErased(place.tenant, 'p1');
    await store.forget({ tenant: place.tenant, personId: 'a', reference: 'p1' });
    expect(await store.save(place, taken)).toBe(false);
    expect(await store.find(place)).toBeNull();
    expect(await store.save(place, snapshotAt(place, 5n, ['p2']))).toBe(true);
    const elsewhere = freshPlace();
    expect(await store.save(elsewhere, snapshotAt(elsewhere, 5n, ['p1']))).toBe(true);
  });

  test('a state of a megabyte fits', async () => {
    const { store } = subject();
    const place = freshPlace();
    const state = { text: randomBytes(750_000).toString('base64') };
    await store.save(
      place,
      encodeSnapshot(place, { version: 1n, eventId: 'e', state, persons: [] }),
    );
    expect((await store.find(place))!.state.length).toBeGreaterThan(1_000_000);
  });
}
