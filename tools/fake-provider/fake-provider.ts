/**
 * A provider that speaks the HTTP of the WhatsApp Cloud API: messages, templates, signed webhooks. It throttles, delays,
 * reorders and doubles statuses, hangs up after accepting, and keeps a log of its own, by which senders are judged.
 *
 *     POST /{version}/{phone-number-id}/messages            GET|POST /{version}/{waba-id}/message_templates
 *     POST /control/inbound {from, text, phoneNumberId?}    somebody writes to the number, else to the one that sent last
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WELL_BEHAVED, seededRandom, type Behaviour } from './behaviour.ts';
import { inboundOf, type InboundText } from './control.ts';
import { judge, type Received, type Stall, type Verdict } from './judge.ts';
import { StatusSender } from './status-sender.ts';
import { Templates } from './templates.ts';

/** A pause of the loop that is longer excuses what arrives in a heap after it. */
const STALL_MS = 20;
const TICK_MS = 5;
const BODY_BYTES_MAX = 1024 * 1024;

export interface FakeProviderOptions {
  /** Where statuses and inbound messages go; none are sent without it. */
  readonly webhookUrl?: string;
  readonly appSecret?: string;
  readonly behaviour?: Partial<Behaviour>;
  readonly seed?: number;
  readonly port?: number;
}

