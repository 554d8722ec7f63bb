/** Small events and read models with which a lost, doubled or reordered event shows at once, and logs filled with them. */
import { Type } from 'typebox';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import { jsonDraftOf } from '../core/event.ts';
import { defineEvent, wireType, type EventOf, type EventType } from '../core/event-type.ts';
import { defineReadModel, type ReadModel } from '../core/read-model.ts';
import type { Recorded } from '../core/recorded-event.ts';
import type { EventLog } from '../log/log.ts';
import { createProjections, type RunningProjections } from './create-projections.ts';
import type { ProjectionStore } from './projection-store.ts';

export const noted = defineEvent({
  name: 'Noted',
  wireName: 'comptoir.test.noted',
  data: Type.Object({
    key: Type.String(),
    number: Type.Integer(),
    /** Where the projection is to fail while it is broken. */
    fails: Type.Optional(Type.Union([Type.Literal('keys'), Type.Literal('project')])),
    name: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
});

export const ignored = defineEvent({
  name: 'Ignored',
  wireName: 'comptoir.test.ignored',
  data: Type.Object({}),
});

type Noted = Recorded<EventOf<typeof noted>>;

interface TrailRow {
  readonly count: number;
  readonly numbers: readonly number[];
  readonly noted_at: string;
  readonly name: string | null;
  readonly [column: string]: unknown;
}

/** Whether events that ask for it make the model throw; a repaired defect is `current = false`. */
export interface Broken {
  current: boolean;
}

/** Each row lists the numbers of its events in the order in which they came. */
export function trailModel(
  options: { readonly version?: number; readonly broken?: Broken; readonly name?: string } = {},
): ReadModel {
  const { version = 1, broken = { current: true }, name = 'test.trail' } = options;
  const check = (event: Noted, where: string): void => {
    if (broken.current && event.data.fails === where) throw new RangeError('of Ana Souza');
  };
  return defineReadModel<Noted, TrailRow>({
    name,
    version,
    columns: { count: 'integer', numbers: 'jsonb', noted_at: 'timestamptz', name: 'text' },
    indexes: [['noted_at']],
    on: [noted],
    keys(event) {
      check(event, 'keys');
      return [event.data.key];
    },
    project(row, event) {
      check(event, 'project');
      const { number, name: given = row?.name ?? null } = event.data;
      if (number < 0) return null;
      const numbers = [...(row?.numbers ?? []), number];
      return { count: numbers.length, numbers, noted_at: event.at, name: given };
    },
    personal: { person: 'key', columns: ['name'] },
    list: {
      filters: { count: 'count', name: 'name' },
      order: [{ column: 'noted_at', descending: true }],
    },
  });
}

export interface NotedData {
  readonly key: string;
  readonly number: number;
  readonly fails?: 'keys' | 'project';
  readonly name?: string | null;
}

/** Appends decided events to streams, whose versions it keeps. */
export function createWriter(log: EventLog) {
  const versions = new Map<string, bigint>();
  let events = 0;
  return async (
    of: { readonly tenant: string; readonly stream: string },
    data: readonly NotedData[],
    type: EventType = noted,
  ): Promise<bigint> => {
    const id = `${of.tenant} ${of.stream}`;
    const expectedVersion = versions.get(id) ?? 0n;
    const drafts = data.map((each) => {
      events += 1;
      const time = new Date(Date.UTC(2026, 10, 21) + events * 1000).toISOString();
      const attributes = { id: `event-${events}`, source: '/comptoir/test', type: wireType(type) };
      return jsonDraftOf({ ...attributes, time }, each);
    });
    const outcome = await log.appendDecided({
      tenant: of.tenant,
      streams: [{ stream: of.stream, expectedVersion, events: drafts }],
    });
    if (outcome.status !== 'appended') throw new Error(`not appended: ${outcome.status}`);
    versions.set(id, expectedVersion + BigInt(data.length));
    return outcome.position;
  };
}

export function projectionsOf(options: {
  readonly log: EventLog;
  readonly store: ProjectionStore;
  readonly models: readonly ReadModel[];
  readonly clock?: Clock;
  readonly works?: boolean;
}): RunningProjections {
  return createProjections({
    clock: systemClock,
    ...options,
    metrics: noMetrics,
    logger: silentLogger,
  });
}

/** The numbers of each row, by key, as a query gives them. */
export async function trailsOf(
  projections: RunningProjections,
  model: ReadModel,
  query: { readonly tenant: string; readonly asOfMicros?: bigint },
): Promise<Readonly<Record<string, unknown>>> {
  const reader = projections.reader(model);
  const found: Record<string, unknown> = {};
  let after: string | undefined;
  for (;;) {
    const page = await reader.list({ ...query, filters: {}, limit: 100, after });
    for (const { key, row } of page.items) found[key] = row['numbers'];
    if (!page.more) return found;
    after = page.next;
  }
}
