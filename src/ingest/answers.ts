/**
 * Answers to POST /v1/events as JSON text, in the exact form of the public contract. Written by hand: a batch of 100
 * results takes some 3 us this way, and positions are bigints, which JSON.stringify refuses.
 */
import { encodeCursor } from '../core/cursor.ts';
import { positionText } from '../core/event-json.ts';
import type { ReceivedOutcome } from '../log/log.ts';
import { AnswerWriter, asciiOf } from './answer-writer.ts';
import type { Rejection } from './rejection.ts';

/** Counts as the contract defines them: conflict and unknown count as rejected. */
export interface Counts {
  accepted: number;
  duplicates: number;
  rejected: number;
}

export function noCounts(): Counts {
  return { accepted: 0, duplicates: 0, rejected: 0 };
}

export const CONFLICT = 'An event with the same source and id but other content is stored.';
export const UNKNOWN =
  'It is not known yet whether the event was stored; repeat it with the same id.';

const INDEX = asciiOf('{"index":');
const CREATED = asciiOf(',"status":"created","position":"');
const DUPLICATE = asciiOf(',"status":"duplicate","position":"');
const CONFLICTING = asciiOf(',"status":"conflict","position":"');
const POSITION_END = asciiOf('"}');
const CONFLICT_END = asciiOf(`","code":"EVENT_CONFLICT","detail":"${CONFLICT}"}`);
const UNKNOWN_END = asciiOf(`,"status":"unknown","code":"OUTCOME_UNKNOWN","detail":"${UNKNOWN}"}`);
const COMMA = asciiOf(',');
const RESULTS_END = asciiOf(']}');
const LINE_END = asciiOf('\n');

/** Answers are put together without waiting in between. */
const writer = new AnswerWriter();

/** One result: `{"index":0,"status":"created","position":"..."}`. */
function writeOutcome(index: number, outcome: ReceivedOutcome): void {
  writer.ascii(INDEX);
  writer.number(index);
  switch (outcome.status) {
    case 'created':
      return writePosition(CREATED, outcome.position, POSITION_END);
    case 'duplicate':
      return writePosition(DUPLICATE, outcome.position, POSITION_END);
    case 'conflict':
      return writePosition(CONFLICTING, outcome.position, CONFLICT_END);
    case 'unknown':
      return writer.ascii(UNKNOWN_END);
  }
}

function writePosition(before: Uint8Array, position: bigint, after: Uint8Array): void {
  writer.ascii(before);
  writer.position(position);
  writer.ascii(after);
}

function writeRejection(index: number, rejection: Rejection): void {
  const letter =
    rejection.deadLetterId === undefined
      ? ''
      : `,"deadLetterId":${JSON.stringify(rejection.deadLetterId)}`;
  writer.text(
    `{"index":${index},"status":"rejected","code":"${rejection.code}","detail":${JSON.stringify(rejection.detail)}${letter}}`,
  );
}

/** What became of `count` events: the outcomes of those that were not rejected, in order, and the rejections. */
export interface Results {
  readonly count: number;
  readonly rejected: ReadonlyMap<number, Rejection>;
  readonly outcomes: readonly ReceivedOutcome[];
}

/** Conflicts, unknown and missing outcomes count as rejected. */
function countsOf({ count, outcomes }: Results): Counts {
  let accepted = 0;
  let duplicates = 0;
  for (const { status } of outcomes)
    if (status === 'created') accepted++;
    else if (status === 'duplicate') duplicates++;
  return { accepted, duplicates, rejected: count - accepted - duplicates };
}

/** The whole answer of a batch. */
export function batchText(results: Results): { text: string; counts: Counts } {
  const { count, rejected, outcomes } = results;
  const counts = countsOf(results);
  writer.begin();
  writer.text(
    `{"accepted":${counts.accepted},"duplicates":${counts.duplicates},"rejected":${counts.rejected},"results":[`,
  );
  let next = 0;
  for (let index = 0; index < count; index++) {
    const rejection = rejected.size === 0 ? undefined : rejected.get(index);
    if (index > 0) writer.ascii(COMMA);
    if (rejection === undefined) writeOutcome(index, outcomes[next++] ?? LOST);
    else writeRejection(index, rejection);
  }
  writer.ascii(RESULTS_END);
  return { text: writer.end(), counts };
}

/** The answers to a group of lines, a line each, under the numbers the lines have in the stream. */
export function linesText(
  lines: readonly { readonly index: number }[],
  { rejected, outcomes }: Omit<Results, 'count'>,
): { text: string; counts: Counts } {
  writer.begin();
  let next = 0;
  lines.forEach(({ index }, at) => {
    const rejection = rejected.get(at);
    if (rejection === undefined) writeOutcome(index, outcomes[next++] ?? LOST);
    else writeRejection(index, rejection);
    writer.ascii(LINE_END);
  });
  return { text: writer.end(), counts: countsOf({ count: lines.length, rejected, outcomes }) };
}

const LOST: ReceivedOutcome = { status: 'unknown' };

export interface Place {
  readonly incarnation: string;
  readonly bucket: number;
}

/** The answer to a single event that is stored: `{"status":...,"position":...,"cursor":...}`. */
export function singleText(
  place: Place,
  status: 'created' | 'duplicate',
  position: bigint,
): string {
  const cursor = encodeCursor({ incarnation: place.incarnation, bucket: place.bucket, position });
  return `{"status":"${status}","position":"${positionText(position)}","cursor":"${cursor}"}`;
}
