/** HTTP written by hand onto a socket, for requests that a client library would correct or refuse to send. */
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A server that neither answers nor closes has failed the test. */
const ANSWER_TIMEOUT_MS = 20_000;

/**
 * Sends the bytes and reads the answer until the server closes, so the request should say `connection: close`.
 * Errors: when the connection breaks before an answer came.
 */
export function exchange(port: number, bytes: Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const finish = (error?: Error): void => {
      socket.destroy();
      const answer = parseAnswer(Buffer.concat(parts));
      if (answer === null) reject(error ?? new Error('the connection closed without an answer'));
      else resolve(answer);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => finish(new Error('no answer in time')));
    socket.on('data', (part) => parts.push(Buffer.from(part)));
    // After an early answer the server may close while we still send: what was answered counts.
    socket.once('error', finish);
    socket.once('close', () => finish());
  });
}

/** Null when there is no complete head. */
export function parseAnswer(bytes: Buffer): RawAnswer | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const body = bytes.subarray(end + 4);
  const isChunked = headers.get('transfer-encoding') === 'chunked';
  return {
    status: Number(statusLine.split(' ')[1]),
    headers,
    body: (isChunked ? dechunk(body) : body).toString('utf8'),
  };
}

/** RFC 9112, section 7.1. */
function dechunk(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (lineEnd < 0 || !(size > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
