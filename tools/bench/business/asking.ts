/** Requests over kept-alive connections, each carrying one at a time; what finds none free waits in order. */
import { openConnection, type Connection } from '../load/connection.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly apiKey: string;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface Asking {
  /** Rejects when the connection was lost. */
  ask(request: Request): Promise<Reply>;
  /** Requests that wait for a connection. */
  readonly waiting: number;
  close(): void;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** JSON text in ASCII, so that characters are bytes. */
  readonly body?: string;
  /** Idempotency-Key. */
  readonly key?: string;
}

interface Lane {
  connection: Connection | undefined;
  buffer: Buffer;
  answering: PromiseWithResolvers<Reply> | undefined;
}

/** Of one request: a sale has a kilobyte. */
const REQUEST_BYTES = 4_096;

/** Opens all connections before it resolves, so that no measured request waits for a handshake. */
export async function openAsking(target: Target, connections: number): Promise<Asking> {
  const free: Lane[] = [];
  const all: Lane[] = [];
  const waiting: { readonly request: Request; readonly answering: PromiseWithResolvers<Reply> }[] =
    [];

  function send(lane: Lane, request: Request, answering: PromiseWithResolvers<Reply>): void {
    const text = textOf(target, request);
    if (text.length > lane.buffer.length) lane.buffer = Buffer.allocUnsafe(text.length);
    lane.answering = answering;
    lane.connection?.send(lane.buffer, lane.buffer.write(text, 'latin1'));
  }

  function onReply(lane: Lane, reply: Reply): void {
    const { answering } = lane;
    lane.answering = undefined;
    const next = waiting.shift();
    if (next === undefined) free.push(lane);
    else send(lane, next.request, next.answering);
    answering?.resolve(reply);
  }

  async function open(): Promise<void> {
    const opened = Promise.withResolvers<void>();
    const lane: Lane = {
      connection: undefined,
      buffer: Buffer.allocUnsafe(REQUEST_BYTES),
      answering: undefined,
    };
    lane.connection = openConnection(target, {
      onOpen: opened.resolve,
      onResponse: (status, body) => onReply(lane, { status, body: body.toString() }),
      onLost(error) {
        opened.reject(error);
        lane.answering?.reject(error);
      },
    });
    all.push(lane);
    await opened.promise;
    free.push(lane);
  }

  await Promise.all(Array.from({ length: connections }, open));
  return {
    get waiting() {
      return waiting.length;
    },
    ask(request) {
      const answering = Promise.withResolvers<Reply>();
      const lane = free.pop();
      if (lane === undefined) waiting.push({ request, answering });
      else send(lane, request, answering);
      return answering.promise;
    },
    close() {
      for (const { connection } of all) connection?.destroy();
    },
  };
}

function textOf({ host, port, apiKey }: Target, { method, path, body, key }: Request): string {
  const head =
    `${method} ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nAuthorization: Bearer ${apiKey}\r\n` +
    (key === undefined ? '' : `Idempotency-Key: ${key}\r\n`);
  if (body === undefined) return `${head}\r\n`;
  return `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
