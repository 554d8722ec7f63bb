import { describe, expect, test } from 'vitest';
import { aroundOf, commandOf, senderOf, templateOf } from '../around.fixture.ts';
import type { CampaignCommand } from './commands.ts';
import { decide } from './decide.ts';
import { costOf } from './progress.ts';
import { PAGE_RECIPIENTS_MAX } from './slots.ts';
import { evolve, initialState, type CampaignState } from './state.ts';

const AT = '2026-11-22T12:00:00.000Z';
const DRAFT = {
  name: 'Autumn',
  channel: 'whatsapp',
  senderId: 'desk',
  segmentId: 'club',
  templateId: 'offer',
  variables: { name: '{customer.name}' },
};
const OFFER = templateOf({
  category: 'marketing',
  costPerThousand: { amount: 1430, currency: 'EUR' },
});
const AROUND = {
  'messages.senders/desk': senderOf(),
  'messages.templates/offer': OFFER,
  'customers.segments/club': { status: 'saved', filter: {} },
};
type Step = readonly [CampaignCommand['type'], object?];

function decided(state: CampaignState, [type, input = {}]: Step, more: object = {}) {
  const own = { 'messages.campaigns/autumn': state };
  const command = commandOf<CampaignCommand>(type, { id: 'autumn', input });
  return decide(state, command, aroundOf({ ...AROUND, ...own, ...more }));
}

function after(...steps: readonly Step[]): CampaignState {
  return steps.reduce((state, step) => {
    const decision = decided(state, step);
    if (decision.outcome === 'rejected') throw new Error(decision.code);
    return decision.events.reduce<CampaignState>(
      (held, event) => evolve(held, event, { at: AT }),
      state,
    );
  }, initialState);
}

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ customerId: `c${index}`, language: 'en' }));
const drafted: Step = ['DraftCampaign', DRAFT];
const started: Step = ['StartCampaign'];
const released = (page: number, count: number, next: string | null): Step => [
  'ReleaseCampaignPage',
  { page, recipients: people(count), next },
];

describe('starting', () => {
  test.each<[string, object]>([
    ['CAMPAIGN_SENDER_UNKNOWN', { 'messages.senders/desk': senderOf({ channel: 'email' }) }],
    ['CAMPAIGN_SEGMENT_UNKNOWN', { 'customers.segments/club': { status: 'removed' } }],
    [
      'CAMPAIGN_TEMPLATE_UNKNOWN',
      { 'messages.templates/offer': templateOf({ status: 'archived' }) },
    ],
    ['CAMPAIGN_TEMPLATE_NOT_APPROVED', { 'messages.templates/offer': { ...OFFER, reviews: [] } }],
    ['CAMPAIGN_VARIABLES_MISSING', { 'messages.templates/offer': { ...OFFER, variables: [] } }],
  ])('is refused with %s before anybody is written to', (code, more) => {
    expect(decided(after(drafted), started, more)).toMatchObject({ outcome: 'rejected', code });
  });

  test('twice starts it once, and nothing about it changes then', () => {
    const running = after(drafted, started);
    expect(running).toMatchObject({ status: 'started', templateVersion: 1, startedAt: AT });
    expect(decided(running, started)).toMatchObject({ events: [] });
    expect(decided(running, ['ChangeCampaign', { name: 'x' }])).toMatchObject({
      code: 'CAMPAIGN_STARTED',
    });
  });

  test('at a moment that has passed is refused', () => {
    expect(decided(after(drafted), ['ScheduleCampaign', { startsAt: AT }])).toMatchObject({
      code: 'CAMPAIGN_START_PAST',
    });
  });
});

