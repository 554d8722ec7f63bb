/**
 * What one process holds of one sender: moments at which something may leave, and messages that may. They meet only when a
 * moment comes, so a message that was not ready in time takes the next moment, and no claim, judgement or intent is made
 * twice. A moment that passes unused by more than LATE_MS is gone: nothing is caught up. So a message that would wait for a
 * connection stays here, too: what waits elsewhere leaves in a heap when a slow provider wakes.
 *
 *   claimed -> hold, drop         noted by whoever prepares
 *           -> intent committed   shortly before as many moments as there are messages
 *           -> at the next moment: request -> outcome
 *           -> held too long      given back: the pair and the facts were of the time of the claim
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HELD_MS_MAX, INTENT_SPAN_MS, LATE_MS } from '../limits.ts';
import type { ClaimedMessage, SenderPlace } from '../outbox/outbox-row.ts';
import { giveBack, recordIntents, withdrawIntents } from '../outbox/transitions.ts';
import type { LaneDependencies } from './lane-ports.ts';
import type { Sendable } from './prepared.ts';

export interface Grant {
  readonly messages: readonly ClaimedMessage[];
  /** By `performance.now()`, ascending: each lets one message leave, of this grant or one before. */
  readonly moments: readonly number[];
  /** When it was claimed, by the same clock. */
  readonly claimedMs: number;
}

interface Held {
  readonly sendable: Sendable;
  readonly claimedMs: number;
}

export class SendLane {
  readonly #deps: LaneDependencies;
  readonly #sender: SenderPlace;
  readonly #moments: number[] = [];
  /** May be sent; nothing is written down of the attempt. */
  #prepared: Held[] = [];
  /** Their intents are committed. */
  #ready: Held[] = [];
  /** Messages of which is not known yet whether they may be sent, and whose intents are being written. */
  #preparing = 0;
  #intending = 0;
  #ended = false;
  #endPause: (() => void) | null = null;
  readonly #work = new Set<Promise<unknown>>();
  readonly #loops: Promise<unknown>;

  constructor(deps: LaneDependencies, sender: SenderPlace) {
    this.#deps = deps;
    this.#sender = sender;
    this.#loops = Promise.all([this.#send(), this.#intend()]);
  }

  /** Messages that are claimed and have not left. */
  get held(): number {
    return this.#preparing + this.#prepared.length + this.#intending + this.#ready.length;
  }

  /** Messages for which there is no moment to come. */
  get spare(): number {
    const oldest = performance.now() - LATE_MS;
    const usable = this.#moments.filter((moment) => moment >= oldest).length;
    return Math.max(0, this.held - usable);
  }

  /** Something could leave, but for the provider, which answers too slowly. */
  get waitsForProvider(): boolean {
    const [next] = this.#ready;
    return next !== undefined && !this.#deps.hasRoom(next.sendable);
  }

  add({ messages, moments, claimedMs }: Grant): void {
    this.#moments.push(...moments);
    if (messages.length > 0) this.#track(this.#prepare(messages, claimedMs));
    this.#endPause?.();
  }

