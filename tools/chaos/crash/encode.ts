/** The four ways to send events, and what each answer says about each event (CONTRACT: POST /v1/events). */
import { type Answer, jsonObject, objectsIn } from '../http-client.ts';
import type { Told, ToldEvent } from './ledger.ts';

export type Mode = 'structured' | 'binary' | 'batch' | 'ndjson';

export interface EncodedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type PlainEvent = Readonly<Record<string, unknown>>;

export function encode(mode: Mode, events: readonly PlainEvent[]): EncodedRequest {
  const [first = {}] = events;
  if (mode === 'structured')
    return {
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(first),
    };
  if (mode === 'binary') return encodeBinary(first);
  if (mode === 'batch')
    return {
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
    };
  return {
    headers: { 'content-type': 'application/x-ndjson' },
    body: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  };
}

function encodeBinary(event: PlainEvent): EncodedRequest {
  const headers: Record<string, string> = { 'content-type': String(event['datacontenttype']) };
  for (const [name, value] of Object.entries(event))
    if (name !== 'data' && name !== 'datacontenttype') headers[`ce-${name}`] = String(value);
  return { headers, body: JSON.stringify(event['data']) };
}

const STATUS: Readonly<Record<string, Told>> = {
  created: 'created',
  duplicate: 'duplicate',
  conflict: 'conflict',
  rejected: 'refused',
  unknown: 'unknown',
};

/** Server errors that promise that nothing was stored; every other one leaves the outcome open. */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'OVERLOADED',
  'UNAVAILABLE',
  'STORAGE_FULL',
  'RATE_LIMITED',
]);

/** One outcome per event sent, in order. */
export function readAnswer(mode: Mode, answer: Answer, count: number): ToldEvent[] {
  if (answer.status >= 300) return Array.from({ length: count }, () => refusal(answer));
  if (mode === 'structured' || mode === 'binary') return [told(jsonObject(answer.body))];
  const results =
    mode === 'batch' ? objectsIn(jsonObject(answer.body), 'results') : resultLines(answer.body);
  const byIndex = new Map(
    results.map((result, index) => [Number(result['index'] ?? index), result]),
  );
  return Array.from({ length: count }, (_, index) => told(byIndex.get(index)));
}

/** A last line without its newline was cut off with the connection. */
function resultLines(body: string): Record<string, unknown>[] {
  const lines = body.slice(0, body.lastIndexOf('\n') + 1).split('\n');
  return lines
    .filter((line) => line !== '')
    .map(jsonObject)
    .filter((line) => line['done'] !== true);
}

function refusal(answer: Answer): ToldEvent {
  const code = answer.body.startsWith('{') ? jsonObject(answer.body)['code'] : undefined;
  if (answer.status === 409) return { told: 'conflict', position: null };
  const isCertain = answer.status < 500 || REFUSALS.has(code);
  return { told: isCertain ? 'refused' : 'unknown', position: null };
}

function told(result: Record<string, unknown> | undefined): ToldEvent {
  const position = result?.['position'];
  return {
    told: STATUS[String(result?.['status'])] ?? 'unknown',
    position:
      typeof position === 'string' || typeof position === 'number' ? Number(position) : null,
  };
}
