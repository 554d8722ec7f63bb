import type { Clock } from '../../core/clock.ts';
import type { PersonReference } from '../../core/personal-data.ts';
import type { SnapshotPlace, SnapshotStore, StoredSnapshot } from './snapshots.ts';

/**
 * Snapshots in memory: the model of the other implementation, and the store of simulations. `isErased` stands for the
 * table of erased persons, which tells of them before they are forgotten here.
 */
export function createMemorySnapshots(
  clock: Clock,
  isErased: (tenant: string, person: PersonReference) => boolean = () => false,
): SnapshotStore {
  const rows = new Map<string, StoredSnapshot & { readonly tenant: string }>();
  const erased = new Set<string>();
  const holdsErased = (tenant: string, { persons }: Pick<StoredSnapshot, 'persons'>): boolean =>
    persons.some((person) => erased.has(`${tenant} ${person}`) || isErased(tenant, person));
  const keyOf = ({ tenant, stream, stateVersion }: SnapshotPlace): string =>
    JSON.stringify([tenant, stream, stateVersion]);
  return {
    async find(place) {
      const held = rows.get(keyOf(place));
      return held === undefined || holdsErased(place.tenant, held) ? null : held;
    },
    async save(place, snapshot) {
      if (holdsErased(place.tenant, snapshot)) return false;
      const held = rows.get(keyOf(place));
      if (held !== undefined && held.version >= snapshot.version) return false;
      rows.set(keyOf(place), { ...snapshot, tenant: place.tenant, writtenAtMs: clock.nowMs() });
      return true;
    },
    async forget({ tenant, reference }) {
      erased.add(`${tenant} ${reference}`);
      for (const [key, row] of rows)
        if (row.tenant === tenant && row.persons.includes(reference)) rows.delete(key);
      return ['snapshots'];
    },
  };
}
