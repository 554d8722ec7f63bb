/**
 * The server's side of what the shedder passes on: a Unix socket in a folder of this user alone, whose connections begin
 * with the client's address and are then the HTTP server's like any other.
 */
import type { Server } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readProxyLine } from './proxy-line.ts';

export interface RelayedConnections {
  readonly path: string;
  /** Whether the connection is one of these. */
  has(socket: Socket): boolean;
  /** Takes no more; those that are there are the HTTP server's to end. */
  close(): Promise<void>;
}

/** Errors: those of the file system, such as no room or no right in the temporary folder. */
export async function listenForRelayed(
  server: Server,
  connectionsMax: number,
): Promise<RelayedConnections> {
  // mkdtemp makes it for this user only.
  const folder = await mkdtemp(path.join(tmpdir(), 'comptoir-'));
  const address = path.join(folder, 'relayed');
  const relayed = new WeakSet<Socket>();
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    relayed.add(socket);
    introduce(socket, server);
  });
  listener.maxConnections = connectionsMax;
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject).listen(address, resolve);
  });
  listener.unref();
  return {
    path: address,
    has: (socket) => relayed.has(socket),
    async close() {
      listener.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads the line and hands the connection over. */
function introduce(socket: Socket, server: Server): void {
  let read: Buffer = Buffer.alloc(0);
  const refuse = (): void => void socket.destroy();
  socket.on('error', refuse);
  const onData = (chunk: Buffer): void => {
    read = Buffer.concat([read, chunk]);
    const line = lineOf(read);
    if (line === null) return;
    socket.off('data', onData).off('error', refuse);
    if (line === 'wrong') return refuse();
    socket.pause();
    Object.defineProperty(socket, 'remoteAddress', { value: line.remoteAddress });
    socket.unshift(read.subarray(line.end));
    server.emit('connection', socket);
    // Paused above so that nothing came between; the HTTP server expects a socket that flows.
    socket.resume();
  };
  socket.on('data', onData);
}

function lineOf(bytes: Buffer): ReturnType<typeof readProxyLine> | 'wrong' {
  try {
    return readProxyLine(bytes);
  } catch {
    return 'wrong';
  }
}
