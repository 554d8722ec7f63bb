/**
 * Runs one history on a log under test beside the model. Every step that appends is followed by `follow`, so the model
 * always stands where the log stands; reads are compared event by event.
 */
import type { StoredEvent } from '../../core/event.ts';
import { findAll, findAllNewest, readAll } from '../contract/fixtures.ts';
import type { EventLog, FindFilters } from '../log.ts';
import { createMemoryLog } from '../memory/memory-log.ts';
import {
  decide,
  decideUnit,
  merge,
  NO_ATTEMPTS,
  receive,
  record,
  recordOnce,
  tenantName,
  type AttemptContext,
} from './attempt.ts';
import { describeEvent, expectThat } from './expect.ts';
import type { Attempts } from './attempts.ts';
import { follow, sameEvent, type Trial } from './follow.ts';
import { compareAnswers } from './follow-answers.ts';
import { TENANTS, WRITERS, type Filters, type Operation, type Step } from './steps.ts';
import type { ModelLimits, ModelSubject } from './subject.ts';

/** More than the rows that compaction merges however few events they hold. */
const BURST_APPENDS = 36;
/** Tries to learn what became of events without an answer, once the faults are over. */
const SETTLE_ATTEMPTS_MAX = 5;

/** Runs `steps` and, at the end, settles what is pending, restarts and compares everything. Throws when wrong. */
export async function runHistory(
  subject: ModelSubject,
  limits: ModelLimits,
  steps: readonly Step[],
): Promise<void> {
  const run = startRun(subject, limits);
  for (const step of steps) await runStep(run, step);
  await settle(run);
  await subject.maintain();
  for (let index = 0; index < WRITERS; index += 1) await subject.restart(index);
  await compareAll(run);
}

interface Run {
  readonly subject: ModelSubject;
  readonly trial: Trial;
  /** Makes ids unique. */
  eventCount: number;
}

function startRun(subject: ModelSubject, limits: ModelLimits): Run {
  let micros = 0n;
  const clock = { nowMs: () => Number(micros) / 1_000 };
  return {
    subject,
    eventCount: 0,
    trial: {
      model: createMemoryLog({ ...limits, clock }),
      setModelMicros: (next) => (micros = next),
      history: Array.from({ length: limits.bucketCount }, () => []),
      pendingDrafts: [],
      pendingUnits: [],
      answers: new Map(),
      commands: [],
      pendingRecords: [],
    },
  };
}

async function runStep(run: Run, step: Step): Promise<void> {
  const { subject } = run;
  switch (step.step) {
    case 'append':
      return append(run, step);
    case 'find':
      return compareFind(run, step);
    case 'read':
      return compareRead(run, step);
    case 'stream':
      return compareStream(run, step);
    case 'burst':
      return burst(run, step);
    case 'restart':
      return subject.restart(step.writer);
    case 'advance':
      return subject.advance(step.ms);
    case 'maintain':
      return subject.maintain();
  }
}

async function append(run: Run, step: Step & { readonly step: 'append' }): Promise<void> {
  const { subject, trial } = run;
  for (const fault of step.faults) subject.armFault(fault.writer, fault);
  const mayFail = step.faults.length > 0;
  const attempts = await Promise.all(
    step.operations.map((operation) => operate(run, operation, mayFail)),
  );
  await subject.recover();
  await follow(trial, subject.writer(0), merge(attempts));
}

function operate(run: Run, operation: Operation, mayFail: boolean): Promise<Attempts> {
  const log = run.subject.writer(operation.writer);
  const context: AttemptContext = {
    model: run.trial.model,
    nextNumber: () => (run.eventCount += 1),
    mayFail,
  };
  switch (operation.operation) {
    case 'received':
      return receive(log, operation, mayFail);
    case 'decided':
      return decide(log, operation, context);
    case 'record':
      return record(log, operation, context);
  }
}

async function burst(run: Run, step: Step & { readonly step: 'burst' }): Promise<void> {
  const { subject, trial } = run;
  const attempts: Attempts[] = [];
  for (let i = 0; i < BURST_APPENDS; i += 1) {
    run.eventCount += 1;
    const event = { id: `burst-${run.eventCount}`, source: '/shop', type: 'menu', variant: 0 };
    const operation = { ...step, operation: 'received' as const, events: [event] };
    attempts.push(await receive(subject.writer(step.writer), operation, false));
  }
  await follow(trial, subject.writer(0), merge(attempts));
}

/** Repeats what is pending until every answer is known (L7), then follows what that stored. */
async function settle({ subject, trial }: Run): Promise<void> {
  await follow(trial, subject.writer(1), NO_ATTEMPTS);
  const marked = trial.pendingUnits.filter(({ unit }) => unit.commandId ?? unit.answer);
  const repeated = await Promise.all([
    ...marked.map(({ unit }) => decideUnit(subject.writer(0), unit, false)),
    ...trial.pendingRecords.map((one) => recordOnce(subject.writer(0), one, false)),
  ]);
  await follow(trial, subject.writer(1), merge(repeated));
  expectThat(trial.pendingRecords.length === 0, 'an answer is neither recorded nor refused');
  for (let attempt = 0; trial.pendingDrafts.length > 0; attempt += 1) {
    expectThat(attempt < SETTLE_ATTEMPTS_MAX, 'an unknown outcome stays unknown without a fault');
    const pending = trial.pendingDrafts.map(async ({ tenant, draft }): Promise<Attempts> => {
      const [outcome] = await subject.writer(0).appendReceived(tenant, [draft]);
      return { ...NO_ATTEMPTS, received: [{ tenant, draft, outcome: outcome! }] };
    });
    await follow(trial, subject.writer(1), merge(await Promise.all(pending)));
  }
}

