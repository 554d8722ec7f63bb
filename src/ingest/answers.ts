/**
 * Answers to POST /v1/events as JSON text, in the exact form of the public contract. Written by hand: a batch of 100
 * results takes a few microseconds this way, and positions are bigints, which JSON.stringify refuses.
 */
import { encodeCursor } from '../core/cursor.ts';
import { positionText } from '../core/event-json.ts';
import type { ReceivedOutcome } from '../log/log.ts';
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

/** One result, counted: `{"index":0,"status":"created","position":"..."}`. */
export function outcomeText(index: number, outcome: ReceivedOutcome, counts: Counts): string {
  const start = `{"index":${index},"status":"`;
  switch (outcome.status) {
    case 'created':
      counts.accepted++;
      return `${start}created","position":"${positionText(outcome.position)}"}`;
    case 'duplicate':
      counts.duplicates++;
      return `${start}duplicate","position":"${positionText(outcome.position)}"}`;
    case 'conflict':
      counts.rejected++;
      return `${start}conflict","position":"${positionText(outcome.position)}","code":"EVENT_CONFLICT","detail":"${CONFLICT}"}`;
    case 'unknown':
      counts.rejected++;
      return `${start}unknown","code":"OUTCOME_UNKNOWN","detail":"${UNKNOWN}"}`;
  }
}

export const CONFLICT = 'An event with the same source and id but other content is stored.';
export const UNKNOWN =
  'It is not known yet whether the event was stored; repeat it with the same id.';

export function rejectionText(index: number, rejection: Rejection, counts: Counts): string {
  counts.rejected++;
  const letter =
    rejection.deadLetterId === undefined
      ? ''
      : `,"deadLetterId":${JSON.stringify(rejection.deadLetterId)}`;
  return `{"index":${index},"status":"rejected","code":"${rejection.code}","detail":${JSON.stringify(rejection.detail)}${letter}}`;
}

/** The whole answer of a batch: `outcomes` are those of the events that were not rejected, in order. */
export function batchText(
  count: number,
  rejected: ReadonlyMap<number, Rejection>,
  outcomes: readonly ReceivedOutcome[],
): { text: string; counts: Counts } {
  const counts = noCounts();
  let results = '';
  let next = 0;
  for (let index = 0; index < count; index++) {
    const rejection = rejected.size === 0 ? undefined : rejected.get(index);
    const outcome = rejection === undefined ? (outcomes[next++] ?? LOST) : LOST;
    if (index > 0) results += ',';
    results +=
      rejection === undefined
        ? outcomeText(index, outcome, counts)
        : rejectionText(index, rejection, counts);
  }
  const { accepted, duplicates, rejected: refused } = counts;
  const head = `{"accepted":${accepted},"duplicates":${duplicates},"rejected":${refused}`;
  return { text: `${head},"results":[${results}]}`, counts };
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
