/**
 * Compares what a log under test did with what the model allows.
 *
 * Concurrent operations have no order of their own, but the log gives them one: its positions. So after each step the
 * new events are read in order and put into the model one unit at a time; the model must accept each at exactly that
 * position, with that recorded time and those versions. Then every answer must fit the events: each created event was
 * announced once, each duplicate and conflict names the original, each version conflict names a version that the
 * stream had during the step. An event whose answer was `unknown` stays pending: it may appear later, once.
 */
import { contentOfDraft, sameContent, type EventContent } from '../../core/content-equality.ts';
import type { EventDraft, StoredEvent } from '../../core/event.ts';
import { readAll } from '../contract/fixtures.ts';
import type { DecidedAppend, EventLog, StoredAnswer } from '../log.ts';
import type { MemoryLog } from '../memory/memory-log.ts';
import { describeEvent, expectThat } from './expect.ts';
import type { Attempts, DecidedAttempt, ReceivedAttempt, RecordAttempt } from './attempts.ts';
import { checkCommand, commandsBefore, followAnswers } from './follow-answers.ts';

/** The model, and what is not settled yet. */
export interface Trial {
  readonly model: MemoryLog;
  /** Sets the time at which the model records. */
  readonly setModelMicros: (micros: bigint) => void;
  /** Events of the model by bucket, index = position - 1. */
  readonly history: readonly StoredEvent[][];
  readonly pendingDrafts: ReceivedAttempt[];
  readonly pendingUnits: DecidedAttempt[];
  /** Every answer seen, by tenant and key: see follow-answers.ts. */
  readonly answers: Map<string, StoredAnswer>;
  readonly commands: DecidedAppend[];
  readonly pendingRecords: RecordAttempt[];
}

/** Reads what is new, puts it into the model and checks every answer. Throws at the first thing that is wrong. */
export async function follow(trial: Trial, log: EventLog, attempts: Attempts): Promise<void> {
  const { model } = trial;
  const keysBefore = attempts.received.map((attempt) => keyPosition(trial, attempt));
  const versionsBefore = attempts.decided.map(({ unit }) => versionsIn(trial, unit));
  const known = await commandsBefore(model, attempts.decided);
  const stored = new Set<ReceivedAttempt | DecidedAttempt>();
  const fresh: StoredEvent[] = [];
  for (let bucket = 0; bucket < model.bucketCount; bucket += 1) {
    const events = await readAll(log, bucket, { after: (await model.head(bucket)).position });
    fresh.push(...events);
    for (let index = 0; index < events.length;) {
      const taken = events[index]!.decided
        ? await takeUnit(trial, { events: events.slice(index), attempts, stored })
        : await takeReceived(trial, { event: events[index]!, attempts, stored });
      index += taken;
    }
  }
  attempts.received.forEach((attempt, i) =>
    checkReceived(trial, attempt, { fresh, before: keysBefore[i] }),
  );
  attempts.decided.forEach((attempt, i) =>
    checkDecided(trial, attempt, { stored: stored.has(attempt), before: versionsBefore[i]! }),
  );
  for (const attempt of attempts.decided)
    await checkCommand(model, log, { attempt, knownBefore: known.has(attempt.unit) });
  await followAnswers(trial, log, { ...attempts, stored });
  checkAnnounced(trial, attempts, fresh);
  settlePending(trial, attempts, stored);
}

interface Taking {
  readonly attempts: Attempts;
  readonly stored: Set<ReceivedAttempt | DecidedAttempt>;
}

async function takeReceived(
  trial: Trial,
  taking: Taking & { event: StoredEvent },
): Promise<number> {
  const { event, attempts, stored } = taking;
  const source = [...attempts.received, ...trial.pendingDrafts].find(
    (attempt) =>
      attempt.outcome.status !== 'refused' &&
      attempt.tenant === event.tenant &&
      sameBytes(contentOfDraft(attempt.draft), event),
  );
  expectThat(source !== undefined, `an event that nobody sent: ${describeEvent(event)}`);
  trial.setModelMicros(event.recordedAtMicros);
  const [outcome] = await trial.model.appendReceived(event.tenant, [source.draft]);
  expectThat(
    outcome?.status === 'created' && outcome.position === event.position,
    `the key is stored already, yet again as ${describeEvent(event)}`,
  );
  await adopt(trial, [event]);
  stored.add(source);
  return 1;
}

