/** The rows beside a batch, one array a column, as log_append_batch takes them. */
import { BatchEncoder } from '../codec/batch-encoder.ts';
import { sealAlone } from '../codec/packed-batch.ts';
import type { AnswerRows, CommandRows, StreamRows } from './append-batch.ts';
import type { FreshEvent } from './fresh-event.ts';
import { type AppendPlan } from './plan-append.ts';
import { type PlannedAnswer, type PlannedCommand, streamKey } from './plan-decided.ts';

/** Encoding is synchronous: one encoder a process is enough. */
const encoder = new BatchEncoder();

/** Null when the plan touches no stream. Every stream is verified, also one of a refused unit: later ones relied on it. */
export function prepareStreams(plan: AppendPlan): StreamRows | null {
  if (plan.streams.size === 0) return null;
  const tenants: string[] = [];
  const streams: string[] = [];
  const expected: (number | null)[] = [];
  const versions: number[] = [];
  const indexes: number[] = [];
  const starts: number[] = [];
  const sizes: (number | null)[] = [];
  const parts: Buffer[] = [];
  let start = 0;
  const add = (row: {
    tenant: string;
    stream: string;
    expected: number | null;
    version: number;
    index: number;
    size: number | null;
  }): void => {
    tenants.push(row.tenant);
    streams.push(row.stream);
    expected.push(row.expected);
    versions.push(row.version);
    indexes.push(row.index);
    starts.push(start);
    sizes.push(row.size);
    start += row.size ?? 0;
  };
  plan.fresh.forEach((event, index) => {
    if (event.stream === null) return;
    const { tenant, stream, streamVersion: version } = event;
    const before = plan.streams.get(streamKey(tenant, stream))?.before ?? 0;
    const bytes = encodeAlone(event);
    parts.push(bytes);
    const first = version === before + 1;
    add({ tenant, stream, expected: first ? before : null, version, index, size: bytes.length });
  });
  for (const { tenant, stream, before, after } of plan.streams.values())
    if (after === before)
      add({ tenant, stream, expected: before, version: before, index: 0, size: null });
  const bytes = Buffer.concat(parts, start);
  return { tenants, streams, expected, versions, indexes, starts, sizes, bytes };
}

/** A batch of one behind its checksum, not compressed: what a row of log_stream_events holds. */
function encodeAlone(event: FreshEvent): Buffer {
  encoder.begin();
  encoder.add(event.draft, {
    tenant: event.tenant,
    decided: true,
    stream: event.stream,
    streamVersion: event.streamVersion,
  });
  return sealAlone(encoder.finish());
}

/** Null when there are none. */
export function prepareAnswers(answers: readonly PlannedAnswer[]): AnswerRows | null {
  if (answers.length === 0) return null;
  const starts: number[] = [];
  const parts: Uint8Array[] = [];
  let start = 0;
  for (const { record } of answers) {
    starts.push(start);
    parts.push(record.key, record.request, record.body);
    start += record.key.length + record.request.length + record.body.length;
  }
  return {
    tenants: answers.map(({ tenant }) => tenant),
    indexes: answers.map(({ index }) => index),
    starts,
    sizes: answers.map(({ record }) => record.body.length),
    bytes: Buffer.concat(parts, start),
  };
}

/** Null when there are none. */
export function prepareCommands(commands: readonly PlannedCommand[]): CommandRows | null {
  if (commands.length === 0) return null;
  return {
    tenants: commands.map(({ tenant }) => tenant),
    streams: commands.map(({ stream }) => stream),
    ids: commands.map(({ commandId }) => commandId),
    versions: commands.map(({ version }) => Number(version)),
    indexes: commands.map(({ index }) => index),
  };
}
