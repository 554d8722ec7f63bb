/**
 * A small server that follows the HTTP contract as far as the command line uses it, on a real socket, with faults to
 * order. For tests of what the real server does rarely: refusing, vanishing, answering late.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Store the events first, then break the connection: the outcome is unknown to the sender. */
  readonly storeAndBreak?: boolean;
}

export interface ContractServer {
  readonly url: string;
  readonly key: string;
  /** What was stored, in order. */
  readonly events: readonly Record<string, unknown>[];
  /** Raw bodies of POST /v1/events. */
  readonly bodies: readonly string[];
  /** Last-Event-ID and after of every tail opened. */
  readonly tailStarts: readonly (string | undefined)[];
  /** Faults for the next posts, one each; null for one that is answered as usual. */
  fail(...faults: readonly (Fault | null)[]): void;
  /** Statuses of single results to order, by event id, one use each. */
  readonly resultOf: Map<string, Record<string, unknown>>;
  /** Answers to order, such as `GET /v1/projections`, given each time. */
  readonly answers: Map<string, unknown>;
  /** Method and path of every request, as in `answers`. */
  readonly asked: ReadonlySet<string>;
  breakTails(): void;
  dropTails(code: string): void;
  close(): Promise<void>;
}

const KEY = 'contract-server-key-0123456789';

export async function startContractServer(): Promise<ContractServer> {
  const state = new State();
  const server = createServer((request, response) => {
    void state.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // safe because a server listening on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    key: KEY,
    events: state.events,
    bodies: state.bodies,
    tailStarts: state.tailStarts,
    resultOf: state.resultOf,
    answers: state.answers,
    asked: state.asked,
    fail: (...faults) => void state.faults.push(...faults),
    breakTails: () => state.tails.forEach((tail) => tail.socket?.destroy()),
    dropTails: (code) =>
      state.tails.forEach((tail) => tail.end(`event: dropped\ndata: {"code":"${code}"}\n\n`)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class State {
  readonly events: Record<string, unknown>[] = [];
  readonly bodies: string[] = [];
  readonly tailStarts: (string | undefined)[] = [];
  readonly tails = new Set<ServerResponse>();
  readonly faults: (Fault | null)[] = [];
  readonly resultOf = new Map<string, Record<string, unknown>>();
  readonly answers = new Map<string, unknown>();
  readonly asked = new Set<string>();

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    let body = '';
    for await (const part of request) body += String(part);
    if (url.pathname.startsWith('/health/'))
      return json(response, 200, { status: 'ok', dependencies: { database: { status: 'ok' } } });
    if (request.headers.authorization !== `Bearer ${KEY}`)
      return json(response, 401, {
        code: 'UNAUTHENTICATED',
        detail: 'No valid key.',
        traceId: 't1',
      });
    const what = `${request.method} ${url.pathname}`;
    this.asked.add(what);
    const ordered = this.answers.get(what);
    if (ordered !== undefined) return json(response, 200, ordered);
    if (url.pathname === '/v1/events' && request.method === 'POST')
      return this.#post(body, response);
    if (url.pathname === '/v1/events/tail') return this.#tail(request, url, response);
    if (url.pathname === '/v1/events') return this.#list(url, response);
    if (url.pathname === '/v1/keys' && request.method === 'POST')
      return json(response, 201, { id: 'k1', key: 'fresh-key', ...asObject(JSON.parse(body)) });
    if (url.pathname === '/v1/keys')
      return json(response, 200, {
        items: [{ id: 'k1', name: 'till', scopes: ['admin'] }],
        next: null,
        more: false,
      });
    if (url.pathname === '/v1/keys/k1' && request.method === 'DELETE')
      return void response.writeHead(204).end();
    if (url.pathname === '/v1/quality')
      return json(response, 200, { types: [{ type: 'a.b', checked: 10, failed: 1 }] });
    return json(response, 404, { code: 'NOT_FOUND', detail: 'Nothing here.', traceId: 't2' });
  }

  #post(body: string, response: ServerResponse): void {
    this.bodies.push(body);
    const fault = this.faults.shift() ?? undefined;
    if (fault?.storeAndBreak === true) {
      this.#store(body);
      return void response.socket?.destroy();
    }
    if (fault !== undefined) {
      for (const [name, value] of Object.entries(fault.headers ?? {}))
        response.setHeader(name, value);
      return json(response, fault.status, fault.body);
    }
    let results;
    try {
      results = this.#store(body);
    } catch {
      return json(response, 400, { code: 'EVENT_INVALID', detail: 'Not JSON.', traceId: 't3' });
    }
    const count = (status: string): number =>
      results.filter((each) => each['status'] === status).length;
    const [accepted, duplicates] = [count('created'), count('duplicate')];
    const rejected = results.length - accepted - duplicates;
    json(response, 200, { accepted, duplicates, rejected, results });
  }

  #store(body: string): Record<string, unknown>[] {
    const parsed: unknown = JSON.parse(body);
    return (Array.isArray(parsed) ? parsed : [parsed]).map((each: unknown, index) => {
      const event = asObject(each);
      const id = String(event['id']);
      const ordered = this.resultOf.get(id);
      if (ordered !== undefined) {
        this.resultOf.delete(id);
        return { index, ...ordered };
      }
      if (event['id'] === '' || event['source'] === undefined)
        return { index, status: 'rejected', code: 'EVENT_INVALID', detail: 'The id is empty.' };
      const known = this.events.findIndex((other) => other['id'] === event['id']);
      if (known >= 0) return { index, status: 'duplicate', position: String(known + 1) };
      this.events.push(event);
      for (const tail of this.tails) tail.write(frame(this.events.length, each));
      return { index, status: 'created', position: String(this.events.length) };
    });
  }

  #list(url: URL, response: ServerResponse): void {
    const after = Number(url.searchParams.get('after') ?? 0);
    const limit = Number(url.searchParams.get('limit') ?? 100);
    const type = url.searchParams.get('type');
    const events = this.events
      .slice(after)
      .filter((event) => type === null || event['type'] === type)
      .slice(0, limit);
    const last = events.at(-1);
    const next = last === undefined ? this.events.length : this.events.indexOf(last) + 1;
    json(response, 200, { events, next: String(next), more: next < this.events.length });
  }

  #tail(request: IncomingMessage, url: URL, response: ServerResponse): void {
    const header = request.headers['last-event-id'];
    const from = typeof header === 'string' ? header : (url.searchParams.get('after') ?? undefined);
    this.tailStarts.push(from);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    if (from !== undefined)
      for (const [at, event] of this.events.entries())
        if (at >= Number(from)) response.write(frame(at + 1, event));
    this.tails.add(response);
    response.on('close', () => this.tails.delete(response));
  }
}

function frame(position: number, event: unknown): string {
  return `id: ${position}\ndata: ${JSON.stringify(event)}\n\n`;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function json(response: ServerResponse, status: number, body: unknown): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type });
  response.end(JSON.stringify(body ?? {}));
}
