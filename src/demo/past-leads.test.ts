import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KnownLead } from '../modules/leads/index.ts';
import { demoFixture, type DemoFixture } from './demo.fixture.ts';
import { movePastLeads, pastLeadSteps } from './past-leads.ts';

const STAGES = ['contacted', 'qualified', 'proposal', 'won', 'lost'];

let demo: DemoFixture;
beforeAll(async () => {
  demo = await demoFixture(Date.parse('2026-11-22T06:20:00Z'));
});
afterAll(() => demo.close());

const ids = [...new Set(pastLeadSteps().map(({ id }) => id))];
const { signal } = new AbortController();
let waits = 0;
const settled = () => {
  waits += 1;
  return Promise.resolve(true);
};
const move = () => movePastLeads({ ...demo, settled, signal });

async function leadsNow(): Promise<readonly KnownLead[]> {
  const loaded = await Promise.all(ids.map((id) => demo.pipeline.load('demo', 'leads', id)));
  return loaded.map(({ state }) => state as KnownLead);
}

test('leads that are not there are passed over without a word', async () => {
  await move();
  expect(await demo.head()).toBe(0n);
  expect(demo.warnings).toEqual([]);
});

test('leads of the past stand in every stage but the first, none of them waits, and once is enough', async () => {
  const scopes = new Set(['leads:write'] as const);
  const principal = { keyId: 'demo', tenant: 'demo', scopes };
  for (const id of ids) {
    const capture = { contact: { email: `${id}@example.com` }, source: 'quiz' };
    const step = { principal, category: 'leads', id };
    await demo.pipeline.handle({ ...step, command: 'CaptureLead', input: capture });
    const input = { reason: 'completed', inHours: 1 };
    await demo.pipeline.handle({ ...step, command: 'RequestLeadFollowUp', input });
  }
  await move();
  const leads = await leadsNow();
  expect(new Set(leads.map(({ stage }) => stage))).toEqual(new Set(STAGES));
  expect(leads.filter(({ followUp }) => followUp !== null)).toEqual([]);
  const head = await demo.head();
  const before = waits;
  await move();
  expect([await demo.head(), waits]).toEqual([head, before]);
  expect(demo.warnings).toEqual([]);
});
