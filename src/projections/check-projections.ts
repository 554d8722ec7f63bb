/** What `comptoir doctor` asks: do rows equal a replay of the log (L9), is nothing parked (L13), no checkpoint ahead. */
import type { Clock } from '../core/clock.ts';
import type { ReadModel } from '../core/read-model.ts';
import type { LogReader } from '../log/log.ts';
import { activeOf } from './generation-changes.ts';
import { headsOf } from './progress.ts';
import type { CheckpointRecord, Generation, Place, ProjectionStore } from './projection-store.ts';
import { liveHash, replayHash } from './state-hash.ts';

export interface ProjectionCheck {
  readonly name: string;
  readonly parkedEvents: number;
  /** Buckets whose checkpoint stands behind the end of the log: a broken invariant, or a restored older log. */
  readonly beyondHead: readonly number[];
  /** Buckets whose rows were compared with a replay. */
  readonly samples: readonly BucketSample[];
  /** Buckets with events that were not: too large, beyond SAMPLES_MAX, or filled by another version of the code. */
  readonly notCompared: number;
}

export interface CheckPage {
  readonly items: readonly ProjectionCheck[];
  /** The name to go on after; null at the end. */
  readonly next: string | null;
}

export interface BucketSample {
  readonly bucket: number;
  readonly position: bigint;
  readonly equal: boolean;
}

/** Buckets compared for each read model, and the largest that is: a replay of it takes a second or two. */
const SAMPLES_MAX = 2;
const SAMPLE_EVENTS_MAX = 50_000n;
const SAMPLE_ROWS_MAX = 50_000;
/** Rows and replay are read one after the other: a person erased in between makes them differ, but not each time. */
const COMPARED_MAX = 3;
/** No further read model is begun after it, so that whoever asks gets an answer; they go on with `next`. */
const PAGE_MS_MAX = 2_000;

export interface CheckParts {
  readonly log: LogReader;
  readonly store: ProjectionStore;
  readonly models: readonly ReadModel[];
  readonly clock: Clock;
}

/** One page: at least one read model after the one named, and as many more as fit the time. */
export async function checkProjections(parts: CheckParts, after?: string): Promise<CheckPage> {
  const untilMs = parts.clock.nowMs() + PAGE_MS_MAX;
  const records = await parts.store.read();
  const models = [...parts.models]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .filter(({ name }) => after === undefined || name > after);
  const items: ProjectionCheck[] = [];
  for (const [index, model] of models.entries()) {
    const record = records.find(({ name }) => name === model.name);
    const active = record === undefined ? undefined : activeOf(record);
    if (active !== undefined) items.push(await checkOne(parts, model, active));
    const isLast = index === models.length - 1;
    if (!isLast && parts.clock.nowMs() >= untilMs) return { items, next: model.name };
  }
  return { items, next: null };
}

async function checkOne(
  parts: CheckParts,
  model: ReadModel,
  active: Generation,
): Promise<ProjectionCheck> {
  const { log, store } = parts;
  const own = (await store.checkpoints(model.name)).filter(
    ({ generation, position }) => generation === active.generation && position > 0n,
  );
  // Heads are read after the checkpoints: an event handled in between must not look as if it were ahead.
  const heads = await headsOf(log);
  const samples = await samplesOf(parts, model, { active, checkpoints: own });
  return {
    name: model.name,
    parkedEvents: await store.parkedCount(active),
    beyondHead: own
      .filter(({ bucket, position }) => position > (heads[bucket] ?? 0n))
      .map(({ bucket }) => bucket),
    samples,
    notCompared: own.length - samples.length,
  };
}

async function samplesOf(
  parts: CheckParts,
  model: ReadModel,
  {
    active,
    checkpoints,
  }: {
    readonly active: Generation;
    readonly checkpoints: readonly CheckpointRecord[];
  },
): Promise<BucketSample[]> {
  // Code of another version folds other rows. Received events may be gone by retention while their rows are not.
  if (active.version !== model.version || (model.received ?? []).length > 0) return [];
  const largest = checkpoints
    .filter(({ position }) => position <= SAMPLE_EVENTS_MAX)
    .sort((left, right) => Number(right.position - left.position))
    .slice(0, SAMPLES_MAX);
  const samples: BucketSample[] = [];
  for (const { bucket } of largest) {
    const sample = await sampleOf(parts, model, { generation: active, bucket });
    if (sample !== null) samples.push(sample);
  }
  return samples;
}

/** Null when the generation is gone or too large. */
async function sampleOf(
  parts: CheckParts,
  model: ReadModel,
  place: Place,
): Promise<BucketSample | null> {
  for (let compared = 1; ; compared += 1) {
    const live = await liveHash(parts, place);
    if (live === null) return null;
    const { position } = live;
    const replayed = await replayHash(parts, model, { ...live, place, rowsMax: SAMPLE_ROWS_MAX });
    if (replayed === null) return null;
    const equal = live.hash === replayed;
    if (equal || compared === COMPARED_MAX) return { bucket: place.bucket, position, equal };
  }
}
