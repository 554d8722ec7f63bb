/** Checkpoints and leases in PostgreSQL (migrations/0008_subscriptions.sql). */
import type { Database } from '../../../platform/postgres/database.ts';
import { SUSPENDED_AFTER_MS } from '../bucket-subscription.ts';
import type { CheckpointWrite } from '../durable.ts';
import type { Checkpoint, Lease, Place, SubscriptionStore } from '../subscription-store.ts';

interface CheckpointRow {
  readonly bucket: number;
  readonly name: string;
  readonly position: bigint;
  readonly moved_at_ms: number;
  readonly suspended: boolean;
}

const COLUMNS = `bucket, name, position, (extract(epoch from moved_at) * 1000)::double precision as moved_at_ms,
                 suspended_at is not null as suspended`;

/** Somebody else moved the checkpoint first: what was written is rolled back. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

export function createPostgresSubscriptionStore(
  database: Database,
  options: { readonly bucketCount: number },
): SubscriptionStore {
  return {
    ...readingAndBeginning(database),
    ...suspending(database),
    advance: (place, move, write) => advance(database, { ...place, ...move }, write),
    beside: ({ bucket, name }, write) =>
      database.transaction(async (tx) => {
        await tx.query({
          text: 'select position from subscription_checkpoints where bucket = $1 and name = $2 for update',
          values: [bucket, name],
        });
        return write(tx);
      }),
    lease: (names, wanted) => lease(database, names, { ...wanted, ...options }),
    async release(owner) {
      // Crosses buckets: once, when a process stops.
      await database.query({
        text: 'delete from subscription_leases where owner = $1',
        values: [owner],
      });
    },
  };
}

function readingAndBeginning(
  database: Database,
): Pick<SubscriptionStore, 'begin' | 'read' | 'readOne'> {
  return {
    async begin(checkpoints) {
      // Crosses buckets: once at a start, the rows that are missing.
      await database.query({
        text: `insert into subscription_checkpoints (bucket, name, position)
               select bucket, name, position
                 from unnest($1::integer[], $2::text[], $3::bigint[]) as missing (bucket, name, position)
                order by bucket, name
               on conflict (bucket, name) do nothing`,
        values: [
          checkpoints.map(({ bucket }) => bucket),
          checkpoints.map(({ name }) => name),
          checkpoints.map(({ position }) => position),
        ],
      });
    },
    async read(names) {
      // Crosses buckets: a few hundred rows, every few seconds.
      const { rows } = await database.query<CheckpointRow>({
        text: `select ${COLUMNS} from subscription_checkpoints where name = any($1) order by name, bucket`,
        values: [names],
      });
      return rows.map(checkpointOf);
    },
    async readOne({ bucket, name }) {
      const { rows } = await database.query<CheckpointRow>({
        text: `select ${COLUMNS} from subscription_checkpoints where bucket = $1 and name = $2`,
        values: [bucket, name],
      });
      return rows[0] === undefined ? null : checkpointOf(rows[0]);
    },
  };
}

function suspending(database: Database): Pick<SubscriptionStore, 'suspend' | 'resume' | 'passed'> {
  return {
    async passed(bucket) {
      const { rows } = await database.query<{ position: bigint | null }>({
        text: `select min(position) as position from subscription_checkpoints
                where bucket = $1 and suspended_at is null
                  and moved_at > clock_timestamp() - make_interval(secs => $2)`,
        values: [bucket, SUSPENDED_AFTER_MS / 1000],
      });
      return rows[0]?.position ?? null;
    },
    async suspend({ bucket, name }) {
      await database.query({
        text: `update subscription_checkpoints set suspended_at = clock_timestamp()
                where bucket = $1 and name = $2 and suspended_at is null`,
        values: [bucket, name],
      });
    },
    async resume(name, bucket) {
      // Without a bucket it crosses them: an operator's command.
      await database.query({
        text: `update subscription_checkpoints set suspended_at = null, moved_at = clock_timestamp()
                where name = $1 and suspended_at is not null and ($2::integer is null or bucket = $2)`,
        values: [name, bucket ?? null],
      });
    },
  };
}

/** The row's lock is taken first, so of two that handled the same chunk the second waits and then finds it moved. */
async function advance(
  database: Database,
  move: Place & { readonly from: bigint; readonly to: bigint },
  write: CheckpointWrite | null,
): Promise<boolean> {
  try {
    await database.transaction(async (tx) => {
      const { rowCount } = await tx.query({
        text: `update subscription_checkpoints set position = $4, moved_at = clock_timestamp()
                where bucket = $1 and name = $2 and position = $3`,
        prepared: true,
        values: [move.bucket, move.name, move.from, move.to],
      });
      if (rowCount === 0) throw new Overtaken();
      await write?.(tx);
    });
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  }
}

/**
 * One statement for everything a process holds: 160 rows (ten subscriptions, 16 buckets) take 2 ms every two seconds.
 * Crosses buckets. Rows that another statement is leasing at this moment are skipped, so no two starts deadlock; a lost
 * lease costs nothing, so its commit does not wait for the disk.
 */
async function lease(
  database: Database,
  names: readonly string[],
  wanted: Lease & { readonly bucketCount: number },
): Promise<readonly Place[]> {
  const { owner, seconds, bucketCount } = wanted;
  return database.transaction(async (tx) => {
    await tx.query({ text: `select set_config('synchronous_commit', 'off', true)` });
    await tx.query({
      text: `insert into subscription_leases (bucket, name, owner, until)
             select bucket, name, $3, '-infinity'
               from generate_series(0, $2 - 1) as buckets (bucket), unnest($1::text[]) as names (name)
              where not exists (select from subscription_leases held
                                 where held.bucket = buckets.bucket and held.name = names.name)
              order by bucket, name
             on conflict (bucket, name) do nothing`,
      values: [names, bucketCount, owner],
    });
    const { rows } = await tx.query<Place>({
      text: `update subscription_leases held
                set owner = $2, until = clock_timestamp() + make_interval(secs => $3)
               from (select bucket, name from subscription_leases
                      where name = any($1) and (owner = $2 or until < clock_timestamp())
                      order by bucket, name for update skip locked) free
              where held.bucket = free.bucket and held.name = free.name
              returning held.bucket, held.name`,
      values: [names, owner, seconds],
    });
    return rows;
  });
}

function checkpointOf(row: CheckpointRow): Checkpoint {
  const { bucket, name, position, suspended } = row;
  return { bucket, name, position, suspended, movedAtMs: row.moved_at_ms };
}
