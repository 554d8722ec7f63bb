import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Failure } from '../core/errors.ts';
import { problemOf, traceIdOf } from './problem.ts';

/**
 * Answers what Node's parser could not read as a request: there is no response object yet, so the answer is written to the
 * socket, which is closed.
 */
export function refuseMalformed(error: Error & { code?: string }, socket: Duplex): void {
  // A connection opened ahead of need that never sent a byte is closed without a word, as an idle one is.
  const unused = 'bytesRead' in socket && socket.bytesRead === 0;
  if (error.code === 'ECONNRESET' || !socket.writable || unused) {
    socket.destroy();
    return;
  }
  const { status, problem } = problemOf(failureOf(error.code), traceIdOf(undefined));
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function failureOf(code: string | undefined): Failure {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Failure('TOO_LARGE', 'The head of the request is larger than this server accepts.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Failure('INPUT_INVALID', 'The head of the request did not arrive in time.');
  return new Failure('INPUT_INVALID', 'The request is not valid HTTP/1.1.');
}

/** How many `host` headers came: names and values take turns in what Node keeps of a head. */
export function hostsIn({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
