/**
 * Events from outside on their way to the log: parse, judge by schema, append, answer. Knows nothing of HTTP: failures
 * carry codes, and the route makes statuses of them.
 *
 * Several answers are counted here in the words of the contract. Schemas cost a tenant without any one look into a Map.
 */
import { Failure } from '../core/errors.ts';
import type { EventDraft } from '../core/event.ts';
import { releaseBytes } from '../platform/memory/release-bytes.ts';
import type { Counter, MetricRegistry } from '../core/metrics.ts';
import type { EventLog, ReceivedOutcome } from '../log/log.ts';
import { noTracing, type BatchTracer } from '../platform/telemetry/tracing.ts';
import { batchText, CONFLICT, noCounts, singleText, UNKNOWN, type Counts } from './answers.ts';
import { parseBinaryEvent, type RawHeaders } from './binary-event.ts';
import {
  violationRejection,
  type DeadLetters,
  type RefusedEvent,
} from './dead-letters/dead-letters.ts';
import type { ReceivedSealer, SealedOutcome } from './received-sealer.ts';
import { parseBatch, parseSingle, type ParsedBatch } from './json-body.ts';
import { streamLines, type NdjsonSink } from './ndjson.ts';
import { failureOf, type Rejection } from './rejection.ts';
import type { SchemaJudge } from './schemas/schemas.ts';
import { createEventParser, createTextCaches, isRejection } from './structured-event.ts';

export interface SingleAnswer {
  readonly status: 'created' | 'duplicate';
  /** JSON text. */
  readonly text: string;
}

export interface Ingest {
  /**
   * One event as JSON. Errors: EVENT_INVALID, RESERVED_TYPE, SCHEMA_VIOLATION (with `deadLetterId`), EVENT_CONFLICT,
   * OUTCOME_UNKNOWN and those of the log: OVERLOADED, UNAVAILABLE, STORAGE_FULL.
   */
  structured(tenant: string, body: Buffer): Promise<SingleAnswer>;
  /** One event in binary mode: attributes in headers. Errors: as above, UNSUPPORTED_MEDIA_TYPE. */
  binary(tenant: string, headers: RawHeaders, body: Buffer): Promise<SingleAnswer>;
  /**
   * A JSON array of events; answers with JSON text, and `body` is released. Errors: EVENT_INVALID, TOO_LARGE, those of the
   * log.
   */
  batch(tenant: string, body: Buffer): Promise<string>;
  /**
   * Lines of events, answered line by line while they come. Errors before the first result was written: as above, and
   * those of `input`.
   */
  ndjson(tenant: string, input: AsyncIterable<Buffer>, sink: NdjsonSink): Promise<void>;
  /** Results since the process started. */
  readonly totals: Readonly<Counts>;
}

export interface IngestDependencies {
  readonly log: Pick<EventLog, 'appendReceived' | 'bucketOf' | 'incarnation'>;
  readonly schemas: { judgeOf(tenant: string): SchemaJudge | undefined };
  readonly deadLetters: Pick<DeadLetters, 'keep'>;
  /** Seals what schemas mark as personal. Absent where none may: then nothing is sealed. */
  readonly sealer?: ReceivedSealer;
  readonly metrics: MetricRegistry;
  readonly tracer?: BatchTracer;
}

export function createIngest(dependencies: IngestDependencies): Ingest {
  const { log } = dependencies;
  const caches = createTextCaches();
  const parser = createEventParser(caches);
  const totals = noCounts();
  const tally = createTally(dependencies.metrics, totals);
  const append = createAppend(dependencies);
  const place = (tenant: string) => ({
    incarnation: log.incarnation,
    bucket: log.bucketOf(tenant),
  });

  async function settle(tenant: string, batch: ParsedBatch): Promise<readonly ReceivedOutcome[]> {
    const judge = dependencies.schemas.judgeOf(tenant);
    // Each wait costs a request of one event a hundredth of its time.
    if (judge !== undefined) await refuseViolations(dependencies, { tenant, judge, batch });
    return batch.drafts.length === 0 ? [] : append(tenant, batch);
  }

  async function single(tenant: string, parsed: EventDraft | Rejection): Promise<SingleAnswer> {
    const batch: ParsedBatch = { count: 1, drafts: [], rejected: new Map() };
    if (isRejection(parsed)) batch.rejected.set(0, parsed);
    else batch.drafts.push(parsed);
    const [outcome] = await settle(tenant, batch);
    const rejection = batch.rejected.get(0);
    tally.single(outcome, rejection);
    if (rejection !== undefined) throw failureOf(rejection);
    if (outcome === undefined || outcome.status === 'unknown')
      throw new Failure('OUTCOME_UNKNOWN', UNKNOWN);
    if (outcome.status === 'conflict') throw new Failure('EVENT_CONFLICT', CONFLICT);
    return {
      status: outcome.status,
      text: singleText(place(tenant), outcome.status, outcome.position),
    };
  }

  return {
    totals,
    structured: async (tenant, body) => single(tenant, parseSingle(parser, body)),
    binary: async (tenant, headers, body) =>
      single(tenant, parseBinaryEvent(caches, headers, body)),
    async batch(tenant, body) {
      const batch = parseBatch(parser, body);
      const outcomes = await settle(tenant, batch);
      const { text, counts } = batchText({ ...batch, outcomes });
      tally.add(counts);
      // An append whose outcome is unknown still goes on.
      if (!outcomes.some(({ status }) => status === 'unknown')) releaseBytes(body);
      return text;
    },
    async ndjson(tenant, input, sink) {
      await streamLines({
        parser,
        input,
        sink,
        settle: (batch) => settle(tenant, batch),
        count: tally.add,
      });
    },
  };
}

