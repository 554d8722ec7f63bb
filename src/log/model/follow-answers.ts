/**
 * Compares the answers and command ids of a log under test with what is allowed. A key is recorded once, together with
 * the events of its unit or alone; whoever else uses it hears what is recorded. The body of every record is unique, so
 * it tells whose it is.
 */
import type { AnswerRecord, DecidedAppend, EventLog, StoredAnswer } from '../log.ts';
import type { MemoryLog } from '../memory/memory-log.ts';
import { describeAnswer, expectThat } from './expect.ts';
import type { DecidedAttempt, RecordAttempt } from './attempts.ts';

/** Whatever used a key, alone or with a unit. */
interface Use {
  readonly tenant: string;
  readonly answer: AnswerRecord;
  readonly unit: DecidedAppend | null;
  readonly outcome: DecidedAttempt['outcome'] | RecordAttempt['outcome'];
  /** Whether the events of its unit were found in the log just now. */
  readonly stored: boolean;
  /** Whether it is of an earlier step. */
  readonly pending: boolean;
}

export interface AnswerTrial {
  readonly model: MemoryLog;
  /** Every answer seen, by tenant and key. */
  readonly answers: Map<string, StoredAnswer>;
  /** Every unit with a command id whose events were seen. */
  readonly commands: DecidedAppend[];
  readonly pendingUnits: readonly DecidedAttempt[];
  readonly pendingRecords: RecordAttempt[];
}

export interface AnswerAttempts {
  readonly decided: readonly DecidedAttempt[];
  readonly records: readonly RecordAttempt[];
  /** Units whose events were found in the log just now, those of earlier steps included. */
  readonly stored: ReadonlySet<unknown>;
}

/** Checks every key that was used. Called after the events of the step were followed. */
export async function followAnswers(
  trial: AnswerTrial,
  log: EventLog,
  attempts: AnswerAttempts,
): Promise<void> {
  const uses = usesOf(trial, attempts);
  for (const [key, ofKey] of Map.groupBy(uses, ({ tenant, answer }) => keyText(tenant, answer)))
    await followKey(trial, log, { key, uses: ofKey });
  const records = [...trial.pendingRecords, ...attempts.records].filter(
    ({ tenant, answer, outcome }) =>
      outcome.status === 'unknown' && !trial.answers.has(keyText(tenant, answer)),
  );
  trial.pendingRecords.splice(0, Infinity, ...records);
}

/** Everything recorded is still recorded, and every command is where it was. */
export async function compareAnswers(trial: AnswerTrial, log: EventLog): Promise<void> {
  for (const unit of trial.commands) {
    const [own, found] = [await findCommand(trial.model, unit), await findCommand(log, unit)];
    expectThat(
      own !== null && found !== null && sameCommand(own, found),
      `lost ${unit.commandId} of ${unit.tenant} ${unit.streams[0]!.stream}`,
    );
  }
  for (const [key, answer] of trial.answers) {
    const stored = await log.findAnswer(tenantOf(key), answer.key);
    expectThat(stored !== null && sameStored(stored, answer), `lost ${describeAnswer(answer)}`);
  }
}

function usesOf(trial: AnswerTrial, attempts: AnswerAttempts): Use[] {
  const unitUse = (attempt: DecidedAttempt, pending: boolean): Use[] => {
    const { unit, outcome } = attempt;
    const stored = attempts.stored.has(attempt);
    if (!unit.answer) return [];
    return [{ tenant: unit.tenant, answer: unit.answer, unit, outcome, stored, pending }];
  };
  const recordUse = (attempt: RecordAttempt, pending: boolean): Use => {
    return { ...attempt, unit: null, stored: false, pending };
  };
  return [
    ...attempts.decided.flatMap((attempt) => unitUse(attempt, false)),
    ...attempts.records.map((attempt) => recordUse(attempt, false)),
    ...trial.pendingUnits.flatMap((attempt) => unitUse(attempt, true)),
    ...trial.pendingRecords.map((attempt) => recordUse(attempt, true)),
  ];
}

async function followKey(
  trial: AnswerTrial,
  log: EventLog,
  { key, uses }: { key: string; uses: readonly Use[] },
): Promise<void> {
  const { tenant, answer } = uses[0]!;
  const before = trial.answers.get(key);
  const now = await log.findAnswer(tenant, answer.key);
  if (before)
    expectThat(now !== null && sameStored(now, before), `changed ${describeAnswer(before)}`);
  for (const use of uses) checkUse(use, { before, now });
  if (!now || before) return;
  const own = uses.filter((use) => sameRecord(use.answer, now));
  // Who records without events and loses the connection finds its own record when it repeats, and hears that.
  const owner =
    own.find(succeeded) ??
    own.find(({ outcome }) => outcome.status === 'unknown' || outcome.status === 'answered');
  expectThat(owner !== undefined, `nobody recorded ${describeAnswer(now)}`);
  const hasEvents = owner.unit?.streams.some(({ events }) => events.length > 0) ?? false;
  if (hasEvents && !owner.stored) {
    // Its events came after ours were read; they and it are looked at again with the next step.
    expectThat(owner.outcome.status === 'unknown', `without events: ${describeAnswer(now)}`);
    return;
  }
  await checkPlace(trial.model, { tenant, now, own: owner.stored ? owner.unit : null });
  trial.answers.set(key, now);
}

