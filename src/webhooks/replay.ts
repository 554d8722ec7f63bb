/**
 * Sending an endpoint again what was appended between two places of the log. One job a page:
 *
 *   asked -> page -> page -> ... -> the place where the log ended when it was asked
 *         -> the endpoint is gone or disabled: ends
 *
 *         -> another replay was asked for since: ends
 *
 * A page writes its deliveries, their jobs and the job of the next page in one transaction, so a process that is killed
 * loses nothing. The ids are those of the first time: an event that was delivered before begins a new round of attempts
 * under its own `webhook-id`, one that never was is delivered now.
 */
import type { Clock } from '../core/clock.ts';
import type { LogReader } from '../log/log.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import type { Job, Jobs } from '../platform/jobs/jobs.ts';
import { enqueueDelivery } from './delivery-job.ts';
import { typeMatcher, type Endpoint, type EndpointPlace } from './endpoint.ts';
import { deliveryOf } from './fan-out.ts';
import type { WebhookStore } from './store.ts';

export const REPLAY_QUEUE = 'webhooks.replay';
/** Events of a page; each may be a row and a job. */
const PAGE_EVENTS = 200;
/**
 * Between two pages of deliveries: about 130 of them a second, which is less than an endpoint takes from one process, so
 * that new events do not wait behind all old ones and the queue of jobs stays short.
 */
const PAGE_PAUSE_MS = 1_500;

export interface Replay {
  readonly replayId: string;
  /** Exclusive. */
  readonly after: bigint;
  /** Inclusive. */
  readonly through: bigint;
}

export interface ReplayDependencies {
  readonly store: WebhookStore;
  readonly log: Pick<LogReader, 'find'>;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
}

/** Positions are decimal text, since jobs are JSON. */
interface ReplayPayload extends EndpointPlace {
  readonly replayId: string;
  readonly after: string;
  readonly through: string;
}

/** Begins a replay, or goes on with its next page at `runAt`. */
export function enqueueReplay(
  jobs: Pick<Jobs, 'enqueue'>,
  tx: Queryable,
  {
    place,
    replay,
    runAt,
  }: {
    readonly place: EndpointPlace;
    readonly replay: Replay;
    readonly runAt?: string;
  },
): Promise<void> {
  const { bucket, tenant, endpointId } = place;
  const { replayId } = replay;
  const range = { after: String(replay.after), through: String(replay.through) };
  const payload: ReplayPayload = { bucket, tenant, endpointId, replayId, ...range };
  const job: Job = { queue: REPLAY_QUEUE, key: replayId, payload };
  return jobs.enqueue(tx, runAt === undefined ? job : { ...job, runAt });
}

/** Carries out one page. Throws what passes by itself; the job is then run again. */
export async function replayPage(payload: unknown, deps: ReplayDependencies): Promise<void> {
  // safe because only enqueueReplay puts jobs into this queue
  const { replayId, after, through, ...place } = payload as ReplayPayload;
  const replay: Replay = { replayId, after: BigInt(after), through: BigInt(through) };
  const endpoint = await deps.store.findEndpoint(place);
  if (endpoint?.status !== 'enabled' || endpoint.replayId !== replayId) return;
  const page = await deps.log.find({
    tenant: place.tenant,
    after: replay.after,
    limit: PAGE_EVENTS,
    type: onlyTypeOf(endpoint),
  });
  const wants = typeMatcher(endpoint.types);
  const rows = page.events
    .filter(({ position, type }) => position <= replay.through && wants(type))
    .map((event) => deliveryOf(event, endpoint));
  const hasMore = page.more && page.nextAfter < replay.through;
  if (rows.length === 0 && !hasMore) return;
  const nowMs = deps.clock.nowMs();
  const at = new Date(nowMs).toISOString();
  await deps.store.transaction(async (tx) => {
    const inserted = await deps.store.insertDeliveries(tx, rows, at);
    const fresh = new Set(inserted.map(({ deliveryId }) => deliveryId));
    for (const row of rows) {
      if (!fresh.has(row.deliveryId)) await deps.store.resendDelivery(tx, row, at);
      await enqueueDelivery(deps.jobs, tx, { place: row });
    }
    if (!hasMore) return;
    const next = { place, replay: { ...replay, after: page.nextAfter } };
    // A page without deliveries need not wait for any.
    const pauseMs = rows.length === 0 ? 0 : PAGE_PAUSE_MS;
    const runAt = new Date(nowMs + pauseMs).toISOString();
    await enqueueReplay(deps.jobs, tx, { ...next, runAt });
  });
}

/** What the log can search by; for several types every event is looked at. */
function onlyTypeOf({ types }: Endpoint) {
  const [type] = types;
  if (types.length !== 1 || type === undefined || type === '*') return undefined;
  return type.endsWith('.*') ? { prefix: type.slice(0, -1) } : { exact: type };
}