  /** Nothing more leaves; what has not is given back, and what is under way is answered. Never throws. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#endPause?.();
    await this.#loops;
    do {
      this.#giveBack(this.#prepared.splice(0));
      this.#withdraw(this.#ready.splice(0));
      // Intents that were being written are ready after this.
      await Promise.all(this.#work);
    } while (this.#work.size > 0 || this.#ready.length > 0);
  }

  async #prepare(messages: readonly ClaimedMessage[], claimedMs: number): Promise<void> {
    this.#preparing += messages.length;
    try {
      const sendables = await this.#deps.prepare(this.#sender, messages);
      const held = sendables.map((sendable) => ({ sendable, claimedMs }));
      if (this.#ended) this.#giveBack(held);
      else this.#prepared.push(...held);
    } catch (error) {
      const count = messages.length;
      this.#deps.logger.warn('messages could not be prepared', { error, count });
      this.#return(messages.map(({ messageId }) => messageId));
    } finally {
      this.#preparing -= messages.length;
    }
  }

  /** Writes the intents of what leaves next, INTENT_SPAN_MS of it at a time. */
  async #intend(): Promise<void> {
    while (!this.#ended) {
      this.#intendNext();
      await new Promise((resolve) => setTimeout(resolve, INTENT_SPAN_MS));
    }
  }

  #intendNext(): void {
    const nowMs = performance.now();
    const untilMs = nowMs + this.#deps.intentLead.ms + INTENT_SPAN_MS;
    const later = this.#moments.findIndex((moment) => moment > untilMs);
    const moments = later === -1 ? this.#moments.length : later;
    const wanted = moments - this.#ready.length - this.#intending;
    if (wanted <= 0) return;
    const fresh = this.#prepared.splice(0, wanted);
    const inTime = fresh.filter((each) => !isTooOld(each, nowMs));
    this.#giveBack(fresh.filter((each) => isTooOld(each, nowMs)));
    if (inTime.length > 0) this.#track(this.#writeIntents(inTime));
  }

  async #writeIntents(messages: readonly Held[]): Promise<void> {
    const { database, owner, intentLead, logger } = this.#deps;
    this.#intending += messages.length;
    const beganMs = performance.now();
    try {
      const mine = await recordIntents(database, { ...this.#sender, owner }, idsOf(messages));
      intentLead.observe(performance.now() - beganMs);
      this.#ready.push(...messages.filter(({ sendable }) => mine.has(sendable.message.messageId)));
    } catch (error) {
      // Written or not: they do not leave. Whoever finds claims and intents of nobody goes on with them.
      logger.warn('intents of messages could not be written', { error, count: messages.length });
    } finally {
      this.#intending -= messages.length;
      this.#endPause?.();
    }
  }

  async #send(): Promise<void> {
    while (!this.#ended) {
      const [moment] = this.#moments;
      const nowMs = performance.now();
      if (moment === undefined) await this.#pause(null);
      else if (nowMs > moment + LATE_MS) this.#lose();
      // Timers are a millisecond late rather than early.
      else if (moment - nowMs >= 1) await this.#pause(moment - nowMs);
      else {
        const next = this.#nextReady(nowMs);
        if (next === undefined) await this.#pause(moment + LATE_MS + 1 - nowMs);
        else {
          this.#moments.shift();
          this.#track(this.#request(next));
          // A connection that this began is made, and the message written, only between two turns of the event loop.
          await nextTurn();
        }
      }
    }
  }

  #lose(): void {
    this.#moments.shift();
    const { onMomentsLost } = this.#deps;
    if (this.waitsForProvider) onMomentsLost('provider', 1);
    else if (this.#ready.length > 0) onMomentsLost('stalled', 1);
    else if (this.#prepared.length + this.#intending > 0) onMomentsLost('intents', 1);
    else if (this.#preparing > 0) onMomentsLost('facts', 1);
  }

  /** What was written down and waited too long never left: that is known here and now, so it is taken back. */
  #nextReady(nowMs: number): Held | undefined {
    const fresh = this.#ready.findIndex((each) => !isTooOld(each, nowMs));
    this.#withdraw(this.#ready.splice(0, fresh === -1 ? this.#ready.length : fresh));
    return this.waitsForProvider ? undefined : this.#ready.shift();
  }

  async #request({ sendable }: Held): Promise<void> {
    const { send, record } = this.#deps;
    const result = await send(sendable);
    record(this.#sender, sendable.message, result);
    this.#endPause?.();
  }

  /** Until something changed, at most so long. */
  #pause(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#endPause = null;
        resolve();
      };
      const timer = ms === null ? undefined : setTimeout(end, ms);
      this.#endPause = end;
    });
  }

  #giveBack(messages: readonly Held[]): void {
    this.#return(idsOf(messages));
  }

  #return(ids: readonly string[]): void {
    const { database, owner } = this.#deps;
    if (ids.length > 0) this.#track(giveBack(database, { ...this.#sender, owner }, ids));
  }

  #withdraw(messages: readonly Held[]): void {
    const { database, owner } = this.#deps;
    if (messages.length > 0)
      this.#track(withdrawIntents(database, { ...this.#sender, owner }, idsOf(messages)));
  }

  /** What fails, such as giving back while the database is gone, is left to expire: recovery goes on with it. */
  #track(work: Promise<unknown>): void {
    const tracked = work
      .catch((error: unknown) => {
        this.#deps.logger.warn('a step of sending messages failed', { error });
      })
      .finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }
}

function idsOf(messages: readonly Held[]): readonly string[] {
  return messages.map(({ sendable }) => sendable.message.messageId);
}

function isTooOld({ claimedMs }: Held, nowMs: number): boolean {
  return nowMs - claimedMs > HELD_MS_MAX;
}
