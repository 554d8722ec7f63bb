/**
 * A stream's state: from memory, else from its newest snapshot, else from nothing, and then the events after it. What
 * memory holds may be behind what another process appended; whoever relies on it has it checked by an append, or asks
 * for `newest`.
 */
import { streamName, type StreamReference } from '../core/aggregate.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { PersonalData } from '../core/personal-data.ts';
import type { LogReader } from '../log/log.ts';
import type { KnownAggregate } from './catalogue.ts';
import { emptyStream, foldStored, type FoldedStream, type ReadEvent } from './fold.ts';
import type { PipelineMetrics } from './pipeline-metrics.ts';
import { decodeSnapshot } from './snapshots/snapshot-codec.ts';
import type { SnapshotPlace, SnapshotStore, StoredSnapshot } from './snapshots/snapshots.ts';
import { createStateCache, type StateCache, type StateCacheLimits } from './state-cache.ts';

/**
 * A stream as short as this has no snapshot, so one is looked for only when there are more events: most streams are
 * short, and then one indexed read is all.
 */
export const SNAPSHOT_LENGTH_MIN = 20;
/** Events of one read: about half a megabyte. */
const PAGE_EVENTS = 1_000;

/** One stream of a tenant, with what is known of its category. */
export interface StreamPlace {
  readonly tenant: string;
  readonly known: KnownAggregate;
  readonly id: string;
  /** `category/id`. */
  readonly stream: string;
  /** Unique over all tenants. */
  readonly key: string;
}

export function placeOf(tenant: string, known: KnownAggregate, id: string): StreamPlace {
  const stream = streamName({ category: known.aggregate.category, id } satisfies StreamReference);
  return { tenant, known, id, stream, key: `${tenant}\0${stream}` };
}

export interface LoadedStream {
  readonly folded: FoldedStream;
  /** Whether it held everything acknowledged before the call; else it may be behind another process. */
  readonly verified: boolean;
}

/** Up to which event to fold: all, a version, or a recorded time in microseconds; both inclusive. */
export type Until = null | { readonly version: bigint } | { readonly atMicros: bigint };

/** Errors of all that read: UNAVAILABLE; INTERNAL when `evolve` or an upcaster threw. */
export interface StreamLoader {
  /** The next number of this process: tells what came first, also when clocks are set back. */
  turn(): number;
  /** From memory where it can, and then at once. */
  load(place: StreamPlace): LoadedStream | Promise<LoadedStream>;
  /** At least everything acknowledged before the call. */
  newest(place: StreamPlace): Promise<FoldedStream>;
  /** Never from memory. */
  asOf(place: StreamPlace, until: Until): Promise<FoldedStream>;
  /** Events in order from a version on, page after page. */
  pages(place: StreamPlace, from: bigint, firstLimit?: number): AsyncIterable<readonly ReadEvent[]>;
  /** One event more; counts those of unknown types. */
  fold(place: StreamPlace, before: FoldedStream, read: ReadEvent): FoldedStream;
  /** A stream that is known to have no events, because its id was made just now. */
  fresh(place: StreamPlace): FoldedStream;
  /** What memory holds; it may be behind. */
  held(place: StreamPlace): FoldedStream | undefined;
  /** Keeps a state that was appended or read. */
  keep(place: StreamPlace, folded: FoldedStream): void;
  close(): void;
}

export interface LoaderOptions {
  readonly reader: LogReader;
  readonly personal: PersonalData;
  readonly snapshots: SnapshotStore;
  readonly metrics: PipelineMetrics;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly limits?: StateCacheLimits | undefined;
}

