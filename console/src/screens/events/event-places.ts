/** Where an event stands and how it is asked for. Pure. */
import { curlOf } from '../../../../src/client/client.ts';
import type { EventJson } from './read-events.ts';

export interface StreamName {
  readonly category: string;
  readonly id: string;
}

/** `orders/17` is the stream 17 of orders; the id may hold slashes. */
export function streamNameOf(stream: string | null | undefined): StreamName | null {
  const slash = stream?.indexOf('/') ?? -1;
  if (stream === null || stream === undefined || slash < 1 || slash === stream.length - 1)
    return null;
  return { category: stream.slice(0, slash), id: stream.slice(slash + 1) };
}

/** The screen of the time machine, at a version. */
export function streamPath(name: StreamName): string {
  return `/streams/${encodeURIComponent(name.category)}/${encodeURIComponent(name.id)}`;
}

export function eventCurl(
  { id, source }: Pick<EventJson, 'id' | 'source'>,
  origin: string,
): string {
  const search = new URLSearchParams({ id, source }).toString();
  return curlOf({ method: 'GET', path: `/v1/events?${search}` }, origin);
}

/** An extension attribute as text. */
export function attributeOf(event: EventJson, name: string): string | null {
  const value = event[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** One event's own key: ids are unique within their source. */
export function eventKey({ id, source }: Pick<EventJson, 'id' | 'source'>): string {
  return `${source} ${id}`;
}

/** Numbers of orders by their ids, as far as the events tell. */
export function orderNumbers(
  events: readonly Pick<EventJson, 'type' | 'data'>[],
): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  for (const { type, data } of events) {
    if (
      !/^comptoir\.order\.(?:placed|closed)\./.test(type) ||
      typeof data !== 'object' ||
      data === null
    )
      continue;
    if (
      'orderId' in data &&
      'number' in data &&
      typeof data.orderId === 'string' &&
      typeof data.number === 'number'
    )
      numbers.set(data.orderId, String(data.number));
  }
  return numbers;
}
