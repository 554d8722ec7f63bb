/**
 * One client's connection in the shedder. Requests are taken one after another:
 *
 *   head --room--> relayed: head and body go to the server, its answer comes back --> head
 *        --none--> refused: answered at once, the body runs out unread --> head
 *        --odd---> through: everything goes to the server and back untouched, until the connection ends
 *
 * Each connection has one of its own to the server, so whatever a client makes of its requests stays between the server
 * and this client. A request that comes before the last one was answered waits, which keeps answers in order.
 */
import { connect, type Socket } from 'node:net';
import {
  DRAINED_BYTES_MAX,
  HEADER_BYTES_MAX,
  HEADERS_TIMEOUT_MS,
  KEEP_ALIVE_MS,
} from '../connection-limits.ts';
import type { AdmissionWindow } from './admission-window.ts';
import { AnswerFrame } from './answer-frame.ts';
import { plainHeadOf, type PlainHead } from './plain-head.ts';
import { proxyLineOf } from './proxy-line.ts';

const HEAD_END = Buffer.from('\r\n\r\n');
/** A body that stands still, and one that trickles. */
const BODY_STALLED_MS_MAX = 10_000;
const BODY_MS_MAX = 60_000;
/** Less than the server leaves a connection idle, so that none is used in the moment the server closes it. */
const SERVER_IDLE_MS_MAX = 50_000;

/** What the connections of a process share. */
export interface Door {
  readonly serverPath: string;
  readonly window: AdmissionWindow;
  /** On a clock that only goes forward. */
  nowMs(): number;
  /** The answer to a request that finds no room. */
  refusal(head: PlainHead): string;
  /** A refusal took so long. */
  refused(ms: number): void;
}

export class ClientConnection {
  readonly #client: Socket;
  readonly #door: Door;
  readonly #answer = new AnswerFrame();
  #server: Socket | undefined;
  #through = false;
  #ending = false;
  /** Of the request's body, still to come. */
  #bodyLeft = 0;
  /** The body goes to the server. */
  #relays = false;
  /** Length of the body whose answer is awaited; 0 when none is. */
  #awaited = 0;
  /** The beginning of a head, or what came before the last request was answered. */
  #held: Buffer | null = null;
  #activeMs: number;
  /** Of the request that is taken, or of the connection before its first one. */
  #begunMs: number;
  #requests = 0;

