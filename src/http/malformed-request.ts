import { STATUS_CODES, type IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
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

/**
 * What is wrong with the host a request says it is for, as the end of a sentence; null when nothing is (RFC 9112, section 3.2).
 * An empty one is a host by the grammar, and what says that there is none.
 */
export function hostFault(request: IncomingMessage): string | null {
  const hosts = hostsIn(request);
  if (hosts > 1) return 'names more than one host.';
  if (hosts === 0)
    return request.httpVersion === '1.1' ? 'does not say which host it is for.' : null;
  return isHost(request.headers.host ?? '') ? null : 'names a host that is none.';
}

/** A name or an IPv4 address, with a port or without: RFC 3986, sections 3.2.2 and 3.2.3. */
const NAMED_HOST = /^(?:[\w.~!$&'()*+,;=-]|%[\dA-Fa-f]{2})*(?::\d*)?$/;
const LITERAL_HOST = /^\[([^\]]*)\](?::\d*)?$/;
const LATER_ADDRESS = /^v[\dA-Fa-f]+\.[\w.~!$&'()*+,;=:-]+$/i;

function isHost(value: string): boolean {
  if (NAMED_HOST.test(value)) return true;
  const address = LITERAL_HOST.exec(value)?.[1];
  if (address === undefined) return false;
  // Node takes an address with its zone for one; what stands in a host has none.
  return (isIPv6(address) && !address.includes('%')) || LATER_ADDRESS.test(address);
}

/** How many `host` headers came: names and values take turns in what Node keeps of a head. */
function hostsIn({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
