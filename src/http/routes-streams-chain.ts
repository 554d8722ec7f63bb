/**
 * GET /v1/events/{id}/chain: why an event happened, and what came of it. Causes are found by id, one after another up
 * to the command that a person or system gave; effects by reading the decided events that follow, since an event names
 * its cause and not its effects.
 */
import { ChainView, type ChainLink } from '../contract-modules.ts';
import { encodeCursor } from '../core/cursor.ts';
import { Failure } from '../core/errors.ts';
import { positionText, rfc3339Micros } from '../core/event-json.ts';
import type { StoredEvent } from '../core/event.ts';
import { POLICY_HOPS_MAX } from '../core/policy.ts';
import { causationOf } from '../core/record-event.ts';
import type { LogReader } from '../log/log.ts';
import { invalid } from './query-input.ts';
import { scoped, type Call, type Route } from './route.ts';
import { AFTER, placeOf } from './routes-events.ts';

/** A chain has at most POLICY_HOPS_MAX policies in it, and each link up is one of them. */
const CAUSES_MAX = POLICY_HOPS_MAX + 1;
/** Events with one id: an id is unique within its source, and sources that share ids are few. */
const NAMESAKES_MAX = 100;
/** Decided events looked at for effects in one request: some tens of milliseconds. Policies answer soon after. */
const EFFECTS_SCANNED_MAX = 5000;
const SCAN_PAGE = 1000;
/** Effects listed in one answer; a policy answers an event with a handful of commands. */
const EFFECTS_MAX = 200;
/** A sparse search may come back empty-handed many times; it has its own bound for each request. */
const PAGES_MAX = 200;

export function chainRoute(log: LogReader): Route {
  return {
    method: 'GET',
    path: '/v1/events/{id}/chain',
    operationId: 'readChain',
    tag: 'Events',
    summary: 'Why an event happened, up to the first command, and what policies answered it with',
    description:
      'Effects are looked for among the events that follow it; go on with `next` while `more` is true.',
    access: scoped('events:read'),
    parameters: [
      { name: 'id', in: 'path', description: 'Id of the event.', schema: { type: 'string' } },
      {
        name: 'source',
        in: 'query',
        description: 'Its source, needed where several sources use the same id.',
        schema: { type: 'string' },
      },
      { ...AFTER, description: 'Cursor; effects are looked for after it.' },
    ],
    answers: { 200: { description: 'The chain', schema: ChainView } },
    audit: { class: 'access', action: 'events.chain-read' },
    errors: ['INPUT_INVALID', 'NOT_FOUND', 'CURSOR_INVALID', 'CURSOR_EXPIRED', 'CURSOR_FOREIGN'],
    handle: async (call) => ({ status: 200, body: await readChain(log, call) }),
  };
}

async function readChain(log: LogReader, { principal, params, query }: Call): Promise<ChainView> {
  const { tenant } = principal;
  const bucket = log.bucketOf(tenant);
  const cursor = query.get('after');
  const from = cursor === undefined ? 0n : (await placeOf(log, bucket, cursor)).after;
  const found = await eventsOfId(log, {
    tenant,
    id: params['id'] ?? '',
    source: query.get('source'),
  });
  const [event, other] = found;
  if (event === undefined) throw new Failure('NOT_FOUND', 'There is no event with this id.');
  if (other !== undefined)
    throw invalid('source', 'must be given: several sources use this id.', 'SOURCE_NEEDED');
  const { causes, rootFound } = await causesOf(log, event);
  const effects = await effectsOf(log, event, from > event.position ? from : event.position);
  return {
    event: linkOf(event),
    causes: causes.map(linkOf),
    rootFound,
    effects: effects.events.map(linkOf),
    next: encodeCursor({ incarnation: log.incarnation, bucket, position: effects.looked }),
    more: effects.more,
  };
}

/** Every event with the id, oldest first, up to NAMESAKES_MAX. */
async function eventsOfId(
  log: LogReader,
  wanted: { readonly tenant: string; readonly id: string; readonly source?: string | undefined },
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  let after = 0n;
  for (let page = 0; page < PAGES_MAX && events.length < NAMESAKES_MAX; page += 1) {
    const found = await log.find({ ...wanted, after, limit: NAMESAKES_MAX });
    events.push(...found.events);
    if (!found.more) break;
    after = found.nextAfter;
  }
  return events;
}

/**
 * Nearest first. Where several sources share the id of a cause it is the newest before the effect. The bound also ends
 * a circle, which only foreign data could claim.
 */
async function causesOf(
  log: LogReader,
  event: StoredEvent,
): Promise<{ readonly causes: readonly StoredEvent[]; readonly rootFound: boolean }> {
  const causes: StoredEvent[] = [];
  let current = event;
  while (causes.length < CAUSES_MAX) {
    const { causationId } = causationOf(current);
    if (causationId === null) return { causes, rootFound: true };
    const { tenant, position } = current;
    const candidates = await eventsOfId(log, { tenant, id: causationId });
    const cause = candidates.findLast((candidate) => candidate.position < position);
    if (cause === undefined) return { causes, rootFound: false };
    causes.push(cause);
    current = cause;
  }
  return { causes, rootFound: false };
}

/** Decided events after `from` that name the event as their cause. */
async function effectsOf(log: LogReader, event: StoredEvent, from: bigint) {
  const events: StoredEvent[] = [];
  let looked = from;
  let more = true;
  let scanned = 0;
  for (let page = 0; more && page < PAGES_MAX && scanned < EFFECTS_SCANNED_MAX; page += 1) {
    const found = await log.find({
      tenant: event.tenant,
      after: looked,
      limit: SCAN_PAGE,
      type: { prefix: 'comptoir.' },
    });
    scanned += found.events.length;
    events.push(
      ...found.events.filter((candidate) => causationOf(candidate).causationId === event.id),
    );
    const last = events[EFFECTS_MAX - 1];
    if (last !== undefined)
      return { events: events.slice(0, EFFECTS_MAX), looked: last.position, more: true };
    looked = found.nextAfter;
    more = found.more;
  }
  return { events, looked, more };
}

function linkOf(event: StoredEvent): ChainLink {
  const { id, type, source, stream, decided } = event;
  return {
    id,
    type,
    source,
    stream,
    streamversion: Number(event.streamVersion),
    position: positionText(event.position),
    recordedtime: rfc3339Micros(event.recordedAtMicros),
    decided,
    ...causationOf(event),
  };
}
