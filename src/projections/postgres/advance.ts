import type { Queryable } from '../../platform/postgres/database.ts';
import type { Advance } from '../projection-store.ts';

/**
 * Moves many checkpoints over events that change nothing, those whose value is still the one expected: one statement
 * for all of a process, four times a second. It crosses buckets; each row is a move of its own. Rows are locked in
 * order of their key, so two processes cannot deadlock, and one that is held is left for the next time.
 */
export async function advanceAll(
  on: Queryable,
  moves: readonly Advance[],
): Promise<readonly boolean[]> {
  if (moves.length === 0) return [];
  const wanted = moves.map(({ place, expected, position, sealed }, index) => ({
    index,
    bucket: place.bucket,
    name: place.generation.name,
    generation: place.generation.generation,
    expected: Number(expected.position),
    revision: expected.revision,
    position: Number(position),
    sealed,
  }));
  const { rows } = await on.query<{ index: number }>({
    text: `with wanted as (
             select * from jsonb_to_recordset($1) as w(index integer, bucket integer, name text, generation integer,
                                                       expected bigint, revision integer, position bigint,
                                                       sealed boolean)),
           held as (
             select c.bucket, c.name, c.generation, w.index, w.position, w.sealed
               from wanted w
               join projection_checkpoints c
                 on c.bucket = w.bucket and c.name = w.name and c.generation = w.generation
                and c.position = w.expected and c.revision = w.revision
              order by c.bucket, c.name, c.generation
                for update of c skip locked)
           update projection_checkpoints c set position = h.position, sealed = h.sealed, moved_at = now()
             from held h
            where c.bucket = h.bucket and c.name = h.name and c.generation = h.generation
           returning h.index`,
    values: [JSON.stringify(wanted)],
  });
  const moved = new Set(rows.map(({ index }) => index));
  return moves.map((_, index) => moved.has(index));
}
