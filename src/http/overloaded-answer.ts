/**
 * The answer to what admission refuses. Under overload refusals are most of the traffic, and every microsecond of one is
 * taken from what was admitted: so it is made once, but for the trace id, and leaves as soon as the head of its request is
 * read. The rest of a short body runs out afterwards and the connection stays usable.
 */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { OVERLOADED } from '../ingest/admission.ts';
import type { BodyReader } from '../ingest/request-body.ts';
import { DRAINED_BYTES_MAX } from './connection-limits.ts';
import { createCountedTraceIds } from './counted-trace-ids.ts';
import type { LoadShedder } from './load-shedding/load-shedder.ts';
import { problemOf, traceIdOf } from './problem.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { expectBody, leaveBody } from './unread-body.ts';

/** As long as every trace id. */
const PLACE = '-'.repeat(32);

export type AnswerOverloaded = (request: IncomingMessage, response: ServerResponse) => void;

/** For requests whose announced body is at most DRAINED_BYTES_MAX long. */
export function createOverloadedAnswer(bodies: BodyReader, shedder: LoadShedder): AnswerOverloaded {
  const { status, headers, before, behind } = partsOfAnswer();
  const head = headers.flat();
  const newTraceId = createCountedTraceIds();
  const runOut = createRunOut(bodies);

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { traceparent } = request.headers;
    const traceId = traceparent === undefined ? newTraceId() : traceIdOf(traceparent);
    response.end(`${before}${traceId}${behind}`, 'latin1');
  }

  /** The connection is closed behind the answer: what lay unread then would reset it, and the answer be lost. */
  async function answerLast(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await bodies.drain(request, DRAINED_BYTES_MAX);
    if (!request.complete) return void request.socket.destroy();
    response.writeHead(status, [...head, 'connection', 'close']);
    answer(request, response);
  }

  return (request, response) => {
    if (shedder.takesOver(request)) return void answerLast(request, response);
    response.writeHead(status, head);
    answer(request, response);
    if (request.complete) return;
    leaveBody(request);
    runOut(request);
  };
}

/** The same answer as the load shedder writes it: before and behind the trace id. */
export function overloadedOnWire(): readonly [before: string, behind: string] {
  const { status, headers, before, behind } = partsOfAnswer();
  const lines = [...headers, ['connection', 'keep-alive']].map((pair) => pair.join(': '));
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n');
  return [`${head}${before}`, behind];
}

interface AnswerParts {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, before and behind its trace id. */
  readonly before: string;
  readonly behind: string;
}

function partsOfAnswer(): AnswerParts {
  const { status, headers, problem } = problemOf(OVERLOADED, PLACE);
  const [before = '', behind = ''] = JSON.stringify(problem).split(PLACE);
  const length = before.length + PLACE.length + behind.length;
  return {
    status,
    headers: Object.entries({ ...SECURITY_HEADERS, ...headers, 'content-length': String(length) }),
    before,
    behind,
  };
}

/** Bounds the time that the rest of a body may take; most have come whole by the end of the turn. */
function createRunOut(bodies: BodyReader): (request: IncomingMessage) => void {
  let answered: IncomingMessage[] = [];

  async function expect(request: IncomingMessage): Promise<void> {
    await bodies.drain(request, DRAINED_BYTES_MAX);
    if (!request.complete) request.socket.destroy();
  }

  function look(): void {
    const requests = answered;
    answered = [];
    for (const request of requests) {
      if (request.complete) continue;
      // Whoever is slow is watched piece by piece.
      expectBody(request);
      void expect(request);
    }
  }

  return (request) => {
    if (answered.push(request) === 1) setImmediate(look);
  };
}
