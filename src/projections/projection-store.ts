/**
 * The port of what projections keep: rows, checkpoints, parked events, generations. Two implementations, `postgres/`
 * and `memory/`, pass `contract/fixture.ts`.
 *
 * Whoever changes the rows of a (generation, bucket) holds its checkpoint meanwhile, and moves it only from the value
 * it knows. So two workers of one bucket never both succeed, and rows and checkpoint never disagree (L8).
 */
import type { ColumnType, ReadModel, Row } from '../core/read-model.ts';

export type RecordedState = 'filling' | 'active' | 'retired' | 'shadow';

/** One table of a read model, as it was begun; code of another version can still read it. */
export interface Generation {
  readonly name: string;
  readonly generation: number;
  readonly version: number;
  readonly state: RecordedState;
  readonly asOfMicros: bigint | null;
  readonly table: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly personal: ReadModel['personal'];
  readonly indexed: boolean;
  /** Of a shadow: complete. */
  readonly ready: boolean;
  readonly startedAtMs: number;
  readonly changedAtMs: number;
  /** Of a shadow: when somebody last looked at it, to about half a minute. */
  readonly usedAtMs: number;
  /** Of a shadow: who asked for it last; null where nobody in particular did. */
  readonly usedBy: string | null;
}

/** Why a projection does not run: somebody asked, too much is parked, or it did not move for days. */
export type StoppedBy = 'asked' | 'parked' | 'lagging';

export interface ProjectionRecord {
  readonly name: string;
  readonly stoppedBy: StoppedBy | null;
  readonly newestVersion: number;
  /** Ascending by generation. */
  readonly generations: readonly Generation[];
}

/** What to change about a projection; everything in one transaction. */
export interface Change {
  readonly stoppedBy?: StoppedBy | null;
  readonly newestVersion?: number;
  /** A new generation with an empty table and checkpoints at 0 in every bucket. */
  readonly begin?: {
    readonly state: RecordedState;
    readonly asOfMicros: bigint | null;
    /** Whether its further indexes are made at once. */
    readonly indexed: boolean;
    /** Who asked for it. */
    readonly usedBy?: string | null;
  };
  /** Dropped before anything else, with checkpoints and parked events. */
  readonly drop?: readonly number[];
  /** In this order. */
  readonly states?: readonly { readonly generation: number; readonly state: RecordedState }[];
  /** Makes the further indexes. */
  readonly index?: number;
  readonly ready?: number;
}

/** One table in one bucket: the unit of work. */
export interface Place {
  readonly generation: Generation;
  readonly bucket: number;
}

export interface Checkpoint {
  readonly position: bigint;
  readonly revision: number;
  readonly sealed: boolean;
}

/** What a worker has to know of a bucket to begin there. */
export interface Claim {
  readonly checkpoint: Checkpoint;
  /** Streams with parked events. */
  readonly parked: readonly { readonly tenant: string; readonly stream: string }[];
}

export interface CheckpointRecord extends Checkpoint {
  readonly generation: number;
  readonly bucket: number;
  readonly movedAtMs: number;
}

export interface RowKey {
  readonly tenant: string;
  readonly key: string;
}

export interface RowWrite extends RowKey {
  /** Null removes the row. */
  readonly row: Row | null;
  /** Position of the event that touched it last. */
  readonly position: bigint;
}

export interface ParkedRecord {
  readonly bucket: number;
  readonly position: bigint;
  readonly tenant: string;
  /** Empty when the event has none. */
  readonly stream: string;
  readonly type: string;
  readonly reason: string;
  readonly attempts: number;
  /** Of the rows that miss it. */
  readonly keys: readonly string[];
  readonly parkedAtMs: number;
}

export type ParkedDraft = Omit<ParkedRecord, 'bucket' | 'parkedAtMs'>;

/** What became of an event that was parked. `failed` keeps it, with the new reason. */
export type Settled =
  | { readonly position: bigint; readonly outcome: 'handled' | 'skipped' }
  | {
      readonly position: bigint;
      readonly outcome: 'failed';
      readonly reason: string;
      readonly keys: readonly string[];
    };

export interface ChunkWrite {
  readonly rows: readonly RowWrite[];
  /** The table has none of the rows yet, as far as is known: who takes the word for it must cope where it is wrong. */
  readonly allNew?: boolean;
  readonly park: readonly ParkedDraft[];
  readonly settle: readonly Settled[];
}

/** Called once, with the rows that exist among those asked for. Pure. */
export type Fold = (rows: readonly RowWrite[]) => ChunkWrite;

export interface ChunkWork {
  readonly expected: Checkpoint;
  /** Rows to load before `fold`. */
  readonly keys: readonly RowKey[];
  readonly position: bigint;
  /** A large chunk pauses now and then, so that others get their turn. */
  readonly fold: (...rows: Parameters<Fold>) => ChunkWrite | Promise<ChunkWrite>;
}