export function createStreamLoader(options: LoaderOptions): StreamLoader {
  const cache = createStateCache(options.limits);
  const stopListening = options.personal.onErased(() => cache.dropAll());
  const fold = (place: StreamPlace, before: FoldedStream, read: ReadEvent): FoldedStream =>
    foldOne(options, place, { before, read });
  const pages = (place: StreamPlace, from: bigint, firstLimit?: number) =>
    readPages(options, place, { from, firstLimit });
  const reading: Reading = { ...options, cache, fold, pages };

  let turns = 0;
  const turn = (): number => (turns += 1);

  async function newest(place: StreamPlace): Promise<FoldedStream> {
    const startedMs = options.clock.nowMs();
    const startedInTurn = turn();
    const held = cache.get(place.key);
    const folded =
      held === undefined
        ? await foldStream(reading, place, null)
        : await foldOn(reading, place, { base: held, until: null });
    const { notes } = folded;
    notes.verifiedAtMs = Math.max(notes.verifiedAtMs, startedMs);
    notes.readInTurn = Math.max(notes.readInTurn, startedInTurn);
    if (folded.version > 0n) cache.put(place.key, folded);
    return folded;
  }

  return {
    turn,
    load(place) {
      const held = cache.get(place.key);
      options.metrics.cacheLookUp(held !== undefined);
      if (held !== undefined) return { folded: held, verified: false };
      return newest(place).then((folded) => ({ folded, verified: true }));
    },
    newest,
    asOf: (place, until) => foldStream(reading, place, until),
    pages,
    fold,
    fresh: ({ known }) => emptyStream(known, cache.epoch),
    held: ({ key }) => cache.get(key),
    keep: ({ key }, folded) => cache.put(key, folded),
    close: stopListening,
  };
}

interface Reading extends LoaderOptions {
  readonly cache: StateCache;
  readonly fold: StreamLoader['fold'];
  readonly pages: StreamLoader['pages'];
}

/** From nothing or a snapshot. */
async function foldStream(
  reading: Reading,
  place: StreamPlace,
  until: Until,
): Promise<FoldedStream> {
  let folded = emptyStream(place.known, reading.cache.epoch);
  // The first events tell whether the stream is long enough to have a snapshot.
  for await (const events of reading.pages(place, 1n, SNAPSHOT_LENGTH_MIN)) {
    for (const read of events) {
      if (isBeyond(read, until)) return folded;
      folded = reading.fold(place, folded, read);
    }
    if (events.length < SNAPSHOT_LENGTH_MIN) return folded;
    break;
  }
  if (folded.version === 0n) return folded;
  const base = await findSnapshot(reading, place, { short: folded, until });
  if (base === null) return await foldOn(reading, place, { base: folded, until });
  return await foldFromSnapshot(reading, place, { short: folded, base, until });
}

async function foldOn(
  { pages, fold }: Reading,
  place: StreamPlace,
  { base, until }: { readonly base: FoldedStream; readonly until: Until },
): Promise<FoldedStream> {
  let folded = base;
  for await (const events of pages(place, base.version + 1n))
    for (const read of events) {
      if (isBeyond(read, until)) return folded;
      folded = fold(place, folded, read);
    }
  return folded;
}

/** The state that a snapshot claims, and the event it claims to be as of. */
type Claim = Pick<FoldedStream, 'state' | 'version' | 'eventId' | 'bytes'>;

/** The newest snapshot that is newer than `short` and not beyond `until`; null when there is none or it is damaged. */
async function findSnapshot(
  reading: Reading,
  place: StreamPlace,
  { short, until }: { readonly short: FoldedStream; readonly until: Until },
): Promise<Claim | null> {
  const at = snapshotPlace(place);
  const snapshot = await lookUp(reading, at);
  if (snapshot === null || snapshot.version <= short.version) return null;
  if (until !== null && 'version' in until && snapshot.version > until.version) return null;
  const decoded = decodeSnapshot(at, snapshot);
  if (decoded === undefined) {
    ignoreSnapshot(reading, place, short);
    return null;
  }
  const { notes } = short;
  for (const person of snapshot.persons) notes.references.add(person);
  notes.snapshotVersion = snapshot.version;
  notes.snapshotAtMs = snapshot.writtenAtMs;
  const { version, eventId } = snapshot;
  return { state: decoded.state, version, eventId, bytes: snapshot.state.length };
}

/**
 * From the snapshot on. It counts only beside its event: the first one read must have the version and id that it names.
 * So a snapshot of another log, or one that is ahead of this log after a restore, is ignored like a damaged one.
 */
async function foldFromSnapshot(
  reading: Reading,
  place: StreamPlace,
  { short, base, until }: { short: FoldedStream; base: Claim; until: Until },
): Promise<FoldedStream> {
  let folded: FoldedStream | undefined;
  for await (const events of reading.pages(place, base.version))
    for (const read of events) {
      folded ??= isBeyond(read, until) ? undefined : claimed({ short, base, read });
      if (folded === undefined) return await foldAnew(reading, place, { short, base, until, read });
      if (isBeyond(read, until)) return folded;
      if (read.event.streamVersion > base.version) folded = reading.fold(place, folded, read);
    }
  return folded ?? (await foldAnew(reading, place, { short, base, until }));
}

