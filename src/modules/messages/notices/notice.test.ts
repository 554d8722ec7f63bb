import { describe, expect, test } from 'vitest';
import { aroundOf, commandOf, senderOf, templateOf } from '../around.fixture.ts';
import { decide, initialState, type NoticeCommand } from './notice.ts';

const AT = '2026-11-22T12:00:00.000Z';
const ways = (use: string, ...list: readonly object[]) => ({
  'messages.settings/main': {
    status: 'set',
    uses: [{ use, ways: list }],
    reminderHours: 24,
    linkBase: null,
  },
});
const BOOKING = {
  status: 'confirmed',
  personId: 'b1',
  customerId: null,
  locationId: 'wawel',
  partySize: 4,
  contact: { name: 'Jan', phone: '+48501234567' },
  language: 'pl',
  startsAt: '2026-11-23T18:30:00.000Z',
};
const named = (...names: readonly string[]) => ({
  variables: names.map((name) => ({ name, example: 'x' })),
  texts: [{ language: 'pl', body: names.map((name) => `{{${name}}}`).join(' ') }],
  reviews: [],
});
const AROUND = {
  'messages.senders/desk': senderOf(),
  'messages.senders/mail': senderOf({ channel: 'email' }),
  'messages.templates/wa': templateOf(named('name', 'date', 'time', 'partySize')),
  'messages.templates/mail': templateOf({ channel: 'email', ...named('name') }),
  'messages.templates/total': templateOf(named('total', 'number')),
  'messages.templates/odd': templateOf(named('shoeSize')),
  'reservations/b1': BOOKING,
  'business.locations/wawel': { status: 'open', name: 'Pod Wawelem', timeZone: 'Europe/Warsaw' },
  'leads/l1': {
    status: 'known',
    name: 'Ewa',
    phone: '+48501234568',
    email: null,
    language: 'pl',
    stage: 'new',
    customerId: null,
    consents: [{ channel: 'whatsapp' }],
    followUp: { reason: 'completed', dueAt: AT },
  },
};
const WA = { senderId: 'desk', templateId: 'wa' };
const MAIL = { senderId: 'mail', templateId: 'mail' };

const send = ([use, category, id]: readonly [string, string, string], more: object) =>
  decide(
    initialState,
    commandOf<NoticeCommand>('SendNotice', {
      id: 'n1',
      at: AT,
      input: { use, about: { category, id } },
    }),
    aroundOf({ ...AROUND, ...more }),
  );
const booked = (more: object) => send(['booking-confirmed', 'reservations', 'b1'], more);

describe('M13: what is written by itself', () => {
  test('goes to the contact of the booking, in its language and the time of the place', () => {
    expect(booked(ways('booking-confirmed', WA))).toMatchObject({
      events: [{ type: 'NoticeRequested', data: { messageId: 'n1' } }],
      elsewhere: [
        {
          category: 'messages',
          id: 'n1',
          events: [
            {
              data: {
                personId: 'b1',
                to: { address: '+48501234567' },
                template: {
                  language: 'pl',
                  variables: {
                    name: 'Jan',
                    date: 'poniedziałek, 23 listopada',
                    time: '19:30',
                    partySize: '4',
                  },
                },
                purpose: 'transactional',
                needsConsent: false,
                use: 'booking-confirmed',
                expiresAt: BOOKING.startsAt,
              },
            },
          ],
        },
      ],
    });
  });

  test('takes the first way that the person has an address for', () => {
    expect(booked(ways('booking-confirmed', MAIL, WA))).toMatchObject({
      elsewhere: [{ events: [{ data: { channel: 'whatsapp' } }] }],
    });
  });

  test.each<[string, object]>([
    ['no-template', ways('booking-confirmed')],
    ['no-template', ways('booking-confirmed', { senderId: 'desk', templateId: 'gone' })],
    ['no-address', ways('booking-confirmed', MAIL)],
    ['variables-missing', ways('booking-confirmed', { senderId: 'desk', templateId: 'odd' })],
  ])('is told not to have been sent: %s', (reason, more) => {
    expect(booked(more)).toMatchObject({
      events: [{ type: 'NoticeNotSent', data: { reason } }],
      elsewhere: [],
    });
  });

  test.each<[string, object]>([
    ['nobody asked for it', {}],
    [
      'it was cancelled',
      { ...ways('booking-confirmed', WA), 'reservations/b1': { ...BOOKING, status: 'cancelled' } },
    ],
    [
      'it is over',
      { ...ways('booking-confirmed', WA), 'reservations/b1': { ...BOOKING, startsAt: AT } },
    ],
  ])('is nothing at all where %s', (_what, more) => {
    expect(booked(more)).toMatchObject({ events: [], elsewhere: [] });
  });

  test('once for each occasion', () => {
    const requested = { status: 'requested', use: 'booking-confirmed', messageId: 'n1' } as const;
    const command = commandOf<NoticeCommand>('SendNotice', {
      id: 'n1',
      input: { use: 'booking-confirmed', about: { category: 'reservations', id: 'b1' } },
    });
    const around = aroundOf({ ...AROUND, ...ways('booking-confirmed', WA) });
    expect(decide(requested, command, around)).toMatchObject({ events: [] });
  });

  test('M1: leads are written to only over what they consented to', () => {
    const way = { senderId: 'desk', templateId: 'mine' };
    const more = {
      ...ways('lead-follow-up', way),
      'messages.templates/mine': templateOf(named('name')),
    };
    expect(send(['lead-follow-up', 'leads', 'l1'], more)).toMatchObject({
      elsewhere: [{ events: [{ data: { to: { leadId: 'l1' }, needsConsent: true } }] }],
    });
    const consents = [{ channel: 'email' }];
    const silent = { ...more, 'leads/l1': { ...AROUND['leads/l1'], consents } };
    expect(send(['lead-follow-up', 'leads', 'l1'], silent)).toMatchObject({
      events: [{ data: { reason: 'no-consent' } }],
    });
    const customer = { ...more, 'leads/l1': { ...AROUND['leads/l1'], customerId: 'ewa' } };
    expect(send(['lead-follow-up', 'leads', 'l1'], customer)).toMatchObject({
      elsewhere: [{ events: [{ data: { needsConsent: true } }] }],
    });
    const done = { ...more, 'leads/l1': { ...AROUND['leads/l1'], followUp: null } };
    expect(send(['lead-follow-up', 'leads', 'l1'], done)).toMatchObject({ events: [] });
  });
});

