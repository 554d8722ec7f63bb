/**
 * More load than the server takes: many connections that never wait, several times what a few that do wait reach.
 * Figures are printed; only conditions are asserted, since the machine may be doing other things. The measured claim
 * (goodput, refusals within 50 ms) belongs to the benchmarks.
 */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, send } from '../../tools/chaos/http-client.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { BATCH, eventOf, eventsOf, postOne, storedIds, verdictOf } from './wire.ts';

const START_TIMEOUT_MS = 120_000;
const PHASE_MS = 3_000;
const BATCH_SIZE = 100;
const NORMAL_CONNECTIONS = 4;
/** Far more than admission control lets wait. */
const OVERLOAD_CONNECTIONS = 400;
/** The product's budget for a soak is 350 MB; without bounds this load would take gigabytes. */
const RSS_MAX_MB = 700;
/** What a commit or a look-up that takes more than a second leads to, as where the disk has other work to do. */
const STOOD_STILL: readonly string[] = ['503 OUTCOME_UNKNOWN', '503 UNAVAILABLE'];

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
}, START_TIMEOUT_MS);
afterAll(() => server?.dispose());

interface Figures {
  accepted: number;
  readonly acceptedIds: string[];
  readonly refusals: Answer[];
  readonly refusalMs: number[];
  torn: number;
  seconds: number;
}

async function phase(prefix: string, connections: number): Promise<Figures> {
  const figures: Figures = {
    accepted: 0,
    acceptedIds: [],
    refusals: [],
    refusalMs: [],
    torn: 0,
    seconds: 0,
  };
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const start = performance.now();
  let batches = 0;
  const work = async (): Promise<void> => {
    while (performance.now() - start < PHASE_MS) {
      const events = eventsOf(`${prefix}-${batches++}`, BATCH_SIZE);
      const sentAt = performance.now();
      await sendBatch(agent, events).then(
        (answer) => note(figures, answer, { events, elapsedMs: performance.now() - sentAt }),
        () => (figures.torn += 1),
      );
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  figures.seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return figures;
}

function sendBatch(agent: Agent, events: readonly Record<string, unknown>[]): Promise<Answer> {
  return send({
    url: `${server.url}/v1/events`,
    method: 'POST',
    apiKey: server.apiKey,
    agent,
    headers: { 'content-type': BATCH },
    body: JSON.stringify(events),
  });
}

interface Sent {
  readonly events: readonly Record<string, unknown>[];
  readonly elapsedMs: number;
}

function note(figures: Figures, answer: Answer, { events, elapsedMs }: Sent): void {
  if (answer.status === 200) {
    figures.accepted += events.length;
    figures.acceptedIds.push(String(events[0]?.['id']), String(events.at(-1)?.['id']));
    return;
  }
  figures.refusals.push(answer);
  figures.refusalMs.push(elapsedMs);
}

/** Resident memory in MB; null where there is no /proc. */
function rssMb(): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(
      readFileSync(`/proc/${server.pid}/status`, 'utf8'),
    )?.[1];
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

const median = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);

it(
  'overload is refused with 503 or 429 and Retry-After, memory stays bounded, and it passes',
  async () => {
    const normal = await phase('normal', NORMAL_CONNECTIONS);
    let rssMax = 0;
    const watch = setInterval(() => (rssMax = Math.max(rssMax, rssMb() ?? 0)), 100);
    const over = await phase('over', OVERLOAD_CONNECTIONS);
    clearInterval(watch);
    console.log(
      `overload: ${Math.round(normal.accepted / normal.seconds)} events/s over ${NORMAL_CONNECTIONS} connections, ` +
        `${Math.round(over.accepted / over.seconds)} over ${OVERLOAD_CONNECTIONS} with ${over.refusals.length} refusals ` +
        `(median ${median(over.refusalMs)} ms), ${over.torn} torn, at most ${rssMax} MB`,
    );
    expect(normal.refusals.map(verdictOf).filter((each) => !STOOD_STILL.includes(each))).toEqual(
      [],
    );
    expect(over.accepted).toBeGreaterThan(0);
    for (const refusal of over.refusals) {
      expect(['503 OVERLOADED', '429 RATE_LIMITED', ...STOOD_STILL]).toContain(verdictOf(refusal));
      expect(Number(refusal.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(rssMax).toBeLessThan(RSS_MAX_MB);
    await until(
      'a calm answer',
      async () => verdictOf(await postOne(server, eventOf('calm'))) !== '503 OVERLOADED',
    );
    await pause(0);
    const stored = new Set(await storedIds(server));
    expect([...normal.acceptedIds, ...over.acceptedIds].filter((id) => !stored.has(id))).toEqual(
      [],
    );
  },
  START_TIMEOUT_MS,
);
