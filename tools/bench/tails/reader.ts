/** One tail read over a raw socket: counts what it was sent and notices what is out of order. */
import { connect } from 'node:net';
import { createFrameParser } from './frame-parser.ts';
import type { TailsTarget, Tally } from './messages.ts';

export interface TailReader {
  /** Resolves when the server has answered 200: from then on nothing may be missed. */
  readonly opened: Promise<void>;
  tally(): Tally;
  close(): void;
}

/** `onEvent` is called for every event received. */
export function openTail(
  { host, port, apiKey }: TailsTarget,
  query: string,
  onEvent: () => void,
): TailReader {
  const state: { events: number; idSum: number; position: string; problem: string | undefined } = {
    events: 0,
    idSum: 0,
    position: '',
    problem: undefined,
  };
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  const fail = (problem: string): void => {
    state.problem ??= problem;
    reject(new Error(problem));
  };
  const parser = createFrameParser({
    onOpen: resolve,
    onFrame(event, data) {
      if (event !== 'message') {
        fail(`The server ended a tail: ${event} ${data}`);
        return;
      }
      const { id, position } = fieldsOf(data);
      // Positions have a fixed width, so they compare as text.
      if (position <= state.position) fail(`Position ${position} came behind ${state.position}.`);
      state.position = position;
      state.events += 1;
      state.idSum = (state.idSum + idWord(id)) >>> 0;
      onEvent();
    },
  });
  const socket = connect({ host, port, noDelay: true });
  let isClosing = false;
  socket.once('connect', () => {
    const address = `/v1/events/tail${query === '' ? '' : `?${query}`}`;
    socket.write(
      `GET ${address} HTTP/1.1\r\nHost: ${host}:${port}\r\nAuthorization: Bearer ${apiKey}\r\n\r\n`,
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
    if (!isClosing) fail('The server closed the connection of a tail.');
  });
  return {
    opened,
    tally: () => ({ events: state.events, idSum: state.idSum, problem: state.problem }),
    close() {
      isClosing = true;
      socket.destroy();
    },
  };
}

/** First 32 bits of a UUID. */
export function idWord(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16);
}

function fieldsOf(data: string): { readonly id: string; readonly position: string } {
  const event: unknown = JSON.parse(data);
  if (typeof event === 'object' && event !== null && 'id' in event && 'position' in event)
    return { id: String(event.id), position: String(event.position) };
  throw new Error(`An event without id or position: ${data}`);
}
