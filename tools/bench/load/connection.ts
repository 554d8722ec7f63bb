import { connect } from 'node:net';
import type { OnResponse } from './response-parser.ts';
import { createResponseParser } from './response-parser.ts';

/** One kept-alive connection that carries one request at a time. */
export interface Connection {
  /** Sends the first `length` bytes of `buffer`, which must not change until the answer came. */
  send(buffer: Uint8Array, length: number): void;
  destroy(): void;
}

export interface ConnectionEvents {
  readonly onOpen: () => void;
  readonly onResponse: OnResponse;
  /** The connection ended without being asked to. */
  readonly onLost: (error: Error) => void;
}

/** Answers are read into one buffer per connection, so receiving allocates nothing. */
const READ_BYTES = 16 * 1024;

export function openConnection(
  address: { readonly host: string; readonly port: number },
  events: ConnectionEvents,
): Connection {
  const parser = createResponseParser(events.onResponse);
  let failure: Error = new Error('The server closed the connection.');
  let destroyed = false;
  const socket = connect({
    host: address.host,
    port: address.port,
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (length, buffer) => {
        parser.feed(buffer, length);
        return true;
      },
    },
  });
  socket.once('connect', events.onOpen);
  socket.once('error', (error) => {
    failure = error;
  });
  socket.once('end', () => socket.destroy());
  socket.once('close', () => {
    if (!destroyed) events.onLost(failure);
  });
  return {
    send: (buffer, length) => void socket.write(buffer.subarray(0, length)),
    destroy: () => {
      destroyed = true;
      socket.destroy();
    },
  };
}
