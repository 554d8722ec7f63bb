import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StartRefused } from '../start-refused.ts';

/**
 * Below the range from which systems take the local ports of outgoing connections (32768 and up on Linux, 49152 on
 * macOS): while the server is down, a client that connects to a port of that range can be connected to itself, which
 * then keeps the server from coming back.
 */
const PORT_MIN = 20_000;
const PORT_END = 32_000;
const ATTEMPTS_MAX = 100;

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const port = randomInt(PORT_MIN, PORT_END);
    if (await isFree(port)) return port;
  }
  throw new StartRefused(
    `No free port between ${PORT_MIN} and ${PORT_END} for PostgreSQL on 127.0.0.1.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
