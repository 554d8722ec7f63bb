/** Sessions, policies and timers together, in memory and with a clock of its own: what becomes of a session by itself. */
import { beforeEach, expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import { silentLogger } from '../../core/logger.ts';
import { noMetrics } from '../../core/metrics.ts';
import { createMemoryLog } from '../../log/memory/memory-log.ts';
import { createMasterKeys } from '../../personal-data/master-key.ts';
import { createPersonalData } from '../../personal-data/personal-data.ts';
import { systemPrincipal } from '../../pipeline/authorise.ts';
import { openPipeline } from '../../pipeline/fixture.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { createMemoryJobs, createMemoryJobStorage } from '../../platform/jobs/memory-jobs.ts';
import type { MemoryJobs } from '../../platform/jobs/memory-jobs.ts';
import { createMemoryKeyStore } from '../../platform/keys/memory-key-store.ts';
import { createMemorySubscriptionStore } from '../../subscriptions/durable/memory/memory-subscription-store.ts';
import {
  createSubscriptions,
  type SubscriptionRunner,
} from '../../subscriptions/durable/subscriptions.ts';
import { createMemoryPolicyStore } from '../../subscriptions/policies/memory/memory-policy-store.ts';
import { createPolicies } from '../../subscriptions/policies/policies.ts';
import { customers } from '../customers/index.ts';
import { EXAMPLE_QUIZ, leads, type KnownLead, type LeadState } from './index.ts';

const TENANT = 'shop';
const principal = systemPrincipal(TENANT, 'key-1', ['leads:write']);
const tokenHash = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';
const MINUTE_MS = 60_000;

let nowMs: number;
const clock = { nowMs: () => nowMs };
let pipeline: Pipeline;
let subscriptions: SubscriptionRunner;
let jobs: MemoryJobs;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 21, 9, 30);
  const log = createMemoryLog({ bucketCount: 1, clock });
  jobs = createMemoryJobs({ storage: createMemoryJobStorage(), clock, automatic: false });
  const personal = await createPersonalData({
    keys: createMemoryKeyStore(),
    master: createMasterKeys(randomBytes(32).toString('base64')),
  });
  const modules = [customers, leads];
  pipeline = openPipeline({ log, reader: log, modules, clock, personal });
  const given = { log, clock, metrics: noMetrics, logger: silentLogger, personalData: personal };
  const subscriptionStore = createMemorySubscriptionStore({ clock, bucketCount: 1 });
  subscriptions = createSubscriptions({ ...given, store: subscriptionStore });
  createPolicies({
    ...given,
    modules,
    pipeline,
    subscriptions,
    subscriptionStore,
    store: createMemoryPolicyStore({ clock }),
    jobs,
    pause: async () => {},
  });
  await subscriptions.begin();
  const definition = { ...EXAMPLE_QUIZ, questions: EXAMPLE_QUIZ.questions.toReversed() };
  const open = definition.questions.map((each) => ({ ...each, jumps: [] }));
  const quiz = { slug: 'guests', definition: { ...definition, questions: open }, publish: true };
  await give('leads.quizzes', 'CreateQuiz', { id: 'guests', input: quiz });
  await give('leads.sessions', 'StartQuizSession', {
    id: 's1',
    input: { quizId: 'guests', tokenHash },
  });
});

async function give(
  category: string,
  command: string,
  { id, input }: { readonly id: string; readonly input: unknown },
): Promise<void> {
  const answer = await pipeline.handle({ principal, category, command, id, input });
  expect(answer.status).toBe('done');
  await settle();
}

/** Everything that follows by now, timers included. */
async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await subscriptions.drain();
    await jobs.runDue();
  }
}

const answer = (questionId: string, value: unknown) =>
  give('leads.sessions', 'AnswerQuizQuestion', {
    id: 's1',
    input: { quizId: 'guests', tokenHash, questionId, value },
  });
const contact = () => answer('contact', { email: 'ana@example.com', consents: ['email'] });

async function lead(): Promise<LeadState> {
  // safe because the stream is one of the category
  return (await pipeline.load(TENANT, 'leads', 's1')).state as LeadState;
}
async function session(): Promise<unknown> {
  return (await pipeline.load(TENANT, 'leads.sessions', 's1')).state;
}
async function pass(minutes: number): Promise<void> {
  nowMs += minutes * MINUTE_MS;
  await settle();
}

test('Q12: a contact makes a lead at once, the end qualifies it and asks for a follow-up', async () => {
  expect(await lead()).toEqual({ status: 'unknown' });
  await contact();
  expect(await lead()).toMatchObject({
    email: 'ana@example.com',
    stage: 'new',
    score: null,
    followUp: null,
    consents: [{ channel: 'email', wording: 'Write me an e-mail about it.' }],
  });
  await answer('rating', 5);
  await answer('wishes', null);
  await answer('extras', ['music']);
  await answer('guests', 40);
  await answer('occasion', 'party');
  expect(await lead()).toMatchObject({
    score: 100,
    grade: 'A',
    endingId: 'call',
    followUp: { reason: 'completed' },
  });
});

test('a session that nobody answers for half an hour is left, not sooner, and its lead is followed', async () => {
  await pass(20);
  await contact();
  await pass(15);
  expect(await session()).toMatchObject({ status: 'open' });
  await pass(15);
  expect(await session()).toMatchObject({ status: 'abandoned' });
  expect(await lead()).toMatchObject({ followUp: { reason: 'abandoned' } });
  await answer('rating', 5);
  expect(await session()).toMatchObject({ status: 'open' });
  await pass(31);
  expect(await session()).toMatchObject({ status: 'abandoned' });
});

test('without a contact there is no lead', async () => {
  await answer('contact', null);
  await pass(60);
  expect(await session()).toMatchObject({ status: 'abandoned' });
  expect(await lead()).toEqual({ status: 'unknown' });
});

test('a corrected contact is corrected with the lead', async () => {
  await contact();
  await answer('contact', { name: 'Ana', email: 'ana@example.org', consents: ['email'] });
  // safe because it was captured
  const { name, email } = (await lead()) as KnownLead;
  expect([name, email]).toEqual(['Ana', 'ana@example.org']);
});
