/**
 * A load for tests of faults: keeps posting batches over several connections and remembers what it was told, while the
 * test does something to the server. Smaller and simpler than the load of the crash proof: no ledger, no repeats.
 */
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Answer,
  jsonObject,
  NotSent,
  objectsIn,
  send,
} from '../../tools/chaos/http-client.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { BATCH, eventsOf, verdictOf } from './wire.ts';

const BATCH_SIZE = 20;
/** After a refusal: short enough to notice recovery, long enough not to spin. */
const REFUSED_PAUSE_MS = 50;

export interface LoadOptions {
  readonly prefix: string;
  readonly connections: number;
}

/** A class because it owns requests under way and their agent. */
export class Background {
  /** Ids acknowledged as created or duplicate. */
  readonly created = new Set<string>();
  /** Verdicts other than 200, each once. */
  readonly codes = new Set<string>();
  /** Ids whose request was sent and got no answer. */
  readonly torn = new Set<string>();
  /** Milliseconds until the slowest refusal was answered. */
  slowestRefusalMs = 0;
  #isStopping = false;
  #workers: Promise<void>[] = [];
  #agent = new Agent();
  #batches = 0;

  readonly explain = (): string =>
    `created ${this.created.size}, torn ${this.torn.size}, refusals ${[...this.codes].join(', ')}`;

  start(server: ServerProcess, options: LoadOptions): void {
    this.#isStopping = false;
    this.created.clear();
    this.codes.clear();
    this.torn.clear();
    this.slowestRefusalMs = 0;
    this.#agent = new Agent({ keepAlive: true });
    this.#workers = Array.from({ length: options.connections }, () =>
      this.#work(server, options.prefix),
    );
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#workers);
    this.#workers = [];
    this.#agent.destroy();
  }

  async #work(server: ServerProcess, prefix: string): Promise<void> {
    while (!this.#isStopping) {
      const events = eventsOf(`${prefix}-${this.#batches++}`, BATCH_SIZE);
      const sentAt = performance.now();
      try {
        const answer = await send({
          url: `${server.url}/v1/events`,
          method: 'POST',
          apiKey: server.apiKey,
          agent: this.#agent,
          headers: { 'content-type': BATCH },
          body: JSON.stringify(events),
        });
        if (answer.status === 200) this.#note(answer.body, events);
        else this.#refused(answer, performance.now() - sentAt);
        if (answer.status !== 200) await pause(REFUSED_PAUSE_MS);
      } catch (error) {
        if (!(error instanceof NotSent)) this.#tear(events);
        await pause(REFUSED_PAUSE_MS);
      }
    }
  }

  #tear(events: readonly Record<string, unknown>[]): void {
    for (const { id } of events) this.torn.add(String(id));
  }

  #refused(answer: Answer, elapsedMs: number): void {
    this.codes.add(verdictOf(answer));
    this.slowestRefusalMs = Math.max(this.slowestRefusalMs, Math.round(elapsedMs));
  }

  #note(body: string, events: readonly Record<string, unknown>[]): void {
    for (const [index, result] of objectsIn(jsonObject(body), 'results').entries())
      if (result['status'] === 'created' || result['status'] === 'duplicate')
        this.created.add(String(events[index]?.['id']));
      else this.codes.add(`200 ${String(result['code'] ?? result['status'])}`);
  }
}
