import { describe, expect, test, vi } from 'vitest';
import { silentLogger } from '../../core/logger.ts';
import { isOptOut } from '../../modules/messages/index.ts';
import { drawsOf } from '../../platform/pretended/plan-statuses.ts';
import type { MailReport } from '../mail/parse-report.ts';
import { FROM } from '../sending/from.fixture.ts';
import type { ToldResult } from '../thread/protocol.ts';
import type { InboundMessage, WebhookItem } from '../webhooks/parse-webhook.ts';
import { ANSWER_LANGUAGES, answerIn } from './answers.ts';
import { createPretendedProvider } from './pretended-provider.ts';
import { createPretendedReview, NO_REVIEW } from './template-review.ts';
import { wayWithin } from './transport.ts';

const BEGAN = Date.parse('2026-11-22T18:00:00Z');
const sender = { bucket: 1, tenant: 'demo', senderId: 'front-desk' };

function told(
  messageId: string,
  of: Partial<ToldResult['message']> = {},
  result: ToldResult['result'] = { kind: 'accepted', providerId: 'p' },
): ToldResult {
  const message = {
    messageId,
    channel: 'whatsapp' as const,
    campaignId: null,
    language: null,
    person: null,
    recipient: `to ${messageId}`,
    attempt: 0,
    momentUs: 0,
    optedOut: false,
    ...of,
  };
  return { sender, message, result };
}

const ANSWER: InboundMessage = {
  kind: 'inbound',
  phoneNumberId: '0',
  from: '+33639980001',
  name: null,
  providerId: 'pretended.answer',
  type: 'text',
  text: 'Perfect',
  at: '2026-11-22T18:00:20.000Z',
};

async function provider(options: { failures?: number } = {}) {
  vi.useFakeTimers({ now: BEGAN });
  const taken: WebhookItem[] = [];
  const reports: MailReport[] = [];
  let failures = options.failures ?? 0;
  const it = createPretendedProvider({
    takeWebhook(_tenant, items) {
      failures -= 1;
      if (failures >= 0) return Promise.reject(new Error('the log is away'));
      taken.push(...items);
      return Promise.resolve();
    },
    takeReport(_tenant, report) {
      reports.push(report);
      return Promise.resolve(true);
    },
    guestAnswers: () => Promise.resolve(ANSWER),
    clock: { nowMs: () => Date.now() },
    logger: silentLogger,
  });
  it.start();
  return {
    it,
    taken,
    reports,
    waysOf: () =>
      new Map(
        [
          ...Map.groupBy(
            taken.filter((each) => each.kind === 'status'),
            (each) => each.callbackData,
          ),
        ].map(([id, some]) => [id, some.map(({ status }) => status).join(' ')]),
      ),
    async after(ms: number) {
      await vi.advanceTimersByTimeAsync(ms);
    },
    async [Symbol.asyncDispose]() {
      await it.stop();
      vi.useRealTimers();
    },
  };
}

const many = (name: string, of: Partial<ToldResult['message']> = {}): readonly ToldResult[] =>
  Array.from({ length: 200 }, (_, index) => told(`${name}${index}`, of));

