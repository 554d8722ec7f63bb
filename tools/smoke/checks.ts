/** The checks of the smoke test, in order: each may use what those before it left. */
import { randomUUID } from 'node:crypto';
import { textMember, listMember } from '../../src/cli/json.ts';
import { serverSentEvents } from '../../src/cli/sse.ts';

export interface SmokeCheck {
  readonly name: string;
  /** Resolves with what was found. Errors: what is wrong. */
  check(): Promise<string>;
}

/** Longer than a server under load needs; a check that hangs has failed. */
const ANSWER_MAX_MS = 10_000;

export function smokeChecks(server: {
  readonly url: string;
  readonly apiKey: string | undefined;
}): readonly SmokeCheck[] {
  const run = new SmokeRun(server.url.replace(/\/+$/, ''), server.apiKey);
  return [
    { name: 'live', check: () => run.health('live') },
    { name: 'ready', check: () => run.health('ready') },
    { name: 'key', check: () => run.refusal() },
    { name: 'tail', check: () => run.tail() },
    { name: 'duplicate', check: () => run.duplicate() },
    { name: 'conflict', check: () => run.conflict() },
    { name: 'batch', check: () => run.batch() },
    { name: 'read', check: () => run.read() },
  ];
}

/** A class because the checks share one event and its server. */
class SmokeRun {
  readonly #url: string;
  readonly #apiKey: string | undefined;
  readonly #event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/smoke',
    type: 'com.example.smoke',
    subject: 'smoke/1',
    data: { says: 'hello' },
  };
  #position = '';

  constructor(url: string, apiKey: string | undefined) {
    this.#url = url;
    this.#apiKey = apiKey;
  }

  async health(which: 'live' | 'ready'): Promise<string> {
    const { status, body } = await this.#call(`/health/${which}`);
    expectStatus(status, 200, body);
    return textMember(body, 'status') ?? 'no status';
  }

  async refusal(): Promise<string> {
    const { status, body } = await this.#call('/v1/events', {}, 'no-such-key-0123456789abcdef');
    expectStatus(status, 401, body);
    return 'a wrong one is refused';
  }

  /** Opens a tail, posts the event, and waits for it to arrive. */
  async tail(): Promise<string> {
    const deadline = AbortSignal.timeout(ANSWER_MAX_MS);
    const response = await fetch(`${this.#url}/v1/events/tail?type=${this.#event.type}`, {
      headers: { accept: 'text/event-stream', ...this.#authorization() },
      signal: deadline,
    });
    if (response.status !== 200 || response.body === null)
      throw new Error(`the tail answers ${response.status}`);
    const startedAt = performance.now();
    const { status, body } = await this.#post(this.#event);
    expectStatus(status, 201, body);
    this.#position = textMember(body, 'position') ?? '';
    for await (const message of serverSentEvents(response.body)) {
      if (textMember(JSON.parse(message.data), 'id') !== this.#event.id) continue;
      return `posted and seen after ${Math.round(performance.now() - startedAt)} ms`;
    }
    throw new Error('the tail ended before the event came');
  }

  async duplicate(): Promise<string> {
    const { status, body } = await this.#post(this.#event);
    expectStatus(status, 200, body);
    const position = textMember(body, 'position');
    if (textMember(body, 'status') !== 'duplicate' || position !== this.#position)
      throw new Error(`expected a duplicate at ${this.#position}, got ${JSON.stringify(body)}`);
    return 'the same event again is a duplicate';
  }

  async conflict(): Promise<string> {
    const { status, body } = await this.#post({ ...this.#event, data: { says: 'other' } });
    expectStatus(status, 409, body);
    return 'the same id with other content is refused';
  }

  async batch(): Promise<string> {
    const good = { ...this.#event, id: randomUUID() };
    const { status, body } = await this.#post([good, { ...good, id: '' }]);
    expectStatus(status, 200, body);
    const found = listMember(body, 'results').map((result) => textMember(result, 'status'));
    if (found.join() !== 'created,rejected') throw new Error(`results are ${found.join()}`);
    return 'one bad event does not hold up its neighbour';
  }

  async read(): Promise<string> {
    const { status, body } = await this.#call(`/v1/events?id=${this.#event.id}`);
    expectStatus(status, 200, body);
    const events = listMember(body, 'events');
    if (events.length !== 1) throw new Error(`${events.length} events have the id`);
    return 'the event is listed once';
  }

  #post(body: unknown) {
    const kind = Array.isArray(body) ? 'cloudevents-batch' : 'cloudevents';
    return this.#call('/v1/events', {
      method: 'POST',
      headers: { 'content-type': `application/${kind}+json` },
      body: JSON.stringify(body),
    });
  }

  #authorization(key = this.#apiKey): Record<string, string> {
    return key === undefined ? {} : { authorization: `Bearer ${key}` };
  }

  async #call(path: string, init: RequestInit = {}, key = this.#apiKey) {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(this.#authorization(key))) headers.set(name, value);
    const response = await fetch(`${this.#url}${path}`, {
      ...init,
      headers,
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    });
    const text = await response.text();
    let body: unknown = text;
    if (/json/.test(response.headers.get('content-type') ?? '')) body = JSON.parse(text);
    return { status: response.status, body };
  }
}

function expectStatus(status: number, expected: number, body: unknown): void {
  if (status === expected) return;
  const code = textMember(body, 'code');
  throw new Error(
    `status ${status} instead of ${expected}${code === undefined ? '' : ` (${code})`}`,
  );
}
