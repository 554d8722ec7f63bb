/**
 * Sends batches and sorts the answers. Ids are stable, so whatever was lost on the way is sent again: an event that
 * had arrived comes back as a duplicate. A batch that is refused as a whole is halved until the event at fault is alone.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { problemOf, refused } from '../answers.ts';
import { CliError, EXIT } from '../command.ts';
import { pauseMs, type HttpClient, type HttpResponse } from '../http-client.ts';
import { listMember, member, textMember } from '../json.ts';
import type { Batch } from './batches.ts';
import type { Refusal } from './item.ts';

export interface Rejection extends Refusal {
  readonly line: number;
}

export interface Tally {
  created: number;
  duplicates: number;
  rejected: number;
  /** The first few, in the order they became known. */
  readonly rejections: Rejection[];
}

/** Enough to see a pattern; a file with a million faults must not fill memory. */
const REJECTIONS_KEPT = 20;
/** Longer than a restart of the server with its database. */
const RETRY_FOR_MS = 60_000;
/** Rounds for events whose outcome the server does not know yet. */
const UNKNOWN_ROUNDS_MAX = 10;

const REPEATED_CODES: ReadonlySet<string> = new Set([
  'OUTCOME_UNKNOWN',
  'OVERLOADED',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'STORAGE_FULL',
]);
/** Refusals of the whole that one event can cause. */
const HALVED_STATUSES: ReadonlySet<number> = new Set([400, 413, 422]);

export const emptyTally = (): Tally => ({ created: 0, duplicates: 0, rejected: 0, rejections: [] });

export function reject(tally: Tally, rejection: Rejection): void {
  tally.rejected += 1;
  if (tally.rejections.length < REJECTIONS_KEPT) tally.rejections.push(rejection);
}

export interface Sending {
  readonly client: HttpClient;
  readonly tally: Tally;
  /** When aborted, what is under way is finished and nothing is repeated. */
  readonly stop: AbortSignal;
}

/** Errors: Unreachable, CliError where the server refuses the sender rather than the events. */
export async function sendBatch(batch: Batch, sending: Sending): Promise<void> {
  let left = batch;
  for (let round = 0; left.length > 0; round++) {
    const response = await post(left, sending);
    if (HALVED_STATUSES.has(response.status)) return await halve(left, response, sending);
    if (response.status !== 200) throw refused(response);
    const last = round === UNKNOWN_ROUNDS_MAX || sending.stop.aborted;
    left = sort(left, answered(response, left.length), { tally: sending.tally, last });
    if (left.length > 0)
      await delay(pauseMs(round), undefined, { signal: sending.stop }).catch(() => undefined);
  }
}

function post(batch: Batch, sending: Sending): Promise<HttpResponse> {
  return sending.client.send(
    {
      method: 'POST',
      path: '/v1/events',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: `[${batch.map(({ json }) => json).join(',')}]`,
    },
    { forMs: RETRY_FOR_MS, stop: sending.stop },
  );
}

async function halve(batch: Batch, response: HttpResponse, sending: Sending): Promise<void> {
  const [first] = batch;
  if (batch.length === 1 && first !== undefined) {
    const { code, detail } = problemOf(response);
    return reject(sending.tally, { line: first.line, code, detail });
  }
  const middle = Math.ceil(batch.length / 2);
  await sendBatch(batch.slice(0, middle), sending);
  await sendBatch(batch.slice(middle), sending);
}

function answered(response: HttpResponse, count: number): readonly unknown[] {
  let results: readonly unknown[] = [];
  try {
    results = listMember(JSON.parse(response.text), 'results');
  } catch {
    // Falls through to the check of the number of results.
  }
  if (results.length === count) return results;
  throw new CliError(
    EXIT.failed,
    `The server answered ${results.length} results for ${count} events. Is there another program at this address?`,
  );
}

/** Counts what is settled and returns what is to be sent again. */
function sort(
  batch: Batch,
  results: readonly unknown[],
  to: { readonly tally: Tally; readonly last: boolean },
): Batch {
  const again: Batch[number][] = [];
  for (const [at, item] of batch.entries()) {
    const result = results[at];
    const status = textMember(result, 'status');
    const code =
      textMember(result, 'code') ?? (status === 'conflict' ? 'EVENT_CONFLICT' : 'OUTCOME_UNKNOWN');
    if (status === 'created') to.tally.created += 1;
    else if (status === 'duplicate') to.tally.duplicates += 1;
    else if (REPEATED_CODES.has(code) && !to.last) again.push(item);
    else reject(to.tally, { line: item.line, code, detail: detailOf(result) });
  }
  return again;
}

function detailOf(result: unknown): string {
  const detail = member(result, 'detail');
  return typeof detail === 'string' ? detail : 'The server gave no reason.';
}
