/** Policies, timers and messages together, in memory and with a clock of its own: what is written by itself, and what is not. */
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../core/logger.ts';
import { noMetrics } from '../../core/metrics.ts';
import { createMemoryLog } from '../../log/memory/memory-log.ts';
import { createMasterKeys } from '../../personal-data/master-key.ts';
import { createPersonalData } from '../../personal-data/personal-data.ts';
import { systemPrincipal } from '../../pipeline/authorise.ts';
import { openPipeline } from '../../pipeline/fixture.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import {
  createMemoryJobs,
  createMemoryJobStorage,
  type MemoryJobs,
} from '../../platform/jobs/memory-jobs.ts';
import { createMemoryKeyStore } from '../../platform/keys/memory-key-store.ts';
import { createMemorySubscriptionStore } from '../../subscriptions/durable/memory/memory-subscription-store.ts';
import {
  createSubscriptions,
  type SubscriptionRunner,
} from '../../subscriptions/durable/subscriptions.ts';
import { createMemoryPolicyStore } from '../../subscriptions/policies/memory/memory-policy-store.ts';
import { createPolicies } from '../../subscriptions/policies/policies.ts';
import { business } from '../business/index.ts';
import { customers } from '../customers/index.ts';
import { leads } from '../leads/index.ts';
import { messages } from './index.ts';

const TENANT = 'shop';
const principal = systemPrincipal(TENANT, 'key-1', [
  'messages:write',
  'customers:write',
  'leads:write',
]);
const HOUR_MS = 3_600_000;

let nowMs: number;
const clock = { nowMs: () => nowMs };
let pipeline: Pipeline;
let subscriptions: SubscriptionRunner;
let jobs: MemoryJobs;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 22, 12);
  const log = createMemoryLog({ bucketCount: 1, clock });
  jobs = createMemoryJobs({ storage: createMemoryJobStorage(), clock, automatic: false });
  const personal = await createPersonalData({
    keys: createMemoryKeyStore(),
    master: createMasterKeys(randomBytes(32).toString('base64')),
  });
  const modules = [business, customers, leads, messages];
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
  await give('messages.senders', 'AddMessageSender', 'mail', {
    name: 'News',
    channel: 'email',
    from: 'news@example.com',
    doubleOptIn: true,
  });
  for (const [id, name] of [
    ['follow', 'name'],
    ['confirm', 'link'],
  ] as const) {
    await give('messages.templates', 'CreateTemplate', id, {
      name: id,
      channel: 'email',
      category: 'utility',
      variables: [{ name, example: 'x' }],
      texts: [{ language: 'en', subject: 'Hello', body: `{{${name}}}` }],
    });
    await give('messages.templates', 'SubmitTemplate', id, {});
  }
});

const way = (templateId: string) => [{ senderId: 'mail', templateId }];
const configure = (...uses: readonly object[]) =>
  give('messages.settings', 'SetMessageSettings', 'main', {
    uses,
    linkBase: 'https://eat.example',
  });

async function give(...[category, command, id, input]: readonly [string, string, string, object]) {
  const answer = await pipeline.handle({ principal, category, command, id, input });
  expect(answer).toMatchObject({ status: 'done' });
  for (let round = 0; round < 4; round += 1) {
    await subscriptions.drain();
    await jobs.runDue();
  }
}
const stateOf = async (category: string, id: string) =>
  (await pipeline.load(TENANT, category, id)).state;
const contact = { name: 'Ana', email: 'ana@example.com' };
const consents = [{ channel: 'email', wording: 'Write me an e-mail about it.' }];
const capture = (more: object = { consents }) =>
  give('leads', 'CaptureLead', 'l1', { contact, source: 'quiz', ...more });
async function pass(hours: number): Promise<void> {
  nowMs += hours * HOUR_MS;
  await jobs.runDue();
}
const follow = (reason: string) =>
  give('leads', 'RequestLeadFollowUp', 'l1', { reason, inHours: 2 });
const NOTICE = 'lead-follow-up.l1.v2';

test('M13: a lead is followed by a message when it is due, not sooner', async () => {
  await configure({ use: 'lead-follow-up', ways: way('follow') });
  await capture();
  await follow('completed');
  await pass(1);
  expect(await stateOf('messages', NOTICE)).toEqual({ status: 'none' });
  await pass(1);
  expect(await stateOf('messages.notices', NOTICE)).toMatchObject({ status: 'requested' });
  expect(await stateOf('messages', NOTICE)).toMatchObject({
    status: 'requested',
    request: {
      to: { leadId: 'l1', address: 'ana@example.com' },
      use: 'lead-follow-up',
    },
  });
});

