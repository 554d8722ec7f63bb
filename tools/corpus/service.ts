/** A running server as its users have it: everything here goes over HTTP, with a key of a tenant. */
import { setTimeout as delay } from 'node:timers/promises';

/** A request that is not answered by then was left hanging. */
const ANSWER_MS_MAX = 60_000;
/** Short at first, because most verdicts take some ten milliseconds; then longer, so as not to busy the server. */
const POLL_MS = { first: 4, most: 50, growth: 1.4 };
/** A server that is full says when to come back; one that says so for longer is broken. */
const FULL_TRIES_MAX = 60;

export interface Told {
  readonly code: string;
  readonly detail?: string;
  readonly count?: number;
}

export interface DocumentFound {
  readonly status: string;
  readonly verdict: 'clean' | 'disarmed' | 'locked' | 'refused' | null;
  readonly reasons: readonly Told[];
  readonly removed: readonly Told[];
  readonly pages: number | null;
}

export interface JobFound {
  readonly status: string;
  readonly code?: string;
  readonly resultIds: readonly string[];
}

export interface Service {
  upload(pdf: Uint8Array): Promise<string>;
  /** Null when there was no verdict within this time. */
  judged(id: string, msMax: number): Promise<DocumentFound | null>;
  /** How it ended; null when it had not by then. */
  operated(work: Operation, msMax: number): Promise<JobFound | null>;
  /** The bytes that are served. */
  served(id: string): Promise<Buffer>;
  remove(id: string): Promise<void>;
}

export interface Operation {
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly options: object;
}

interface Sent {
  readonly method?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export function openService(url: string, apiKey: string): Service {
  const call = (place: string, init: Sent = {}): Promise<Response> =>
    fetch(url + place, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, ...init.headers },
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  const post = (place: string, body: object): Promise<Response> =>
    call(place, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  return {
    upload: async (pdf) =>
      acceptedId(() =>
        call('/v1/documents', {
          method: 'POST',
          body: new Uint8Array(pdf),
          headers: { 'content-type': 'application/pdf' },
        }),
      ),
    judged: (id, msMax) =>
      polled(msMax, async () => {
        const found = await json<DocumentFound>(await call(`/v1/documents/${id}`));
        return found.status === 'judged' ? found : null;
      }),
    async operated(work, msMax) {
      const id = await acceptedId(() => post('/v1/documents/jobs', work));
      return polled(msMax, async () => {
        const found = await json<JobFound>(await call(`/v1/documents/jobs/${id}`));
        return found.status === 'waiting' || found.status === 'running' ? null : found;
      });
    },
    async served(id) {
      const link = await json<{ url: string }>(await post(`/v1/documents/${id}/links`, {}));
      const answer = await call(link.url);
      if (!answer.ok) throw new Error(`a document was not served: ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    },
    async remove(id) {
      await call(`/v1/documents/${id}`, { method: 'DELETE' });
    },
  };
}

/** Comes back when it is told to. */
async function acceptedId(send: () => Promise<Response>): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const answer = await send();
    const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
    if (answer.status === 202) return (await json<{ id: string }>(answer)).id;
    const said = await answer.text();
    if (Number.isNaN(wait) || tries === FULL_TRIES_MAX)
      throw new Error(`not accepted: ${answer.status} ${said}`);
    await delay(wait * 1_000);
  }
}

async function json<Body>(answer: Response): Promise<Body> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  // safe because our own server answers so, and whoever uses it fails where it does not
  return (await answer.json()) as Body;
}

async function polled<Found>(
  msMax: number,
  ask: () => Promise<Found | null>,
): Promise<Found | null> {
  const deadline = performance.now() + msMax;
  for (let wait = POLL_MS.first; performance.now() < deadline; wait *= POLL_MS.growth) {
    const found = await ask();
    if (found !== null) return found;
    await delay(Math.min(wait, POLL_MS.most));
  }
  return null;
}