/** One append of a request, timed and traced. */
function createAppend(dependencies: IngestDependencies) {
  const { log, metrics, sealer, tracer = noTracing } = dependencies;
  const sizes = metrics.histogram({
    name: 'comptoir_ingest_request_events',
    help: 'Events that one request, or one group of lines of a stream, hands to the log.',
    buckets: [1, 10, 50, 100, 200, 500, 1_000],
  });
  return async (tenant: string, batch: ParsedBatch): Promise<readonly ReceivedOutcome[]> => {
    const { drafts } = batch;
    sizes.observe(drafts.length);
    const span = tracer.start('ingest', { events: drafts.length, bytes: 0 });
    try {
      const sealing = sealer?.of(tenant);
      const outcomes =
        sealing === undefined
          ? await log.appendReceived(tenant, drafts)
          : takeRejected(batch, await sealing(drafts));
      if (span.traceId !== undefined) span.end(spanOutcome(outcomes));
      return outcomes;
    } catch (error) {
      const code = error instanceof Failure ? error.code : 'INTERNAL';
      span.end({ created: 0, duplicates: 0, rejected: drafts.length, code });
      throw error;
    }
  };
}

/** Moves what was not stored to the rejections of the batch; what is left stands in the order of its drafts. */
function takeRejected(
  batch: ParsedBatch,
  outcomes: readonly SealedOutcome[],
): readonly ReceivedOutcome[] {
  const kept: ReceivedOutcome[] = [];
  let next = 0;
  const earlier = new Set(batch.rejected.keys());
  for (let index = 0; index < batch.count; index++) {
    if (earlier.has(index)) continue;
    const outcome = outcomes[next++];
    if (outcome === undefined) break;
    if (outcome.status === 'rejected') batch.rejected.set(index, outcome.rejection);
    else kept.push(outcome);
  }
  return kept;
}

function spanOutcome(outcomes: readonly ReceivedOutcome[]) {
  const created = outcomes.filter(({ status }) => status === 'created').length;
  const duplicates = outcomes.filter(({ status }) => status === 'duplicate').length;
  return { created, duplicates, rejected: outcomes.length - created - duplicates };
}

/** Takes the events that violate a strict schema out of the batch; they are durable dead letters when this resolves. */
async function refuseViolations(
  dependencies: IngestDependencies,
  judged: { readonly tenant: string; readonly judge: SchemaJudge; readonly batch: ParsedBatch },
): Promise<void> {
  const { tenant, judge, batch } = judged;
  const kept: EventDraft[] = [];
  const refused: (RefusedEvent & { readonly index: number })[] = [];
  let next = 0;
  for (let index = 0; index < batch.count; index++) {
    if (batch.rejected.has(index)) continue;
    const draft = batch.drafts[next++];
    if (draft === undefined) break;
    const violation = judge(draft);
    if (violation === null) kept.push(draft);
    else refused.push({ draft, violation, index });
  }
  if (refused.length === 0) return;
  const ids = await dependencies.deadLetters.keep(tenant, refused);
  refused.forEach(({ index, violation }, at) =>
    batch.rejected.set(index, violationRejection(violation, ids[at] ?? '')),
  );
  batch.drafts.splice(0, batch.drafts.length, ...kept);
}

interface Tally {
  readonly add: (counts: Counts) => void;
  single(outcome: ReceivedOutcome | undefined, rejection: Rejection | undefined): void;
}

function createTally(metrics: MetricRegistry, totals: Counts): Tally {
  const events: Counter = metrics.counter({
    name: 'comptoir_ingest_events_total',
    help: 'Events received, by what became of them; conflict and unknown count as rejected.',
    labels: ['status'],
  });
  const [CREATED, DUPLICATE, REJECTED] = ['created', 'duplicate', 'rejected'].map((status) => ({
    status,
  }));

  function add({ accepted, duplicates, rejected }: Counts): void {
    totals.accepted += accepted;
    totals.duplicates += duplicates;
    totals.rejected += rejected;
    if (accepted > 0) events.add(accepted, CREATED);
    if (duplicates > 0) events.add(duplicates, DUPLICATE);
    if (rejected > 0) events.add(rejected, REJECTED);
  }

  return {
    add,
    single(outcome, rejection) {
      const status = rejection === undefined ? outcome?.status : 'rejected';
      const accepted = status === 'created' ? 1 : 0;
      const duplicates = status === 'duplicate' ? 1 : 0;
      add({ accepted, duplicates, rejected: 1 - accepted - duplicates });
    },
  };
}