function succeeded({ outcome }: Use): boolean {
  return outcome.status === 'appended' || outcome.status === 'recorded';
}

function checkUse(
  use: Use,
  { before, now }: { before: StoredAnswer | undefined; now: StoredAnswer | null },
): void {
  const { outcome, answer, unit, stored, pending } = use;
  const own = now !== null && sameRecord(answer, now);
  const what = `${outcome.status} for ${describeAnswer(answer)}`;
  expectThat(!stored || own, `the events but not the answer are stored: ${what}`);
  if (pending) return;
  if (succeeded(use)) expectThat(own && !before, `answered ${what}, which is not recorded`);
  if ('answer' in outcome)
    expectThat(now !== null && sameStored(outcome.answer, now), `answered another record: ${what}`);
  if (outcome.status === 'version-conflict' || outcome.status === 'known')
    expectThat(!before && !own, `answered ${what}, but the key was recorded`);
  if (outcome.status === 'refused') expectThat(!own, `recorded what was ${what}`);
  if (outcome.status === 'answered' && unit) expectThat(!stored, `stored and ${what}`);
}

/** An answer stands at the last event of its unit, at its recorded time; one alone stands at the head of its moment. */
async function checkPlace(
  model: MemoryLog,
  { tenant, now, own }: { tenant: string; now: StoredAnswer; own: DecidedAppend | null },
): Promise<void> {
  const head = await model.head(model.bucketOf(tenant));
  expectThat(now.position <= head.position, `beyond the head: ${describeAnswer(now)}`);
  if (!own) return;
  const stream = own.streams.findLast(({ events }) => events.length > 0)!;
  const fromVersion = stream.expectedVersion + BigInt(stream.events.length);
  const [end] = await model.readStream(tenant, stream.stream, { fromVersion, limit: 1 });
  expectThat(
    end?.position === now.position && end.recordedAtMicros === now.recordedAtMicros,
    `not at its unit's last event: ${describeAnswer(now)}`,
  );
}

/** Whether the commands of the units were known before, by unit. */
export async function commandsBefore(
  model: MemoryLog,
  attempts: readonly DecidedAttempt[],
): Promise<ReadonlySet<DecidedAppend>> {
  const known = new Set<DecidedAppend>();
  for (const { unit } of attempts) if (await findCommand(model, unit)) known.add(unit);
  return known;
}

/** A command id is where the model has it, and nothing else is answered once it is known. */
export async function checkCommand(
  model: MemoryLog,
  log: EventLog,
  { attempt, knownBefore }: { attempt: DecidedAttempt; knownBefore: boolean },
): Promise<void> {
  const { unit, outcome } = attempt;
  if (unit.commandId === undefined) {
    expectThat(outcome.status !== 'known', 'a unit without a command id is known');
    return;
  }
  const place = await findCommand(model, unit);
  const what = `${outcome.status} for ${unit.commandId} of ${unit.tenant} ${unit.streams[0]!.stream}`;
  if (place) {
    const found = await findCommand(log, unit);
    expectThat(found !== null && sameCommand(found, place), `another place of the id: ${what}`);
  }
  if (outcome.status === 'known')
    expectThat(place !== null && sameCommand(outcome, place), `answered ${what}, wrongly`);
  if (knownBefore)
    expectThat(
      outcome.status !== 'appended' && outcome.status !== 'version-conflict',
      `answered ${what}, but the id was known`,
    );
}

function findCommand(log: Pick<EventLog, 'findCommand'>, unit: DecidedAppend) {
  if (unit.commandId === undefined) return null;
  return log.findCommand(unit.tenant, unit.streams[0]!.stream, unit.commandId);
}

interface Place {
  readonly version: bigint;
  readonly position: bigint;
}

function sameCommand(a: Place, b: Place): boolean {
  return a.version === b.version && a.position === b.position;
}

function sameRecord(a: AnswerRecord, b: AnswerRecord): boolean {
  return (['key', 'request', 'body'] as const).every(
    (part) => Buffer.compare(a[part], b[part]) === 0,
  );
}

function sameStored(a: StoredAnswer, b: StoredAnswer): boolean {
  return sameRecord(a, b) && a.position === b.position && a.recordedAtMicros === b.recordedAtMicros;
}

function keyText(tenant: string, { key }: AnswerRecord): string {
  return `${tenant} ${Buffer.from(key).toString('hex')}`;
}

function tenantOf(key: string): string {
  return key.slice(0, key.indexOf(' '));
}
