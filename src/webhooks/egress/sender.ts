/**
 * The HTTP client of webhooks: one POST, no redirects, TLS verified, every wait bounded. Of an answer only the status
 * and Retry-After are looked at; its body is read to a bound so that the connection can serve again, and thrown away.
 */
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createAgents, type Agents } from './agents.ts';
import { AttemptError, type AttemptCode } from './attempt-error.ts';
import type { Resolve } from './resolve.ts';
import { checkUrl, hostOf, portOf, type Egress } from './url.ts';

export interface SenderTimeouts {
  /** Name, connection and TLS. */
  readonly connectMs: number;
  /** From the connection to the head of the answer. */
  readonly headersMs: number;
  /** All together. The specification advises 15 to 30 s. */
  readonly totalMs: number;
  /** For the body of the answer, which nobody reads. */
  readonly drainMs: number;
}

export const SENDER_TIMEOUTS: SenderTimeouts = {
  connectMs: 5000,
  headersMs: 15_000,
  totalMs: 20_000,
  drainMs: 1000,
};
/** An acknowledgement is short; what is longer is cut off. */
const ANSWER_BYTES_MAX = 64 * 1024;

export interface SenderOptions {
  readonly egress: Egress;
  readonly resolve: Resolve;
  readonly timeouts?: Partial<SenderTimeouts> | undefined;
  /** Certificate authorities instead of the well-known ones. */
  readonly ca?: string | undefined;
  /** How a socket to an address is begun. */
  readonly connect?: ((address: string, port: number) => Socket) | undefined;
}

export interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Sent =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'failed'; readonly code: AttemptCode };

export interface Sender {
  /** Never rejects. */
  send(message: Outgoing): Promise<Sent>;
  /** Ends what is under way with STOPPED and closes every connection. */
  close(): void;
}

/** An answer, or a failure on a connection that had served before and may just have been closed by the other side. */
type Tried = Sent | { readonly kind: 'stale' };

export function createSender(options: SenderOptions): Sender {
  const timeouts = { ...SENDER_TIMEOUTS, ...options.timeouts };
  const stop = new AbortController();
  const { egress, resolve, ca, connect } = options;
  const agents = createAgents({
    egress,
    resolve,
    connectTimeoutMs: timeouts.connectMs,
    ca,
    connect,
    signal: stop.signal,
  });
  return {
    async send(message) {
      const checked = checkUrl(message.url, egress);
      if (!checked.ok) return { kind: 'failed', code: 'URL_REFUSED' };
      const attempt = { url: checked.url, message, agents, timeouts, stop: stop.signal };
      const deadline = performance.now() + timeouts.totalMs;
      for (;;) {
        const totalMs = Math.max(1, deadline - performance.now());
        const tried = await post({ ...attempt, timeouts: { ...timeouts, totalMs } });
        if (tried.kind !== 'stale') return tried;
      }
    },
    close() {
      stop.abort();
      agents.destroy();
    },
  };
}

interface Attempt {
  readonly url: URL;
  readonly message: Outgoing;
  readonly agents: Agents;
  readonly timeouts: SenderTimeouts;
  readonly stop: AbortSignal;
}

function post(attempt: Attempt): Promise<Tried> {
  const { message, stop, timeouts } = attempt;
  return new Promise((resolve) => {
    if (stop.aborted) {
      resolve({ kind: 'failed', code: 'STOPPED' });
      return;
    }
    const outgoing = begin(attempt);
    const timers: NodeJS.Timeout[] = [];
    const finish = (tried: Tried): void => {
      for (const timer of timers) clearTimeout(timer);
      stop.removeEventListener('abort', stopped);
      resolve(tried);
    };
    const giveUp = (code: AttemptCode): void => {
      finish({ kind: 'failed', code });
      outgoing.destroy();
    };
    const stopped = (): void => giveUp('STOPPED');
    stop.addEventListener('abort', stopped);
    timers.push(setTimeout(() => giveUp('RESPONSE_TIMEOUT'), timeouts.totalMs));
    outgoing.once('socket', () => {
      timers.push(setTimeout(() => giveUp('RESPONSE_TIMEOUT'), timeouts.headersMs));
    });
    outgoing.on('error', (error) => finish(failureOf(error, outgoing)));
    outgoing.once('response', (answer) => {
      for (const timer of timers) clearTimeout(timer);
      const { statusCode = 0, headers } = answer;
      drain(answer, timeouts.drainMs, () =>
        finish({ kind: 'answered', status: statusCode, retryAfter: headers['retry-after'] }),
      );
    });
    // Node hands a 101 to this event and would keep the connection open.
    outgoing.once('upgrade', (_answer, socket) => {
      socket.destroy();
      finish({ kind: 'failed', code: 'RESPONSE_INVALID' });
    });
    outgoing.end(message.body);
  });
}

function begin({ url, message, agents }: Attempt): ClientRequest {
  return request({
    method: 'POST',
    protocol: url.protocol,
    host: hostOf(url),
    port: portOf(url),
    path: url.pathname + url.search,
    headers: { ...message.headers, 'content-length': String(message.body.length) },
    agent: agents.of(url.protocol),
  });
}

function failureOf(error: Error, outgoing: ClientRequest): Tried {
  if (error instanceof AttemptError) return { kind: 'failed', code: error.code };
  if ('code' in error && String(error.code).startsWith('HPE_'))
    return { kind: 'failed', code: 'RESPONSE_INVALID' };
  // The message goes out again on a new connection: its id lets the receiver drop a second copy.
  if (outgoing.reusedSocket) return { kind: 'stale' };
  return { kind: 'failed', code: 'CONNECTION_LOST' };
}

/** Reads and drops the body within bounds, then calls `done`, once. */
function drain(answer: IncomingMessage, drainMs: number, done: () => void): void {
  let bytes = 0;
  const timer = setTimeout(() => answer.destroy(), drainMs);
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) answer.destroy();
  });
  answer.on('error', () => undefined);
  answer.once('close', () => {
    clearTimeout(timer);
    done();
  });
}
