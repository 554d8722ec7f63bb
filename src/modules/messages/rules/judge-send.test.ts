import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeSend } from './judge-send.ts';
import type { SendFacts } from './verdict.ts';

const AT = '2026-11-22T12:00:00.000Z';
type Message = SendFacts['message'];

function facts(more: Partial<SendFacts> = {}, message: Partial<Message> = {}): SendFacts {
  return {
    at: AT,
    message: {
      channel: 'whatsapp',
      purpose: 'marketing',
      needsConsent: true,
      isFreeText: false,
      notBefore: null,
      expiresAt: null,
      confirmsOptOut: false,
      awaited: false,
      ...message,
    },
    campaign: null,
    address: '+48501234567',
    personStands: true,
    consent: true,
    doubleOptIn: false,
    consentConfirmed: false,
    suppressed: null,
    optedOut: false,
    lastInboundAt: null,
    zones: ['Europe/Warsaw'],
    quietHours: { from: '21:00', to: '09:00' },
    caps: [{ count: 1, hours: 24 }],
    marketingSentAt: [],
    senderStands: true,
    template: 'approved',
    ...more,
  };
}

const TRANSACTIONAL = { purpose: 'transactional', needsConsent: false } as const;
const REPLY = { purpose: 'reply', needsConsent: false, isFreeText: true } as const;
const dropped = (reason: string) => ({ kind: 'drop', reason });

describe('M1: consent is judged at the moment of sending', () => {
  test('marketing goes to whoever consented, and to nobody else', () => {
    expect(judgeSend(facts())).toEqual({ kind: 'send' });
    expect(judgeSend(facts({ consent: false }))).toEqual(dropped('no-consent'));
  });

  test('where consents are confirmed, only confirmed ones count', () => {
    const asked = { doubleOptIn: true };
    expect(judgeSend(facts(asked))).toEqual(dropped('consent-not-confirmed'));
    expect(judgeSend(facts({ ...asked, consentConfirmed: true }))).toEqual({ kind: 'send' });
  });

  test('what somebody waits for needs no consent, unless it was asked to', () => {
    expect(judgeSend(facts({ consent: false }, TRANSACTIONAL))).toEqual({ kind: 'send' });
    const asked = { ...TRANSACTIONAL, needsConsent: true };
    expect(judgeSend(facts({ consent: false }, asked))).toEqual(dropped('no-consent'));
  });
});

describe('M2: whoever said no is not written to', () => {
  test.each<[string, Partial<SendFacts>, Partial<Message>, string]>([
    ['opted out', { optedOut: true }, {}, 'opted-out'],
    ['opted out, of what they wait for too', { optedOut: true }, TRANSACTIONAL, 'opted-out'],
    ['suppressed', { suppressed: 'all' }, TRANSACTIONAL, 'suppressed'],
    ['suppressed for marketing', { suppressed: 'marketing' }, {}, 'suppressed'],
    ['gone', { personStands: false }, {}, 'person-gone'],
    ['without an address', { address: null }, {}, 'no-address'],
  ])('%s', (...[, more, message, reason]) => {
    expect(judgeSend(facts(more, message))).toEqual(dropped(reason));
  });

  test('an unsubscribe from marketing leaves the rest', () => {
    expect(judgeSend(facts({ suppressed: 'marketing' }, TRANSACTIONAL))).toEqual({ kind: 'send' });
  });

  test('who opted out and writes again may be answered; the confirmation itself goes out', () => {
    const out = { optedOut: true, suppressed: 'all' } as const;
    expect(judgeSend(facts({ ...out, lastInboundAt: AT }, REPLY))).toEqual({ kind: 'send' });
    expect(judgeSend(facts({ ...out, lastInboundAt: null }, REPLY))).toEqual(dropped('suppressed'));
    const confirmation = { ...REPLY, confirmsOptOut: true };
    expect(judgeSend(facts({ ...out, lastInboundAt: AT }, confirmation))).toEqual({ kind: 'send' });
  });

  test('mail that bounces is not answered either', () => {
    const bounced = { suppressed: 'all', lastInboundAt: AT } as const;
    expect(judgeSend(facts(bounced, { ...REPLY, channel: 'email' }))).toEqual(
      dropped('suppressed'),
    );
  });
});

test('M3: free text by WhatsApp goes out within 24 hours of the last message, the last moment excluded', () => {
  const last = (lastInboundAt: string) => judgeSend(facts({ lastInboundAt }, REPLY));
  expect(last('2026-11-21T12:00:00.001Z')).toEqual({ kind: 'send' });
  expect(last('2026-11-21T12:00:00.000Z')).toEqual(dropped('outside-window'));
  expect(judgeSend(facts({}, { ...TRANSACTIONAL, channel: 'email', isFreeText: true }))).toEqual({
    kind: 'send',
  });
});

