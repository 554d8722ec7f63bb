/**
 * POST /v1/events and the webhook handshake on it, as a raw Node handler: at some 40 us for a whole request, a router
 * and its hooks would cost as much as the work itself.
 *
 * The order is: credential and scope, content mode, admission, body, ingest, one write. Whatever refuses a request
 * before its body was read lets a short rest of the body run out first, so that the sender hears the answer and the
 * connection stays usable; a long rest closes the connection.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticator, Principal } from '../access/principal.ts';
import { Failure } from '../core/errors.ts';
import { silentLogger, type Logger } from '../core/logger.ts';
import { OVERLOADED, type Admission, type Ticket } from '../ingest/admission.ts';
import { hasEventHeaders } from '../ingest/binary-event.ts';
import { chunksOf } from '../ingest/chunk-source.ts';
import {
  createInflater,
  damaged,
  encodingOf,
  inflatedStream,
  isDamage,
  type Encoding,
} from '../ingest/content-encoding.ts';
import type { Ingest } from '../ingest/ingest.ts';
import { BATCH_BYTES_MAX, EVENT_BYTES_MAX } from '../ingest/json-body.ts';
import { contentModeOf, type ContentMode } from '../ingest/media-type.ts';
import { createTurnShare } from '../ingest/turn-share.ts';
import { createBodyReader, TooSlow, tooLarge, type BodyReader } from '../ingest/request-body.ts';
import { DRAINED_BYTES_MAX } from './connection-limits.ts';
import { noLoadShedder, type LoadShedder } from './load-shedding/load-shedder.ts';
import { createOverloadedAnswer } from './overloaded-answer.ts';
import { failureOf, sendProblem, traceIdOf } from './problem.ts';
import { responseSink } from './response-sink.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export interface IngestRouteDependencies {
  readonly ingest: Ingest;
  readonly authenticator: Authenticator;
  readonly admission: Admission;
  readonly bodies?: BodyReader;
  readonly shedder?: LoadShedder;
  readonly logger?: Logger;
}

export interface IngestRoute {
  /** True when the request is one of ours; it is answered then, now or later. */
  (request: IncomingMessage, response: ServerResponse): boolean;
  /** Stops watching bodies. */
  close(): void;
}

/** As DRAINED_BYTES_MAX, for a body that is itself too large, whose sender should learn so rather than see a reset. */
const DRAINED_LARGE_BYTES_MAX = 33_554_432;
/** Smaller bodies are parsed at once: as many as may be under way take no longer than a turn should. */
const SHARED_FROM_BYTES = 4_096;
/** What a stream of lines holds in memory: a group that is appended and one that gathers. */
const STREAM_BYTES = 2_097_152;

/** Names and values in turn, which Node takes as they are; the length of the answer follows. */
const JSON_HEADERS: readonly string[] = [
  ...Object.entries(SECURITY_HEADERS).flat(),
  'content-type',
  'application/json; charset=utf-8',
  'content-length',
];

export function createIngestRoute(dependencies: IngestRouteDependencies): IngestRoute {
  const { authenticator, bodies = createBodyReader(), logger = silentLogger } = dependencies;
  const serve = createServe({ ...dependencies, bodies });

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const failed = (error: unknown): void => void refuse(request, response, error);
    try {
      const principal = authenticator.authenticate(request.headers);
      const served =
        'then' in principal
          ? principal.then((known) => serve(known, request, response))
          : serve(principal, request, response);
      served?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  async function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    error: unknown,
  ): Promise<void> {
    const failure = failureOf(error);
    const traceId = traceIdOf(request.headers['traceparent']);
    if (failure.code === 'INTERNAL')
      logger.error('an ingest request failed', {
        traceId,
        code: failure.code,
        error: failure.cause ?? failure,
      });
    const large = failure.code === 'TOO_LARGE';
    const bytesMax = large ? DRAINED_LARGE_BYTES_MAX : DRAINED_BYTES_MAX;
    // The rest of a body that did not come is not waited for a second time.
    const drains = !(error instanceof TooSlow) && declaredLength(request) <= bytesMax;
    if (!request.complete && drains) await bodies.drain(request, bytesMax);
    if (!response.destroyed) sendProblem(response, failure, traceId);
  }

  function route(request: IncomingMessage, response: ServerResponse): boolean {
    if (!isEventsPath(request.url ?? '')) return false;
    if (request.method === 'POST') handle(request, response);
    else if (request.method === 'OPTIONS') handshake(request, response);
    else return false;
    return true;
  }

  return Object.assign(route, { close: () => bodies.close() });
}

const PATH = '/v1/events';

function isEventsPath(url: string): boolean {
  if (url === PATH || url.startsWith(`${PATH}?`)) return true;
  // With the address of a server before it (RFC 9112, section 3.2.2), or written with escapes: the router knows both.
  return (!url.startsWith('/') || url.includes('%')) && pathOf(url) === PATH;
}

/** Null for what the router will refuse. */
function pathOf(url: string): string | null {
  try {
    return decodeURI(url.replace(SERVER, '').replace(/\?.*$/s, ''));
  } catch {
    return null;
  }
}

const SERVER = /^https?:\/\/[^/?]*/i;