async function takeUnit(
  trial: Trial,
  taking: Taking & { events: readonly StoredEvent[] },
): Promise<number> {
  const { events, attempts, stored } = taking;
  const first = events[0]!;
  // A repeated unit may be answered by the first try's: then the events are of that one.
  const appended = attempts.decided.filter(({ outcome }) => outcome.status === 'appended');
  const source = [...appended, ...trial.pendingUnits, ...attempts.decided].find(
    (attempt) =>
      attempt.outcome.status !== 'refused' &&
      attempt.unit.tenant === first.tenant &&
      draftsOf(attempt.unit).some((draft) => contentOfDraft(draft).id === first.id),
  );
  expectThat(source !== undefined, `a decided event of nobody: ${describeEvent(first)}`);
  expectThat(!stored.has(source), `a unit is stored twice: ${describeEvent(first)}`);
  const drafts = draftsOf(source.unit);
  const unit = events.slice(0, drafts.length);
  expectThat(
    unit.length === drafts.length &&
      unit.every((event, i) => event.decided && sameBytes(contentOfDraft(drafts[i]!), event)),
    `a unit is torn at ${describeEvent(first)}`,
  );
  trial.setModelMicros(first.recordedAtMicros);
  // Without its answer: follow-answers.ts holds those, since not every answer comes with events.
  const outcome = await trial.model.appendDecided({ ...source.unit, answer: undefined });
  expectThat(
    outcome.status === 'appended',
    `a version or command id is used again (${outcome.status}): ${describeEvent(first)}`,
  );
  await adopt(trial, unit);
  stored.add(source);
  if (source.unit.commandId !== undefined) trial.commands.push(source.unit);
  return drafts.length;
}

/** Checks that the model stored the same events in the same places, and keeps them as its history. */
async function adopt(trial: Trial, events: readonly StoredEvent[]): Promise<void> {
  for (const event of events) {
    const after = event.position - 1n;
    const page = await trial.model.find({ tenant: event.tenant, after, limit: 1 });
    const own = page.events[0];
    expectThat(
      own !== undefined && sameEvent(own, event),
      `the model stores ${own === undefined ? 'nothing' : describeEvent(own)} where the log has ${describeEvent(event)}`,
    );
    trial.history[event.bucket]!.push(own);
  }
}

function checkReceived(
  trial: Trial,
  attempt: ReceivedAttempt,
  { fresh, before }: { fresh: readonly StoredEvent[]; before: bigint | undefined },
): void {
  const { tenant, draft, outcome } = attempt;
  if (outcome.status === 'refused' || outcome.status === 'unknown') return;
  const content = contentOfDraft(draft);
  const what = `${outcome.status} at ${outcome.position} for ${tenant} ${content.source} ${content.id}`;
  const event = eventAt(trial, tenant, outcome.position);
  expectThat(
    event !== undefined &&
      event.tenant === tenant &&
      event.source === content.source &&
      event.id === content.id,
    `answered ${what}, where the key is not stored`,
  );
  const isNew = fresh.some((one) => one.bucket === event.bucket && one.position === event.position);
  if (outcome.status === 'created') {
    expectThat(isNew && sameBytes(content, event), `answered ${what}, which it did not create`);
    return;
  }
  expectThat(
    isNew || outcome.position === before,
    `answered ${what}, which is not the newest of the key`,
  );
  const expected = sameContent(content, event) ? 'duplicate' : 'conflict';
  expectThat(
    outcome.status === expected,
    `answered ${what}, but the content makes it a ${expected}`,
  );
}

function checkDecided(
  trial: Trial,
  attempt: DecidedAttempt,
  { stored, before }: { stored: boolean; before: ReadonlyMap<string, bigint> },
): void {
  const { unit, outcome } = attempt;
  const now = versionsIn(trial, unit);
  const names = unit.streams.map(({ stream }) => stream).join(', ');
  if (outcome.status === 'version-conflict') {
    expectThat(!stored, `a refused unit on ${names} is stored`);
    const part = unit.streams.find(({ stream }) => stream === outcome.stream);
    const { actual, stream } = outcome;
    expectThat(
      part !== undefined &&
        actual !== part.expectedVersion &&
        actual >= before.get(stream)! &&
        actual <= now.get(stream)!,
      `a version conflict reports ${stream} at ${actual}, which it never was at`,
    );
  }
  if (outcome.status === 'known' || outcome.status === 'answered')
    expectThat(!stored, `a unit on ${names} is stored and answered ${outcome.status}`);
  if (outcome.status !== 'appended') return;
  const end = draftsOf(unit).at(-1);
  expectThat(stored || end === undefined, `an appended unit on ${names} is not stored`);
  unit.streams.forEach(({ stream, expectedVersion, events }, i) => {
    const version = expectedVersion + BigInt(events.length);
    expectThat(outcome.versions[i] === version, `wrong version answered for ${stream}`);
    expectThat(
      expectedVersion >= before.get(stream)! && version <= now.get(stream)!,
      `${stream} was never at version ${expectedVersion}, on which the unit was appended`,
    );
  });
  const last = eventAt(trial, unit.tenant, outcome.position);
  expectThat(
    end === undefined || last?.id === contentOfDraft(end).id,
    `the position ${outcome.position} is not that of the unit's end`,
  );
}

