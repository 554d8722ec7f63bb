/** Sends signed webhooks of statuses and inbound messages in heaps, with the misbehaviour that was asked for. */
import { createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { planStatuses, type Manner } from '../../src/platform/pretended/plan-statuses.ts';
import type { Behaviour } from './behaviour.ts';
import type { InboundText } from './control.ts';
import type { Received } from './judge.ts';

/** Statuses of one webhook. */
const HEAP_MAX = 200;
const TICK_MS = 50;
/** A minute: the provider goes on for days, and a server that was killed comes back within seconds. */
const ATTEMPTS_MAX = 240;
const RETRY_MS = 250;
/** A receiver that records what comes together answers after a moment. */
const SOCKETS_MAX = 32;
const TIMEOUT_MS = 10_000;

interface Due {
  readonly atMs: number;
  readonly phoneNumberId: string;
  readonly item: object;
  readonly kind: 'statuses' | 'messages';
}

export interface StatusSenderOptions {
  readonly url: string | null;
  readonly appSecret: string;
  readonly random: () => number;
  readonly behaviour: () => Behaviour;
}

/** Each status as long after the one before. */
function mannerOf({ statusDelayMs, reads }: Behaviour): Manner {
  const span = { fromMs: statusDelayMs, toMs: statusDelayMs };
  return { sent: span, delivered: span, read: span, reads, fails: 0 };
}

export class StatusSender {
  readonly #options: StatusSenderOptions;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  readonly #timer: NodeJS.Timeout;
  readonly #posting = new Set<Promise<void>>();
  #url: string | null;
  #due: Due[] = [];
  #inbound = 0;
  #closed = false;

  constructor(options: StatusSenderOptions) {
    this.#options = options;
    this.#url = options.url;
    this.#timer = setInterval(() => this.#flush(performance.now()), TICK_MS);
  }

  webhookTo(url: string): void {
    this.#url = url;
  }

  accepted(message: Received): void {
    const { random, behaviour } = this.#options;
    const { doubles } = behaviour();
    const acceptedMs = performance.now();
    const plan = planStatuses(random, mannerOf(behaviour()));
    for (const [index, { status, afterMs }] of plan.entries()) {
      const item = {
        id: message.wamid,
        status,
        timestamp: String(Math.floor(message.atUs / 1_000_000) + index),
        recipient_id: message.to,
        ...(message.callbackData === '' ? {} : { biz_opaque_callback_data: message.callbackData }),
      };
      const atMs = acceptedMs + afterMs;
      const due: Due = { atMs, phoneNumberId: message.phoneNumberId, item, kind: 'statuses' };
      this.#due.push(due);
      if (random() < doubles) this.#due.push(due);
    }
  }

  inbound({ phoneNumberId, from, text }: InboundText): void {
    this.#inbound += 1;
    const item = {
      from,
      id: `wamid.in.${this.#inbound}.${Math.floor(this.#options.random() * 1e9)}`,
      timestamp: String(Math.floor(Date.now() / 1000)),
      type: 'text',
      text: { body: text },
    };
    this.#due.push({ atMs: 0, phoneNumberId, item, kind: 'messages' });
    this.#flush(performance.now());
  }

  async settle(): Promise<void> {
    this.#flush(Infinity);
    while (this.#posting.size > 0) await Promise.all(this.#posting);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await Promise.all(this.#posting);
    this.#agent.destroy();
  }

  #flush(nowMs: number): void {
    const due = this.#due.filter(({ atMs }) => atMs <= nowMs);
    if (due.length === 0 || this.#url === null) return;
    this.#due = this.#due.filter(({ atMs }) => atMs > nowMs);
    const { random, behaviour } = this.#options;
    const groups = Map.groupBy(due, ({ phoneNumberId, kind }) => `${kind} ${phoneNumberId}`);
    for (const group of groups.values())
      for (let start = 0; start < group.length; start += HEAP_MAX) {
        const heap = group.slice(start, start + HEAP_MAX);
        if (random() < behaviour().reorders) heap.reverse();
        const posting = this.#post(heap).finally(() => this.#posting.delete(posting));
        this.#posting.add(posting);
      }
  }

  /** Repeated until it is answered with 2xx, as the provider does for days. */
  async #post(heap: readonly Due[]): Promise<void> {
    const [first] = heap;
    if (first === undefined || this.#url === null) return;
    const body = Buffer.from(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: 'waba',
            changes: [
              {
                field: 'messages',
                value: {
                  messaging_product: 'whatsapp',
                  metadata: { display_phone_number: '0', phone_number_id: first.phoneNumberId },
                  [first.kind]: heap.map(({ item }) => item),
                },
              },
            ],
          },
        ],
      }),
    );
    for (let attempt = 0; attempt < ATTEMPTS_MAX && !this.#closed; attempt += 1) {
      const status = await this.#send(body);
      if (status >= 200 && status < 300) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  #send(body: Buffer): Promise<number> {
    const signature = createHmac('sha256', this.#options.appSecret).update(body).digest('hex');
    return new Promise((resolve) => {
      const sending = httpRequest(
        this.#url ?? '',
        {
          method: 'POST',
          agent: this.#agent,
          timeout: TIMEOUT_MS,
          headers: {
            'content-type': 'application/json',
            'content-length': body.length,
            'x-hub-signature-256': `sha256=${signature}`,
          },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.on('error', () => resolve(0));
        },
      );
      sending.on('error', () => resolve(0));
      sending.on('timeout', () => sending.destroy());
      sending.end(body);
    });
  }
}