describe('a provider that is only pretended', () => {
  test('reports of a campaign that most are read, all the others delivered or failed, each once', async () => {
    await using held = await provider();
    for (const each of many('c', { campaignId: 'c' })) held.it.heard(each);
    await held.after(300);
    expect(held.taken).toEqual([]);
    await held.after(120_000);
    const ways = [...held.waysOf().values()];
    expect(new Set(ways)).toEqual(
      new Set(['sent delivered read', 'sent delivered', 'sent failed']),
    );
    expect(ways).toHaveLength(200);
    expect(ways.filter((way) => way === 'sent failed').length).toBeLessThan(25);
    expect(ways.filter((way) => way.endsWith('read')).length).toBeGreaterThan(100);
    const codes = held.taken.map((each) => (each.kind === 'status' ? each.errorCode : null));
    expect(new Set(codes)).toEqual(new Set([null, 131026]));
    expect(held.taken.filter(({ kind }) => kind === 'inbound')).toEqual([]);
  });

  test('lets guests answer what was written to one of them, and never fails those', async () => {
    await using held = await provider();
    for (const each of many('reply.')) held.it.heard(each);
    await held.after(120_000);
    const ways = new Set(held.waysOf().values());
    expect(ways).toEqual(new Set(['sent delivered read', 'sent delivered']));
    const answers = held.taken.filter(({ kind }) => kind === 'inbound').length;
    expect(answers).toBeGreaterThan(50);
    expect(answers).toBeLessThan(180);
  });

  test('tells of an e-mail only that it bounced, which few of a campaign do', async () => {
    await using held = await provider();
    for (const each of many('m', { campaignId: 'm', channel: 'email' })) held.it.heard(each);
    for (const each of many('one', { channel: 'email' })) held.it.heard(each);
    await held.after(120_000);
    expect(held.taken).toEqual([]);
    expect(held.reports.length).toBeGreaterThan(0);
    expect(held.reports.length).toBeLessThan(25);
    for (const report of held.reports)
      expect(report).toMatchObject({ kind: 'bounce', code: '5.1.1', mailId: /^m\d+$/ });
  });

  test('says nothing of what was not accepted', async () => {
    await using held = await provider();
    held.it.heard(told('a', {}, { kind: 'unknown' }));
    held.it.heard(told('b', {}, { kind: 'not-sent' }));
    await held.after(120_000);
    expect(held.taken).toEqual([]);
  });

  test('reports again what could not be taken', async () => {
    await using held = await provider({ failures: 3 });
    held.it.heard(told('a'));
    await held.after(120_000);
    expect(held.waysOf().get('a')?.split(' ').toSorted().join(' ')).toMatch(
      /^delivered (read )?sent$/,
    );
  });

  test('that stops tells what is due within moments, and nothing after', async () => {
    await using held = await provider();
    held.it.heard(told('a'));
    await held.it.stop();
    expect(held.waysOf().get('a')).toMatch(/^sent delivered/);
    const before = held.taken.length;
    held.it.heard(told('b'));
    await held.after(120_000);
    expect(held.taken).toHaveLength(before);
  });
});

test('no answer of a guest is an opt-out, and each language has its own', () => {
  const all = ANSWER_LANGUAGES.flatMap((language) =>
    Array.from({ length: 60 }, (_, index) => answerIn(language, drawsOf(`${index}`))),
  );
  expect(ANSWER_LANGUAGES).toEqual(expect.arrayContaining(['en', 'pl', 'pt-BR']));
  expect(new Set(all).size).toBe(ANSWER_LANGUAGES.length * 4);
  for (const text of all)
    for (const language of ANSWER_LANGUAGES) expect(isOptOut(text, language)).toBe(false);
  expect(answerIn('de', () => 0)).toBe(answerIn('en', () => 0));
});

test('a text message is refused also where others are taken', async () => {
  const { terms } = FROM;
  const content = { kind: 'text', text: 'Hello', subject: null } as const;
  const message = { messageId: 'm', to: '+1', content, unsubscribeUrl: null };
  const text = { ...FROM, terms: { ...terms, channel: 'sms' as const } };
  expect(await wayWithin('pretended').send(text, message)).toMatchObject({ kind: 'refused' });
  expect(await wayWithin('pretended').send(FROM, message)).toMatchObject({ kind: 'accepted' });
  expect(await wayWithin('refused').send(FROM, message)).toMatchObject({ kind: 'refused' });
});

test('a template is new at the first look and approved at the next', async () => {
  const account = { wabaId: 'w', token: 't' };
  const template = { name: 'table', language: 'en' };
  const review = createPretendedReview();
  expect(await review.statusOf(account, template)).toBe(null);
  expect(await review.statusOf(account, template)).toBe('APPROVED');
  expect(await review.statusOf(account, { ...template, language: 'pl' })).toBe(null);
  expect(NO_REVIEW.tokenOf(null)).toBe(undefined);
});