test('M4: a template goes out once it is approved; it waits for a review and is dropped after a refusal', () => {
  const judged = (template: SendFacts['template']) => judgeSend(facts({ template }));
  expect(judged('submitted')).toMatchObject({ kind: 'hold', reason: 'template-pending' });
  expect(judged('draft')).toMatchObject({ kind: 'hold', reason: 'template-pending' });
  expect(judged('rejected')).toEqual(dropped('template-rejected'));
  expect(judged('paused')).toEqual(dropped('template-paused'));
  expect(judged('unknown')).toEqual(dropped('template-unknown'));
});

describe('M5: quiet hours and caps', () => {
  const NIGHT = '2026-11-22T22:30:00.000Z';

  test('what the person asked for and waits for goes out at night', () => {
    expect(judgeSend(facts({ at: NIGHT }, { ...TRANSACTIONAL, awaited: true }))).toEqual({
      kind: 'send',
    });
  });

  test('marketing and notices wait until the morning of the person, replies do not', () => {
    const until = '2026-11-23T08:00:00.000Z';
    const held = { kind: 'hold', reason: 'quiet-hours', until };
    expect(judgeSend(facts({ at: NIGHT }))).toEqual(held);
    expect(judgeSend(facts({ at: NIGHT }, TRANSACTIONAL))).toEqual(held);
    expect(judgeSend(facts({ at: NIGHT }, { awaited: true }))).toEqual(held);
    const reply = facts({ at: NIGHT, lastInboundAt: NIGHT }, REPLY);
    expect(judgeSend(reply)).toEqual({ kind: 'send' });
    // To call it a reply opens no door: whoever wrote long ago, or never, sleeps.
    const mail = { ...REPLY, channel: 'email' } as const;
    expect(judgeSend(facts({ at: NIGHT, lastInboundAt: null }, mail))).toEqual(held);
    const answered = facts(
      { at: NIGHT, optedOut: true },
      { ...REPLY, confirmsOptOut: true, isFreeText: false },
    );
    expect(judgeSend({ ...answered, template: 'approved' })).toEqual({ kind: 'send' });
  });

  test('a cap holds marketing until the oldest leaves its window, and nothing else', () => {
    const sent = { marketingSentAt: ['2026-11-22T10:00:00.000Z'] };
    expect(judgeSend(facts(sent))).toEqual({
      kind: 'hold',
      reason: 'frequency-cap',
      until: '2026-11-23T10:00:00.000Z',
    });
    expect(judgeSend(facts(sent, TRANSACTIONAL))).toEqual({ kind: 'send' });
  });
});

test('what never goes out is dropped, not held: expired, cancelled, without a sender', () => {
  const past = { expiresAt: AT, notBefore: '2026-12-01T00:00:00Z' };
  expect(judgeSend(facts({}, past))).toEqual(dropped('expired'));
  expect(judgeSend(facts({ campaign: 'cancelled' }))).toEqual(dropped('campaign-cancelled'));
  expect(judgeSend(facts({ senderStands: false }))).toEqual(dropped('sender-unknown'));
  expect(judgeSend(facts({ campaign: 'paused' }))).toMatchObject({ reason: 'campaign-paused' });
  expect(judgeSend(facts({}, { notBefore: '2026-12-01T00:00:00Z' }))).toMatchObject({
    kind: 'hold',
    until: '2026-12-01T00:00:00Z',
  });
});

test('M1, M2: whatever the facts, marketing never goes out without consent or to whoever said no', () => {
  const any = fc.record({
    consent: fc.boolean(),
    optedOut: fc.boolean(),
    suppressed: fc.constantFrom(null, 'marketing' as const, 'all' as const),
    personStands: fc.boolean(),
    lastInboundAt: fc.constantFrom(null, AT),
    template: fc.constantFrom<SendFacts['template']>('approved', 'submitted', 'unknown', null),
    campaign: fc.constantFrom<SendFacts['campaign']>(null, 'running', 'paused', 'cancelled'),
  });
  fc.assert(
    fc.property(any, (more) => {
      const { consent, optedOut, suppressed, personStands } = more;
      const wanted = consent && !optedOut && suppressed === null && personStands;
      return judgeSend(facts(more)).kind !== 'send' || wanted;
    }),
  );
});
