/**
 * States of streams that commands are only read beside: from memory as long as they were known to be the newest a moment
 * ago, else after one look at the versions of all that are asked for at the same time. At a thousand orders a second over
 * a few products each, that is one indexed statement a second for each product rather than some thousands.
 *
 *   held and verified since `notBeforeMs` -> as it is; grown old by half, it is looked at beside, for those that come later
 *   held -> its version is looked at, read on only when behind
 *   not held -> read; a stream without events is held too, so that it costs no read each time
 */
import type { Clock } from '../core/clock.ts';
import { VERSIONS_PER_READ_MAX, type LogReader } from '../log/log.ts';
import type { FoldedStream } from './fold.ts';
import type { StreamLoader, StreamPlace } from './load-stream.ts';

/** How old what another process did may be when a command is decided beside it. */
export const CONSULTED_FRESH_MS = 1_000;

export interface ConsultedStreams {
  /**
   * The states of these streams, in their order: each held everything that this process acknowledged before the call,
   * and everything that anybody appended before `notBeforeMs`. Errors: those of StreamLoader.
   */
  since(places: readonly StreamPlace[], notBeforeMs: number): Promise<readonly FoldedStream[]>;
}

/**
 * Streams used lately are looked at again together, before what is known of them is too old: one by one, as each grew old,
 * forty products cost fifty statements a second, and every time an order that waited. Beyond so many, some are left out.
 */
const USED_MAX = 10_000;
/** Of what may be old at most: by then the next look is on its way. */
const RENEWED_AFTER_MS = CONSULTED_FRESH_MS / 2;

/** A look at one stream that is under way. */
interface Look {
  readonly startedMs: number;
  readonly found: Promise<FoldedStream>;
}

/** Streams of a tenant that are looked at together in the next turn. */
interface Batch {
  readonly places: Map<string, StreamPlace>;
  readonly looks: Promise<ReadonlyMap<string, Look>>;
}

interface Parts {
  readonly loader: StreamLoader;
  readonly reader: Pick<LogReader, 'streamVersions'>;
  readonly clock: Clock;
}

export function createConsultedStreams(parts: Parts): ConsultedStreams {
  const { loader } = parts;
  const batches = new Map<string, Batch>();
  const underWay = new Map<string, Look>();
  /** Used since they were renewed last, by key. */
  const used = new Map<string, StreamPlace>();

  function openBatch(tenant: string): Batch {
    const places = new Map<string, StreamPlace>();
    const looks = Promise.resolve().then(() => {
      batches.delete(tenant);
      return lookAt(parts, [...places.values()], underWay);
    });
    // Those who wait for it hear of a failure; where nobody does, the next look tells.
    looks.catch(() => {});
    const batch = { places, looks };
    batches.set(tenant, batch);
    return batch;
  }

  async function look(place: StreamPlace, notBeforeMs: number): Promise<FoldedStream> {
    const earlier = underWay.get(place.key);
    if (earlier !== undefined && earlier.startedMs >= notBeforeMs) return await earlier.found;
    const batch = batches.get(place.tenant) ?? openBatch(place.tenant);
    batch.places.set(place.key, place);
    const started = (await batch.looks).get(place.key);
    if (started === undefined) throw new TypeError('a stream was not looked at with its batch');
    return await started.found;
  }

  /** Looks at what was used lately and grows old, with a stream that does; nobody waits for it. */
  function renew({ tenant }: StreamPlace, notAfterMs: number): void {
    const batch = batches.get(tenant) ?? openBatch(tenant);
    for (const [key, place] of used) {
      if (place.tenant !== tenant) continue;
      used.delete(key);
      const held = loader.held(place);
      const isOld = held !== undefined && held.notes.verifiedAtMs <= notAfterMs;
      if (isOld && batch.places.size < VERSIONS_PER_READ_MAX) batch.places.set(key, place);
    }
  }

  /** Undefined when it is not held, or may be too old. */
  function fresh(place: StreamPlace, notBeforeMs: number): FoldedStream | undefined {
    const held = loader.held(place);
    if (held === undefined || held.notes.verifiedAtMs < notBeforeMs) return undefined;
    if (used.size < USED_MAX) used.set(place.key, place);
    const notAfterMs = parts.clock.nowMs() - RENEWED_AFTER_MS;
    const isOld = held.notes.verifiedAtMs <= notAfterMs;
    if (isOld && !underWay.has(place.key)) renew(place, notAfterMs);
    return held;
  }

  return {
    async since(places, notBeforeMs) {
      const held = places.map((place) => fresh(place, notBeforeMs));
      // As good as always: a promise for each of the dozen streams of an order would be for nothing.
      if (held.every((folded) => folded !== undefined)) return held;
      return await Promise.all(
        places.map(async (place, index) => {
          const found = held[index] ?? (await look(place, notBeforeMs));
          // What this process appended meanwhile is in memory and newer than what was read.
          const kept = loader.held(place);
          return kept !== undefined && kept.version > found.version ? kept : found;
        }),
      );
    },
  };
}

/** Begins to look at all of them; others may wait for the same looks while they are under way. */
function lookAt(
  parts: Parts,
  places: readonly StreamPlace[],
  underWay: Map<string, Look>,
): ReadonlyMap<string, Look> {
  const startedMs = parts.clock.nowMs();
  const held = places.filter((place) => parts.loader.held(place) !== undefined);
  const versions = readVersions(parts, held);
  const looks = new Map<string, Look>();
  for (const place of places) {
    const version = versions.get(place.key);
    const found = version === undefined ? readAnew(parts, place) : follow(parts, place, version);
    const look = { startedMs, found };
    looks.set(place.key, look);
    underWay.set(place.key, look);
    const forget = (): void => {
      if (underWay.get(place.key) === look) underWay.delete(place.key);
    };
    found.then(forget, forget);
  }
  return looks;
}

/** The version of each, by key: one statement for VERSIONS_PER_READ_MAX of them. */
function readVersions(
  { reader }: Parts,
  places: readonly StreamPlace[],
): ReadonlyMap<string, Promise<bigint>> {
  const versions = new Map<string, Promise<bigint>>();
  for (let from = 0; from < places.length; from += VERSIONS_PER_READ_MAX) {
    const some = places.slice(from, from + VERSIONS_PER_READ_MAX);
    const tenant = some[0]?.tenant ?? '';
    const read = reader.streamVersions(
      tenant,
      some.map(({ stream }) => stream),
    );
    some.forEach(({ key }, index) =>
      versions.set(
        key,
        read.then((all) => all[index] ?? 0n),
      ),
    );
  }
  return versions;
}

async function follow(
  { loader, clock }: Parts,
  place: StreamPlace,
  version: Promise<bigint>,
): Promise<FoldedStream> {
  const startedMs = clock.nowMs();
  const newest = await version;
  const held = loader.held(place);
  if (held === undefined || held.version < newest) return await readAnew({ loader }, place);
  held.notes.verifiedAtMs = Math.max(held.notes.verifiedAtMs, startedMs);
  return held;
}

async function readAnew(
  { loader }: Pick<Parts, 'loader'>,
  place: StreamPlace,
): Promise<FoldedStream> {
  const folded = await loader.newest(place);
  if (folded.version === 0n) loader.keep(place, folded);
  return folded;
}