export interface FakeProvider {
  /** With the version: what a client takes as its base. */
  readonly url: string;
  readonly received: readonly Received[];
  readonly stalls: readonly Stall[];
  readonly templates: Templates;
  /** Requests whose answer was not given yet. */
  readonly underWay: number;
  behave(change: Partial<Behaviour>): void;
  webhookTo(url: string): void;
  /** Somebody writes to the number. */
  inbound(message: InboundText): void;
  judge(budget: number): Verdict;
  /** Sends what is left of the statuses. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const provider = new Provider(options);
  await provider.listen(options.port ?? 0);
  return provider;
}

class Provider implements FakeProvider {
  readonly received: Received[] = [];
  readonly stalls: Stall[] = [];
  readonly templates = new Templates();
  readonly #server: Server;
  readonly #statuses: StatusSender;
  readonly #random: () => number;
  #behaviour: Behaviour;
  #ticking: NodeJS.Timeout | undefined;
  #lastTickMs = performance.now();
  #underWay = 0;
  #budgets = new Map<string, number[]>();
  url = '';

  constructor(options: FakeProviderOptions) {
    this.#behaviour = { ...WELL_BEHAVED, ...options.behaviour };
    this.#random = seededRandom(options.seed ?? 1);
    this.#statuses = new StatusSender({
      url: options.webhookUrl ?? null,
      appSecret: options.appSecret ?? '',
      random: this.#random,
      behaviour: () => this.#behaviour,
    });
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  get underWay(): number {
    return this.#underWay;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    // safe because a server that listens on a port has an address of that kind
    const { port: taken } = this.#server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${taken}/v23.0`;
    this.#lastTickMs = performance.now();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  behave(change: Partial<Behaviour>): void {
    this.#behaviour = { ...this.#behaviour, ...change };
  }

  webhookTo(url: string): void {
    this.#statuses.webhookTo(url);
  }

  inbound(message: InboundText): void {
    this.#statuses.inbound(message);
  }

  judge(budget: number): Verdict {
    return judge(this.received, { budget, stalls: this.stalls });
  }

  settle(): Promise<void> {
    return this.#statuses.settle();
  }

  async close(): Promise<void> {
    clearInterval(this.#ticking);
    await this.#statuses.close();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #tick(): void {
    const now = performance.now();
    const late = now - this.#lastTickMs - TICK_MS;
    if (late > STALL_MS) {
      const toUs = nowUs();
      this.stalls.push({ fromUs: toUs - late * 1000, toUs });
    }
    this.#lastTickMs = now;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const atUs = nowUs();
    this.#underWay += 1;
    try {
      const body = await bodyOf(request);
      const [path = ''] = (request.url ?? '').split('?');
      const [, , account = '', what] = path.split('/');
      if (path === '/control/inbound' && request.method === 'POST') this.#control(body, response);
      else if (what === 'messages' && request.method === 'POST')
        await this.#message(body, { account, atUs, request, response });
      else if (what === 'message_templates') this.#templates(body, { account, request, response });
      else answer(response, 404, errorBody(100, 'unknown path'));
    } catch {
      answer(response, 400, errorBody(100, 'unreadable'));
    } finally {
      this.#underWay -= 1;
    }
  }

  #control(body: unknown, response: ServerResponse): void {
    const written = inboundOf(body, this.received.at(-1)?.phoneNumberId ?? null);
    if (written === null) {
      answer(response, 400, errorBody(100, 'Invalid parameter'));
      return;
    }
    this.inbound(written);
    answer(response, 202, {});
  }

  async #message(
    body: unknown,
    {
      account,
      atUs,
      request,
      response,
    }: { account: string; atUs: number; request: IncomingMessage; response: ServerResponse },
  ): Promise<void> {
    const { delayMs, jitterMs } = this.#behaviour;
    const wait = delayMs + jitterMs * this.#random();
    if (!/^Bearer \S+/.test(request.headers.authorization ?? '')) {
      answer(response, 401, errorBody(190, 'Invalid OAuth access token'));
      return;
    }
    const message = messageOf(body);
    if (message === null) {
      answer(response, 400, errorBody(100, 'Invalid parameter'));
      return;
    }
    const refusal = this.#refusal(account, message.to, atUs);
    if (refusal !== null) {
      if (wait > 0) await pause(wait);
      answer(
        response,
        refusal === 131000 ? 500 : refusal === 131026 ? 400 : 429,
        errorBody(refusal, 'refused'),
      );
      return;
    }
    const stamp = Number(request.headers['x-sent-at']);
    const wamid = `wamid.${this.received.length.toString(36)}.${Math.floor(this.#random() * 1e9).toString(36)}`;
    const taken = {
      phoneNumberId: account,
      to: message.to,
      callbackData: message.callbackData,
      wamid,
      atUs,
      sentAtUs: Number.isFinite(stamp) && stamp > 0 ? stamp : null,
    };
    this.received.push(taken);
    this.#statuses.accepted(taken);
    if (wait > 0) await pause(wait);
    if (this.#random() < this.#behaviour.dropsAnswer) {
      request.socket.destroy();
      return;
    }
    answer(response, 200, {
      messaging_product: 'whatsapp',
      contacts: [{ input: message.to, wa_id: message.to }],
      messages: [{ id: wamid, message_status: 'accepted' }],
    });
  }

  /** The code of the refusal, null to accept. */
  #refusal(account: string, to: string, atUs: number): number | null {
    const { codes, fails, budget, judgesPairs } = this.#behaviour;
    const own = codes[to];
    if (own !== undefined) return own;
    if (this.#random() < fails) return 131000;
    const recent = this.#budgets.get(account) ?? [];
    this.#budgets.set(account, recent);
    while (recent.length > 0 && (recent[0] ?? 0) <= atUs - 1_000_000) recent.shift();
    if (recent.length >= budget) return 130429;
    if (judgesPairs && this.#pairIsFull(account, to, atUs)) return 131056;
    recent.push(atUs);
    return null;
  }

  #pairs = new Map<string, number>();

  #pairIsFull(account: string, to: string, atUs: number): boolean {
    const pair = `${account} ${to}`;
    const arrival = Math.max(this.#pairs.get(pair) ?? 0, atUs);
    if (arrival - 44 * 6_000_000 > atUs) return true;
    this.#pairs.set(pair, arrival + 6_000_000);
    return false;
  }

  #templates(
    body: unknown,
    {
      account,
      request,
      response,
    }: { account: string; request: IncomingMessage; response: ServerResponse },
  ): void {
    if (request.method === 'POST') {
      const made = this.templates.submit(account, body, this.#behaviour.approvesTemplates);
      if (made === null) answer(response, 400, errorBody(100, 'Invalid parameter'));
      else answer(response, 200, made);
      return;
    }
    answer(response, 200, { data: this.templates.list(account), paging: { cursors: {} } });
  }
}

function nowUs(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    // safe because a request without an encoding set is read as buffers
    const part = chunk as Buffer;
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) throw new RangeError('too large');
    chunks.push(part);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  // safe because unknown is what parsed text is until it is looked at
  return text === '' ? null : (JSON.parse(text) as unknown);
}

/** Null for what the API refuses with 100: members missing or of another kind. */
function messageOf(body: unknown): { readonly to: string; readonly callbackData: string } | null {
  if (typeof body !== 'object' || body === null) return null;
  // safe because any member of an object may be asked for
  const held = body as Readonly<Record<string, unknown>>;
  const { to, type, biz_opaque_callback_data: callbackData } = held;
  if (held['messaging_product'] !== 'whatsapp' || held['recipient_type'] !== 'individual')
    return null;
  if (typeof to !== 'string' || !/^[0-9]{6,15}$/.test(to)) return null;
  if (typeof type !== 'string' || typeof held[type] !== 'object') return null;
  return { to, callbackData: typeof callbackData === 'string' ? callbackData : '' };
}

function errorBody(code: number, message: string): object {
  const title = `(#${code}) ${message}`;
  return { error: { message: title, type: 'OAuthException', code, fbtrace_id: 'fake' } };
}

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
