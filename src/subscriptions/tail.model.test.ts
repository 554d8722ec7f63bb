/**
 * L3 for tails, with random timing: whatever the place a tail starts at, however appends, reads and hand-overs
 * interleave, it is handed exactly the events it wants, once and in order.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { draftOf } from '../core/event.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import type { LogReader } from '../log/log.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import type { TailFilter } from './tail-filter.ts';
import { createTailHub } from './tail.ts';
import type { TailSink } from './follow-tail.ts';

const TENANT = 'acme';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The log with reads that take a random number of turns, and wake-ups that may get lost. */
function slowLog(log: MemoryLog, turns: () => number, fault?: 'repeat' | 'skip'): LogReader {
  const later = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let n = turns(); n > 0; n -= 1) await new Promise((done) => void setImmediate(done));
    const value = await work();
    for (let n = turns(); n > 0; n -= 1) await new Promise((done) => void setImmediate(done));
    return value;
  };
  return {
    incarnation: log.incarnation,
    bucketCount: log.bucketCount,
    bucketOf: log.bucketOf,
    head: (bucket) => later(() => log.head(bucket)),
    knownHead: (bucket) => log.knownHead(bucket),
    readBatches: (bucket, after, options) => later(() => log.readBatches(bucket, after, options)),
    readStream: (tenant, stream, options) => log.readStream(tenant, stream, options),
    streamVersions: (tenant, streams) => log.streamVersions(tenant, streams),
    find: async (query) => {
      const page = await later(() => log.find({ ...query, limit: 1 + turns() }));
      // Seeded faults: a page that claims to have seen one event less or more than it did.
      const shift = fault === 'repeat' ? -1n : fault === 'skip' ? 1n : 0n;
      return page.events.length > 1 ? { ...page, nextAfter: page.nextAfter + shift } : page;
    },
    findNewest: (query) => log.findNewest(query),
    onAppend: (bucket, listener) => log.onAppend(bucket, () => turns() > 1 && listener()),
  };
}

function collector(): TailSink & { readonly ids: string[]; readonly codes: string[] } {
  const ids: string[] = [];
  const codes: string[] = [];
  return {
    ids,
    codes,
    write: (frames) => void ids.push(...frames.map((frame) => decoder.decode(frame))),
    bufferedBytes: () => 0,
    drained: async () => true,
    dropped: (code) => void codes.push(code),
  };
}

const FILTERS: readonly TailFilter[] = [
  {},
  { type: { exact: 't1' } },
  { type: { prefix: 't' } },
  { source: '/s2' },
  { subject: 'x1', type: { prefix: 't' } },
  { id: '7' },
];

interface Scenario {
  readonly before: readonly number[];
  readonly during: readonly number[];
  readonly removed: readonly number[];
  readonly starts: readonly number[];
  readonly turns: readonly number[];
}

const scenarios = fc.record<Scenario>({
  before: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 6 }),
  during: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 }),
  removed: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
  starts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
  turns: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 8, maxLength: 40 }),
});

async function play(scenario: Scenario, fault?: 'repeat' | 'skip'): Promise<void> {
  const log = createMemoryLog({ bucketCount: 1, findScanMax: 5 });
  let turn = 0;
  const turns = (): number => scenario.turns[(turn += 1) % scenario.turns.length] ?? 0;
  const hub = createTailHub({
    log: slowLog(log, turns, fault),
    logger: silentLogger,
    metrics: noMetrics,
    render: (event) => encoder.encode(event.id),
  });
  let next = 0;
  const append = async (count: number): Promise<void> => {
    const drafts = Array.from({ length: count }, () => {
      next += 1;
      const kind = next % 3;
      return draftOf({ id: `${next}`, source: `/s${kind}`, type: `t${kind}`, subject: `x${kind}` });
    });
    // Another tenant of the same bucket: never to be seen.
    await Promise.all([log.appendReceived(TENANT, drafts), log.appendReceived('other', drafts)]);
  };
  for (const count of scenario.before) await append(count);
  const head = (await log.head(0)).position;
  for (const position of scenario.removed)
    if (BigInt(position) <= head) log.removeEvent(0, BigInt(position));
  const tails = scenario.starts.map((share, index) => {
    const after = BigInt(Math.floor(Number(head) * share));
    const filter = FILTERS[index % FILTERS.length] ?? {};
    const sink = collector();
    hub.open({ tenant: TENANT, bucket: 0, filter, after, head, sink });
    return { after, filter, sink };
  });
  for (const count of scenario.during) {
    await append(count);
    for (let n = turns(); n > 0; n -= 1) await new Promise((done) => void setImmediate(done));
  }
  try {
    for (const { after, filter, sink } of tails) {
      const wanted = (await wholeListing(log, filter, after)).join();
      await until(
        `the events ${wanted} after ${after}`,
        () => sink.ids.length >= wanted.split(',').length || wanted === '',
        { timeoutMs: fault && 300, explain: () => `got ${sink.ids.join()}` },
      );
      expect(sink.ids.join()).toBe(wanted);
      expect(sink.codes).toEqual([]);
    }
  } finally {
    hub.close();
  }
  expect(hub.size).toBe(0);
}

/** What the log itself lists, page by page: the reference. */
async function wholeListing(log: MemoryLog, filter: TailFilter, after: bigint): Promise<string[]> {
  const ids: string[] = [];
  for (let more = true, from = after; more;) {
    const page = await log.find({ tenant: TENANT, ...filter, after: from, limit: 1000 });
    ids.push(...page.events.map((event) => event.id));
    ({ more, nextAfter: from } = page);
  }
  return ids;
}

describe('tails', () => {
  it('hand over from pages to the live point without gap or repetition, whatever the timing', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, (scenario) => play(scenario)),
      { numRuns: 60 },
    );
  });

  it.each(['repeat', 'skip'] as const)(
    'the check catches pages that %s an event',
    async (fault) => {
      const found = await fc.check(
        fc.asyncProperty(scenarios, (scenario) => play(scenario, fault)),
        { numRuns: 60, endOnFailure: true },
      );
      expect(found.failed).toBe(true);
    },
  );
});