/** What the snapshot claims, when the event that was read is the one it names. */
function claimed({
  short,
  base,
  read: { event },
}: {
  short: FoldedStream;
  base: Claim;
  read: ReadEvent;
}): FoldedStream | undefined {
  if (event.streamVersion !== base.version || event.id !== base.eventId) return undefined;
  return { ...short, ...base, position: event.position, at: event.time };
}

/** Without the snapshot: it lies beyond the moment asked for, or it is not of this stream. */
async function foldAnew(
  reading: Reading,
  place: StreamPlace,
  found: { short: FoldedStream; base: Claim; until: Until; read?: ReadEvent },
): Promise<FoldedStream> {
  const { short, until, read } = found;
  const isOurs = read !== undefined && claimed({ ...found, read }) !== undefined;
  if (!isOurs) ignoreSnapshot(reading, place, short);
  return await foldOn(reading, place, { base: short, until });
}

function ignoreSnapshot(
  { metrics, logger }: Reading,
  { known }: StreamPlace,
  { notes }: FoldedStream,
): void {
  // As if there were none: the next one that is due replaces it.
  notes.snapshotVersion = 0n;
  notes.snapshotAtMs = 0;
  metrics.snapshotIgnored();
  logger.warn('a snapshot does not fit its stream and is ignored', {
    name: known.aggregate.category,
  });
}

/** A snapshot that cannot be had is one that is not there: the events tell the same, or say that the log is away. */
async function lookUp(
  { snapshots, logger }: Reading,
  place: SnapshotPlace,
): Promise<StoredSnapshot | null> {
  try {
    return await snapshots.find(place);
  } catch (error) {
    logger.warn('a snapshot could not be looked up; the stream is folded from its events', {
      error,
    });
    return null;
  }
}

export function snapshotPlace({ tenant, stream, known }: StreamPlace): SnapshotPlace {
  return { tenant, stream, stateVersion: known.aggregate.stateVersion };
}

function isBeyond({ event }: ReadEvent, until: Until): boolean {
  if (until === null) return false;
  return 'version' in until
    ? event.streamVersion > until.version
    : event.recordedAtMicros > until.atMicros;
}

async function* readPages(
  options: LoaderOptions,
  place: StreamPlace,
  { from, firstLimit = PAGE_EVENTS }: { from: bigint; firstLimit?: number | undefined },
): AsyncIterable<readonly ReadEvent[]> {
  let next = from;
  for (let limit = firstLimit; ; limit = PAGE_EVENTS) {
    const events = await readEvents(options, place, { from: next, limit });
    const last = events.at(-1);
    if (last !== undefined) yield events;
    if (last === undefined || events.length < limit) return;
    next = last.event.streamVersion + 1n;
  }
}

async function readEvents(
  { reader, personal }: LoaderOptions,
  { tenant, stream }: StreamPlace,
  { from, limit }: { readonly from: bigint; readonly limit: number },
): Promise<readonly ReadEvent[]> {
  const events = await reader.readStream(tenant, stream, { fromVersion: from, limit });
  if (events.length === 0) return [];
  await personal.prepare(events);
  return events.map((event) => ({
    event: personal.reveal(event),
    persons: personal.personsOf(event),
  }));
}

function foldOne(
  { metrics, logger }: LoaderOptions,
  { known }: StreamPlace,
  { before, read }: { readonly before: FoldedStream; readonly read: ReadEvent },
): FoldedStream {
  const { type, position, bucket, streamVersion } = read.event;
  try {
    return foldStored(before, read, {
      known,
      onUnknown() {
        metrics.unknownEvent(known.module);
        logger.warn('an event of an unknown type was skipped while a stream was folded', {
          name: type,
          bucket,
          position: position.toString(),
        });
      },
    });
  } catch (error) {
    throw new Failure(
      'INTERNAL',
      `The state of ${known.aggregate.category} could not be folded from ${type} at version ${streamVersion}.`,
      { cause: error },
    );
  }
}
