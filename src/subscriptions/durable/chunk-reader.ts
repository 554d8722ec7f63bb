/** Reads what a subscription has to handle next: the events of its types, revealed, and how far that is. */
import type { PersonalData } from '../../core/personal-data.ts';
import type { StoredEvent } from '../../core/event.ts';
import { mayHold, type LogBatch, type LogReader } from '../../log/log.ts';
import { createPermits, type Permits } from '../permits.ts';

/** Bounds what one chunk holds in memory and how long its transaction is. */
const CHUNK_EVENTS_MAX = 500;
export const EVENTS_PER_READ = 2_000;
/** Subscriptions of a bucket wake together and stand at the same place: what one has read serves the others. */
const SHARED_MS = 50;
/**
 * Reads under way at once. After a start or an outage every subscription of every bucket wants one, which is some
 * hundreds: all at once they would take every connection of the pool, and appends would wait behind them.
 */
const READS_AT_ONCE = 4;

/** Null for all. */
type Types = ReadonlySet<string> | null;

export interface Chunk {
  /** Everything up to here was looked at; more than the position asked for. */
  readonly through: bigint;
  readonly events: readonly StoredEvent[];
  /** Whether that is all there was, as far as the process knew when it was asked. */
  readonly reachedHead: boolean;
}

export interface ChunkReader {
  /** What follows `after`, null at the head. Errors: CURSOR_EXPIRED, UNAVAILABLE. */
  next(place: ReadPlace): Promise<Chunk | null>;
}

export interface ReadPlace {
  readonly bucket: number;
  readonly after: bigint;
  /** Null for all; with `interest`, what it said last. */
  readonly types: ReadonlySet<string> | null;
  /** Asked after the batches were read: says the types in place of `types`, by which they were read. */
  readonly interest?: (() => Promise<ReadonlySet<string> | null>) | undefined;
}

export interface ChunkReaderDependencies {
  readonly log: LogReader;
  /** Absent where nothing is sealed, as over a memory log. */
  readonly personalData?: Pick<PersonalData, 'prepare' | 'reveal'> | undefined;
}

export function createChunkReader({
  log,
  personalData,
  reads = createReadPermits(),
}: ChunkReaderDependencies & { readonly reads?: Permits }): ChunkReader {
  const shared = new Map<string, Promise<readonly LogBatch[]>>();
  /** Types of all that never change their mind: they read as one, so that one read serves them. */
  const lasting = new Set<string>();

  function readTypes({ types, interest }: ReadPlace): ReadonlySet<string> | null {
    if (types === null || interest !== undefined) return types;
    for (const type of types) lasting.add(type);
    return lasting;
  }

  /** `own`: the read began with this call, so an append that woke the caller is in it. */
  async function batchesAfter(
    { bucket, after }: ReadPlace,
    types: ReadonlySet<string> | null,
  ): Promise<{ readonly batches: readonly LogBatch[]; readonly own: boolean }> {
    const asked = types === lasting ? lasting.size : types === null ? '*' : [...types].join(' ');
    const key = `${bucket} ${after} ${asked}`;
    const held = shared.get(key);
    if (held !== undefined) return { batches: await held, own: false };
    const options = { eventsMax: EVENTS_PER_READ, types: types ?? undefined };
    const reading = reads.run(() => log.readBatches(bucket, after, options));
    shared.set(key, reading);
    reading.then(
      // That there was nothing is true for a moment only.
      (batches) => {
        if (batches.length === 0) shared.delete(key);
        else setTimeout(() => shared.delete(key), SHARED_MS).unref();
      },
      () => shared.delete(key),
    );
    return { batches: await reading, own: true };
  }

  return {
    async next(place) {
      const { bucket, after, types, interest } = place;
      const head = log.knownHead(bucket);
      // Most buckets stand still most of the time: their subscriptions ask nobody.
      if (after >= head) return null;
      const readBy = readTypes(place);
      const { batches, own } = await batchesAfter(place, readBy);
      const last = batches.at(-1);
      // Somebody else's read may have begun before the append that woke us.
      if (last === undefined)
        return own ? null : { through: after, events: [], reachedHead: false };
      const wanted = interest === undefined ? types : await interest();
      const { events, through } = select({ batches, readBy }, after, wanted);
      return {
        through,
        events: await revealed(events, personalData),
        // A read ends early before large batches and before those of other processes. What came since it began wakes.
        reachedHead: through >= head,
      };
    },
  };
}

/** For what subscriptions ask the database before they have anything to do. */
export function createReadPermits(): Permits {
  return createPermits(READS_AT_ONCE);
}

/**
 * The first events of the types, at most CHUNK_EVENTS_MAX, and the position up to which all were looked at: that is before
 * a batch which holds some of the types and may have come unread, since nobody knew that they were wanted.
 */
function select(
  { batches, readBy }: { readonly batches: readonly LogBatch[]; readonly readBy: Types },
  after: bigint,
  types: Types,
): { readonly events: StoredEvent[]; readonly through: bigint } {
  const events: StoredEvent[] = [];
  let through = after;
  for (const batch of batches) {
    if (!isWanted(batch, types)) {
      through = batch.lastPosition;
      continue;
    }
    if (!isWanted(batch, readBy)) return { events, through };
    const skip = after < batch.firstPosition ? 0 : Number(after - batch.firstPosition) + 1;
    for (let index = skip; index < batch.count; index += 1) {
      if (events.length === CHUNK_EVENTS_MAX) return { events, through };
      through = batch.firstPosition + BigInt(index);
      if (types !== null && !types.has(batch.typeAt(index))) continue;
      const event = batch.eventAt(index);
      if (event !== null) events.push(event);
    }
  }
  return { events, through };
}

function isWanted(batch: LogBatch, types: Types): boolean {
  return types === null || mayHold(batch, types);
}

async function revealed(
  events: readonly StoredEvent[],
  personalData: Pick<PersonalData, 'prepare' | 'reveal'> | undefined,
): Promise<readonly StoredEvent[]> {
  if (personalData === undefined || events.length === 0) return events;
  await personalData.prepare(events);
  return events.map((event) => personalData.reveal(event));
}

/** The event at a position, revealed; null when retention has removed it. */
export async function readEvent(
  { log, personalData }: ChunkReaderDependencies,
  place: { readonly bucket: number; readonly position: bigint },
): Promise<StoredEvent | null> {
  const { lowMark } = await log.head(place.bucket);
  if (place.position <= lowMark) return null;
  const [batch] = await log.readBatches(place.bucket, place.position - 1n, { eventsMax: 1 });
  if (batch === undefined) return null;
  const event = batch.eventAt(Number(place.position - batch.firstPosition));
  if (event === null) return null;
  const [plain = null] = await revealed([event], personalData);
  return plain;
}
