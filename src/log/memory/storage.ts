/**
 * What the memory log keeps: per bucket an array of events and the tables that follow from it. Several log instances
 * may share one storage, as several processes share one database. Everything here is synchronous, so each call is
 * atomic; the instances add queues and waiting.
 *
 * Rule of remembering. Every received event puts its key (tenant, source, id) at its position. A key MUST be
 * remembered while it is younger than the window in recorded time (age < window) or among the newest `dedupeKeysMax`
 * keys of the log, all buckets together and those of decided events counted. An implementation may remember longer, never shorter; this one forgets at once, so whatever
 * passes here depends on nothing beyond the promise.
 */
import { assert } from '../../core/assert.ts';
import { bucketOfTenant } from '../../core/bucket.ts';
import type { Clock } from '../../core/clock.ts';
import { contentOfDraft, sameContent } from '../../core/content-equality.ts';
import type { EventDraft, StoredEvent } from '../../core/event.ts';
import { checkUnit } from '../check-append.ts';
import type {
  AnswerRecord,
  DecidedAppend,
  DecidedOutcome,
  LogHead,
  ReceivedOutcome,
  StoredAnswer,
  StreamAppend,
} from '../log.ts';
import {
  answerIn,
  commandIn,
  createMarks,
  storeAnswer,
  storeCommand,
  type Marks,
} from './marks.ts';
import { storedEventOf } from './stored-event.ts';

export interface StorageOptions {
  readonly bucketCount: number;
  readonly dedupeWindowSeconds: number;
  readonly dedupeKeysMax: number;
  readonly clock: Clock;
  readonly incarnation: string;
}

/** What a repeat of a key must or may be answered with. */
export type KeyState =
  /** Never stored: a repeat must be created. */
  | { readonly status: 'free' }
  /** A repeat must be a duplicate of, or a conflict with, the event at `position`. */
  | { readonly status: 'remembered'; readonly position: bigint }
  /** Past the promise: a repeat may be answered either way. */
  | { readonly status: 'forgettable'; readonly position: bigint };

export interface Bucket {
  readonly number: number;
  /** `events[p - 1]` is the event at position p, null once retention removed it. */
  readonly events: (StoredEvent | null)[];
  /** Recorded times of all positions, those of removed events included. */
  readonly recordedAtMicros: bigint[];
  /** First and last position of each append, in order. */
  readonly batches: { readonly first: bigint; readonly last: bigint }[];
  /** Where each key was received last. */
  readonly keys: Map<string, ReceivedKey>;
  /** Positions of each stream's events: version v is at index v - 1. */
  readonly streams: Map<string, bigint[]>;
  readonly marks: Marks;
  readonly listeners: Set<() => void>;
  lowMark: bigint;
}

export interface ReceivedKey {
  readonly position: bigint;
  /** 1, 2, 3 ... over the events of all buckets in the order appended. */
  readonly ordinal: number;
}

export interface MemoryStorage {
  readonly options: StorageOptions;
  readonly bucketOf: (tenant: string) => number;
  readonly bucketAt: (bucket: number) => Bucket;
  /** Units that were appended, while somebody holds them: what `follows` asks for. */
  readonly appended: WeakSet<DecidedAppend>;
  /** Events appended so far, all buckets together: each has a key. */
  keyCount: number;
}

export function createStorage(options: StorageOptions): MemoryStorage {
  const buckets = Array.from({ length: options.bucketCount }, (_, number): Bucket => ({
    number,
    events: [],
    recordedAtMicros: [],
    batches: [],
    keys: new Map(),
    streams: new Map(),
    marks: createMarks(),
    listeners: new Set(),
    lowMark: 0n,
  }));
  return {
    options,
    bucketOf: (tenant) => bucketOfTenant(tenant, options.bucketCount),
    bucketAt: (number) => {
      const bucket = buckets[number];
      assert(bucket !== undefined, `bucket ${number} does not exist`);
      return bucket;
    },
    appended: new WeakSet(),
    keyCount: 0,
  };
}

export function headOf(bucket: Bucket): LogHead {
  return {
    position: BigInt(bucket.events.length),
    recordedAtMicros: bucket.recordedAtMicros.at(-1) ?? 0n,
    lowMark: bucket.lowMark,
  };
}

/** Whether a repeat of the key would have to be recognised now. */
export function keyStateOf(storage: MemoryStorage, tenant: string, key: EventKey): KeyState {
  const bucket = storage.bucketAt(storage.bucketOf(tenant));
  const known = bucket.keys.get(keyText(tenant, key));
  if (known === undefined) return { status: 'free' };
  const { position, ordinal } = known;
  const recordedAt = bucket.recordedAtMicros[Number(position) - 1] ?? 0n;
  const age = recordingTime(storage, bucket) - recordedAt;
  const young = age < BigInt(storage.options.dedupeWindowSeconds) * 1_000_000n;
  const newer = storage.keyCount - ordinal;
  const remembered = young || newer < storage.options.dedupeKeysMax;
  return { status: remembered ? 'remembered' : 'forgettable', position };
}

export interface EventKey {
  readonly source: string;
  readonly id: string;
}

/** Appends received events one by one as one batch. */
export function appendReceived(
  storage: MemoryStorage,
  tenant: string,
  drafts: readonly EventDraft[],
): readonly ReceivedOutcome[] {
  const bucket = storage.bucketAt(storage.bucketOf(tenant));
  const write = openBatch(storage, bucket);
  const outcomes = drafts.map((draft): ReceivedOutcome => {
    const content = contentOfDraft(draft);
    const state = keyStateOf(storage, tenant, content);
    if (state.status === 'remembered') {
      const original = bucket.events[Number(state.position) - 1];
      // The content of a removed event is gone, so a repeat of it cannot be told from a conflict: its key decides.
      const same = original === null || original === undefined || sameContent(original, content);
      return { status: same ? 'duplicate' : 'conflict', position: state.position };
    }
    const position = write.add(tenant, draft);
    bucket.keys.set(keyText(tenant, content), { position, ordinal: storage.keyCount });
    return { status: 'created', position };
  });
  write.close();
  return outcomes;
}

