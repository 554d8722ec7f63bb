import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import {
  DataKind,
  draftOf,
  type EventAttributes,
  type EventData,
  type EventDraft,
  type StoredEvent,
} from '../../core/event.ts';
import type {
  AnswerRecord,
  DecidedAppend,
  DecidedOutcome,
  EventLog,
  FindNewestQuery,
  FindQuery,
  LogBatch,
  LogReader,
  ReceivedOutcome,
} from '../log.ts';

/** A log and what may be done to it from outside. */
export interface LogUnderTest {
  readonly log: EventLog;
  /** A second instance on the same storage, as another process would be. Closed with `close`. */
  another?(): Promise<EventLog>;
  /** Closes `log` and opens one on the same storage. Closed with `close`. */
  restart?(): Promise<EventLog>;
  /** Closes everything, also what was closed before. */
  close(): Promise<void>;
}

/** Gives the log that the tests of one group share; every test has tenants of its own. */
export type Subject = () => LogUnderTest;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let tenants = 0;

/** A tenant that no other test uses. */
export function freshTenant(hint = 'tenant'): string {
  tenants += 1;
  return `${hint}-${crypto.randomUUID().slice(0, 8)}-${tenants}`;
}

/** Fresh tenants that share one bucket. */
export function neighbours(log: LogReader, count: number): readonly string[] {
  const first = freshTenant();
  const found = [first];
  while (found.length < count) {
    const tenant = freshTenant();
    if (log.bucketOf(tenant) === log.bucketOf(first)) found.push(tenant);
  }
  return found;
}

export function jsonData(text: string): EventData {
  return { kind: DataKind.json, bytes: encoder.encode(text) };
}

export function textData(text: string): EventData {
  return { kind: DataKind.text, bytes: encoder.encode(text) };
}

/** An event as a producer sends it; `id` and whatever matters to the test are given. */
export function received(
  id: string,
  attributes: Partial<EventAttributes> = {},
  data: EventData = jsonData(`{"id":${JSON.stringify(id)}}`),
): EventDraft {
  return draftOf({ id, source: '/shop', type: 'order.line', ...attributes }, data);
}

/** An event as a module decides it. */
export function decided(
  type: string,
  data: EventData = jsonData('{}'),
  id: string = crypto.randomUUID(),
): EventDraft {
  return draftOf({ id, source: '/comptoir/test', type: `comptoir.test.${type}` }, data);
}

/** The record of an answer: keys and requests are hashes, here of the texts given. */
export function answerOf(key: string, { request = 'request', body = key } = {}): AnswerRecord {
  const hash = (text: string): Uint8Array => createHash('sha256').update(text).digest();
  return { key: hash(key), request: hash(request), body: encoder.encode(body) };
}

/** A unit of one event on one stream. */
export function unitOn(
  tenant: string,
  stream: string,
  rest: Omit<DecidedAppend, 'tenant' | 'streams'> & {
    readonly expectedVersion?: bigint;
    readonly events?: readonly EventDraft[];
  } = {},
): DecidedAppend {
  const { expectedVersion = 0n, events = [decided('done')], ...marks } = rest;
  return { tenant, streams: [{ stream, expectedVersion, events }], ...marks };
}

export function dataText(event: StoredEvent): string {
  return decoder.decode(event.data);
}

export function statusesOf(outcomes: readonly ReceivedOutcome[]): readonly string[] {
  return outcomes.map(({ status }) => status);
}

/** The position of an outcome that must have one. */
export function positionOf(outcome: ReceivedOutcome | undefined): bigint {
  if (outcome === undefined || outcome.status === 'unknown')
    throw new Error(`expected a position, got ${outcome?.status}`);
  return outcome.position;
}

/** Every event of the bucket from `after` to the head, checked to be dense and in order. */
export async function readAll(
  log: LogReader,
  bucket: number,
  { after = 0n, eventsMax = 500 }: { after?: bigint; eventsMax?: number } = {},
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  let next = after + 1n;
  for (;;) {
    const batches = await log.readBatches(bucket, next - 1n, { eventsMax });
    if (batches.length === 0) return events;
    for (const batch of batches) {
      expect(batch.bucket).toBe(bucket);
      expect(batch.firstPosition <= next && next <= batch.lastPosition).toBe(true);
      events.push(...eventsFrom(batch, next));
      next = batch.lastPosition + 1n;
    }
  }
}

/** The events of a batch from `position` on, checked to stand where they say. */
function eventsFrom(batch: LogBatch, position: bigint): StoredEvent[] {
  expect(batch.lastPosition - batch.firstPosition).toBe(BigInt(batch.count - 1));
  const skipped = Number(position - batch.firstPosition);
  return Array.from({ length: batch.count - skipped }, (_, i) => {
    const event = batch.eventAt(skipped + i);
    expect(event?.position).toBe(position + BigInt(i));
    return event!;
  });
}

/** Everything of one tenant, by position. */
export async function readTenant(log: LogReader, tenant: string): Promise<readonly StoredEvent[]> {
  const events = await readAll(log, log.bucketOf(tenant));
  return events.filter((event) => event.tenant === tenant);
}

/**
 * Follows `find` to its end and returns what it visited. Each page is checked: at most `limit` events, all of them
 * behind `after` and not beyond `nextAfter`, and progress unless the head was reached.
 */
export async function findAll(
  log: LogReader,
  query: Omit<FindQuery, 'after' | 'limit'>,
  { after = 0n, limit = 100 }: { after?: bigint; limit?: number } = {},
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  let from = after;
  for (;;) {
    const page = await log.find({ ...query, after: from, limit });
    expect(page.events.length).toBeLessThanOrEqual(limit);
    let previous = from;
    for (const event of page.events) {
      expect(event.position > previous && event.position <= page.nextAfter).toBe(true);
      previous = event.position;
    }
    events.push(...page.events);
    if (!page.more) return events;
    expect(page.nextAfter > from).toBe(true);
    from = page.nextAfter;
  }
}

/**
 * Follows `findNewest` from below `before` to its end, checked as above: events fall within their page and from page to
 * page, and every page makes progress. `before` defaults to the place behind the head.
 */
export async function findAllNewest(
  log: LogReader,
  query: Omit<FindNewestQuery, 'before' | 'limit'>,
  { before, limit = 100 }: { before?: bigint; limit?: number } = {},
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  let from = before ?? (await log.head(log.bucketOf(query.tenant))).position + 1n;
  for (;;) {
    const page = await log.findNewest({ ...query, before: from, limit });
    expect(page.events.length).toBeLessThanOrEqual(limit);
    let previous = from;
    for (const event of page.events) {
      expect(event.position < previous && event.position >= page.nextBefore).toBe(true);
      previous = event.position;
    }
    events.push(...page.events);
    if (!page.more) return events;
    expect(page.nextBefore < from).toBe(true);
    from = page.nextBefore;
  }
}

/** The versions of a decided append that must have succeeded. */
export function versionsOf(outcome: DecidedOutcome): readonly bigint[] {
  if (outcome.status !== 'appended') throw new Error(`expected appended, got ${outcome.status}`);
  return outcome.versions;
}
