/** Requests to POST /v1/events as the tests of faults and bad input make them, and what came back. */
import { type Answer, jsonObject, send } from '../../tools/chaos/http-client.ts';
import { readAll } from '../../tools/chaos/read-server.ts';
import type { ServerProcess } from '../support/server-process.ts';

export const STRUCTURED = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';

export type PlainEvent = Record<string, unknown>;

export function eventOf(id: string, more: PlainEvent = {}): PlainEvent {
  return {
    specversion: '1.0',
    id,
    source: '/shop/wire',
    type: 'shop.order.placed',
    datacontenttype: 'application/json',
    data: { id },
    ...more,
  };
}

export function eventsOf(prefix: string, count: number): PlainEvent[] {
  return Array.from({ length: count }, (_, index) => eventOf(`${prefix}-${index}`));
}

export interface PostOptions {
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly apiKey?: string;
}

export function post(
  server: Pick<ServerProcess, 'url' | 'apiKey'>,
  body: string | Uint8Array,
  options: PostOptions = {},
): Promise<Answer> {
  return send({
    url: `${server.url}/v1/events`,
    method: 'POST',
    apiKey: options.apiKey ?? server.apiKey,
    headers: { 'content-type': options.contentType ?? STRUCTURED, ...options.headers },
    body,
  });
}

export function postOne(server: ServerProcess, event: PlainEvent): Promise<Answer> {
  return post(server, JSON.stringify(event));
}

export function postBatch(server: ServerProcess, events: readonly PlainEvent[]): Promise<Answer> {
  return post(server, JSON.stringify(events), { contentType: BATCH });
}

/** `status CODE` of a problem answer, `status` of any other: what a test of refusals compares. */
export function verdictOf(answer: Answer): string {
  const isProblem = String(answer.headers['content-type']).startsWith('application/problem+json');
  return isProblem
    ? `${answer.status} ${String(jsonObject(answer.body)['code'])}`
    : String(answer.status);
}

export async function storedIds(server: ServerProcess): Promise<string[]> {
  const events = await readAll({ url: server.url, apiKey: server.apiKey }, '/v1/events');
  return events.map((event) => String(event['id']));
}
