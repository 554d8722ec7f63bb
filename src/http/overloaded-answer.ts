/**
 * The answer to what admission refuses. Under overload refusals are most of the traffic, and every microsecond of one is
 * taken from what was admitted: so it is made once, but for the trace id, and leaves as soon as the head of its request is
 * read. The rest of a short body runs out afterwards and the connection stays usable.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OVERLOADED } from '../ingest/admission.ts';
import type { BodyReader } from '../ingest/request-body.ts';
import { problemOf, traceIdOf } from './problem.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { expectBody, leaveBody } from './unread-body.ts';

/** Of a refused body, what is read and thrown away to keep the connection: a usual batch. */
export const DRAINED_BYTES_MAX = 262_144;

/** As long as every trace id. */
const PLACE = '-'.repeat(32);
/** Digits of a trace id that count; the others are random, and new for each process. */
const COUNTED_DIGITS = 12;

export type AnswerOverloaded = (request: IncomingMessage, response: ServerResponse) => void;

/** For requests whose announced body is at most DRAINED_BYTES_MAX long. */
export function createOverloadedAnswer(bodies: BodyReader): AnswerOverloaded {
  const { status, headers, problem } = problemOf(OVERLOADED, PLACE);
  const [before = '', behind = ''] = JSON.stringify(problem).split(PLACE);
  const head = Object.entries({
    ...SECURITY_HEADERS,
    ...headers,
    'content-length': String(before.length + PLACE.length + behind.length),
  }).flat();
  const newTraceId = createTraceIds();
  const runOut = createRunOut(bodies);

  return (request, response) => {
    const { traceparent } = request.headers;
    const traceId = traceparent === undefined ? newTraceId() : traceIdOf(traceparent);
    response.writeHead(status, head);
    response.end(`${before}${traceId}${behind}`, 'latin1');
    if (request.complete) return;
    leaveBody(request);
    runOut(request);
  };
}

/** A random one costs as much as all else that is done for a refusal here; these differ from all others as surely. */
function createTraceIds(): () => string {
  const random = traceIdOf(undefined).slice(COUNTED_DIGITS);
  let count = 0;
  return () => random + (++count).toString(16).padStart(COUNTED_DIGITS, '0');
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
