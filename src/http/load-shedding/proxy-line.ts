/** The PROXY protocol, version 1 (HAProxy's specification, section 2.1): one line with the addresses of who is passed on. */
import { isIP, type Socket } from 'node:net';

/** The longest line of the specification. */
const LINE_BYTES_MAX = 107;
const UNKNOWN = 'PROXY UNKNOWN\r\n';

export function proxyLineOf(client: Socket): string {
  const { remoteAddress, remotePort, localAddress, localPort } = client;
  // A connection that is gone already has no address.
  if (remoteAddress === undefined || localAddress === undefined) return UNKNOWN;
  const family = isIP(remoteAddress) === 6 ? 'TCP6' : 'TCP4';
  return `PROXY ${family} ${remoteAddress} ${localAddress} ${remotePort} ${localPort}\r\n`;
}

export interface ProxyLine {
  /** Undefined when the line does not know it. */
  readonly remoteAddress: string | undefined;
  /** Where what follows the line begins. */
  readonly end: number;
}

/** Reads the line at the start of `bytes`; null while it is not whole. Throws when it is no such line. */
export function readProxyLine(bytes: Buffer): ProxyLine | null {
  const text = bytes.toString('latin1', 0, LINE_BYTES_MAX);
  const end = text.indexOf('\r\n') + 2;
  if (end < 2) {
    if (text.length < LINE_BYTES_MAX) return null;
    throw new Error('The connection does not begin with a PROXY line.');
  }
  const [word, family, remoteAddress = ''] = text.slice(0, end - 2).split(' ');
  if (word !== 'PROXY') throw new Error('The connection does not begin with a PROXY line.');
  if (family === 'UNKNOWN') return { remoteAddress: undefined, end };
  if (isIP(remoteAddress) === 0) throw new Error('The PROXY line names no address.');
  return { remoteAddress, end };
}
