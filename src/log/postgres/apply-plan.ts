import type { ReceivedOutcome, StoredAnswer } from '../log.ts';
import type { AnswerUnit, DecidedUnit } from './append-unit.ts';
import type { AppendPlan } from './plan-append.ts';
import type { DecidedFinding, PlannedAnswer } from './plan-decided.ts';

/** Where a plan was committed: the head behind it and its recorded time in microseconds. */
export interface Commit {
  readonly head: number;
  readonly recordedAt: number;
}

/** Answers every caller of a plan after it was committed, or at once when there was nothing to commit. */
export function applyPlan(plan: AppendPlan, commit: Commit): void {
  const before = BigInt(commit.head - plan.fresh.length);
  const recordedAtMicros = BigInt(commit.recordedAt);
  for (const finding of plan.findings) {
    if (!('events' in finding)) {
      answerDecided(finding, { before, recordedAtMicros });
      continue;
    }
    const outcomes = finding.events.map((event): ReceivedOutcome => {
      if (typeof event === 'number')
        return { status: 'created', position: before + BigInt(event + 1) };
      if ('outcome' in event) return event.outcome;
      const position = before + BigInt(event.repeats + 1);
      return { status: event.same ? 'duplicate' : 'conflict', position };
    });
    finding.unit.resolve(outcomes);
  }
}

interface Place {
  /** Position before the first fresh event. */
  readonly before: bigint;
  readonly recordedAtMicros: bigint;
}

function answerDecided(finding: DecidedFinding, place: Place): void {
  const positionOf = (index: number): bigint => place.before + BigInt(index + 1);
  if ('refused' in finding) finding.unit.resolve(finding.refused);
  else if ('versions' in finding)
    finding.unit.resolve({
      status: 'appended',
      position: positionOf(finding.lastIndex),
      versions: finding.versions,
    });
  else if ('command' in finding) {
    const { version, index } = finding.command;
    finding.unit.resolve({ status: 'known', version, position: positionOf(index) });
  } else if ('stored' in finding) tellAnswer(finding.unit, finding.stored, false);
  else tellAnswer(finding.unit, storedOf(finding.answer, place), finding.first);
}

function tellAnswer(unit: DecidedUnit | AnswerUnit, answer: StoredAnswer, recorded: boolean): void {
  if (unit.kind === 'answer') unit.resolve({ recorded, answer });
  else unit.resolve({ status: 'answered', answer });
}

function storedOf({ record, index }: PlannedAnswer, place: Place): StoredAnswer {
  const { key, request, body } = record;
  const { recordedAtMicros } = place;
  const position = place.before + BigInt(index + 1);
  return { key, request, body, position, recordedAtMicros };
}
