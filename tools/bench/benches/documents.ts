/**
 * documents: how much the PDF service does while its queue is never empty; how long a thousand sessions wait at 60 % of
 * that; what becomes of a thousand uploads at once; and what is left of all of it on disk.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openClient, type Client } from '../documents/client.ts';
import { benchFiles } from '../documents/files.ts';
import { ended, submit, WORKS, type Material } from '../documents/work.ts';
import type { BenchResult } from '../fields.ts';
import { createHistogram, percentileMs, record } from '../histogram.ts';
import { subjectOf, type Subject } from '../measure.ts';
import { dueAtMs, dueCount } from '../pacing.ts';
import { descendantsOf, POSTGRES_NAME, readProcesses } from '../process-table.ts';
import { startServer, type BenchServer } from '../server.ts';
import { significant } from '../statistics.ts';
import type { BenchContext } from './context.ts';

const SECONDS = 60;
const WARM_UP_SECONDS = 5;
const SESSIONS = 1_000;
/** Of the measured capacity, at which latency is measured. */
const SHARE = 0.6;
/** Operations waiting or running in the phase of capacity: a second's worth, so that no worker is ever idle. */
const DEPTH = 64;
const POLL_FULL_MS = 1_000;
const POLL_MS = 25;
const BURST = 1_000;
const DRAIN_MS = 120_000;
const SAMPLE_MS = 200;

export async function documents({ options, scope }: BenchContext): Promise<BenchResult> {
  const server = await startServer(scope);
  const subject = await subjectOf(scope, server);
  const clients = Array.from({ length: SESSIONS }, () => openClient(server));
  scope.defer(() => {
    for (const client of clients) client.close();
  });
  const material = await prepare(clients);
  const memory = watchMemory(server);
  scope.defer(memory.stop);
  const seconds = options.seconds ?? SECONDS;
  await fill(clients, material, WARM_UP_SECONDS);
  const capacity = await measureCapacity(subject, clients, { material, seconds });
  scope.say(`${significant(capacity.perSecond)} operations a second with a full queue`);
  await Promise.all(clients.map((client) => client.get('/health/live')));
  const latency = await pacedLoad(clients, {
    material,
    seconds,
    perSecond: capacity.perSecond * SHARE,
  });
  const burst = await uploadBurst(clients, material);
  await drained(clients[0], server);
  memory.stop();
  return {
    operationsPerSecond: significant(capacity.perSecond),
    acceptP95Ms: significant(percentileMs(latency.accept, 0.95)),
    smallP95Ms: significant(percentileMs(latency.small, 0.95)),
    errorRate: significant(latency.errors / Math.max(1, latency.due)),
    serverRssMaxMb: Math.round(memory.serverMb()),
    filesLeft: filesLeft(server).length,
    acceptP99Ms: significant(percentileMs(latency.accept, 0.99)),
    smallP50Ms: significant(percentileMs(latency.small, 0.5)),
    offeredPerSecond: significant(capacity.perSecond * SHARE),
    sessions: clients.length,
    childRssMaxMb: Math.round(memory.childMb()),
    serverCpuMsPerOperation: capacity.serverMs,
    postgresCpuMsPerOperation: capacity.postgresMs,
    refusedWhileFull: capacity.refused,
    burst,
  };
}

async function prepare(clients: readonly Client[]): Promise<Material> {
  const files = benchFiles();
  const [client] = clients;
  if (client === undefined) throw new Error('there is no session');
  const known: string[] = [];
  for (const turn of files.keys()) {
    const [verdict] = WORKS;
    if (verdict === undefined) continue;
    const material = { files, documents: [] };
    const path = await submit(client, verdict, { material, turn });
    const deadline = performance.now() + DRAIN_MS;
    if (!(await ended(client, path, { everyMs: POLL_MS, deadline })))
      throw new Error(`a file of the bench is not clean: ${path}`);
    known.push(path.split('/').at(-1) ?? '');
  }
  return { files, documents: known };
}

interface Filled {
  readonly done: number;
  readonly all: number;
  readonly failed: number;
  readonly refused: number;
}

/** Keeps DEPTH operations waiting or running. `done` before the end, which is the rate; `all` with those begun by then. */
async function fill(
  clients: readonly Client[],
  material: Material,
  seconds: number,
): Promise<Filled> {
  const endMs = performance.now() + seconds * 1_000;
  const deadline = endMs + DRAIN_MS;
  const counts = { turn: 0, done: 0, all: 0, failed: 0, refused: 0 };
  const one = async (client: Client): Promise<void> => {
    while (performance.now() < endMs) {
      const turn = counts.turn;
      counts.turn += 1;
      const work = WORKS[turn % WORKS.length];
      if (work === undefined) return;
      // Told to come back: it does.
      const path = await submit(client, work, { material, turn }).catch(() => null);
      if (path === null) {
        counts.refused += 1;
        await delay(POLL_FULL_MS);
        continue;
      }
      const isDone = await ended(client, path, { everyMs: POLL_FULL_MS, deadline });
      if (!isDone) counts.failed += 1;
      else counts.all += 1;
      if (isDone && performance.now() < endMs) counts.done += 1;
    }
  };
  await Promise.all(clients.slice(0, DEPTH).map(one));
  return counts;
}

