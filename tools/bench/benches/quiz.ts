/**
 * quiz: a thousand sessions at once, each from an address of its own, answer together a thousand questions a second. Open
 * loop: an answer counts from the moment it was due. What is refused, lost or cut counts as an error.
 */
import type { BenchResult } from '../fields.ts';
import { createHistogram, percentileMs, record } from '../histogram.ts';
import { settle, subjectOf } from '../measure.ts';
import { dueAtMs, dueCount, OFFERED_SHARE } from '../pacing.ts';
import { longQuiz } from '../quiz/long-quiz.ts';
import { begin, openSession, type Session } from '../quiz/sessions.ts';
import { startServer, type BenchServer } from '../server.ts';
import { significant } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import { setTimeout as delay } from 'node:timers/promises';

const SESSIONS = 1_000;
const ANSWERS_PER_SECOND = 1_000;
const SECONDS = 30;
const WARM_UP_SECONDS = 5;
/** Sessions started at once while setting up. */
const STARTING = 50;
const DRAIN_MS = 30_000;

export async function quiz({ options, scope }: BenchContext): Promise<BenchResult> {
  const server = await startServer(scope, {
    environment: { COMPTOIR_TRUSTED_PROXIES: '127.0.0.1' },
  });
  const subject = await subjectOf(scope, server);
  await publish(server);
  const sessions = await openSessions(server);
  scope.defer(() => {
    for (const session of sessions) session.close();
  });
  scope.say(`${sessions.length} sessions started`);
  const seconds = options.seconds ?? SECONDS;
  await answerAll(sessions, WARM_UP_SECONDS);
  const before = subject.cpu();
  const load = await answerAll(sessions, seconds);
  const after = await settle(subject);
  const micros = (name: 'serverSeconds' | 'postgresSeconds'): number =>
    significant(((after[name] - before[name]) * 1e6) / load.answered);
  return {
    requestsPerSecond: significant(load.perSecond),
    p95Ms: significant(percentileMs(load.latency, 0.95)),
    errorRate: significant(load.errors / Math.max(1, load.due)),
    p50Ms: significant(percentileMs(load.latency, 0.5)),
    p99Ms: significant(percentileMs(load.latency, 0.99)),
    sessions: sessions.length,
    serverCpuMicrosPerAnswer: micros('serverSeconds'),
    postgresCpuMicrosPerAnswer: micros('postgresSeconds'),
  };
}

async function publish({ url, apiKey }: BenchServer): Promise<void> {
  const response = await fetch(`${url}/v1/leads/quizzes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ slug: 'bench', definition: longQuiz(), publish: true }),
  });
  if (response.status !== 201)
    throw new Error(`publishing answered ${response.status}: ${await response.text()}`);
}

async function openSessions(server: BenchServer): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  for (let from = 0; from < SESSIONS; from += STARTING) {
    const numbers = Array.from({ length: STARTING }, (_, index) => from + index);
    const opened = numbers.map((number) => openSession(server, () => begin(server.url, number)));
    sessions.push(...(await Promise.all(opened)));
  }
  return sessions;
}

/** Every session in turn; what it has not been answered yet makes its next answer wait, and that counts. */
async function answerAll(sessions: readonly Session[], seconds: number) {
  const latency = createHistogram();
  const pace = { startMs: performance.now(), perSecond: ANSWERS_PER_SECOND * OFFERED_SHARE };
  const endMs = pace.startMs + seconds * 1_000;
  const counts = { due: 0, answered: 0, errors: 0, within: 0 };
  const one = async (index: number): Promise<void> => {
    const session = sessions[index % sessions.length];
    const status = await session?.answer().catch(() => 0);
    const now = performance.now();
    record(latency, (now - dueAtMs(pace, index)) * 1_000);
    counts.answered += 1;
    if (status !== 200) counts.errors += 1;
    else if (now < endMs) counts.within += 1;
  };
  for (let now = pace.startMs; now < endMs; now = performance.now()) {
    const due = dueCount(pace, now);
    for (; counts.due < due; counts.due += 1) void one(counts.due);
    await delay(1);
  }
  const deadline = performance.now() + DRAIN_MS;
  while (counts.answered < counts.due && performance.now() < deadline) await delay(5);
  counts.errors += counts.due - counts.answered;
  return { ...counts, latency, perSecond: counts.within / seconds };
}
