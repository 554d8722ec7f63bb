/**
 * Logs that break one promise each, to show that the checks would notice. Every bug wraps a memory log, and some
 * change its storage behind its back.
 */
import type { StoredEvent } from '../../core/event.ts';
import { contentOfDraft } from '../../core/content-equality.ts';
import type { EventLog, LogBatch, ReceivedOutcome } from '../log.ts';
import type { MemoryLog } from '../memory/memory-log.ts';
import type { Bucket, MemoryStorage } from '../memory/storage.ts';

export type Sabotage = (log: MemoryLog, storage: MemoryStorage) => EventLog;

/** Bugs by what they do wrong. */
export const SEEDED_BUGS: Readonly<Record<string, Sabotage>> = {
  'drops an event that it acknowledged': (log) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      if (drafts.length < 2) return log.appendReceived(tenant, drafts);
      const outcomes = await log.appendReceived(tenant, drafts.slice(0, -1));
      const { position } = await log.head(log.bucketOf(tenant));
      return [...outcomes, { status: 'created', position: position + 1n }];
    },
  }),

  'stores one event twice': (log, storage) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      const outcomes = await log.appendReceived(tenant, drafts);
      if (outcomes[0]?.status === 'created') {
        bucketOf(storage, tenant).keys.clear();
        await log.appendReceived(tenant, drafts.slice(0, 1));
      }
      return outcomes;
    },
  }),

  'swaps two events of a call': (log) => ({
    ...log,
    appendReceived: async (tenant, drafts) =>
      (await log.appendReceived(tenant, drafts.toReversed())).toReversed(),
  }),

  'leaves a position out': (log, storage) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      const { events } = bucketOf(storage, tenant);
      const outcomes = await log.appendReceived(tenant, drafts);
      const index = events.length - 1;
      if (index > 3) events[index] = { ...events[index]!, position: BigInt(index + 2) };
      return outcomes;
    },
  }),

  'reuses a version': (log, storage) => ({
    ...log,
    async appendDecided(append) {
      const [part, ...rest] = append.streams;
      const outcome = await log.appendDecided(append);
      const [event] = part?.events ?? [];
      if (outcome.status !== 'version-conflict' || event === undefined || rest.length > 0)
        return outcome;
      const again = { ...append, streams: [{ ...part!, expectedVersion: outcome.actual }] };
      const late = await log.appendDecided(again);
      if (late.status !== 'appended') return late;
      const { events } = bucketOf(storage, append.tenant);
      const version = part!.expectedVersion + BigInt(part!.events.length);
      events[events.length - 1] = { ...events.at(-1)!, streamVersion: version };
      return { ...late, versions: [version] };
    },
  }),

  'stores a unit in part': (log) => ({
    ...log,
    async appendDecided(append) {
      const streams = append.streams.filter((_, i) => i === 0);
      const outcome = await log.appendDecided({ ...append, streams });
      if (outcome.status !== 'appended') return outcome;
      const versions = append.streams.map((s) => s.expectedVersion + BigInt(s.events.length));
      return { ...outcome, versions };
    },
  }),

  'checks only the first stream of a unit': (log) => ({
    ...log,
    async appendDecided(append) {
      const outcome = await log.appendDecided(append);
      if (outcome.status !== 'version-conflict' || outcome.stream === append.streams[0]?.stream)
        return outcome;
      const streams = append.streams.map((part) =>
        part.stream === outcome.stream ? { ...part, expectedVersion: outcome.actual } : part,
      );
      return log.appendDecided({ ...append, streams });
    },
  }),

  'forgets a key too early': (log, storage) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      const { keys } = bucketOf(storage, tenant);
      for (const [key, { position }] of keys) if (position % 5n === 0n) keys.delete(key);
      return log.appendReceived(tenant, drafts);
    },
  }),

  'forgets all keys at a restart': (log, storage) => {
    for (let bucket = 0; bucket < log.bucketCount; bucket += 1)
      storage.bucketAt(bucket).keys.clear();
    return log;
  },

  'mixes up the keys of two tenants': (log, storage) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      const { events } = bucketOf(storage, tenant);
      const outcomes = drafts.map((draft): ReceivedOutcome | null => {
        const { source, id } = contentOfDraft(draft);
        const twin = events.find(
          (event) => event?.source === source && event.id === id && event.tenant !== tenant,
        );
        return twin ? { status: 'duplicate', position: twin.position } : null;
      });
      const rest = drafts.filter((_, i) => outcomes[i] === null);
      const own = [...(await log.appendReceived(tenant, rest))];
      return outcomes.map((outcome) => outcome ?? own.shift()!);
    },
  }),

  'shows an event of another tenant': (log, storage) => ({
    ...log,
    async find(query) {
      const page = await log.find(query);
      const foreign = bucketOf(storage, query.tenant).events.find(
        (event) => event !== null && event.tenant !== query.tenant && event.position > query.after,
      );
      if (!foreign || page.more || page.events.length >= query.limit) return page;
      return { ...page, events: [...page.events, foreign].sort(byPosition) };
    },
  }),

  'reports a duplicate as created': (log) => ({
    ...log,
    appendReceived: async (tenant, drafts) =>
      (await log.appendReceived(tenant, drafts)).map((outcome) =>
        outcome.status === 'duplicate' ? { ...outcome, status: 'created' } : outcome,
      ),
  }),

  'reports a conflict as a duplicate': (log) => ({
    ...log,
    appendReceived: async (tenant, drafts) =>
      (await log.appendReceived(tenant, drafts)).map((outcome) =>
        outcome.status === 'conflict' ? { ...outcome, status: 'duplicate' } : outcome,
      ),
  }),

  'acknowledges before it stores': (log) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      const { position } = await log.head(log.bucketOf(tenant));
      const store = () => log.appendReceived(tenant, drafts);
      // The log may have been closed by then: the event is lost, which is the point.
      setImmediate(() => void store().catch(() => undefined));
      return drafts.map((_, i) => ({ status: 'created', position: position + BigInt(i + 1) }));
    },
  }),

  'stores again what was stored when the answer was lost': (log, storage) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      const outcomes = await log.appendReceived(tenant, drafts);
      if (outcomes[0]?.status !== 'unknown') return outcomes;
      bucketOf(storage, tenant).keys.clear();
      return log.appendReceived(tenant, drafts);
    },
  }),

  'rewrites the data': (log) => ({
    ...log,
    readBatches: async (bucket, after, options) =>
      (await log.readBatches(bucket, after, options)).map(rewritten),
  }),

  'lets recorded time fall': (log, storage) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      const { events } = bucketOf(storage, tenant);
      const before = events.length;
      const outcomes = await log.appendReceived(tenant, drafts);
      for (let i = Math.max(before, 1); i < events.length; i += 1)
        events[i] = { ...events[i]!, recordedAtMicros: events[i - 1]!.recordedAtMicros - 1n };
      return outcomes;
    },
  }),

  'ends a search too early': (log) => ({
    ...log,
    find: async (query) => ({ ...(await log.find(query)), more: false }),
  }),

  'skips an event between two pages': (log) => ({
    ...log,
    async find(query) {
      const page = await log.find(query);
      return page.more ? { ...page, nextAfter: page.nextAfter + 1n } : page;
    },
  }),

  'treats the end of a time range as inclusive': (log) => ({
    ...log,
    find: (query) =>
      log.find(query.toMicros === undefined ? query : { ...query, toMicros: query.toMicros + 1n }),
  }),

  'refuses what it stored': (log) => ({
    ...log,
    async appendReceived(tenant, drafts) {
      const outcomes = await log.appendReceived(tenant, drafts);
      if (outcomes.every(({ status }) => status !== 'unknown')) return outcomes;
      log.setAppendFault('unavailable');
      return log.appendReceived(tenant, drafts);
    },
  }),
};

function bucketOf(storage: MemoryStorage, tenant: string): Bucket {
  return storage.bucketAt(storage.bucketOf(tenant));
}

function byPosition(a: StoredEvent, b: StoredEvent): number {
  return Number(a.position - b.position);
}

/** A batch whose events show their JSON parsed and written again, which loses number lexemes. */
function rewritten(batch: LogBatch): LogBatch {
  return {
    ...batch,
    eventAt(index) {
      const event = batch.eventAt(index);
      if (event === null || event.data.length === 0) return event;
      const text = JSON.stringify(JSON.parse(new TextDecoder().decode(event.data)));
      return { ...event, data: new TextEncoder().encode(text) };
    },
  };
}
