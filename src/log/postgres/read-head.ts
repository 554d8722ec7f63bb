import type { Queryable } from '../../platform/postgres/database.ts';

export interface HeadRow {
  readonly position: number;
  readonly recordedAt: number;
  readonly lowMark: number;
}

interface Row {
  readonly bucket: number;
  readonly head: bigint;
  readonly recorded_at: bigint;
  readonly low_mark: bigint;
}

/** Head of one bucket by primary key. */
export async function readHead(on: Queryable, bucket: number): Promise<HeadRow> {
  const { rows } = await on.query<Row>({
    text: 'select bucket, head, recorded_at, low_mark from log_heads where bucket = $1',
    prepared: true,
    values: [bucket],
  });
  return headOf(rows[0]);
}

/** Takes the head row's lock for the rest of the transaction: no other writer appends to the bucket meanwhile. */
export async function lockHead(on: Queryable, bucket: number): Promise<HeadRow> {
  const { rows } = await on.query<Row>({
    text: 'select bucket, head, recorded_at, low_mark from log_heads where bucket = $1 for update',
    values: [bucket],
  });
  return headOf(rows[0]);
}

/** Heads of all buckets: crosses buckets, one small row each. */
export async function readAllHeads(on: Queryable): Promise<ReadonlyMap<number, number>> {
  const { rows } = await on.query<Row>({
    text: 'select bucket, head from log_heads',
    prepared: true,
  });
  return new Map(rows.map((row) => [row.bucket, Number(row.head)]));
}

function headOf(row: Row | undefined): HeadRow {
  if (!row) throw new Error('the bucket does not exist');
  return {
    position: Number(row.head),
    recordedAt: Number(row.recorded_at),
    lowMark: Number(row.low_mark),
  };
}
