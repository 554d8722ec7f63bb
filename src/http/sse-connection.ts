/**
 * Server-sent events (WHATWG HTML, section 9.2) on a raw response. The body ends with the connection instead of being
 * chunked: a frame then goes to the socket as it is, which halves the cost of a small write.
 */
import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../core/errors.ts';
import type { TailSink } from '../subscriptions/follow-tail.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** A reader has this long to take what is left, `dropped` included, before the connection is cut. */
const LINGER_MS = 5000;
/** `drained` means that at most this much waits. */
const DRAINED_BYTES = 64 * 1024;

const COMMENT = Buffer.from(': alive\n\n');

export interface SseConnection extends TailSink {
  comment(): void;
  /** Calls `listener` once, when the connection has ended for whatever reason. */
  onClose(listener: () => void): void;
}

/** Answers 200 and begins the stream; the first comment makes proxies pass the head on at once. */
export function openSse(response: ServerResponse): SseConnection {
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    connection: 'close',
    'x-accel-buffering': 'no',
  });
  response.write(COMMENT);
  let ended = false;
  return {
    write(frames) {
      const [first] = frames;
      if (ended || first === undefined) return;
      response.write(frames.length === 1 ? first : Buffer.concat(frames));
    },
    comment() {
      // Behind a full buffer a comment tells nobody that the connection lives.
      if (!ended && response.writableLength < DRAINED_BYTES) response.write(COMMENT);
    },
    bufferedBytes: () => response.writableLength,
    drained: (timeoutMs) => drained(response, timeoutMs),
    dropped(code: ErrorCode) {
      if (ended) return;
      ended = true;
      response.end(`event: dropped\ndata: {"code":"${code}"}\n\n`);
      const timer = setTimeout(() => response.destroy(), LINGER_MS);
      timer.unref();
      response.once('close', () => clearTimeout(timer));
    },
    onClose(listener) {
      response.once('close', () => {
        ended = true;
        listener();
      });
    },
  };
}

function drained(response: ServerResponse, timeoutMs: number): Promise<boolean> {
  if (response.writableLength <= DRAINED_BYTES) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (answer: boolean) => (): void => {
      clearTimeout(timer);
      response.off('drain', took);
      response.off('close', took);
      resolve(answer);
    };
    const took = finish(true);
    const timer = setTimeout(finish(false), timeoutMs);
    response.once('drain', took);
    response.once('close', took);
  });
}

const encoder = new TextEncoder();
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/** One event of a name other than `message`, or without an id; the JSON text has no line ends. */
export function sseMessage(
  json: string,
  { event, id }: { readonly event?: string | undefined; readonly id?: string | undefined },
): Uint8Array {
  const head = `${event === undefined ? '' : `event: ${event}\n`}${id === undefined ? '' : `id: ${id}\n`}`;
  return encoder.encode(`${head}data: ${json}\n\n`);
}

/** One event: `id: <id>`, `data: <json>`. Line ends are white space between JSON tokens and become spaces. */
export function sseFrame(id: string, json: Uint8Array): Uint8Array {
  const head = encoder.encode(`id: ${id}\ndata: `);
  const frame = new Uint8Array(head.length + json.length + 2);
  frame.set(head);
  frame.set(json, head.length);
  for (const byte of [NEWLINE, CARRIAGE_RETURN]) {
    let at = frame.indexOf(byte, head.length);
    for (; at !== -1; at = frame.indexOf(byte, at + 1)) frame[at] = SPACE;
  }
  frame.fill(NEWLINE, head.length + json.length);
  return frame;
}