describe('M12: at its hour', () => {
  const LATER = '2026-11-23T09:00:00.000Z';
  const scheduled: Step = ['ScheduleCampaign', { startsAt: LATER }];
  const atItsHour: Step = ['StartScheduledCampaign', { startsAt: LATER }];

  test('a campaign starts as it would by hand', () => {
    expect(decided(after(drafted, scheduled), atItsHour)).toMatchObject({
      events: [{ type: 'CampaignStarted' }],
    });
  });

  test.each<[string, object]>([
    ['sender-unknown', { 'messages.senders/desk': senderOf({ channel: 'email' }) }],
    ['segment-unknown', { 'customers.segments/club': { status: 'removed' } }],
    ['template-unknown', { 'messages.templates/offer': templateOf({ status: 'archived' }) }],
    ['template-not-approved', { 'messages.templates/offer': { ...OFFER, reviews: [] } }],
    ['variables-missing', { 'messages.templates/offer': { ...OFFER, variables: [] } }],
  ])('one that cannot start says so: %s', (reason, more) => {
    expect(decided(after(drafted, scheduled), atItsHour, more)).toMatchObject({
      events: [{ type: 'CampaignNotStarted', data: { startsAt: LATER, reason } }],
    });
  });

  test('what did not start is scheduled, started or made a draft again', () => {
    const missed = evolve(
      after(drafted, scheduled),
      {
        type: 'CampaignNotStarted',
        data: { campaignId: 'autumn', startsAt: LATER, reason: 'template-not-approved' },
      },
      { at: LATER },
    );
    const was = { status: 'not-started', startsAt: null, scheduledFor: LATER };
    expect(missed).toMatchObject({ ...was, notStartedFor: 'template-not-approved' });
    for (const [step, status] of [
      [scheduled, 'scheduled'],
      [started, 'started'],
      [['UnscheduleCampaign'], 'draft'],
    ] as const) {
      const decision = decided(missed, step);
      if (decision.outcome === 'rejected') throw new Error(decision.code);
      expect(
        decision.events.reduce<CampaignState>(
          (state, event) => evolve(state, event, { at: AT }),
          missed,
        ),
      ).toMatchObject({ status, notStartedFor: null });
    }
  });

  test('the hour of one that was moved, started, made a draft or cancelled means nothing', () => {
    const moved: Step = ['ScheduleCampaign', { startsAt: '2026-11-24T09:00:00.000Z' }];
    for (const further of [moved, ['UnscheduleCampaign'], started, ['CancelCampaign']] as const)
      expect(decided(after(drafted, scheduled, further), atItsHour)).toMatchObject({ events: [] });
  });

  test('beside streams that it does not name any more it is judged once more', () => {
    const own = after(drafted, scheduled);
    const seen = { ...own, templateId: 'other' };
    const more = {
      'messages.campaigns/autumn': seen,
      'messages.templates/offer': { ...OFFER, reviews: [] },
    };
    expect(decided(own, atItsHour, more)).toMatchObject({ outcome: 'rejected' });
  });
});

describe('M8: recipients are frozen by pages', () => {
  test('a page is one event with at most 500 recipients, whose messages have ids of their own', () => {
    const decision = decided(after(drafted, started), released(0, PAGE_RECIPIENTS_MAX, 'more'));
    if (decision.outcome === 'rejected') throw new Error(decision.code);
    const [event] = decision.events;
    if (event?.type !== 'CampaignPageReleased') throw new Error('no page');
    expect(decision.events).toHaveLength(1);
    expect(new Set(event.data.recipients.map(({ messageId }) => messageId)).size).toBe(500);
    expect(JSON.stringify(event).length).toBeLessThan(100_000);
    expect(event.data).toMatchObject({ page: 0, templateVersion: 1, next: 'more' });
  });

  test('released again, or by a second process, a page changes nothing', () => {
    const state = after(drafted, started, released(0, 500, 'more'));
    expect(decided(state, released(0, 500, 'more'))).toMatchObject({ events: [] });
    const all = after(drafted, started, released(0, 500, 'more'), released(1, 7, null));
    expect(all).toMatchObject({ frozen: true, pages: 2, recipients: 507, next: null });
    expect(decided(all, released(2, 5, null))).toMatchObject({ events: [] });
  });

  test('an empty segment ends it without a page', () => {
    expect(after(drafted, started, released(0, 0, null))).toMatchObject({
      frozen: true,
      pages: 0,
      recipients: 0,
    });
  });
});

test('M12: paused, resumed, cancelled; errors on their way do not bring it back', () => {
  const running = after(drafted, started);
  expect(decided(after(drafted), ['PauseCampaign'])).toMatchObject({
    code: 'CAMPAIGN_NOT_STARTED',
  });
  const paused = after(drafted, started, ['PauseCampaign', { reason: 'spam-rate' }]);
  expect(paused).toMatchObject({ status: 'paused', pausedFor: 'spam-rate' });
  expect(decided(paused, ['PauseCampaign', {}])).toMatchObject({ events: [] });
  expect(decided(running, ['ResumeCampaign'])).toMatchObject({ events: [] });
  const over = after(drafted, started, ['CancelCampaign']);
  for (const step of [released(0, 1, null), ['PauseCampaign'], ['CancelCampaign']] as const)
    expect(decided(over, step)).toMatchObject({ events: [] });
  for (const step of [['ResumeCampaign'], started] as const)
    expect(decided(over, step)).toMatchObject({ code: 'CAMPAIGN_CANCELLED' });
});

test('the cost is estimated from the price of a thousand, to the nearest cent', () => {
  expect(costOf({ amount: 1430, currency: 'EUR' }, 100_000)).toEqual({
    amount: 143_000,
    currency: 'EUR',
  });
  expect(costOf({ amount: 1430, currency: 'EUR' }, 1)).toEqual({ amount: 1, currency: 'EUR' });
  expect(costOf(null, 5)).toBeNull();
});
