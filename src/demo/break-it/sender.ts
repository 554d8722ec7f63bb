/** Somebody outside who sends events in batches and believes only what is acknowledged; ids are stable over repeats. */
import type { Door } from './door.ts';

export const BATCH = 100;
/** A batch that got no answer, or OVERLOADED, is sent again: same ids, so it counts once. */
const TRIES_MAX = 30;
const PAUSE_MS = 200;

export interface Sent {
  /** Ids that the server said it has. */
  readonly acknowledged: Set<string>;
  /** Answers, each of one batch. */
  batches: number;
  created: number;
  duplicates: number;
  rejected: number;
  /** Times it was told to come again, or heard nothing. */
  turnedAway: number;
}

export function nothingSent(): Sent {
  return {
    acknowledged: new Set(),
    batches: 0,
    created: 0,
    duplicates: 0,
    rejected: 0,
    turnedAway: 0,
  };
}

export interface Sender {
  readonly door: Door;
  readonly source: string;
  readonly sent: Sent;
  readonly signal: AbortSignal;
}

/** Sends batch number `index` until it is acknowledged or the time is over. */
export async function sendBatch(sender: Sender, index: number): Promise<void> {
  const { door, source, sent, signal } = sender;
  const ids = Array.from({ length: BATCH }, (_, each) => `blow-${index * BATCH + each + 1}`);
  const body = JSON.stringify(ids.map((id) => eventOf(id, source)));
  const type = 'application/cloudevents-batch+json';
  for (let tries = 0; tries < TRIES_MAX && !signal.aborted; tries += 1) {
    const answer = await door.call('/v1/events', { body, type }).catch(() => null);
    if (answer?.status === 200) {
      take(sent, ids, answer.body);
      return;
    }
    sent.turnedAway += 1;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function eventOf(id: string, source: string): object {
  return {
    specversion: '1.0',
    id,
    source,
    type: 'com.example.demo.blow',
    datacontenttype: 'application/json',
    data: { blow: id },
  };
}

function take(sent: Sent, ids: readonly string[], body: unknown): void {
  // safe because the front door answers a batch with this shape
  const { results } = body as { results: readonly { index: number; status: string }[] };
  sent.batches += 1;
  for (const { index, status } of results) {
    const id = ids[index];
    if (status === 'created') sent.created += 1;
    else if (status === 'duplicate') sent.duplicates += 1;
    else sent.rejected += 1;
    if (id !== undefined && (status === 'created' || status === 'duplicate'))
      sent.acknowledged.add(id);
  }
}
