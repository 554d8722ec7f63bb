/**
 * Writes snapshots in the background: never awaited by a command, one at a time, a bounded number waiting. One that is
 * not written, for whatever reason, is made up for by the next.
 */
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { PersonalData } from '../../core/personal-data.ts';
import type { FoldedStream } from '../fold.ts';
import { SNAPSHOT_LENGTH_MIN, snapshotPlace, type StreamPlace } from '../load-stream.ts';
import type { PipelineMetrics } from '../pipeline-metrics.ts';
import { encodeSnapshot } from './snapshot-codec.ts';
import type { SnapshotStore } from './snapshots.ts';

/** A tail of 100 events is read and folded in about two milliseconds, and a snapshot costs as much as one event. */
const SNAPSHOT_EVENTS = 100;
/**
 * A stream in steady but slow use gets one after this long, when at least SNAPSHOT_LENGTH_MIN events are new. Before the
 * first it counts from when the stream was seen to be so long: a snapshot at once for each stream that reached twenty
 * events, where most streams end soon after, was an eighth of what their commands cost PostgreSQL.
 */
const SNAPSHOT_AGE_MS = 60 * 60 * 1000;
/** Beyond this a snapshot is left out: each waiting one keeps a state in memory. */
const WAITING_MAX = 200;
/** Larger states take longer to write and read than the events they would save. */
const SNAPSHOT_BYTES_MAX = 8 * 1024 * 1024;
/** A stream about more persons is forgotten so often that its snapshots do not pay. */
const PERSONS_MAX = 5_000;

export interface SnapshotRule {
  readonly events?: number;
  readonly ageMs?: number;
}

export interface SnapshotWriter {
  /** Queues a snapshot when one is due. The state must have been appended. */
  consider(place: StreamPlace, folded: FoldedStream): void;
  /** Waits for everything queued. */
  close(): Promise<void>;
}

export interface SnapshotWriterOptions {
  readonly snapshots: SnapshotStore;
  readonly personal: PersonalData;
  readonly clock: Clock;
  readonly metrics: PipelineMetrics;
  readonly logger: Logger;
  readonly rule?: SnapshotRule | undefined;
}

export function createSnapshotWriter(options: SnapshotWriterOptions): SnapshotWriter {
  const { events = SNAPSHOT_EVENTS, ageMs = SNAPSHOT_AGE_MS } = options.rule ?? {};
  let waiting = 0;
  let tail = Promise.resolve();

  function isDue({ version, notes }: FoldedStream): boolean {
    const fresh = Number(version - notes.snapshotVersion);
    if (version < BigInt(SNAPSHOT_LENGTH_MIN)) return false;
    if (fresh >= events) return true;
    const nowMs = options.clock.nowMs();
    if (notes.snapshotAtMs === 0) notes.snapshotAtMs = nowMs;
    return fresh >= SNAPSHOT_LENGTH_MIN && nowMs - notes.snapshotAtMs >= ageMs;
  }

  return {
    consider(place, folded) {
      if (waiting >= WAITING_MAX || !isDue(folded)) return;
      // Noted before it is written: a snapshot that fails is not tried again at once, but when the next is due.
      folded.notes.snapshotVersion = folded.version;
      folded.notes.snapshotAtMs = options.clock.nowMs();
      waiting += 1;
      tail = tail.then(async () => {
        await write(options, place, folded);
        waiting -= 1;
      });
    },
    close: () => tail,
  };
}

async function write(
  { snapshots, personal, metrics, logger }: SnapshotWriterOptions,
  place: StreamPlace,
  { state, version, eventId, notes }: FoldedStream,
): Promise<void> {
  try {
    if (notes.references.size + notes.personIds.size > PERSONS_MAX) return;
    const persons = new Set(notes.references);
    for (const id of notes.personIds) persons.add(personal.referenceOf(place.tenant, id));
    const at = snapshotPlace(place);
    const snapshot = encodeSnapshot(at, { version, eventId, state, persons: [...persons] });
    if (snapshot.state.length > SNAPSHOT_BYTES_MAX) return;
    if (await snapshots.save(at, snapshot)) metrics.snapshotWritten();
  } catch (error) {
    logger.warn('a snapshot could not be written', { name: place.known.aggregate.category, error });
  }
}