/** Every new event was announced as created to exactly one caller, unless a caller was left without an answer. */
function checkAnnounced(trial: Trial, attempts: Attempts, fresh: readonly StoredEvent[]): void {
  for (const event of fresh.filter(({ decided }) => !decided)) {
    const ofKey = [...attempts.received, ...trial.pendingDrafts].filter(
      ({ tenant, draft }) => tenant === event.tenant && sameBytes(contentOfDraft(draft), event),
    );
    const created = ofKey.filter(
      ({ outcome }) => outcome.status === 'created' && outcome.position === event.position,
    );
    const unanswered = ofKey.some(({ outcome }) => outcome.status === 'unknown');
    expectThat(
      created.length === 1 || (created.length === 0 && unanswered),
      `${describeEvent(event)} was announced as created ${created.length} times`,
    );
  }
}

function settlePending(
  trial: Trial,
  attempts: Attempts,
  stored: ReadonlySet<ReceivedAttempt | DecidedAttempt>,
): void {
  const settled = (one: ReceivedAttempt): boolean =>
    stored.has(one) ||
    attempts.received.some(
      ({ tenant, draft, outcome }) =>
        'position' in outcome && tenant === one.tenant && keyOf(draft) === keyOf(one.draft),
    );
  const drafts = [...trial.pendingDrafts, ...attempts.received.filter(isUnknown)];
  const units = [...trial.pendingUnits, ...attempts.decided.filter(isUnknown)];
  trial.pendingDrafts.splice(0, Infinity, ...drafts.filter((one) => !settled(one)));
  trial.pendingUnits.splice(0, Infinity, ...units.filter((one) => !stored.has(one)));
}

function isUnknown(attempt: ReceivedAttempt | DecidedAttempt): boolean {
  return attempt.outcome.status === 'unknown';
}

function keyOf(draft: EventDraft): string {
  const { source, id } = contentOfDraft(draft);
  return JSON.stringify([source, id]);
}

function keyPosition(trial: Trial, { tenant, draft }: ReceivedAttempt): bigint | undefined {
  const state = trial.model.keyState(tenant, contentOfDraft(draft));
  return state.status === 'free' ? undefined : state.position;
}

function versionsIn(trial: Trial, unit: DecidedAppend): ReadonlyMap<string, bigint> {
  return new Map(
    unit.streams.map(({ stream }) => [stream, trial.model.streamVersion(unit.tenant, stream)]),
  );
}

function draftsOf(unit: DecidedAppend): readonly EventDraft[] {
  return unit.streams.flatMap(({ events }) => events);
}

function eventAt(trial: Trial, tenant: string, position: bigint): StoredEvent | undefined {
  return trial.history[trial.model.bucketOf(tenant)]![Number(position) - 1];
}

/** Whether the content is the same to the byte: what a log stores, not merely what it calls equal. */
function sameBytes(a: EventContent, b: EventContent): boolean {
  return (
    sameContent(a, b) &&
    a.extensionsJson === b.extensionsJson &&
    a.dataContentType === b.dataContentType &&
    a.dataKind === b.dataKind &&
    Buffer.compare(a.data, b.data) === 0
  );
}

/** Whether two stored events agree in everything. */
export function sameEvent(a: StoredEvent, b: StoredEvent): boolean {
  return (
    a.tenant === b.tenant &&
    a.bucket === b.bucket &&
    a.position === b.position &&
    a.recordedAtMicros === b.recordedAtMicros &&
    a.decided === b.decided &&
    a.stream === b.stream &&
    a.streamVersion === b.streamVersion &&
    sameBytes(a, b)
  );
}
