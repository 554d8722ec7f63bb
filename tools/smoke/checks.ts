/** The checks of the smoke test, in order: each may use what those before it left. */
import { randomUUID } from 'node:crypto';
import { textMember, listMember } from '../../src/cli/json.ts';
import {
  CallFailed,
  createClient,
  type Arguments,
  type Client,
  type ServerEvent,
} from '../../src/client/client.ts';

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
  readonly #client: Client;
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
    this.#client = clientWith(url, apiKey);
  }

  async health(which: 'live' | 'ready'): Promise<string> {
    const { body } = await this.#client.call(`GET /health/${which}`, { signal: deadline() });
    return textMember(body, 'status') ?? 'no status';
  }

  async refusal(): Promise<string> {
    const stranger = clientWith(this.#url, 'no-such-key-0123456789abcdef');
    await expectRefusal(401, stranger.call('GET /v1/events', { signal: deadline() }));
    return 'a wrong one is refused';
  }

  /** Opens a tail, posts the event, and waits for it to arrive. */
  async tail(): Promise<string> {
    const opened = Promise.withResolvers<void>();
    const events = this.#client.stream('GET /v1/events/tail', {
      query: { type: this.#event.type },
      signal: deadline(),
      onState: (state) => {
        if (state === 'open') opened.resolve();
      },
    });
    const arrival = this.#arrivalIn(events);
    await Promise.race([opened.promise, arrival]);
    const startedAt = performance.now();
    const [posted] = await Promise.all([this.#post(this.#event), arrival]);
    if (posted.status !== 201) throw new Error(`status ${posted.status} instead of 201`);
    this.#position = textMember(posted.body, 'position') ?? '';
    return `posted and seen after ${Math.round(performance.now() - startedAt)} ms`;
  }

  async #arrivalIn(events: AsyncIterable<ServerEvent>): Promise<void> {
    for await (const { data } of events)
      if (textMember(JSON.parse(data), 'id') === this.#event.id) return;
    throw new Error('the event did not come in time');
  }

  async duplicate(): Promise<string> {
    const { body } = await this.#post(this.#event);
    const position = textMember(body, 'position');
    if (textMember(body, 'status') !== 'duplicate' || position !== this.#position)
      throw new Error(`expected a duplicate at ${this.#position}, got ${JSON.stringify(body)}`);
    return 'the same event again is a duplicate';
  }

  async conflict(): Promise<string> {
    await expectRefusal(409, this.#post({ ...this.#event, data: { says: 'other' } }));
    return 'the same id with other content is refused';
  }

  async batch(): Promise<string> {
    const good = { ...this.#event, id: randomUUID() };
    const { body } = await this.#post([good, { ...good, id: '' }]);
    const found = listMember(body, 'results').map((result) => textMember(result, 'status'));
    if (found.join() !== 'created,rejected') throw new Error(`results are ${found.join()}`);
    return 'one bad event does not hold up its neighbour';
  }

  async read(): Promise<string> {
    const query = { id: this.#event.id };
    const { body } = await this.#client.call('GET /v1/events', { query, signal: deadline() });
    if (body.events.length !== 1) throw new Error(`${body.events.length} events have the id`);
    return 'the event is listed once';
  }

  #post(body: Arguments<'POST /v1/events'>['body']) {
    const kind = Array.isArray(body) ? 'cloudevents-batch' : 'cloudevents';
    const headers = { 'content-type': `application/${kind}+json` };
    return this.#client.call('POST /v1/events', { body, headers, signal: deadline() });
  }
}

function clientWith(baseUrl: string, apiKey: string | undefined): Client {
  const headers: Record<string, string> =
    apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  return createClient({ baseUrl, headers: () => headers });
}

function deadline(): AbortSignal {
  return AbortSignal.timeout(ANSWER_MAX_MS);
}

async function expectRefusal(status: number, call: Promise<unknown>): Promise<void> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof CallFailed && outcome.status === status) return;
  if (outcome instanceof Error) throw outcome;
  throw new Error(`it was not refused with ${status}`);
}
