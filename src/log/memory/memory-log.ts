import { assert } from '../../core/assert.ts';
import { systemClock, type Clock } from '../../core/clock.ts';
import { Failure } from '../../core/errors.ts';
import { checkAnswer, checkVersionsRead } from '../check-append.ts';
import type { DecidedOutcome, EventLog, ReceivedOutcome } from '../log.ts';
import { createAppendQueue, type AppendFault, type AppendQueue } from './append-queue.ts';
import { commandIn } from './marks.ts';
import { eraseReceived } from './erase.ts';
import { find, findNewest, readBatches, readStream } from './read.ts';
import {
  answerOf,
  appendDecided,
  appendReceived,
  createStorage,
  headOf,
  keyStateOf,
  recordAnswer,
  streamOf,
  type EventKey,
  type KeyState,
  type MemoryStorage,
} from './storage.ts';

export interface MemoryLogOptions {
  readonly bucketCount?: number;
  readonly dedupeWindowSeconds?: number;
  /** Newest keys of the log that are remembered beyond the window. */
  readonly dedupeKeysMax?: number;
  readonly clock?: Clock;
  readonly incarnation?: string;
  /** Events that may wait for their append before OVERLOADED. */
  readonly queueEventsMax?: number;
  /** Events that one `find` looks at, small to exercise pages that are empty while more is true. */
  readonly findScanMax?: number;
}

/** What tests may do to a memory log beside using it. */
export interface MemoryLogControls {
  /** What a repeat of the key must or may be answered with now. */
  keyState(tenant: string, key: EventKey): KeyState;
  /** Version of the stream, 0n when it does not exist. */
  streamVersion(tenant: string, stream: string): bigint;
  /** Removes everything up to `position` by retention. */
  setLowMark(bucket: number, position: bigint): void;
  /** Removes one event by retention; its position stays. */
  removeEvent(bucket: number, position: bigint): void;
  /** Puts tombstones in place of received events, as `PostgresLog.eraseReceived`. */
  eraseReceived(tenant: string, positions: readonly bigint[]): Promise<number>;
  /** Appends fail this way until set to null. */
  setAppendFault(fault: AppendFault | null): void;
  /** Holds all appends of this instance back until the returned function is called. */
  holdAppends(): () => void;
  /** Another instance on the same storage, as another process would be. */
  openAnother(): MemoryLog;
}

export type MemoryLog = EventLog & MemoryLogControls;

/** The same default as DESIGN.md names for the number of buckets. */
const BUCKET_COUNT = 16;
const DEDUPE_WINDOW_SECONDS = 3_600;
const DEDUPE_KEYS_MAX = 50_000_000;
/** Enough for the largest request tenfold; a test sets less to see OVERLOADED. */
const QUEUE_EVENTS_MAX = 10_000;
const FIND_SCAN_MAX = 100_000;

/** A log in memory: the model of the other implementation, and the log of tests that need no database. */
export function createMemoryLog(options: MemoryLogOptions = {}): MemoryLog {
  const storage = createStorage({
    bucketCount: options.bucketCount ?? BUCKET_COUNT,
    dedupeWindowSeconds: options.dedupeWindowSeconds ?? DEDUPE_WINDOW_SECONDS,
    dedupeKeysMax: options.dedupeKeysMax ?? DEDUPE_KEYS_MAX,
    clock: options.clock ?? systemClock,
    incarnation: options.incarnation ?? crypto.randomUUID(),
  });
  return openMemoryLog(storage, {
    queueEventsMax: options.queueEventsMax ?? QUEUE_EVENTS_MAX,
    findScanMax: options.findScanMax ?? FIND_SCAN_MAX,
  });
}

interface InstanceOptions {
  readonly queueEventsMax: number;
  readonly findScanMax: number;
}

/** An instance on a storage that the caller holds, as one process of several. */
export function openMemoryLog(
  storage: MemoryStorage,
  options: InstanceOptions = { queueEventsMax: QUEUE_EVENTS_MAX, findScanMax: FIND_SCAN_MAX },
): MemoryLog {
  const queue = createAppendQueue(options.queueEventsMax);
  const subscriptions = new Set<() => void>();
  return {
    ...controlsOf(storage, queue),
    openAnother: () => openMemoryLog(storage, options),
    incarnation: storage.options.incarnation,
    bucketCount: storage.options.bucketCount,
    bucketOf: storage.bucketOf,
    head: async (bucket) => headOf(storage.bucketAt(bucket)),
    knownHead: (bucket) => headOf(storage.bucketAt(bucket)).position,
    readBatches: async (bucket, after, limits) =>
      readBatches(storage.bucketAt(bucket), after, limits),
    readStream: async (tenant, stream, range) => readStream(storage, tenant, { stream, ...range }),
    streamVersions: async (tenant, streams) => versionsOf(storage, tenant, streams),
    find: async (query) => find(storage, query, options.findScanMax),
    findNewest: async (query) => findNewest(storage, query, options.findScanMax),
    onAppend(bucket, listener) {
      const wake = () => listener();
      const { listeners } = storage.bucketAt(bucket);
      const stop = () => {
        listeners.delete(wake);
        subscriptions.delete(stop);
      };
      listeners.add(wake);
      subscriptions.add(stop);
      return stop;
    },
    appendReceived: (tenant, drafts) =>
      queue.run<readonly ReceivedOutcome[]>(drafts.length, {
        append: () => appendReceived(storage, tenant, drafts),
        unknown: () => drafts.map(() => ({ status: 'unknown' })),
      }),
    appendDecided: (append) =>
      queue.run<DecidedOutcome>(
        append.streams.reduce((sum, { events }) => sum + events.length, 0),
        { append: () => appendDecided(storage, append), unknown: () => ({ status: 'unknown' }) },
      ),
    async recordAnswer(tenant, answer) {
      checkAnswer(answer);
      return queue.run(1, {
        append: () => recordAnswer(storage, tenant, answer),
        unknown: () => {
          throw new Failure('OUTCOME_UNKNOWN', 'It is not known yet whether it was recorded.');
        },
      });
    },
    findAnswer: async (tenant, key) => answerOf(storage, tenant, key),
    findCommand: async (tenant, stream, commandId) =>
      commandIn(storage.bucketAt(storage.bucketOf(tenant)).marks, { tenant, stream, commandId }),
    async close() {
      await queue.close();
      for (const stop of subscriptions) stop();
    },
  };
}

function versionsOf(
  storage: MemoryStorage,
  tenant: string,
  streams: readonly string[],
): readonly bigint[] {
  checkVersionsRead(streams);
  const bucket = storage.bucketAt(storage.bucketOf(tenant));
  return streams.map((stream) => BigInt(streamOf(bucket, tenant, stream).length));
}

function controlsOf(
  storage: MemoryStorage,
  queue: AppendQueue,
): Omit<MemoryLogControls, 'openAnother'> {
  return {
    keyState: (tenant, key) => keyStateOf(storage, tenant, key),
    streamVersion: (tenant, stream) =>
      BigInt(streamOf(storage.bucketAt(storage.bucketOf(tenant)), tenant, stream).length),
    setLowMark(number, position) {
      const bucket = storage.bucketAt(number);
      assert(position >= bucket.lowMark, 'a low mark never falls');
      bucket.events.fill(null, 0, Number(position));
      bucket.lowMark = position;
    },
    removeEvent(number, position) {
      storage.bucketAt(number).events[Number(position) - 1] = null;
    },
    eraseReceived: async (tenant, positions) => eraseReceived(storage, tenant, positions),
    setAppendFault: queue.setFault,
    holdAppends: queue.hold,
  };
}
