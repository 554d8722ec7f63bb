/** The port of snapshots: states as of a version, never needed for correctness. */
import type { ForgetsPersons, PersonReference } from '../../core/personal-data.ts';

export interface SnapshotPlace {
  readonly tenant: string;
  /** `category/id`. */
  readonly stream: string;
  /** Of the module: snapshots of other versions are never given out. */
  readonly stateVersion: number;
}

export interface Snapshot {
  /** Version of the stream that the state is as of. */
  readonly version: bigint;
  /** CloudEvents id of the event of that version: proves that the snapshot belongs to the log it is read beside. */
  readonly eventId: string;
  /** JSON in UTF-8. */
  readonly state: Uint8Array;
  /** Of `checksumOf`. */
  readonly checksum: Uint8Array;
  /** Persons of whom the state may hold something. */
  readonly persons: readonly PersonReference[];
}

export interface StoredSnapshot extends Snapshot {
  /** Milliseconds since the epoch. */
  readonly writtenAtMs: number;
}

/** Errors of all: a DatabaseError, or none in memory. */
export interface SnapshotStore extends ForgetsPersons {
  /** The newest snapshot of the stream by this version of the module; never one that holds an erased person. */
  find(place: SnapshotPlace): Promise<StoredSnapshot | null>;
  /**
   * Keeps the snapshot unless there is a newer one. False when it was not kept: there is, or one of its persons was
   * erased meanwhile, which is checked in the same statement.
   */
  save(place: SnapshotPlace, snapshot: Snapshot): Promise<boolean>;
}
