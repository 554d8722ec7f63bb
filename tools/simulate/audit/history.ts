/** The log as it stands at the end, read without any process, and every state that its streams went through. */
import { DataKind, type StoredEvent } from '../../../src/core/event.ts';
import type { LogBatch } from '../../../src/log/log.ts';
import { createEventRecorder } from '../../../src/core/record-event.ts';
import type { RecordedEvent } from '../../../src/core/recorded-event.ts';
import { openPersonalData } from '../../../src/personal-data/open.ts';
import { revealingReader } from '../../../src/personal-data/revealing-reader.ts';
import { ACCOUNT_EVENTS, pointEarned, type AccountState } from '../bank/index.ts';
import { releaseOf } from '../world/releases.ts';
import { Violation, type Simulation } from '../world/simulation.ts';
import { MASTER_KEY } from '../world/storage.ts';

export interface StreamHistory {
  readonly tenant: string;
  /** `accounts/a`. */
  readonly stream: string;
  readonly id: string;
  readonly events: readonly StoredEvent[];
  /** Null where the bank does not know the type. */
  readonly recorded: readonly (RecordedEvent | null)[];
  /** After as many events as the index says, of an account only; balances in whole units. */
  readonly states: readonly AccountState[];
}

export interface History {
  /** By bucket, in order of position. */
  readonly buckets: readonly (readonly StoredEvent[])[];
  readonly streams: ReadonlyMap<string, StreamHistory>;
  /** References of persons, and the event as it is revealed now. */
  readonly recordedAt: (event: StoredEvent) => RecordedEvent | null;
}

export function streamKey(tenant: string, stream: string): string {
  return `${tenant} ${stream}`;
}

/** Throws a Violation where positions or versions have gaps (L2, L4). */
export async function readHistory(simulation: Simulation): Promise<History> {
  const { storage } = simulation;
  const texts = { newest: MASTER_KEY, older: [], notices: [], settled: async () => {} };
  const { personal } = await openPersonalData({ keys: storage.keys, texts });
  const reader = revealingReader(storage.log, personal);
  const buckets: StoredEvent[][] = [];
  for (let bucket = 0; bucket < reader.bucketCount; bucket += 1) {
    const batches = await reader.readBatches(bucket, 0n, { eventsMax: Number.MAX_SAFE_INTEGER });
    const events = batches.flatMap(eventsOf);
    checkOrder(events);
    buckets.push(events);
  }
  await personal.close();
  const recorder = createEventRecorder([...ACCOUNT_EVENTS, pointEarned]);
  const recordedAt = (event: StoredEvent): RecordedEvent | null => recorder.record(event);
  return { buckets, recordedAt, streams: streamsOf(buckets.flat(), recordedAt) };
}

function eventsOf(batch: LogBatch): StoredEvent[] {
  return Array.from({ length: batch.count }, (_, index) => batch.eventAt(index)).filter(
    (event) => event !== null,
  );
}

function checkOrder(events: readonly StoredEvent[]): void {
  let micros = 0n;
  for (const [index, { position, recordedAtMicros, dataKind }] of events.entries()) {
    if (position !== BigInt(index) + 1n)
      throw new Violation('L2', `position ${position} stands at place ${index + 1}`);
    if (recordedAtMicros < micros)
      throw new Violation('L2', `recorded time falls at position ${position}`);
    if (dataKind === DataKind.sealed)
      throw new Violation('personal data', `position ${position} was not revealed`);
    micros = recordedAtMicros;
  }
}

function streamsOf(
  events: readonly StoredEvent[],
  recordedAt: History['recordedAt'],
): ReadonlyMap<string, StreamHistory> {
  const decided = events.filter((event) => event.stream !== null);
  const grouped = Map.groupBy(decided, ({ tenant, stream }) => streamKey(tenant, stream ?? ''));
  return new Map([...grouped].map(([key, its]) => [key, streamOf(its, recordedAt)]));
}

function streamOf(
  events: readonly StoredEvent[],
  recordedAt: History['recordedAt'],
): StreamHistory {
  const [first] = events;
  const { tenant = '', stream = '' } = first ?? {};
  const [category = '', id = ''] = (stream ?? '').split('/');
  for (const [index, { streamVersion }] of events.entries())
    if (streamVersion !== BigInt(index) + 1n)
      throw new Violation('L4', `${tenant} ${stream}: version ${streamVersion} at ${index + 1}`);
  const recorded = events.map(recordedAt);
  const states = category === 'accounts' ? statesOf(recorded) : [];
  return { tenant, stream: stream ?? '', id, events, recorded, states };
}

function statesOf(recorded: readonly (RecordedEvent | null)[]): readonly AccountState[] {
  const aggregate = releaseOf(1).module.aggregates[0]?.aggregate;
  if (aggregate === undefined) throw new TypeError('the bank has no accounts');
  // safe because the first aggregate of the bank is that of accounts, of scale 1
  let state = aggregate.initialState as AccountState;
  return [
    state,
    ...recorded.map((event) => {
      if (event === null) return state;
      const { at, version } = event;
      // safe because the states of this aggregate are those of accounts
      state = aggregate.evolve(state, event, { at, version }) as AccountState;
      return state;
    }),
  ];
}