test('M1: a lead without consent is not written to, and neither is one that was got back to', async () => {
  await configure({ use: 'lead-follow-up', ways: way('follow') });
  await capture({});
  await follow('completed');
  await pass(2);
  expect(await stateOf('messages.notices', NOTICE)).toMatchObject({ reason: 'no-consent' });
  await give('leads', 'FinishLeadFollowUp', 'l1', {});
  await follow('abandoned');
  await give('leads', 'FinishLeadFollowUp', 'l1', {});
  await pass(3);
  for (const version of [3, 4, 5])
    expect(await stateOf('messages.notices', `lead-follow-up.l1.v${version}`)).toEqual({
      status: 'none',
    });
});

test('M13: without a template it is told that nothing was sent; unasked there is not even that', async () => {
  await capture();
  await follow('completed');
  await pass(2);
  expect(await stateOf('messages.notices', NOTICE)).toEqual({ status: 'none' });
  await configure({ use: 'lead-follow-up', ways: [] });
  await give('leads', 'FinishLeadFollowUp', 'l1', {});
  await follow('abandoned');
  await pass(2);
  expect(await stateOf('messages.notices', 'lead-follow-up.l1.v4')).toEqual({
    status: 'not-sent',
    use: 'lead-follow-up',
    reason: 'no-template',
  });
});

test('what a person asked for by hand is left to a person', async () => {
  await configure({ use: 'lead-follow-up', ways: way('follow') });
  await capture();
  await follow('manual');
  await pass(2);
  expect(await stateOf('messages.notices', NOTICE)).toEqual({ status: 'none' });
});

test('M14: a consent is confirmed by whoever has the link of the message, each consent anew', async () => {
  await configure({ use: 'double-opt-in', ways: way('confirm') });
  await give('customers', 'RegisterCustomer', 'ana', contact);
  const consent = () =>
    give('customers', 'GiveConsent', 'ana', { channel: 'email', wording: 'Yes.' });
  await consent();
  // safe because it was asked
  const asked = (await stateOf('messages.opt-ins', 'ana.email')) as {
    status: string;
    messageId: string;
  };
  expect(asked.status).toBe('asked');
  const wrong = {
    principal,
    category: 'messages.opt-ins',
    command: 'ConfirmOptIn',
    id: 'ana.email',
  };
  expect(await pipeline.handle({ ...wrong, input: { messageId: 'another' } })).toMatchObject({
    code: 'OPT_IN_TOKEN_WRONG',
  });
  await give('messages.opt-ins', 'ConfirmOptIn', 'ana.email', { messageId: asked.messageId });
  expect(await stateOf('messages.opt-ins', 'ana.email')).toMatchObject({ status: 'confirmed' });
  await give('customers', 'WithdrawConsent', 'ana', { channel: 'email' });
  await consent();
  expect(await stateOf('messages.opt-ins', 'ana.email')).toMatchObject({ status: 'asked' });
});

test('M14: whoever is reached at another address confirms it anew, where a consent counts there', async () => {
  await configure({ use: 'double-opt-in', ways: way('confirm') });
  await give('customers', 'RegisterCustomer', 'ana', contact);
  const change = (input: object) => give('customers', 'ChangeContact', 'ana', input);
  await change({ email: 'a@example.com' });
  expect(await stateOf('messages.opt-ins', 'ana.email')).toEqual({ status: 'none' });
  await give('customers', 'GiveConsent', 'ana', { channel: 'email', wording: 'Yes.' });
  const optIn = async () =>
    // safe because it was asked
    (await stateOf('messages.opt-ins', 'ana.email')) as { status: string; messageId: string };
  const first = await optIn();
  const confirm = ({ messageId }: { readonly messageId: string }) =>
    give('messages.opt-ins', 'ConfirmOptIn', 'ana.email', { messageId });
  await confirm(first);
  await change({ name: 'Anna', language: 'pl' });
  expect(await optIn()).toMatchObject({ status: 'confirmed' });
  await change({ email: 'b@example.com' });
  const second = await optIn();
  expect(second.status).toBe('asked');
  expect(await stateOf('messages', second.messageId)).toMatchObject({
    request: { to: { address: 'b@example.com' }, use: 'double-opt-in' },
  });
  await confirm(second);
  const more = { kind: 'email', value: 'c@example.com' };
  await give('customers', 'AddCustomerIdentifier', 'ana', more);
  expect(await optIn()).toMatchObject({ status: 'confirmed' });
  await change({ email: 'c@example.com' });
  expect(await optIn()).toMatchObject({ status: 'asked' });
  await give('customers', 'WithdrawConsent', 'ana', { channel: 'email' });
  const { version } = await pipeline.load(TENANT, 'messages.opt-ins', 'ana.email');
  await change({ email: 'd@example.com' });
  const after = await pipeline.load(TENANT, 'messages.opt-ins', 'ana.email');
  expect(after.version).toBe(version);
});

