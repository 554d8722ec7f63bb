/** State hashes: of the rows as they are, and of a fresh fold of the log up to the same position (L9). */
import { createHash, type Hash } from 'node:crypto';
import { Failure } from '../core/errors.ts';
import type { ReadModel, Row } from '../core/read-model.ts';
import type { LogReader } from '../log/log.ts';
import { foldEvents } from './fold-chunk.ts';
import { BULK_LIMITS, READ_EVENTS_MAX } from './limits.ts';
import type { Place, ProjectionStore, RowWrite } from './projection-store.ts';
import { createPreparer, readChunk } from './read-chunk.ts';
import { RowSet } from './row-set.ts';
import { rowShapeOf } from './row-values.ts';

interface HashParts {
  readonly log: LogReader;
  readonly store: ProjectionStore;
}

export interface LiveHash {
  readonly hash: string;
  readonly position: bigint;
  readonly leftOut: readonly bigint[];
}

/** SHA-256 over the rows of one generation in one bucket, by tenant and key. Null: the generation is gone. */
export async function liveHash({ store }: HashParts, place: Place): Promise<LiveHash | null> {
  const hash = createHash('sha256');
  const columns = Object.keys(place.generation.columns).sort();
  const snapshot = await store.snapshot(place, (rows) => {
    for (const row of rows) addRow(hash, columns, row);
  });
  return snapshot === null ? null : { hash: hash.digest('hex'), ...snapshot };
}

/** Persons of so many rows are looked up at once: each is a keyed hash. */
const PERSONS_AT_ONCE = 1_000;

/**
 * The same of a fold in memory of everything held up to `upTo.position`, leaving out what is parked or was given up, and
 * without the personal columns of who was erased: those of stored rows are null, where a fold of events that cannot be
 * opened any more may give an empty list.
 * A further event that fails makes the hash differ, as it should: live it did not. Null when there are more rows than
 * `rowsMax`.
 */
export async function replayHash(
  { log, store }: HashParts,
  model: ReadModel,
  upTo: {
    readonly place: Place;
    readonly position: bigint;
    readonly leftOut: readonly bigint[];
    readonly rowsMax?: number;
  },
): Promise<string | null> {
  const { bucket, generation } = upTo.place;
  const preparer = createPreparer(model);
  const folding = { model, shape: rowShapeOf(generation.columns), rows: new RowSet() };
  const leftOut = new Set(upTo.leftOut);
  const written = new Map<string, RowWrite>();
  const parked = new Set<string>();
  let last = (await log.head(bucket)).lowMark;
  while (last < upTo.position) {
    const chunk = await readChunk({
      preparer,
      read: (after) => log.readBatches(bucket, after, { eventsMax: READ_EVENTS_MAX }),
      after: last,
      limits: BULK_LIMITS,
      asOfMicros: generation.asOfMicros,
      eager: false,
    });
    const events = chunk.events.filter(
      ({ position }) => position <= upTo.position && !leftOut.has(position),
    );
    for (const row of (await foldEvents(folding, events, parked)).rows)
      if (row.row === null) written.delete(idOf(row));
      else written.set(idOf(row), row);
    if (upTo.rowsMax !== undefined && folding.rows.size > upTo.rowsMax) return null;
    if (chunk.last === last) break;
    last = chunk.last;
  }
  const hash = createHash('sha256');
  const columns = Object.keys(generation.columns).sort();
  const rows = [...written]
    .sort(([left], [right]) => compareBytes(left, right))
    .map(([, row]) => row);
  for (let from = 0; from < rows.length; from += PERSONS_AT_ONCE) {
    const some = rows.slice(from, from + PERSONS_AT_ONCE);
    for (const row of await store.withoutErased(upTo.place, some)) addRow(hash, columns, row);
  }
  return hash.digest('hex');
}

/** NUL sorts before everything that may stand in a tenant or key. */
const idOf = ({ tenant, key }: RowWrite): string => `${tenant}\0${key}`;

function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function addRow(
  hash: Hash,
  columns: readonly string[],
  { tenant, key, row }: { readonly tenant: string; readonly key: string; readonly row: Row | null },
): void {
  hash.update(JSON.stringify([tenant, key, ...columns.map((column) => row?.[column] ?? null)]));
  hash.update('\n');
}

/** Errors: NOT_FOUND when the generation was dropped meanwhile. */
export async function stateHash(
  parts: HashParts,
  model: ReadModel,
  of: { readonly place: Place; readonly source: 'live' | 'replay' },
): Promise<string> {
  const live = await liveHash(parts, of.place);
  if (live === null) throw new Failure('NOT_FOUND', 'This copy of the read model was dropped.');
  if (of.source === 'live') return live.hash;
  return (await replayHash(parts, model, { ...live, place: of.place })) ?? '';
}
