/**
 * A small HTTP client for one server: keep-alive connections, a bound on each, and retries that keep out of the way of
 * a server that asked for time. Repeating is safe for everything sent through `send`: reads, and events with their ids.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from './connection.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface HttpClient {
  /** One attempt. Errors: Unreachable. */
  once(request: HttpRequest): Promise<HttpResponse>;
  /** Retries what may pass; then the last answer, or Unreachable. */
  send(request: HttpRequest, retry: Retry): Promise<HttpResponse>;
  /** The response as it comes in, for a stream of events. Errors: Unreachable. */
  open(request: HttpRequest): Promise<http.IncomingMessage>;
  /** Ends idle connections. */
  close(): void;
}

export interface Retry {
  /** Milliseconds after which no further attempt begins. */
  readonly forMs: number;
  /** When aborted, the attempt under way is the last. */
  readonly stop?: AbortSignal;
}

/** No answer came: nobody listens, the connection broke, or the time was up. The outcome is unknown. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export interface ClientOptions {
  readonly connection: Connection;
  readonly connectionsMax?: number;
  readonly timeoutMs?: number;
}

const CONNECTIONS_MAX = 8;
/** Longer than any answer the server gives under overload, which it refuses within 50 ms. */
const TIMEOUT_MS = 30_000;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5000;
/** A server that asks for more is not worth waiting for with a person at the screen. */
const RETRY_AFTER_MAX_MS = 30_000;
const RETRY_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504, 507]);
/** No answer of the API is larger: a listing holds 1,000 events of at most 1 MiB, and far less in practice. */
const RESPONSE_BYTES_MAX = 512 * 2 ** 20;

export function createHttpClient(options: ClientOptions): HttpClient {
  const address = new URL(options.connection.url);
  const secure = address.protocol === 'https:';
  const agentOptions = { keepAlive: true, maxSockets: options.connectionsMax ?? CONNECTIONS_MAX };
  const agent = secure ? new https.Agent(agentOptions) : new http.Agent(agentOptions);
  const settings = {
    make: secure ? https.request : http.request,
    agent,
    address,
    apiKey: options.connection.apiKey,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
  };
  let reached = false;
  const once = async (request: HttpRequest): Promise<HttpResponse> => {
    const incoming = await open(settings, request);
    reached = true;
    return read(incoming);
  };
  return {
    once,
    send: (request, retry) =>
      withRetries(
        () => once(request),
        retry,
        () => reached,
      ),
    open: (request) => open(settings, request),
    close: () => agent.destroy(),
  };
}

interface Settings {
  readonly make: typeof http.request;
  readonly agent: http.Agent;
  readonly address: URL;
  readonly apiKey: string | undefined;
  readonly timeoutMs: number;
}

function open(settings: Settings, request: HttpRequest): Promise<http.IncomingMessage> {
  const { address, apiKey } = settings;
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(
        new Unreachable(`${address.origin} does not answer (${reasonOf(error)}).`, {
          cause: error,
        }),
      );
    const outgoing = settings.make(
      new URL(address.pathname.replace(/\/$/, '') + request.path, address.origin),
      {
        agent: settings.agent,
        method: request.method,
        timeout: settings.timeoutMs,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
        headers: {
          accept: 'application/json',
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
          ...(body === undefined ? {} : { 'content-length': body.length }),
          ...request.headers,
        },
      },
      resolve,
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', failed);
    outgoing.end(body);
  });
}

/** Happy-eyeballs connection errors carry the real ones inside and have no message of their own. */
function reasonOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.message;
}

async function read(response: http.IncomingMessage): Promise<HttpResponse> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of response) {
      // safe because no encoding was set, so the stream gives Buffers.
      const chunk = part as Buffer;
      parts.push(chunk);
      bytes += chunk.length;
      if (bytes > RESPONSE_BYTES_MAX) throw new Error('the answer is too large');
    }
  } catch (error) {
    throw new Unreachable('The connection broke before the answer was complete.', { cause: error });
  }
  const text = Buffer.concat(parts).toString('utf8');
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

async function withRetries(
  attempt: () => Promise<HttpResponse>,
  retry: Retry,
  reached: () => boolean,
): Promise<HttpResponse> {
  const startedAt = performance.now();
  const signal = retry.stop === undefined ? {} : { signal: retry.stop };
  for (let tries = 0; ; tries++) {
    const outcome = await attempt().catch((error: unknown) => error);
    const response = isResponse(outcome) ? outcome : undefined;
    if (response !== undefined && !RETRY_STATUSES.has(response.status)) return response;
    // An address at which nobody ever answered is more likely wrong than slow.
    if (!reached()) throw outcome;
    const waitMs = pauseMs(tries, response);
    const inTime = performance.now() - startedAt + waitMs <= retry.forMs;
    if (inTime && retry.stop?.aborted !== true)
      await delay(waitMs, undefined, signal).catch(() => undefined);
    if (inTime && retry.stop?.aborted !== true) continue;
    if (response !== undefined) return response;
    throw outcome;
  }
}

function isResponse(value: unknown): value is HttpResponse {
  return typeof value === 'object' && value !== null && 'status' in value && 'text' in value;
}

/** Doubles from try to try and differs between callers, so that they do not come back all at once. */
export function pauseMs(tries: number, response?: Pick<HttpResponse, 'headers'>): number {
  const asked = Number(response?.headers['retry-after']);
  const jitter = 0.5 + Math.random();
  if (Number.isFinite(asked) && asked >= 0)
    return Math.min(RETRY_AFTER_MAX_MS, asked * 1000 + RETRY_FIRST_MS * jitter);
  return Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(tries, 10)) * jitter;
}