describe('M13: orders', () => {
  const ORDER = {
    status: 'open',
    number: 42,
    locationId: 'wawel',
    channel: 'take-away',
    customerId: 'ana',
    currency: 'PLN',
    taxMode: 'included',
    imported: false,
    lines: [],
    payments: [],
    refunds: [],
  };
  const way = { senderId: 'desk', templateId: 'total' };
  const around = (use: string, more: object) => ({
    ...ways(use, way),
    'orders/o1': { ...ORDER, ...more },
    'customers/ana': {
      status: 'active',
      name: 'Ana',
      phone: '+48501234567',
      email: null,
      language: 'pl',
    },
  });
  const told = (use: string, more: object) => send([use, 'orders', 'o1'], around(use, more));

  test('a receipt follows the closed bill, with what was paid', () => {
    expect(told('receipt', {})).toMatchObject({ events: [] });
    expect(told('receipt', { status: 'closed', imported: true })).toMatchObject({ events: [] });
    const sent = told('receipt', { status: 'closed' });
    expect(sent).toMatchObject({
      elsewhere: [
        {
          events: [
            { data: { to: { customerId: 'ana' }, template: { variables: { number: '42' } } } },
          ],
        },
      ],
    });
    expect(JSON.stringify(sent)).toContain('zł');
  });

  test('what is taken away is told to be ready once all of it is, what is eaten in is not', () => {
    const lines = (...kitchen: readonly string[]) => ({ lines: kitchen.map((each) => line(each)) });
    expect(told('order-ready', lines('ready', 'fired'))).toMatchObject({ events: [] });
    expect(told('order-ready', lines('ready', 'none'))).toMatchObject({
      events: [{ type: 'NoticeRequested' }],
    });
    // Held over night it would tell of a meal of yesterday.
    expect(told('order-ready', lines('ready'))).toMatchObject({
      elsewhere: [{ events: [{ data: { expiresAt: '2026-11-22T14:00:00.000Z' } }] }],
    });
    // Of what was cancelled, or went over to another bill, before anybody was told.
    for (const over of [{ channel: 'eat-in' }, { status: 'cancelled' }, { status: 'merged' }])
      expect(told('order-ready', { ...lines('ready'), ...over })).toMatchObject({ events: [] });
  });
});

const line = (kitchen: string) => ({
  kitchen,
  quantity: 1,
  unitPrice: 0,
  modifiers: [],
  discounts: [],
  points: [],
  fixed: { net: 0, tax: 0, gross: 0 },
  paid: 0,
  refunded: 0,
  taxLabel: 'A',
  taxRate: 0,
});
