/** The board of a kitchen, as its screen watches it: tickets, of which an order has one for each station. */
import { connect } from 'node:net';
import { createFrameParser } from '../tails/frame-parser.ts';
import type { Target } from './asking.ts';

export interface Board {
  /** Resolves when the board shows what there is. */
  readonly opened: Promise<void>;
  readonly problem: string | undefined;
  close(): void;
}

const ORDER = '"orderId":"';

/** `onOrder` is called with the order of every ticket that the board is told of. */
export function openBoard(
  target: Target,
  locationId: string,
  onOrder: (id: string) => void,
): Board {
  const { host, port, apiKey } = target;
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  let problem: string | undefined;
  let isClosing = false;
  const fail = (text: string): void => {
    problem ??= text;
    reject(new Error(text));
  };
  const path = `/v1/orders/tickets/live?locationId=${locationId}&status=open&limit=1`;
  const parser = createFrameParser({
    onOpen: () => {},
    onFrame(event, data) {
      if (event === 'snapshot') resolve();
      else if (event === 'message') onOrder(orderOf(data));
      else if (event === 'dropped') fail(`A board was dropped: ${data}`);
    },
  });
  const socket = connect({ host, port, noDelay: true });
  socket.once('connect', () => {
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nAuthorization: Bearer ${apiKey}\r\n\r\n`,
    );
  });
  socket.on('data', (chunk) => {
    try {
      parser.feed(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
      socket.destroy();
    }
  });
  socket.once('error', (error) => fail(error.message));
  socket.once('close', () => {
    if (!isClosing) fail('The server closed the connection of a board.');
  });
  return {
    opened,
    get problem() {
      return problem;
    },
    close() {
      isClosing = true;
      socket.destroy();
    },
  };
}

/** The rest of a ticket need not be parsed. */
function orderOf(data: string): string {
  const start = data.indexOf(ORDER) + ORDER.length;
  return data.slice(start, data.indexOf('"', start));
}
