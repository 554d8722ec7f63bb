import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { expectBody, leaveBody } from './unread-body.ts';

const completed: object[] = [];
function parserOnBody(): void {}
function parserOnMessageComplete(this: object): void {
  completed.push(this);
}
function other(): void {}

beforeEach(() => {
  completed.length = 0;
});

/** What is looked at of a request: its connection with the parser. */
function requestOf(parser: object | null): IncomingMessage {
  const socket = Object.assign(new EventEmitter(), { parser });
  // safe because nothing else of a request is looked at
  return { socket } as unknown as IncomingMessage;
}

const whole = () => ({ 2: other, 3: parserOnBody, 4: parserOnMessageComplete });

test('a connection without a parser, or whose parser keeps its listeners elsewhere, stays as it is', () => {
  const foreign = { 3: other };
  for (const request of [requestOf(null), requestOf(foreign)]) {
    leaveBody(request);
    expectBody(request);
  }
  expect(foreign).toEqual({ 3: other });
});

test('a body is left until its message is complete, which Node hears of as ever', () => {
  const parser = whole();
  leaveBody(requestOf(parser));
  expect(parser[3]).toBeNull();
  parser[4]();
  expect(parser).toEqual(whole());
  expect(completed).toEqual([parser]);
});

test('a parser is whole again before Node takes it back from a connection that closed in the middle', () => {
  const parser = whole();
  const request = requestOf(parser);
  const seen: unknown[] = [];
  request.socket.on('close', () => seen.push(parser[3], parser[4]));
  leaveBody(request);
  leaveBody(request);
  request.socket.emit('close', false);
  expect(seen).toEqual([parserOnBody, parserOnMessageComplete]);
  expect(request.socket.listenerCount('close')).toBe(2);
});

test('a body that was left can be expected again', () => {
  const parser = whole();
  const request = requestOf(parser);
  leaveBody(request);
  expectBody(request);
  expect(parser).toEqual(whole());
});
