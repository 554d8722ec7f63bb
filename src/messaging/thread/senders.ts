/**
 * The server's side of the thread that sends. The thread begins with the first sender that has something due. When it ends by
 * itself, whatever it claimed expires and its intents are settled as those of a process that died; the next sender begins
 * another one.
 */
import { Worker } from 'node:worker_threads';
import type { Logger } from '../../core/logger.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import type { LostMoment } from '../sending/lane-ports.ts';
import type { Sendable } from '../sending/prepared.ts';
import type { FromThread, ThreadOptions, ToldResult, ToThread } from './protocol.ts';

/** What the server does for the thread. */
export interface SenderWork {
  /** Those that may go out; of the others it notes why not. */
  prepare(sender: SenderPlace, messages: readonly ClaimedMessage[]): Promise<readonly Sendable[]>;
  /** Never throws. */
  record(told: ToldResult): void;
  onClaim(count: number): void;
  onMomentsLost(reason: LostMoment, count: number): void;
  readonly logger: Logger;
}

export interface Senders {
  /** Resolves when nothing is due any more, or all stop, and every request was answered. Errors: the thread ended. */
  serve(sender: SenderPlace): Promise<void>;
  /** Nothing more leaves; what is under way is answered and told. */
  stop(): Promise<void>;
}

/** Begins them, once it is known who works for them. */
export type OpenSenders = (work: SenderWork) => Senders;

/** A thousand requests under way and the messages of a second hold a fifth of it. */
const MEMORY_MB_MAX = 128;
/** The largest time-out of a request, and as much again to tell of it. */
const STOP_MS_MAX = 25_000;

export function openSenderThread(options: ThreadOptions): OpenSenders {
  return (work) => new SenderThread(options, work);
}

class SenderThread implements Senders {
  readonly #options: ThreadOptions;
  readonly #work: SenderWork;
  readonly #runs = new Map<number, PromiseWithResolvers<void>>();
  #worker: Worker | null = null;
  #lastRun = 0;

  constructor(options: ThreadOptions, work: SenderWork) {
    this.#options = options;
    this.#work = work;
  }

  serve(sender: SenderPlace): Promise<void> {
    this.#worker ??= this.#begin();
    this.#lastRun += 1;
    const ended = Promise.withResolvers<void>();
    this.#runs.set(this.#lastRun, ended);
    this.#say({ kind: 'serve', run: this.#lastRun, sender });
    return ended.promise;
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    const exited = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
    });
    this.#say({ kind: 'stop' });
    const timer = setTimeout(() => void worker.terminate(), STOP_MS_MAX);
    await exited;
    clearTimeout(timer);
  }

  #begin(): Worker {
    const worker = new Worker(new URL('./sender-thread.ts', import.meta.url), {
      workerData: this.#options,
      // It is told what it needs; flags of the process are for the server's own thread.
      env: {},
      execArgv: [],
      name: 'sender',
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
    });
    worker.on('message', (words: FromThread) => this.#hear(words));
    worker.on('error', (error) => {
      this.#work.logger.warn('the thread that sends messages failed', { error });
    });
    worker.once('exit', () => {
      this.#worker = null;
      const error = new Error('the thread that sends messages ended');
      for (const ended of this.#runs.values()) ended.reject(error);
      this.#runs.clear();
    });
    return worker;
  }

  #say(words: ToThread): void {
    this.#worker?.postMessage(words);
  }

  #hear(words: FromThread): void {
    const { record, onClaim, onMomentsLost, logger } = this.#work;
    switch (words.kind) {
      case 'prepare':
        void this.#prepare(words);
        return;
      case 'told':
        for (const told of words.results) record(told);
        if (words.claimed > 0) onClaim(words.claimed);
        for (const [reason, count] of words.lost) onMomentsLost(reason, count);
        return;
      case 'ended':
        this.#runs.get(words.run)?.resolve();
        this.#runs.delete(words.run);
        return;
      case 'warned':
        logger.warn(words.words, words.error === null ? {} : { error: words.error });
    }
  }

  async #prepare({
    call,
    sender,
    messages,
  }: Extract<FromThread, { readonly kind: 'prepare' }>): Promise<void> {
    try {
      const sendables = await this.#work.prepare(sender, messages);
      this.#say({ kind: 'prepared', call, sendables });
    } catch (error) {
      const count = messages.length;
      this.#work.logger.warn('messages could not be prepared', { error, count });
      this.#say({ kind: 'prepared', call, sendables: null });
    }
  }
}