export interface ParkedWork {
  readonly tenant: string;
  readonly stream: string;
  /** Positions of everything parked of the stream, as the caller saw it. */
  readonly expected: readonly bigint[];
  readonly keys: readonly RowKey[];
  readonly fold: Fold;
}

/** `lost`: the checkpoint was not where it was expected, is held by somebody else, or is gone. Nothing changed. */
export type Outcome = 'committed' | 'lost';

export interface ParkedCount {
  readonly name: string;
  readonly generation: number;
  readonly count: number;
}

export interface Advance {
  readonly place: Place;
  readonly expected: Checkpoint;
  readonly position: bigint;
  readonly sealed: boolean;
}

export interface RowSelection {
  readonly generation: Generation;
  readonly bucket: number;
  readonly tenant: string;
  readonly key?: string | undefined;
  /** Only rows with one of these keys. */
  readonly keys?: readonly string[] | undefined;
  /** Only rows whose column is null or one of these texts. */
  readonly within?: { readonly column: string; readonly values: readonly string[] } | undefined;
  /** Only rows whose column is at least `from` and below `to`. */
  readonly range?:
    { readonly column: string; readonly from?: unknown; readonly to?: unknown } | undefined;
  readonly filters: readonly { readonly column: string; readonly value: unknown }[];
  readonly order: readonly OrderBy[];
  /** The last row of the page before: values of the order columns and the key. */
  readonly after?: { readonly values: readonly unknown[]; readonly key: string } | undefined;
  readonly limit: number;
}

export interface OrderBy {
  readonly column: string;
  readonly descending: boolean;
}

export interface SelectedRow {
  readonly key: string;
  readonly row: Row;
  readonly incomplete: boolean;
}

export interface Selected {
  /** The active generation in the very snapshot that `rows` were read in; null when there is none. */
  readonly active: number | null;
  /** Whether the generation is the active one or a shadow; when not, `rows` is empty and says nothing. */
  readonly usable: boolean;
  readonly rows: readonly SelectedRow[];
}

/** Every row of a (generation, bucket) in order of tenant and key, and what it is the fold of: one snapshot. */
export interface Snapshot {
  readonly position: bigint;
  /** Positions that are parked or were given up. */
  readonly leftOut: readonly bigint[];
}

/** The rows of a chunk cannot be stored whatever is tried: a value or key is too large for the database. */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused';
}

/**
 * Errors of all: whatever the database throws when it cannot be reached; nothing has changed then, or, after a lost
 * connection, everything or nothing, which the next claim shows.
 */
export interface ProjectionStore {
  read(): Promise<readonly ProjectionRecord[]>;
  /** Applies what `decide` wants, one caller at a time for each name. The record as it is afterwards. */
  change(
    model: ReadModel,
    decide: (record: ProjectionRecord | null) => Change | null,
  ): Promise<ProjectionRecord | null>;
  /** Notes that somebody looks at a shadow; `by` who, where it is known. */
  used(generation: Generation, by: string | null): Promise<void>;
  checkpoints(name: string): Promise<readonly CheckpointRecord[]>;
  checkpoint(place: Place): Promise<Checkpoint | null>;
  /** Of every generation, by name and number with a blank between: where it stands, bucket by bucket. */
  positions(): Promise<ReadonlyMap<string, readonly bigint[]>>;
  /** Position of the active generation in a bucket, null when there is none. */
  activePosition(name: string, bucket: number): Promise<bigint | null>;
  /** Null: the generation is gone. */
  claim(place: Place): Promise<Claim | null>;
  /** Of every bucket of a generation: what its lanes begin with. */
  claims(generation: Generation): Promise<ReadonlyMap<number, Claim>>;
  /** Loads, folds, writes, parks and moves the checkpoint in one transaction. Errors: RowsRefused. */
  commitChunk(place: Place, work: ChunkWork): Promise<Outcome>;
  /** The same for events that were parked; the checkpoint stays, its revision is raised. */
  commitParked(place: Place, work: ParkedWork): Promise<Outcome>;
  /** Moves checkpoints over events that change nothing; true for each that was moved. */
  advance(moves: readonly Advance[]): Promise<readonly boolean[]>;
  select(selection: RowSelection): Promise<Selected>;
  /** By position. */
  parked(generation: Generation, limit: number): Promise<readonly ParkedRecord[]>;
  /** Everything parked of one stream, by position. */
  parkedOf(
    place: Place,
    of: { readonly tenant: string; readonly stream: string },
  ): Promise<readonly ParkedRecord[]>;
  parkedCount(generation: Generation): Promise<number>;
  /** Of every generation that has some, in one look. */
  parkedCounts(): Promise<readonly ParkedCount[]>;
  /** Clears the personal columns of a person's rows; the number of rows. */
  clearPerson(place: Place, tenant: string, personId: string): Promise<number>;
  /** Rows as they are stored: without the personal columns of persons that were erased. */
  withoutErased(place: Place, rows: readonly RowWrite[]): Promise<readonly RowWrite[]>;
  snapshot(place: Place, onRows: (rows: readonly RowWrite[]) => void): Promise<Snapshot | null>;
}
