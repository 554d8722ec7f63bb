/** A board of one location, as a screen in the kitchen watches it: notes which orders it was told of, and when. */
import { connect } from 'node:net';
import { createFrameParser } from '../tails/frame-parser.ts';
import type { Target } from './asking.ts';

export interface Board {
  /** Resolves when the board shows what there is. */
  readonly opened: Promise<void>;
  readonly problem: string | undefined;
  close(): void;
}

const ID = '"id":"';

/** `onRow` is called with the id of every row that the board is told of. */
export function openBoard(target: Target, path: string, onRow: (id: string) => void): Board {
  const { host, port, apiKey } = target;
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  let problem: string | undefined;
  let isClosing = false;
  const fail = (text: string): void => {
    problem ??= text;
    reject(new Error(text));
  };
  const parser = createFrameParser({
    onOpen: () => {},
    onFrame(event, data) {
      if (event === 'snapshot') resolve();
      else if (event === 'message') onRow(idOf(data));
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

/** The first member of a row is its id; the rest need not be parsed. */
function idOf(data: string): string {
  const start = data.indexOf(ID) + ID.length;
  return data.slice(start, data.indexOf('"', start));
}