/** Everything, read through the first instance, is what the model holds. */
async function compareAll({ subject, trial }: Run): Promise<void> {
  const log = subject.writer(0);
  await follow(trial, log, NO_ATTEMPTS);
  await compareAnswers(trial, log);
  for (let bucket = 0; bucket < log.bucketCount; bucket += 1) {
    const [own, other] = [await trial.model.head(bucket), await log.head(bucket)];
    expectThat(
      own.position === other.position && own.recordedAtMicros === other.recordedAtMicros,
      `bucket ${bucket}: the head is ${other.position} and should be ${own.position}`,
    );
    expectSame(await readAll(log, bucket, { eventsMax: 7 }), trial.history[bucket]!);
  }
  for (let index = 0; index < TENANTS; index += 1) {
    const tenant = tenantName(index);
    const events = trial.history[log.bucketOf(tenant)]!;
    const own = events.filter((event) => event.tenant === tenant);
    expectSame(await findAll(log, { tenant }, { limit: 3 }), own);
    expectSame(await findAllNewest(log, { tenant }, { limit: 4 }), own.toReversed());
  }
}

async function compareRead(run: Run, step: Step & { readonly step: 'read' }): Promise<void> {
  const log = run.subject.writer(step.writer);
  const bucket = log.bucketOf(tenantName(step.tenant));
  const events = run.trial.history[bucket]!;
  const skipped = Math.floor((events.length * step.after) / 1_000);
  const read = await readAll(log, bucket, { after: BigInt(skipped), eventsMax: 5 });
  expectSame(withinModel(run, read), events.slice(skipped));
}

async function compareStream(run: Run, step: Step & { readonly step: 'stream' }): Promise<void> {
  const tenant = tenantName(step.tenant);
  const range = { fromVersion: 1n, limit: 1_000 };
  const read = await run.subject.writer(step.writer).readStream(tenant, step.stream, range);
  expectSame(withinModel(run, read), await run.trial.model.readStream(tenant, step.stream, range));
}

async function compareFind(run: Run, step: Step & { readonly step: 'find' }): Promise<void> {
  const log = run.subject.writer(step.writer);
  const tenant = tenantName(step.tenant);
  const events = run.trial.history[log.bucketOf(tenant)]!;
  const query = { tenant, ...filterOf(step.filters, events) };
  const after = BigInt(Math.floor((events.length * step.after) / 1_000));
  if (step.isNewestFirst) return compareNewest(run, { log, query, after, limit: step.limit });
  const found = await findAll(log, query, { after, limit: step.limit });
  expectSame(withinModel(run, found), await findAll(run.trial.model, query, { after }));
}

/** The oracle goes forward through all of it: what was found and stands at or before `after`, the other way round. */
async function compareNewest(
  run: Run,
  asked: {
    readonly log: EventLog;
    readonly query: Omit<FindFilters, 'limit'>;
    readonly after: bigint;
    readonly limit: number;
  },
): Promise<void> {
  const { log, query, after, limit } = asked;
  const found = await findAllNewest(log, query, { before: after + 1n, limit });
  const all = await findAll(run.trial.model, query);
  const expected = all.filter(({ position }) => position <= after).toReversed();
  expectSame(withinModel(run, found), expected);
}

function filterOf(
  filters: Filters,
  events: readonly StoredEvent[],
): Omit<FindFilters, 'tenant' | 'limit'> {
  const timeAt = (thousandths: number): bigint | undefined =>
    events[Math.floor(((events.length - 1) * thousandths) / 1_000)]?.recordedAtMicros;
  const { exactType, typePrefix, id, source, stream, window } = filters;
  const byType = exactType === undefined ? undefined : { exact: exactType };
  return {
    type: byType ?? (typePrefix === undefined ? undefined : { prefix: typePrefix }),
    id,
    source,
    stream,
    fromMicros: window === undefined ? undefined : timeAt(window[0]),
    toMicros: window === undefined ? undefined : timeAt(window[1]),
  };
}

/** Without what a pending append may have added since the model followed. */
function withinModel(run: Run, events: readonly StoredEvent[]): readonly StoredEvent[] {
  if (run.trial.pendingDrafts.length + run.trial.pendingUnits.length === 0) return events;
  return events.filter(
    ({ bucket, position }) => position <= BigInt(run.trial.history[bucket]!.length),
  );
}

function expectSame(read: readonly StoredEvent[], expected: readonly StoredEvent[]): void {
  for (const [i, event] of expected.entries()) {
    const other = read[i];
    expectThat(
      other !== undefined && sameEvent(event, other),
      `read ${other === undefined ? 'nothing' : describeEvent(other)}, expected ${describeEvent(event)}`,
    );
  }
  const extra = read[expected.length];
  expectThat(
    extra === undefined,
    `read too much: ${extra === undefined ? '' : describeEvent(extra)}`,
  );
}
