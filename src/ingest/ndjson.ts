/**
 * A stream of events, one JSON text a line (https://github.com/ndjson/ndjson-spec), answered line by line.
 *
 * Lines gather while an append is under way and then go together: a slow database makes larger groups, not more memory,
 * because beyond one full group the stream is not read. Blank lines are skipped and have no result; `index` is the
 * number of the line from 0, blank ones counted. A line that is too long is rejected without being held, and the stream
 * goes on.
 *
 * When the log refuses a group as OVERLOADED it is tried again for a while: a sender that streams has agreed to wait.
 * Any other failure, or that one for too long, ends the stream: as a problem if nothing was answered yet, else with
 * `{"done":false,...,"code":...}` as the last line; the lines of the failed group say `rejected` with that code, because
 * the log promises that nothing of them was stored.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../core/errors.ts';
import type { ReceivedOutcome } from '../log/log.ts';
import { linesText, noCounts, type Counts } from './answers.ts';
import { BATCH_EVENTS_MAX, EVENT_BYTES_MAX, parseSingle, type ParsedBatch } from './json-body.ts';
import { createLineSplitter, type Line } from './line-splitter.ts';
import { invalid, type Rejection } from './rejection.ts';
import { isRejection, type EventParser } from './structured-event.ts';

export interface NdjsonSink {
  /** Takes answer text; resolves when there is room for more. */
  write(text: string): Promise<void>;
}

export interface LineStream {
  readonly parser: EventParser;
  readonly input: AsyncIterable<Buffer>;
  readonly sink: NdjsonSink;
  readonly settle: (batch: ParsedBatch) => Promise<readonly ReceivedOutcome[]>;
  readonly count: (counts: Counts) => void;
}

/** Bytes of lines that go in one append, beside the limit on their number. */
const GROUP_BYTES_MAX = 1_048_576;
/** First pause before an overloaded log is asked again; doubles up to the second one. */
const PAUSE_MS_MIN = 20;
const PAUSE_MS_MAX = 1_000;
/** Pauses before giving up: together about ten seconds. */
const ATTEMPTS_MAX = 14;

export async function streamLines(stream: LineStream): Promise<void> {
  const totals = noCounts();
  const splitter = createLineSplitter(EVENT_BYTES_MAX);
  let answered = false;
  let underWay: Promise<void> | undefined;
  let failure: unknown;
  const failed = Promise.withResolvers<null>();

  async function answerGroup(lines: readonly Line[]): Promise<void> {
    const batch = parseLines(stream.parser, lines);
    const outcomes = await settlePatiently(stream, batch).catch(async (error: unknown) => {
      if (answered) {
        const { text, counts } = failedText(lines, batch, error);
        await stream.sink.write(text);
        add(totals, counts);
      }
      throw error;
    });
    const { text, counts } = linesText(lines, { rejected: batch.rejected, outcomes });
    add(totals, counts);
    stream.count(counts);
    answered = true;
    await stream.sink.write(text);
  }

  /** Starts the next group when none is under way; natural batching, so no timer. */
  function advance(): void {
    if (underWay !== undefined || failure !== undefined || splitter.lines === 0) return;
    underWay = answerGroup(splitter.take(BATCH_EVENTS_MAX))
      .catch((error: unknown) => {
        failure = error;
        failed.resolve(null);
      })
      .finally(() => {
        underWay = undefined;
        advance();
      });
  }

  const chunks = stream.input[Symbol.asyncIterator]();
  try {
    for (;;) {
      // A failure ends the stream even while the sender is silent.
      const step = await Promise.race([chunks.next(), failed.promise]);
      if (step === null || step.done === true) break;
      splitter.push(step.value);
      advance();
      while (underWay !== undefined && isFull(splitter)) await underWay;
    }
    splitter.finish();
  } catch (error) {
    failure ??= error;
  }
  await chunks.return?.();
  advance();
  while (underWay !== undefined) await underWay;
  if (failure !== undefined && !answered) throw failure;
  await stream.sink.write(lastLine(totals, failure));
}

function isFull(splitter: { readonly lines: number; readonly bytes: number }): boolean {
  return splitter.lines >= BATCH_EVENTS_MAX || splitter.bytes >= GROUP_BYTES_MAX;
}

function parseLines(parser: EventParser, lines: readonly Line[]): ParsedBatch {
  const batch: ParsedBatch = { count: lines.length, drafts: [], rejected: new Map() };
  lines.forEach((line, at) => {
    const parsed = parseLine(parser, line);
    if (isRejection(parsed)) batch.rejected.set(at, parsed);
    else batch.drafts.push(parsed);
  });
  return batch;
}

function parseLine(parser: EventParser, line: Line) {
  if (line.bytes === null)
    return {
      code: 'TOO_LARGE',
      detail: `The line has more than ${EVENT_BYTES_MAX} bytes.`,
      at: '',
    } satisfies Rejection;
  try {
    return parseSingle(parser, line.bytes);
  } catch (error) {
    if (error instanceof Failure) return invalid('', error.message);
    throw error;
  }
}

async function settlePatiently(
  stream: LineStream,
  batch: ParsedBatch,
): Promise<readonly ReceivedOutcome[]> {
  let pauseMs = PAUSE_MS_MIN;
  for (let attempt = 1; ; attempt++) {
    try {
      return await stream.settle(batch);
    } catch (error) {
      const overloaded = error instanceof Failure && error.code === 'OVERLOADED';
      if (!overloaded || attempt === ATTEMPTS_MAX) throw error;
    }
    await wait(pauseMs);
    pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX);
  }
}

function add(into: Counts, counts: Counts): void {
  into.accepted += counts.accepted;
  into.duplicates += counts.duplicates;
  into.rejected += counts.rejected;
}

/** Every line of a group that could not be stored gets the reason, those that were rejected before their own. */
function failedText(lines: readonly Line[], batch: ParsedBatch, error: unknown) {
  const failed: Rejection = { ...codeAndDetail(error), at: '' };
  const rejected = new Map(lines.map((_, at) => [at, batch.rejected.get(at) ?? failed]));
  return linesText(lines, { rejected, outcomes: [] });
}

function codeAndDetail(error: unknown): Pick<Rejection, 'code' | 'detail'> {
  if (error instanceof Failure) return { code: error.code, detail: error.message };
  return { code: 'INTERNAL', detail: 'The request failed; the server log says more.' };
}

function lastLine(totals: Counts, failure: unknown): string {
  const { accepted, duplicates, rejected } = totals;
  const counts = `"accepted":${accepted},"duplicates":${duplicates},"rejected":${rejected}`;
  if (failure === undefined) return `{"done":true,${counts}}\n`;
  const { code, detail } = codeAndDetail(failure);
  return `{"done":false,${counts},"code":"${code}","detail":${JSON.stringify(detail)}}\n`;
}
