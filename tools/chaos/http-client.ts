/** A small HTTP/1.1 client over node:http, since fetch hides whether a request was ever sent. */
import { type Agent, type IncomingMessage, request } from 'node:http';

/** Longer than any answer of a healthy server; past it the outcome counts as unknown. */
const ANSWER_TIMEOUT_MS = 20_000;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Call {
  readonly url: string;
  readonly method?: string;
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly agent?: Agent;
}

/** The request never left: nobody listens at the address. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/**
 * Sends and reads the whole answer. Errors: NotSent when the connection was refused, any other error when the request
 * may have arrived and its outcome is unknown.
 */
export function send(call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      call.url,
      {
        method: call.method ?? 'GET',
        agent: call.agent,
        headers: {
          ...(call.apiKey === undefined ? {} : { authorization: `Bearer ${call.apiKey}` }),
          ...(call.body === undefined ? {} : { 'content-length': Buffer.byteLength(call.body) }),
          ...call.headers,
        },
        timeout: ANSWER_TIMEOUT_MS,
      },
      (incoming) => void collect(incoming).then(resolve, reject),
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.once('error', (error) =>
      reject(isRefused(error) ? new NotSent(error.message) : error),
    );
    outgoing.end(call.body);
  });
}

async function collect(incoming: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    body: Buffer.concat(parts).toString('utf8'),
  };
}

function isRefused(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNREFUSED';
}

/** The JSON object that `text` holds; throws with the text when it is something else. */
export function jsonObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`expected a JSON object, got ${text.slice(0, 200)}`);
  // safe because an object that is neither null nor an array was just established
  return value as Record<string, unknown>;
}

/** The objects in the array member `name`; empty when it is missing. */
export function objectsIn(
  object: Record<string, unknown>,
  name: string,
): Record<string, unknown>[] {
  const list = object[name];
  if (!Array.isArray(list)) return [];
  // safe because members that are not objects are filtered out
  return list.filter((item) => typeof item === 'object' && item !== null) as Record<
    string,
    unknown
  >[];
}