/** Appends one command's events, its answer and its id, all or none, as one batch. */
export function appendDecided(storage: MemoryStorage, append: DecidedAppend): DecidedOutcome {
  const { tenant, streams, answer, commandId } = append;
  checkUnit(append);
  const bucket = storage.bucketAt(storage.bucketOf(tenant));
  const { marks } = bucket;
  const stored = answer && answerOf(storage, tenant, answer.key);
  if (stored) return { status: 'answered', answer: stored };
  const stream = streams[0]?.stream ?? '';
  const command = commandId === undefined ? null : { tenant, stream, commandId };
  const known = command && commandIn(marks, command);
  if (known) return { status: 'known', ...known };
  const conflict = conflictOf(storage, append);
  if (conflict) return conflict;
  const write = openBatch(storage, bucket);
  const versions = streams.map((part) => write.addPart(tenant, part));
  write.close();
  storage.appended.add(append);
  const position = BigInt(bucket.events.length);
  const { recordedAtMicros } = write;
  if (answer) storeAnswer(marks, { tenant, ...answer }, { position, recordedAtMicros });
  if (command) {
    // Without events in the first stream the end of the unit stands for them.
    const last = streams[0]?.events.length ? streamOf(bucket, tenant, stream).at(-1) : position;
    storeCommand(marks, command, { version: versions[0] ?? 0n, position: last ?? position });
  }
  return { status: 'appended', position, versions };
}

function conflictOf(storage: MemoryStorage, append: DecidedAppend): DecidedOutcome | null {
  const { tenant, streams, follows } = append;
  const bucket = storage.bucketAt(storage.bucketOf(tenant));
  const orphan = follows !== undefined && !storage.appended.has(follows);
  for (const { stream, expectedVersion } of streams) {
    const actual = BigInt(streamOf(bucket, tenant, stream).length);
    if (orphan || actual !== expectedVersion) return { status: 'version-conflict', stream, actual };
  }
  return null;
}

/** Records the answer to a command without events, unless its key has one. */
export function recordAnswer(
  storage: MemoryStorage,
  tenant: string,
  answer: AnswerRecord,
): { readonly recorded: boolean; readonly answer: StoredAnswer } {
  const stored = answerOf(storage, tenant, answer.key);
  if (stored) return { recorded: false, answer: stored };
  const bucket = storage.bucketAt(storage.bucketOf(tenant));
  const position = BigInt(bucket.events.length);
  const at = { position, recordedAtMicros: recordingTime(storage, bucket) };
  return { recorded: true, answer: storeAnswer(bucket.marks, { tenant, ...answer }, at) };
}

/** The stored answer of a key, null when there is none or it is past its time. */
export function answerOf(
  storage: MemoryStorage,
  tenant: string,
  key: Uint8Array,
): StoredAnswer | null {
  const bucket = storage.bucketAt(storage.bucketOf(tenant));
  return answerIn(bucket.marks, { tenant, key }, recordingTime(storage, bucket));
}

/** Positions of the events of one stream, oldest first. */
export function streamOf(bucket: Bucket, tenant: string, stream: string): bigint[] {
  return bucket.streams.get(streamText(tenant, stream)) ?? [];
}

interface BatchWriter {
  readonly recordedAtMicros: bigint;
  add(
    tenant: string,
    draft: EventDraft,
    decided?: { readonly stream: string; readonly streamVersion: bigint },
  ): bigint;
  /** Adds the events of one stream; returns its version behind them. */
  addPart(tenant: string, part: StreamAppend): bigint;
  close(): void;
}

function openBatch(storage: MemoryStorage, bucket: Bucket): BatchWriter {
  const recordedAtMicros = recordingTime(storage, bucket);
  const first = BigInt(bucket.events.length) + 1n;
  function add(
    tenant: string,
    draft: EventDraft,
    decided?: { readonly stream: string; readonly streamVersion: bigint },
  ): bigint {
    const position = BigInt(bucket.events.length) + 1n;
    const place = { tenant, bucket: bucket.number, position, recordedAtMicros };
    bucket.events.push(storedEventOf(draft, place, decided));
    bucket.recordedAtMicros.push(recordedAtMicros);
    storage.keyCount += 1;
    return position;
  }
  return {
    recordedAtMicros,
    add,
    addPart(tenant, { stream, events }) {
      const positions = streamOf(bucket, tenant, stream);
      for (const draft of events) {
        const streamVersion = BigInt(positions.length) + 1n;
        positions.push(add(tenant, draft, { stream, streamVersion }));
      }
      if (events.length > 0) bucket.streams.set(streamText(tenant, stream), positions);
      return BigInt(positions.length);
    },
    close() {
      const last = BigInt(bucket.events.length);
      if (last < first) return;
      bucket.batches.push({ first, last });
      for (const listener of bucket.listeners) queueMicrotask(listener);
    },
  };
}

/** The recorded time that an event appended now gets: max(previous, clock). */
function recordingTime(storage: MemoryStorage, bucket: Bucket): bigint {
  const now = BigInt(Math.round(storage.options.clock.nowMs() * 1_000));
  const previous = bucket.recordedAtMicros.at(-1) ?? 0n;
  return now > previous ? now : previous;
}

function keyText(tenant: string, key: EventKey): string {
  return JSON.stringify([tenant, key.source, key.id]);
}

function streamText(tenant: string, stream: string): string {
  return JSON.stringify([tenant, stream]);
}
