/**
 * The transaction of a projection: hold the checkpoint, write rows, park, move the checkpoint. Mostly it is one
 * statement (row-statements.ts); with events to park or persons erased it is a transaction of several.
 *
 * Commits of chunks do not wait for the disk (synchronous_commit off): rows and checkpoint are lost or kept together,
 * and what a crash took is folded again from the log. That frees the disk for appends, which must wait.
 */
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import type {
  Checkpoint,
  ChunkWork,
  ChunkWrite,
  Outcome,
  ParkedWork,
  Place,
} from '../projection-store.ts';
import { clearErased, referencesOf, type ReferenceOf } from './clear-erased.ts';
import { commitAtOnce, loadRows, writeRows } from './row-statements.ts';
import { parkEvents, readParkedOf, settleEvents } from './parked-statements.ts';
import { isTableGone, storeError } from './store-errors.ts';

/** `erasedIn`: buckets in which persons of the rows must be asked for; kept by the caller from chunk to chunk. */
export async function commitChunk(
  database: Database,
  place: Place,
  work: ChunkWork & {
    readonly referenceOf: ReferenceOf | undefined;
    readonly erasedIn: Set<number>;
  },
): Promise<Outcome> {
  const { expected, position, referenceOf, erasedIn } = work;
  const { generation, bucket } = place;
  return settled(async () => {
    const write = await work.fold(await loadRows(database, place, work.keys));
    if (write.park.length === 0) {
      const personal = generation.personal !== 'none' && referenceOf !== undefined;
      const references =
        personal && !erasedIn.has(bucket)
          ? null
          : referencesOf(generation, write.rows, referenceOf);
      const { rows, allNew = false } = write;
      const atOnce = { rows, allNew, expected, position, references };
      if (await commitAtOnce(database, place, atOnce)) return 'committed';
    }
    return inTransaction(database, async (tx) => {
      const held = await holdCheckpoint(tx, place, expected);
      if (held === null) return 'lost';
      if (held.erased) erasedIn.add(bucket);
      await applyWrite(tx, place, { write, erased: held.erased, referenceOf });
      return (await moveCheckpoint(tx, place, { expected, position })) ? 'committed' : 'lost';
    });
  });
}

export async function commitParked(
  database: Database,
  place: Place,
  work: ParkedWork & { readonly referenceOf: ReferenceOf | undefined },
): Promise<Outcome> {
  return settled(() =>
    inTransaction(database, async (tx) => {
      const erased = await waitForCheckpoint(tx, place);
      if (erased === null) return 'lost';
      const parked = await readParkedOf(tx, place, work);
      const same = parked.length === work.expected.length;
      if (!same || parked.some(({ position }, index) => position !== work.expected[index]))
        return 'lost';
      const write = work.fold(await loadRows(tx, place, work.keys));
      await applyWrite(tx, place, { write, erased, referenceOf: work.referenceOf });
      await raiseRevision(tx, place);
      return 'committed';
    }),
  );
}

/** A table that is gone counts as lost; errors are translated. */
async function settled(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (isTableGone(error)) return 'lost';
    throw storeError(error);
  }
}

/** Rolled back when the bucket was lost. */
async function inTransaction(
  database: Database,
  work: (tx: Queryable) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await database.transaction(async (tx) => {
      if ((await work(tx)) === 'lost') throw new Lost();
      return 'committed' as const;
    });
  } catch (error) {
    if (error instanceof Lost) return 'lost';
    throw error;
  }
}

class Lost extends Error {
  override readonly name = 'Lost';
}

async function applyWrite(
  tx: Queryable,
  place: Place,
  parts: {
    readonly write: ChunkWrite;
    readonly erased: boolean;
    readonly referenceOf: ReferenceOf | undefined;
  },
): Promise<void> {
  const { write, erased, referenceOf } = parts;
  const rows =
    erased && referenceOf !== undefined
      ? await clearErased(tx, place, { rows: write.rows, referenceOf })
      : write.rows;
  await writeRows(tx, place, rows);
  await parkEvents(tx, place, write.park);
  await settleEvents(tx, place, write.settle);
}

const idOf = ({ generation, bucket }: Place): readonly [number, string, number] => [
  bucket,
  generation.name,
  generation.generation,
];

/**
 * Takes the row lock of the checkpoint, by primary key, if it is where we know it to be. A lock that somebody else holds
 * is not waited for: they are at the same chunk. One round trip also says whether anybody of the bucket was erased.
 */
async function holdCheckpoint(
  tx: Queryable,
  place: Place,
  expected: Checkpoint,
): Promise<{ readonly erased: boolean } | null> {
  const { rows } = await tx.query<{ erased: boolean }>({
    text: `select set_config('synchronous_commit', 'off', true),
                  exists (select from erased_persons e where e.bucket = $1) as erased
             from projection_checkpoints
            where bucket = $1 and name = $2 and generation = $3 and position = $4 and revision = $5
              for update skip locked`,
    values: [...idOf(place), expected.position, expected.revision],
  });
  return rows[0] ?? null;
}

/** Waits for the worker's chunk to end, which takes milliseconds. Null: the generation is gone. */
export async function waitForCheckpoint(tx: Queryable, place: Place): Promise<boolean | null> {
  const { rows } = await tx.query({
    text: `select bucket from projection_checkpoints
            where bucket = $1 and name = $2 and generation = $3 for update`,
    values: idOf(place),
  });
  if (rows.length === 0) return null;
  // A statement of its own, so that it sees what was erased while the lock was waited for.
  const { rows: found } = await tx.query<{ erased: boolean }>({
    text: 'select exists (select from erased_persons where bucket = $1) as erased',
    values: [place.bucket],
  });
  return found[0]?.erased ?? false;
}

async function moveCheckpoint(
  tx: Queryable,
  place: Place,
  move: { readonly expected: Checkpoint; readonly position: bigint },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: `update projection_checkpoints set position = $5, moved_at = now()
            where bucket = $1 and name = $2 and generation = $3 and position = $4`,
    values: [...idOf(place), move.expected.position, move.position],
  });
  return rowCount === 1;
}

/** What workers remember of the rows is void from now on. */
export async function raiseRevision(tx: Queryable, place: Place): Promise<void> {
  await tx.query({
    text: `update projection_checkpoints set revision = revision + 1
            where bucket = $1 and name = $2 and generation = $3`,
    values: idOf(place),
  });
}