async function measureCapacity(
  subject: Subject,
  clients: readonly Client[],
  { material, seconds }: { readonly material: Material; readonly seconds: number },
) {
  const before = subject.cpu();
  const { done, all, failed, refused } = await fill(clients, material, seconds);
  const after = subject.cpu();
  if (failed > 0) throw new Error(`${failed} operations failed`);
  const ms = (name: 'serverSeconds' | 'postgresSeconds'): number =>
    significant(((after[name] - before[name]) * 1_000) / Math.max(1, all));
  return {
    refused,
    perSecond: done / seconds,
    serverMs: ms('serverSeconds'),
    postgresMs: ms('postgresSeconds'),
  };
}

interface Paced {
  readonly material: Material;
  readonly seconds: number;
  readonly perSecond: number;
}

/** Open loop: every session in turn; what is due counts from then, whether or not it could be sent. */
async function pacedLoad(clients: readonly Client[], { material, seconds, perSecond }: Paced) {
  const accept = createHistogram();
  const small = createHistogram();
  const counts = { due: 0, settled: 0, errors: 0 };
  const pace = { startMs: performance.now(), perSecond };
  const endMs = pace.startMs + seconds * 1_000;
  const one = async (turn: number): Promise<void> => {
    const client = clients[turn % clients.length];
    const work = WORKS[turn % WORKS.length];
    if (client === undefined || work === undefined) return;
    const dueMs = dueAtMs(pace, turn);
    const path = await submit(client, work, { material, turn });
    record(accept, (performance.now() - dueMs) * 1_000);
    const deadline = performance.now() + DRAIN_MS;
    const isDone = await ended(client, path, { everyMs: POLL_MS, deadline });
    if (!isDone) throw new Error('failed');
    if (work.isSmall) record(small, (performance.now() - dueMs) * 1_000);
  };
  for (let now = pace.startMs; now < endMs; now = performance.now()) {
    for (const due = dueCount(pace, now); counts.due < due; counts.due += 1)
      void one(counts.due)
        .catch(() => {
          counts.errors += 1;
        })
        .finally(() => {
          counts.settled += 1;
        });
    await delay(1);
  }
  const deadline = performance.now() + DRAIN_MS;
  while (counts.settled < counts.due && performance.now() < deadline) await delay(5);
  counts.errors += counts.due - counts.settled;
  return { accept, small, due: counts.due, errors: counts.errors };
}

/** Each is accepted, or refused with the time to come back after; whatever else is said, or nothing, is `other`. */
async function uploadBurst(clients: readonly Client[], { files }: Material) {
  const counts = { accepted: 0, refused: 0, other: 0 };
  const startMs = performance.now();
  const uploads = clients.slice(0, BURST).map(async (client, index) => {
    const { status, retryAfter } = await client.upload(
      files[index % files.length] ?? Buffer.alloc(0),
    );
    if (status === 202) counts.accepted += 1;
    else if (status === 503 && retryAfter !== undefined) counts.refused += 1;
    else counts.other += 1;
  });
  const settled = await Promise.allSettled(uploads);
  counts.other += settled.filter(({ status }) => status === 'rejected').length;
  return { ...counts, lastMs: significant(performance.now() - startMs) };
}

/** Until nothing waits to be judged, and what has been worked on is gone from disk. */
async function drained(client: Client | undefined, server: BenchServer): Promise<void> {
  const deadline = performance.now() + DRAIN_MS;
  while (client !== undefined && performance.now() < deadline) {
    const { body } = await client.get('/v1/documents?limit=200');
    const text = JSON.stringify(body);
    if (!text.includes('"judging"') && filesLeft(server).length === 0) return;
    await delay(500);
  }
}

/** Of jobs and of uploads that never became a document. */
function filesLeft({ dataDir }: BenchServer): readonly string[] {
  const places = [join(dataDir, 'work', 'pdf'), join(dataDir, 'blobs', 'drafts')];
  return places.flatMap((place) => {
    try {
      return readdirSync(place);
    } catch {
      return [];
    }
  });
}

/** Of the server's own process, and of the largest of its children that is no PostgreSQL. */
function watchMemory(server: BenchServer) {
  let [own, child] = [0, 0];
  const look = (): void => {
    own = Math.max(own, residentMb(server.pid));
    for (const { pid, name } of descendantsOf(readProcesses(), server.pid))
      if (pid !== server.pid && name !== POSTGRES_NAME) child = Math.max(child, residentMb(pid));
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    stop: () => clearInterval(timer),
    serverMb: () => own,
    childMb: () => child,
  };
}

function residentMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
