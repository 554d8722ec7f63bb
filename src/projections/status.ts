/** What GET /v1/projections shows: from the records, so every process says the same. */
import type { Clock } from '../core/clock.ts';
import type { LogReader } from '../log/log.ts';
import { activeOf, inState } from './generation-changes.ts';
import { lagOf } from './lag.ts';
import { headsOf, sumProgress } from './progress.ts';
import type {
  CheckpointRecord,
  Generation,
  ProjectionRecord,
  ProjectionStore,
} from './projection-store.ts';
import type {
  GenerationState,
  GenerationStatus,
  ProjectionStatus,
  ShadowStatus,
} from './projections.ts';
import { timeText } from './row-values.ts';

interface StatusParts {
  readonly log: LogReader;
  readonly store: ProjectionStore;
  readonly clock: Clock;
}

export async function projectionStatuses(
  parts: StatusParts,
  names: ReadonlySet<string>,
): Promise<readonly ProjectionStatus[]> {
  const records = (await parts.store.read()).filter(({ name }) => names.has(name));
  const statuses: ProjectionStatus[] = [];
  for (const record of records) statuses.push(await statusOf(parts, record));
  return statuses;
}

async function statusOf(parts: StatusParts, record: ProjectionRecord): Promise<ProjectionStatus> {
  const { store, log } = parts;
  const checkpoints = await store.checkpoints(record.name);
  const heads = await headsOf(log);
  const active = activeOf(record);
  const of = (number: number): readonly CheckpointRecord[] =>
    checkpoints.filter(({ generation }) => generation === number);
  return {
    name: record.name,
    paused: record.stoppedBy !== null,
    lagSeconds: active === undefined ? 0 : await lagOf(parts, of(active.generation)),
    parkedEvents: active === undefined ? 0 : await store.parkedCount(active),
    generations: (['active', 'filling', 'retired'] as const).flatMap((state) =>
      inState(record, state).map((each) => generationStatus(each, { state, heads, of })),
    ),
    shadows: inState(record, 'shadow').map((each) =>
      shadowStatus(each, { heads, checkpoints: of(each.generation) }),
    ),
  };
}

export function shadowStatus(
  { asOfMicros, ready }: Generation,
  around: {
    readonly heads: readonly bigint[];
    readonly checkpoints: readonly CheckpointRecord[];
  },
): ShadowStatus {
  const { done, behind, ratio } = sumProgress(around.checkpoints, around.heads);
  return {
    asOf: timeText(asOfMicros ?? 0n),
    ready,
    progress: ready ? 1 : ratio,
    eventsDone: done,
    behindEvents: ready ? 0n : behind,
  };
}

function generationStatus(
  { generation, version, startedAtMs }: ProjectionRecord['generations'][number],
  around: {
    readonly state: GenerationState;
    readonly heads: readonly bigint[];
    readonly of: (generation: number) => readonly CheckpointRecord[];
  },
): GenerationStatus {
  const { done, behind } = sumProgress(around.of(generation), around.heads);
  return {
    generation,
    version,
    state: around.state,
    behindEvents: behind,
    eventsDone: done,
    startedAt: new Date(startedAtMs).toISOString(),
  };
}