/** Undefined when the request was refused on the spot. Throws, or rejects, with what it is to be refused for. */
type Serve = (
  principal: Principal,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | undefined;

function createServe(
  dependencies: IngestRouteDependencies & { readonly bodies: BodyReader },
): Serve {
  const { admission, bodies, ingest, shedder = noLoadShedder } = dependencies;
  const inflater = createInflater();
  const share = createTurnShare();
  const answerOverloaded = createOverloadedAnswer(bodies, shedder);

  async function inflated(sent: Buffer, asked: Asked, ticket: Ticket): Promise<Buffer> {
    const body = await inflater.inflate(sent, asked.encoding, asked.bytesMax);
    ticket.grow(body.length);
    return body;
  }

  async function take(exchange: Exchange, ticket: Ticket): Promise<void> {
    const { asked, request, response } = exchange;
    try {
      if (asked.mode === 'ndjson') return await stream(dependencies, exchange);
      const { bytesMax, declared, encoding } = asked;
      const sent = await bodies.read(request, { bytesMax, declared, onBytes: ticket.grow });
      const body = encoding === 'identity' ? sent : await inflated(sent, asked, ticket);
      const work = (): Promise<Answered> => answerTo(ingest, exchange, body);
      const { status, text } =
        body.length < SHARED_FROM_BYTES ? await work() : await share.run(work, ticket);
      send(response, ANSWERED[status], text);
    } finally {
      ticket.release();
    }
  }

  return (principal, request, response) => {
    if (!principal.scopes.has('events:write'))
      throw new Failure('FORBIDDEN', 'This needs a key with the scope events:write.');
    const asked = askedOf(request);
    if (asked.declared > asked.bytesMax) throw tooLarge(asked.bytesMax);
    const bytes = asked.mode === 'ndjson' ? STREAM_BYTES : Math.max(0, asked.declared);
    const ticket = admission.admit(bytes);
    if (ticket !== null) return take({ principal, request, response, asked }, ticket);
    if (asked.declared < 0 || asked.declared > DRAINED_BYTES_MAX) throw OVERLOADED;
    answerOverloaded(request, response);
    return undefined;
  };
}

interface Exchange {
  readonly principal: Principal;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly asked: Asked;
}

/** What the headers of a request ask for. */
interface Asked {
  readonly mode: ContentMode;
  readonly encoding: Encoding;
  /** Limit of the body, as sent and as inflated. */
  readonly bytesMax: number;
  /** The Content-Length, -1 when there is none. */
  readonly declared: number;
}

function askedOf(request: IncomingMessage): Asked {
  const contentType = request.headers['content-type'];
  const mode = contentModeOf(contentType, () => hasEventHeaders(request.rawHeaders));
  const encoding = encodingOf(request.headers['content-encoding']);
  const bytesMax =
    mode === 'batch' ? BATCH_BYTES_MAX : mode === 'ndjson' ? Infinity : EVENT_BYTES_MAX;
  return { mode, encoding, bytesMax, declared: declaredLength(request) };
}

/** Node has checked that the header is a number; -1 for a body without one, 0 for no body. */
function declaredLength(request: IncomingMessage): number {
  const length = request.headers['content-length'];
  if (length !== undefined) return Number(length);
  return request.headers['transfer-encoding'] === undefined ? 0 : -1;
}

const ANSWERED = { whole: 200, duplicate: 200, created: 201 } as const;

interface Answered {
  readonly status: keyof typeof ANSWERED;
  readonly text: string;
}

function answerTo(
  ingest: Ingest,
  { principal, request, asked: { mode } }: Exchange,
  body: Buffer,
): Promise<Answered> {
  const { tenant } = principal;
  if (mode === 'structured') return ingest.structured(tenant, body);
  if (mode === 'binary') return ingest.binary(tenant, request.rawHeaders, body);
  return ingest.batch(tenant, body).then((text) => ({ status: 'whole', text }));
}

function send(response: ServerResponse, status: number, text: string): void {
  const bytes = Buffer.byteLength(text);
  response.writeHead(status, [...JSON_HEADERS, String(bytes)]);
  // Answers are ASCII unless they quote a producer: then every character is a byte, which is copied, not encoded.
  response.end(text, bytes === text.length ? 'latin1' : 'utf8');
}

/** Lines in, result lines out, both at once. The sender must read while it sends, or both sides wait. */
async function stream(
  { ingest, bodies }: IngestRouteDependencies & { readonly bodies: BodyReader },
  { principal, request, response, asked: { encoding } }: Exchange,
): Promise<void> {
  const lines = inflatedStream(request, encoding);
  const chunks = chunksOf(lines, {
    patience: bodies.patience(),
    failureOf: (error) => brokenStream(encoding, error),
  });
  const sink = responseSink(response, {
    ...SECURITY_HEADERS,
    'content-type': 'application/x-ndjson; charset=utf-8',
  });
  try {
    await ingest.ndjson(principal.tenant, chunks, sink);
    sink.end();
  } finally {
    // What is left of the body is for whoever refuses the request; the inflating stream has nobody to read it.
    request.unpipe();
    if (lines !== request) lines.destroy();
  }
}

/** What a broken stream means: the compressed bytes are damaged, the sender was silent, or it went away. */
function brokenStream(encoding: Encoding, error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (encoding !== 'identity' && isDamage(error)) return damaged(error);
  return new Failure('INPUT_INVALID', 'The stream of lines was cut off.', { cause: error });
}

/**
 * The handshake of CloudEvents HTTP webhooks 1.0.2, section 4: whoever asks may deliver, at any rate; who holds no key
 * is refused at delivery.
 */
function handshake(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const origin = request.headers['webhook-request-origin'];
  const granted =
    typeof origin === 'string' && origin !== ''
      ? { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' }
      : {};
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    ...granted,
    allow: 'POST, OPTIONS',
    'content-length': 0,
  });
  response.end();
}