  constructor(client: Socket, door: Door) {
    this.#client = client;
    this.#door = door;
    this.#activeMs = door.nowMs();
    this.#begunMs = this.#activeMs;
    client.setNoDelay(true);
    client.on('data', (chunk: Buffer) => this.#take(chunk));
    client.on('drain', () => {
      this.#server?.resume();
      this.#goOn();
    });
    client.on('end', () => {
      if (this.#through || this.#awaited > 0) this.#server?.end();
      else client.end();
    });
    // What follows is `close`.
    client.on('error', () => {});
    client.on('close', () => {
      this.#settle();
      this.#server?.destroy();
    });
  }

  /** Ends it when nothing is under way, and after the next answer otherwise. */
  end(): void {
    this.#ending = true;
    const isIdle = this.#awaited === 0 && this.#bodyLeft === 0 && !this.#through;
    if (isIdle) this.#client.end();
  }

  /** Ends what nobody uses. What the server has a part in, the server watches. */
  lookAfter(): void {
    if (this.#through || this.#awaited > 0) return;
    const nowMs = this.#door.nowMs();
    const silentMs = nowMs - this.#activeMs;
    if (this.#isLate(silentMs, nowMs - this.#begunMs)) this.#client.destroy();
    else if (silentMs > SERVER_IDLE_MS_MAX) this.#dropServer();
  }

  #isLate(silentMs: number, takenMs: number): boolean {
    if (this.#bodyLeft > 0) return silentMs > BODY_STALLED_MS_MAX || takenMs > BODY_MS_MAX;
    if (this.#held !== null || this.#requests === 0) return takenMs > HEADERS_TIMEOUT_MS;
    return silentMs > KEEP_ALIVE_MS;
  }

  #take(chunk: Buffer): void {
    this.#activeMs = this.#door.nowMs();
    let rest: Buffer | null = chunk;
    while (rest !== null && rest.length > 0 && !this.#client.writableEnded) {
      if (this.#through) rest = this.#pass(rest);
      else if (this.#bodyLeft > 0) rest = this.#takeBody(rest);
      else rest = this.#takeHead(rest);
    }
  }

  #takeBody(chunk: Buffer): Buffer {
    const length = Math.min(this.#bodyLeft, chunk.length);
    this.#bodyLeft -= length;
    if (this.#relays) this.#pass(chunk.subarray(0, length));
    else if (this.#bodyLeft === 0 && this.#ending) this.#client.end();
    return chunk.subarray(length);
  }

  /** Answers with what follows the head, or null when there is no whole head yet. */
  #takeHead(chunk: Buffer): Buffer | null {
    if (this.#held === null) this.#begunMs = this.#activeMs;
    const bytes = this.#held === null ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = bytes;
    if (this.#awaited > 0) {
      this.#client.pause();
      return null;
    }
    const end = bytes.indexOf(HEAD_END) + HEAD_END.length;
    if (end < HEAD_END.length && bytes.length <= HEADER_BYTES_MAX) return null;
    this.#held = null;
    this.#requests += 1;
    const head = plainHeadOf(bytes.toString('latin1', 0, end));
    if (head === null || head.bodyBytes === 0 || head.bodyBytes > DRAINED_BYTES_MAX) {
      this.#through = true;
      return bytes;
    }
    this.#bodyLeft = head.bodyBytes;
    this.#relays = this.#door.window.enter(head.bodyBytes);
    if (!this.#relays) {
      this.#refuse(head);
      return bytes.subarray(end);
    }
    this.#awaited = head.bodyBytes;
    // Mostly a head comes with its body: one piece for both.
    const length = Math.min(bytes.length, end + head.bodyBytes);
    this.#bodyLeft -= length - end;
    this.#pass(bytes.subarray(0, length));
    return bytes.subarray(length);
  }

  #refuse(head: PlainHead): void {
    // A client that does not read its answers is not read either.
    if (!this.#client.write(this.#door.refusal(head), 'latin1')) this.#client.pause();
    this.#door.refused(this.#door.nowMs() - this.#activeMs);
  }

  /** To the server; answers with null, since nothing is left of it. */
  #pass(bytes: Buffer): null {
    this.#server ??= this.#open();
    if (!this.#server.write(bytes)) this.#client.pause();
    return null;
  }

  #open(): Socket {
    const server = connect({ path: this.#door.serverPath, allowHalfOpen: true });
    server.write(proxyLineOf(this.#client));
    server.on('data', (chunk: Buffer) => this.#onAnswer(chunk));
    server.on('drain', () => this.#goOn());
    server.on('error', () => {});
    server.on('end', () => this.#onServerGone(server));
    server.on('close', () => this.#onServerGone(server));
    return server;
  }

  #onAnswer(chunk: Buffer): void {
    this.#activeMs = this.#door.nowMs();
    if (!this.#client.write(chunk)) this.#server?.pause();
    if (this.#through || this.#awaited === 0) return;
    const read = this.#answer.take(chunk);
    if (read === 'more') return;
    this.#settle();
    if (read === 'unframed') this.#through = true;
    if (read === 'whole' && (this.#answer.closes || this.#ending)) this.#client.end();
    else this.#takeHeld();
  }

  /** What came while an answer was awaited. */
  #takeHeld(): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null) this.#take(held);
    this.#goOn();
  }

  /** The client is read on when both sides have room. */
  #goOn(): void {
    const isWaiting = this.#awaited > 0 && this.#held !== null;
    const isFull = this.#client.writableNeedDrain || this.#server?.writableNeedDrain === true;
    if (!isWaiting && !isFull) this.#client.resume();
  }

  #onServerGone(server: Socket): void {
    if (this.#server !== server) return;
    this.#server = undefined;
    server.destroy();
    if (this.#through) this.#client.end();
    // Nobody will answer what was passed on; what became of it the client does not know, as with any connection that breaks.
    else if (this.#awaited > 0) this.#client.destroy();
  }

  #dropServer(): void {
    const server = this.#server;
    this.#server = undefined;
    server?.destroy();
  }

  #settle(): void {
    if (this.#awaited > 0) this.#door.window.leave(this.#awaited);
    this.#awaited = 0;
  }
}
