/** Reads everything a server shows, page by page, for verification. */
import { microsOf, type StoredRecord } from './crash/history.ts';
import { contentHash } from './crash/workload.ts';
import { jsonObject, objectsIn, send } from './http-client.ts';

export interface Access {
  readonly url: string;
  readonly apiKey: string;
}

const PAGE_LIMIT = 1000;
/** A listing that never ends is a fault of the server; this many pages hold ten million events. */
const PAGES_MAX = 10_000;

/** One GET answered with 200 and a JSON object; throws with status and body otherwise. */
export async function getJson(access: Access, path: string): Promise<Record<string, unknown>> {
  const answer = await send({ url: `${access.url}${path}`, apiKey: access.apiKey });
  if (answer.status !== 200)
    throw new Error(`GET ${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
  return jsonObject(answer.body);
}

export async function postJson(
  access: Access,
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const answer = await send({
    url: `${access.url}${path}`,
    method: 'POST',
    apiKey: access.apiKey,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status >= 300)
    throw new Error(`POST ${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
  return jsonObject(answer.body);
}

/** All events under `path` (/v1/events or /v1/log/{bucket}) until `more` is false. */
export async function readAll(access: Access, path: string): Promise<Record<string, unknown>[]> {
  const events: Record<string, unknown>[] = [];
  await walk(access, path, (page) => {
    for (const event of page) events.push(event);
  });
  return events;
}

/** The cursor behind the newest event of the tenant: a tail from here sees what comes after now. */
export function cursorNow(access: Access): Promise<string> {
  return walk(access, '/v1/events', () => {});
}

/** Shows every page and returns the last cursor. */
async function walk(
  access: Access,
  path: string,
  show: (events: Record<string, unknown>[]) => void,
): Promise<string> {
  let after = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await getJson(access, `${path}?limit=${PAGE_LIMIT}${after}`);
    show(objectsIn(answer, 'events'));
    const next = String(answer['next']);
    if (answer['more'] !== true) return next;
    after = `&after=${encodeURIComponent(next)}`;
  }
  throw new Error(`GET ${path} had not ended after ${PAGES_MAX} pages`);
}

/** The tenant stands in /v1/log, and in the source that the workload gave the event. */
export function recordOf(event: Record<string, unknown>): StoredRecord {
  const tenant = event['tenant'];
  return {
    position: Number(event['position']),
    recordedMicros: microsOf(String(event['recordedtime'])),
    tenant:
      typeof tenant === 'string'
        ? tenant
        : (/^\/shop\/(.*)$/.exec(String(event['source']))?.[1] ?? ''),
    id: String(event['id']),
    hash: contentHash(event),
  };
}
