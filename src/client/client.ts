/**
 * The client of the HTTP interface, for browsers and tools alike: one function, typed by the operations that
 * tools/client makes from the OpenAPI document. It repeats nothing by itself: whoever calls knows what may be repeated,
 * and an idempotency key makes that safe.
 */
import { CallFailed } from './call-failed.ts';
import type {
  Arguments,
  BareOperation,
  Operation,
  PlainArguments,
  DoneCall,
} from './call-types.ts';
import { followEvents, NoStream, type StreamOptions } from './event-stream.ts';
import type { Operations } from './operations.ts';
import { prepared, withoutSecrets, type PreparedRequest } from './request.ts';
import type { ServerEvent } from './server-events.ts';

export { CallFailed, type InputError } from './call-failed.ts';
export type { Arguments, BareOperation, Operation } from './call-types.ts';
export { curlOf } from './curl.ts';
export type { StreamOptions } from './event-stream.ts';
export type { Operations, RawBody } from './operations.ts';
export type { ServerEvent } from './server-events.ts';

export interface ClientOptions {
  /** Without a slash at its end; empty for the page's own server. */
  readonly baseUrl: string;
  /** The global one by default. */
  readonly fetch?: typeof fetch;
  /** Of every call, asked for each time: a key, the token against forged requests. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Told of every call that was answered or failed, streams included; holds no secrets. */
  readonly onCall?: (call: DoneCall) => void;
  /** Told of the body of every answer of success, streams left out. */
  readonly onAnswer?: (operation: Operation, body: unknown) => void;
}

export interface Done<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Client {
  /** Errors: CallFailed; what `signal` aborts is thrown as fetch throws it. */
  call<Op extends BareOperation>(operation: Op): Promise<Done<AnswerOf<Op>>>;
  call<Op extends Operation>(operation: Op, args: Arguments<Op>): Promise<Done<AnswerOf<Op>>>;
  /**
   * Events without end: comes back with Last-Event-ID when the connection breaks or the server closes it, until
   * `signal` aborts or the loop is left. Errors: CallFailed when the server refuses.
   */
  stream<Op extends ReadOperation & BareOperation>(operation: Op): AsyncGenerator<ServerEvent>;
  stream<Op extends ReadOperation>(
    operation: Op,
    args: Arguments<Op> & StreamOptions,
  ): AsyncGenerator<ServerEvent>;
}

type AnswerOf<Op extends Operation> = Operations[Op]['answer'];
type ReadOperation = Operation & `GET ${string}`;

export function createClient(options: ClientOptions): Client {
  return {
    async call<Op extends Operation>(operation: Op, args: PlainArguments = {}) {
      const { response, body } = await exchange(options, operation, args);
      const { status, headers } = response;
      // safe because the operations are generated from what the server describes
      return { status, headers, body: body as AnswerOf<Op> };
    },
    stream: (operation: Operation, args: PlainArguments & StreamOptions = {}) =>
      followEvents(args, (more) => {
        const headers = { ...args.headers, ...more.headers, accept: 'text/event-stream' };
        return openStream(options, operation, { ...args, headers, signal: more.signal });
      }),
  };
}

interface Exchanged {
  readonly response: Response;
  readonly body: unknown;
}

async function exchange(
  options: ClientOptions,
  operation: Operation,
  args: PlainArguments,
): Promise<Exchanged> {
  const request = prepared(operation, args);
  const done = stopwatch(options, { operation, request, args });
  try {
    const response = await sent(options, request, args.signal);
    const body = await bodyOf(response);
    done(response.status);
    if (response.ok || response.status === NOT_MODIFIED) {
      options.onAnswer?.(operation, body);
      return { response, body };
    }
    throw refused(request, response, body);
  } catch (error) {
    if (error instanceof CallFailed) throw error;
    // Given up by the caller: that says nothing of the server.
    if (args.signal?.aborted !== true) done(0);
    throw broken(request, error, args.signal);
  }
}

async function openStream(
  options: ClientOptions,
  operation: Operation,
  args: PlainArguments,
): Promise<Response> {
  const request = prepared(operation, args);
  const done = stopwatch(options, { operation, request, args });
  try {
    const response = await sent(options, request, args.signal);
    done(response.status);
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (response.ok && isStream) return response;
    if (response.ok) throw new NoStream(`${operation} does not answer with a stream of events`);
    throw refused(request, response, await bodyOf(response).catch(() => undefined));
  } catch (error) {
    if (error instanceof CallFailed || error instanceof NoStream) throw error;
    if (args.signal?.aborted !== true) done(0);
    throw broken(request, error, args.signal);
  }
}

const NOT_MODIFIED = 304;

function sent(
  options: ClientOptions,
  { method, path, headers, body }: PreparedRequest,
  signal: AbortSignal | undefined,
): Promise<Response> {
  // Not taken off the options: browsers refuse a fetch that is called as a method of something else.
  const send = options.fetch ?? fetch;
  return send(options.baseUrl + path, {
    method,
    headers: { ...options.headers?.(), ...headers },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** By what it says it is: JSON parsed, text as text, all else as bytes. */
async function bodyOf(response: Response): Promise<unknown> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
  if (/[/+]json$/.test(type)) return response.json();
  if (type.startsWith('text/')) return response.text();
  const blob = await response.blob();
  return blob.size === 0 ? undefined : blob;
}

function broken(
  { traceId }: PreparedRequest,
  cause: unknown,
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted === true) return cause;
  return new CallFailed({ status: 0, traceId }, { cause });
}

function refused({ traceId }: PreparedRequest, response: Response, body: unknown): CallFailed {
  const retryAfter = response.headers.get('retry-after');
  return new CallFailed({ status: response.status, traceId, body, retryAfter });
}

function stopwatch(
  { onCall }: ClientOptions,
  call: {
    readonly operation: Operation;
    readonly request: PreparedRequest;
    readonly args: PlainArguments;
  },
): (status: number) => void {
  const startedAt = performance.now();
  return (status) => {
    const { operation, request, args } = call;
    const requestBody = withoutSecrets(args.body);
    onCall?.({
      operation,
      method: request.method,
      path: request.shownPath,
      status,
      ms: performance.now() - startedAt,
      traceId: request.traceId,
      ...(requestBody === undefined ? {} : { requestBody }),
    });
  };
}
