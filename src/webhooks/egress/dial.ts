/**
 * The second gate against forged requests: a connection is made to an address that was checked, never to a name, so
 * that a name which resolves differently a moment later (rebinding) changes nothing. The address the socket really
 * reached is checked once more before the first byte, the TLS greeting included, is written.
 */
import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AttemptError, type AttemptCode } from './attempt-error.ts';
import { addressesOf, type Resolve } from './resolve.ts';
import { mayConnect, type Egress } from './url.ts';

/** A name may have many addresses; one that is down must not use up the time of all. */
const ADDRESSES_TRIED_MAX = 3;

export interface DialTarget {
  /** Name or literal address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

export interface DialOptions {
  readonly egress: Egress;
  readonly resolve: Resolve;
  /** For the name, the connection and the TLS handshake together. */
  readonly connectTimeoutMs: number;
  /** Certificate authorities instead of the well-known ones. */
  readonly ca?: string | undefined;
  readonly signal: AbortSignal;
  /** How a socket to an address is begun. */
  readonly connect?: ((address: string, port: number) => Socket) | undefined;
}

/** A connected socket, TLS established where asked for. Errors: AttemptError. */
export async function dial(target: DialTarget, options: DialOptions): Promise<Socket> {
  const deadline = performance.now() + options.connectTimeoutMs;
  const leftMs = (): number => Math.max(1, deadline - performance.now());
  const addresses = await within(leftMs(), addressesOf(target.host, options.resolve));
  if (!addresses.every((address) => mayConnect(options.egress, { ...target, address })))
    throw new AttemptError('ADDRESS_REFUSED');
  const tried = addresses.slice(0, ADDRESSES_TRIED_MAX);
  for (const [index, address] of tried.entries()) {
    const timeoutMs = leftMs() / (tried.length - index);
    try {
      const socket = await openSocket({ ...target, address, timeoutMs }, options);
      return target.secure
        ? await secured(socket, target, { ...options, timeoutMs: leftMs() })
        : socket;
    } catch (error) {
      const isLast = index === tried.length - 1;
      if (isLast || !isUnreachable(error)) throw error;
    }
  }
  throw new AttemptError('DNS_FAILED');
}

/** Only an address that cannot be reached is worth another; what answers wrongly answers for the host. */
function isUnreachable(error: unknown): boolean {
  return (
    error instanceof AttemptError &&
    (error.code === 'CONNECT_FAILED' || error.code === 'CONNECT_TIMEOUT')
  );
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AttemptError('CONNECT_TIMEOUT')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function openSocket(
  place: DialTarget & { readonly address: string; readonly timeoutMs: number },
  { egress, connect, signal }: DialOptions,
): Promise<Socket> {
  const { address, port } = place;
  const socket =
    connect === undefined
      ? connectSocket({ host: address, port, noDelay: true, signal })
      : connect(address, port);
  await opened(socket, { event: 'connect', timeoutMs: place.timeoutMs, code: 'CONNECT_FAILED' });
  if (mayConnect(egress, { ...place, address: socket.remoteAddress ?? '' })) return socket;
  socket.destroy();
  throw new AttemptError('ADDRESS_REFUSED');
}

async function secured(
  socket: Socket,
  { host }: DialTarget,
  { ca, timeoutMs }: { readonly ca?: string | undefined; readonly timeoutMs: number },
): Promise<Socket> {
  const secure = connectTls({
    socket,
    host,
    // A literal address has no server name (RFC 6066, section 3); it is looked for in the certificate all the same.
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    ...(ca === undefined ? {} : { ca }),
  });
  await opened(secure, { event: 'secureConnect', timeoutMs, code: 'TLS_FAILED' });
  return secure;
}

interface Opening {
  readonly event: 'connect' | 'secureConnect';
  readonly timeoutMs: number;
  /** Of anything that goes wrong but time. */
  readonly code: AttemptCode;
}

function opened(socket: Socket, { event, timeoutMs, code }: Opening): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new AttemptError('CONNECT_TIMEOUT'));
      socket.destroy();
    }, timeoutMs);
    // Stays for the life of the socket: an error after the promise settled must not end the process.
    socket.on('error', () => {
      clearTimeout(timer);
      reject(new AttemptError(code));
    });
    socket.once('close', () => {
      clearTimeout(timer);
      reject(new AttemptError(code));
    });
    socket.once(event, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
