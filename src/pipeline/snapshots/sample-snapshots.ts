/** A few snapshots chosen by chance, for `comptoir doctor`. */
import type { Database } from '../../platform/postgres/database.ts';
import type { Snapshot, SnapshotPlace } from './snapshots.ts';

export interface SampledSnapshot {
  readonly bucket: number;
  readonly place: SnapshotPlace;
  readonly snapshot: Snapshot;
}

interface Row {
  readonly bucket: number;
  readonly tenant: string;
  readonly stream: string;
  readonly state_version: number;
  readonly version: bigint;
  readonly event_id: string;
  readonly state: Buffer;
  readonly checksum: Buffer;
  readonly persons: string[];
}

/**
 * At most `limit` of those as of a version up to `versionMax`. Crosses buckets and reads the keys of all snapshots (there is
 * one for about every 100 events of a long stream), the states of the chosen ones only. Takes no lock.
 */
export async function sampleSnapshots(
  database: Database,
  { limit, versionMax }: { readonly limit: number; readonly versionMax: bigint },
): Promise<readonly SampledSnapshot[]> {
  const { rows } = await database.query<Row>({
    text: `select s.bucket, s.tenant, s.stream, s.state_version, s.version, s.event_id, s.state, s.checksum, s.persons
             from (select bucket, tenant, stream, state_version from snapshots
                    where version <= $2 order by random() limit $1) chosen
             join snapshots s using (bucket, tenant, stream, state_version)`,
    values: [limit, versionMax],
  });
  return rows.map((row) => ({
    bucket: row.bucket,
    place: { tenant: row.tenant, stream: row.stream, stateVersion: row.state_version },
    snapshot: {
      version: row.version,
      eventId: row.event_id,
      state: row.state,
      checksum: row.checksum,
      persons: row.persons,
    },
  }));
}
