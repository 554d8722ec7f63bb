/**
 * Lets the rest of a body that nobody wants run out without copying it. Node's parser makes a Buffer of every piece of a
 * body and calls its own listener with it, also for a request that was answered long ago: for a refused batch of 55 kB that
 * is half of what its refusal costs. Where the parser has no listener for bodies it counts their bytes and makes nothing.
 *
 * The listeners are properties of the parser, which Node does not document: they are found by their names, and where they
 * are not found nothing changes. A parser goes on to the next request of its connection, then to other connections, also
 * to those that this process opens. So the listener is put back, in the parser's own call, at the end of the message it
 * was taken off for, and where that never comes before Node takes the parser back, when the connection closes.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const BODY = 'parserOnBody';
const COMPLETE = 'parserOnMessageComplete';
/** Node's parser has its listeners under the numbers from 0, some six of them. */
const NUMBERS_MAX = 16;

/** The parser's properties by number. */
type Parser = Record<number, unknown>;

interface Listener {
  readonly number: number;
  readonly listen: (this: Parser, ...given: unknown[]) => unknown;
}

interface Listeners {
  readonly body: Listener;
  readonly complete: Listener;
}

/** Null until they are found. */
let known: Listeners | null = null;
const watched = new WeakSet<Socket>();

/** What is still to come of the body goes nowhere; the request then ends as if it had none. */
export function leaveBody(request: IncomingMessage): void {
  const parser = parserOf(request);
  if (parser === null) return;
  known ??= listenersOf(parser);
  if (known === null || parser[known.body.number] !== known.body.listen) return;
  parser[known.body.number] = null;
  parser[known.complete.number] = completed;
  const { socket } = request;
  if (watched.has(socket)) return;
  watched.add(socket);
  socket.prependListener('close', () => putBack(parser));
}

/** What is still to come of a body that was left comes again. */
export function expectBody(request: IncomingMessage): void {
  const parser = parserOf(request);
  if (parser !== null) putBack(parser);
}

function completed(this: Parser): unknown {
  putBack(this);
  return known?.complete.listen.call(this);
}

function putBack(parser: Parser): void {
  if (known === null || parser[known.complete.number] !== completed) return;
  parser[known.body.number] = known.body.listen;
  parser[known.complete.number] = known.complete.listen;
}

function parserOf({ socket }: IncomingMessage): Parser | null {
  // safe because it is only read, and what is found is looked at
  const { parser } = socket as { parser?: unknown };
  // safe because any object has properties by number
  return typeof parser === 'object' ? (parser as Parser | null) : null;
}

function listenersOf(parser: Parser): Listeners | null {
  const body = listenerNamed(parser, BODY);
  const complete = listenerNamed(parser, COMPLETE);
  return body === null || complete === null ? null : { body, complete };
}

function listenerNamed(parser: Parser, name: string): Listener | null {
  for (let number = 0; number < NUMBERS_MAX; number++) {
    const listen = parser[number];
    if (typeof listen !== 'function' || listen.name !== name) continue;
    // safe because Node calls it with the parser as `this`, and what it is given is handed on
    return { number, listen: listen as Listener['listen'] };
  }
  return null;
}
