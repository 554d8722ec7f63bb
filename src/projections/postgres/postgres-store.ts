import type { Database } from '../../platform/postgres/database.ts';
import type { ProjectionStore } from '../projection-store.ts';
import { advanceAll } from './advance.ts';
import { changeProjection } from './change-projection.ts';
import { clearErased, type ReferenceOf } from './clear-erased.ts';
import { clearPerson } from './clear-person.ts';
import { commitChunk, commitParked } from './commit-chunk.ts';
import { countAllParked, countParked, readParked, readParkedOf } from './parked-statements.ts';
import {
  noteUsed,
  readActivePosition,
  readCheckpoint,
  readCheckpoints,
  readClaims,
  readPositions,
  readRecords,
} from './read-records.ts';
import { selectRows } from './select-rows.ts';
import { snapshotOf } from './snapshot.ts';
import { isTableGone } from './store-errors.ts';

export interface PostgresStoreOptions {
  readonly database: Database;
  readonly bucketCount: number;
  /** Of `PersonalData`: without it, rows folded from events read before an erasure are not cleared. */
  readonly referenceOf?: ReferenceOf | undefined;
}

/** Projections in PostgreSQL; a table for each generation. */
export function createPostgresStore(options: PostgresStoreOptions): ProjectionStore {
  const { database, bucketCount, referenceOf } = options;
  const erasedIn = new Set<number>();
  return {
    read: () => readRecords(database),
    used: (generation, by) => noteUsed(database, generation, by),
    change: (model, decide) => changeProjection(database, { model, bucketCount, decide }),
    checkpoints: (name) => readCheckpoints(database, name),
    checkpoint: (place) => readCheckpoint(database, place),
    positions: () => readPositions(database),
    activePosition: (name, bucket) => readActivePosition(database, name, bucket),
    claim: async ({ generation, bucket }) =>
      (await readClaims(database, generation, bucket)).get(bucket) ?? null,
    claims: (generation) => readClaims(database, generation),
    commitChunk: (place, work) => commitChunk(database, place, { ...work, referenceOf, erasedIn }),
    commitParked: (place, work) => commitParked(database, place, { ...work, referenceOf }),
    advance: (moves) => advanceAll(database, moves),
    async select(selection) {
      try {
        return await selectRows(database, selection);
      } catch (error) {
        if (isTableGone(error)) return { active: null, usable: false, rows: [] };
        throw error;
      }
    },
    parked: (generation, limit) => readParked(database, generation, limit),
    parkedOf: (place, of) => readParkedOf(database, place, of),
    parkedCount: (generation) => countParked(database, generation),
    parkedCounts: () => countAllParked(database),
    clearPerson: (place, tenant, personId) => clearPerson(database, place, { tenant, personId }),
    withoutErased: async (place, rows) =>
      referenceOf === undefined ? rows : clearErased(database, place, { rows, referenceOf }),
    snapshot: (place, onRows) => snapshotOf(database, place, onRows),
  };
}