test('M2: an unsubscribe withdraws the consent of the customer, a bounce does not', async () => {
  await give('customers', 'RegisterCustomer', 'ana', contact);
  await give('customers', 'GiveConsent', 'ana', { channel: 'email', wording: 'Yes.' });
  const suppress = (id: string, reason: string, scope: string) =>
    give('messages.suppressions', 'SuppressAddress', id, {
      channel: 'email',
      reason,
      scope,
      customerId: 'ana',
    });
  await suppress('email.one', 'hard-bounce', 'all');
  expect(await stateOf('customers', 'ana')).toMatchObject({ consents: [{ channel: 'email' }] });
  await suppress('email.two', 'unsubscribe', 'marketing');
  expect(await stateOf('customers', 'ana')).toMatchObject({ consents: [] });
});

test('M2: who says no behind a bounce has said it when the address is lifted', async () => {
  await give('customers', 'RegisterCustomer', 'ana', contact);
  await give('customers', 'GiveConsent', 'ana', { channel: 'email', wording: 'Yes.' });
  const suppress = (reason: string, scope: string) =>
    give('messages.suppressions', 'SuppressAddress', 'email.one', {
      channel: 'email',
      reason,
      scope,
      customerId: 'ana',
    });
  await suppress('hard-bounce', 'all');
  await suppress('unsubscribe', 'marketing');
  expect(await stateOf('customers', 'ana')).toMatchObject({ consents: [] });
  // What bounces is not written to all the same.
  expect(await stateOf('messages.suppressions', 'email.one')).toMatchObject({ scope: 'all' });
  const { version } = await pipeline.load(TENANT, 'messages.suppressions', 'email.one');
  await suppress('unsubscribe', 'marketing');
  expect(await pipeline.load(TENANT, 'messages.suppressions', 'email.one')).toMatchObject({
    version,
  });
});

test('M2: what the provider says the person stopped withdraws the consent', async () => {
  await give('customers', 'RegisterCustomer', 'ana', { name: 'Ana', phone: '+48501234567' });
  await give('customers', 'GiveConsent', 'ana', { channel: 'whatsapp', wording: 'Yes.' });
  await give('messages.suppressions', 'SuppressAddress', 'whatsapp.one', {
    channel: 'whatsapp',
    reason: 'opt-out',
    scope: 'marketing',
    customerId: 'ana',
  });
  expect(await stateOf('customers', 'ana')).toMatchObject({ consents: [] });
});

test('M2: a no to a record that was merged is a no to whoever stands for it', async () => {
  for (const id of ['ana', 'anna', 'a']) {
    await give('customers', 'RegisterCustomer', id, { name: id, email: `${id}@example.com` });
    await give('customers', 'GiveConsent', id, { channel: 'email', wording: 'Yes.' });
  }
  await give('customers', 'MergeCustomers', 'anna', { otherId: 'a' });
  await give('customers', 'MergeCustomers', 'ana', { otherId: 'anna' });
  await give('messages.suppressions', 'SuppressAddress', 'email.one', {
    channel: 'email',
    reason: 'unsubscribe',
    scope: 'marketing',
    customerId: 'a',
  });
  for (const id of ['ana', 'anna', 'a'])
    expect(await stateOf('customers', id)).toMatchObject({
      consents: [],
      consentHistory: [{ given: true }, { given: false, source: 'unsubscribe' }],
    });
  await give('customers', 'UnmergeCustomers', 'ana', { otherId: 'anna' });
  expect(await stateOf('customers', 'anna')).toMatchObject({ status: 'active', consents: [] });
});

/** Campaigns by e-mail that start in an hour. */
async function schedule(...ids: readonly string[]): Promise<void> {
  await give('customers.segments', 'SaveSegment', 'club', {
    name: 'Club',
    filter: { consents: ['email'] },
  });
  const startsAt = new Date(nowMs + HOUR_MS).toISOString();
  for (const id of ids) {
    await give('messages.campaigns', 'DraftCampaign', id, {
      name: id,
      channel: 'email',
      senderId: 'mail',
      segmentId: 'club',
      templateId: 'follow',
      variables: { name: '{customer.name}' },
    });
    await give('messages.campaigns', 'ScheduleCampaign', id, { startsAt });
  }
}

test('M12: a scheduled campaign starts at its hour, a paused or unscheduled one does not', async () => {
  await schedule('autumn', 'winter');
  await give('messages.campaigns', 'UnscheduleCampaign', 'winter', {});
  nowMs += HOUR_MS - 1;
  await jobs.runDue();
  expect(await stateOf('messages.campaigns', 'autumn')).toMatchObject({ status: 'scheduled' });
  nowMs += 1;
  await jobs.runDue();
  expect(await stateOf('messages.campaigns', 'autumn')).toMatchObject({ status: 'started' });
  expect(await stateOf('messages.campaigns', 'winter')).toMatchObject({ status: 'draft' });
});

test('M12: a campaign whose template is gone at its hour says why it did not start', async () => {
  await schedule('autumn');
  await give('messages.templates', 'ArchiveTemplate', 'follow', {});
  await pass(1);
  expect(await stateOf('messages.campaigns', 'autumn')).toMatchObject({
    status: 'not-started',
    notStartedFor: 'template-unknown',
    startsAt: null,
  });
});
