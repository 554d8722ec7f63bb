/**
 * find: how long it takes to find events by id, by subject and by type within a range of time, over HTTP, one query
 * at a time. Half of the queries run on the server that was just filled, half after a restart, when none of its
 * caches holds anything. A query is done when its listing ended or a page's worth of events came.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { idOf, identityOf, orderOf } from '../corpus/patch.ts';
import type { Identity } from '../corpus/patch.ts';
import { pick, saltsOf } from '../corpus/scramble.ts';
import { SUBJECT_PREFIX } from '../corpus/template.ts';
import { STAGES } from '../corpus/vocabulary.ts';
import { logSize } from '../database.ts';
import type { BenchResult } from '../fields.ts';
import type { Histogram } from '../histogram.ts';
import { createHistogram, mergeInto, percentileMs, record } from '../histogram.ts';
import { startLoad } from '../load/client.ts';
import { settle, subjectOf } from '../measure.ts';
import type { BenchServer } from '../server.ts';
import { startServer } from '../server.ts';
import { significant } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import { fill } from './phases.ts';

const QUERIES_PER_KIND = 240;
const PAGE_EVENTS = 100;
/** A listing that takes more pages than this without a page's worth of events is a bug. */
const PAGES_MAX = 10_000;
/** Between the restart and the first query: connections and filters are loaded, no query ran. */
const AFTER_RESTART_MS = 1_000;

type Kind = 'id' | 'subject' | 'typeRange';
const KINDS: readonly Kind[] = ['id', 'subject', 'typeRange'];

interface Filled {
  readonly identity: Identity;
  readonly events: number;
  /** When filling began and ended; recorded times lie between. */
  readonly fromMs: number;
  readonly toMs: number;
}

interface Found {
  readonly ids: readonly string[];
  readonly pages: number;
}

export async function find({ options, scope }: BenchContext): Promise<BenchResult> {
  const server = await startServer(scope);
  const subject = await subjectOf(scope, server);
  const client = startLoad();
  const fromMs = Date.now();
  await fill({ server, client, numbers: { next: 0 } }, options, options.events);
  const toMs = Date.now();
  await client.close();
  await settle(subject);
  const size = await logSize(subject.database);
  scope.say(`filled to ${size.events} events in ${Math.round((toMs - fromMs) / 1000)} s`);
  const filled: Filled = {
    identity: identityOf(options.seed, options.ids),
    events: options.events,
    fromMs,
    toMs,
  };
  const warm = await askAll(server, filled, 0);
  const externalUrl = await server.databaseUrl();
  await subject.database.close();
  await server.stop();
  const again = await startServer(scope, {
    dataDir: server.dataDir,
    ...(process.env['COMPTOIR_DATABASE_URL'] === undefined ? {} : { externalUrl }),
  });
  await delay(AFTER_RESTART_MS);
  const cold = await askAll(again, filled, 1);
  const p95 = (kind: Kind, ...halves: Readonly<Record<Kind, Histogram>>[]): number => {
    const all = createHistogram();
    for (const half of halves) mergeInto(all, half[kind]);
    return significant(percentileMs(all, 0.95));
  };
  return {
    events: size.events,
    batches: size.batches,
    queriesPerKind: QUERIES_PER_KIND,
    p95Ms: Object.fromEntries(KINDS.map((kind) => [kind, p95(kind, warm, cold)])),
    warmP95Ms: Object.fromEntries(KINDS.map((kind) => [kind, p95(kind, warm)])),
    coldP95Ms: Object.fromEntries(KINDS.map((kind) => [kind, p95(kind, cold)])),
  };
}

/** Runs half of the queries of every kind, the kinds mixed; `half` draws others. */
async function askAll(
  server: BenchServer,
  filled: Filled,
  half: number,
): Promise<Readonly<Record<Kind, Histogram>>> {
  const latency = {
    id: createHistogram(),
    subject: createHistogram(),
    typeRange: createHistogram(),
  };
  const salts = saltsOf(77 + half, 4);
  for (let index = 0; index < QUERIES_PER_KIND / 2; index += 1) {
    for (const kind of KINDS) {
      const draw = (salt: number, below: number): number => pick(index, salts[salt] ?? 0, below);
      const query = queryOf(kind, filled, draw);
      const startMs = performance.now();
      const found = await ask(server, query.parameters);
      record(latency[kind], (performance.now() - startMs) * 1000);
      if (query.expectedId !== undefined && !found.ids.includes(query.expectedId))
        throw new Error(`${kind}: the event asked for was not found among ${found.ids.length}.`);
    }
  }
  return latency;
}

interface Query {
  readonly parameters: Readonly<Record<string, string>>;
  /** An event that must be in the answer. */
  readonly expectedId: string | undefined;
}

type Draw = (salt: number, below: number) => number;

function queryOf(kind: Kind, filled: Filled, draw: Draw): Query {
  const number = draw(0, filled.events);
  const expectedId = idOf(filled.identity, number);
  if (kind === 'id') return { parameters: { id: expectedId }, expectedId };
  if (kind === 'subject')
    return { parameters: { subject: `${SUBJECT_PREFIX}${orderOf(number)}` }, expectedId };
  return { parameters: typeRange(filled, draw), expectedId: undefined };
}

/** A type, common or rare, within a thousandth to a half of the recorded time. */
function typeRange({ fromMs, toMs }: Filled, draw: Draw): Record<string, string> {
  const types = [...new Set(STAGES.flat())];
  const spanMs = toMs - fromMs;
  const lengthMs = (spanMs / 2) * 10 ** (-draw(1, 270) / 100);
  const startMs = fromMs + (draw(2, 10_000) / 10_000) * (spanMs - lengthMs);
  return {
    type: types[draw(3, types.length)] ?? '',
    from: new Date(startMs).toISOString(),
    to: new Date(startMs + lengthMs).toISOString(),
  };
}

/** Follows a listing until it ends or a page's worth of events came. */
async function ask(server: BenchServer, parameters: Query['parameters']): Promise<Found> {
  const ids: string[] = [];
  let after: string | undefined;
  for (let pages = 1; pages <= PAGES_MAX; pages += 1) {
    const search = new URLSearchParams({
      ...parameters,
      limit: String(PAGE_EVENTS),
      ...(after === undefined ? {} : { after }),
    });
    const response = await fetch(`${server.url}/v1/events?${search.toString()}`, {
      headers: { authorization: `Bearer ${server.apiKey}` },
    });
    if (response.status !== 200)
      throw new Error(`GET /v1/events answered ${response.status}: ${await response.text()}`);
    // safe because the contract fixes these members; a wrong answer fails the check of the expected id.
    const page = (await response.json()) as {
      events: { id: string }[];
      next: string;
      more: boolean;
    };
    ids.push(...page.events.map(({ id }) => id));
    if (!page.more || ids.length >= PAGE_EVENTS) return { ids, pages };
    after = page.next;
  }
  throw new Error(`A listing did not end within ${PAGES_MAX} pages.`);
}
