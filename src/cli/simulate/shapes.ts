/**
 * What a business sends: types with their weights and the JSON of each event. A text in angle brackets is a slot of
 * fixed width that is filled anew for every event; everything else is rendered once, in many variants.
 */
import type { Random } from './random.ts';

export interface Shape {
  readonly type: string;
  /** Share among all events, relative to the other weights. */
  readonly weight: number;
  /** Path of the source; the venue is appended. */
  readonly source: string;
  readonly subject: string;
  /** JSON text of the data, with slots. */
  data(random: Random): string;
}

/**
 * Slots by their mark: `<digits:n>` are n decimal digits, of which the first is not 0, `<hex:n>` n hexadecimal ones,
 * `<uuid>` a version 4 UUID, `<time>` the time of the event. The event's own id is a `<uuid>` too.
 */
const ITEMS = [
  ['Chicken bowl', 1095],
  ['Steak burrito', 1175],
  ['Veggie salad', 985],
  ['Espresso', 280],
  ['Flat white', 410],
  ['Negroni', 950],
  ['House red, glass', 720],
  ['Sparkling water 0.5 l', 320],
  ['Lemon tart', 640],
  ['Soup of the day', 590],
  ['Fish of the day', 1890],
  ['Side of chips', 390],
] as const;
const CHANNELS = ['counter', 'table', 'web', 'phone', 'delivery'] as const;
const METHODS = ['card', 'cash', 'voucher', 'transfer'] as const;
const NOTES = [
  'no onions',
  'extra hot',
  'to share',
  'allergy: nuts',
  'birthday',
  'window seat',
] as const;
const TIERS = ['bronze', 'silver', 'gold'] as const;
const METERS = ['energy', 'water', 'gas', 'cold-room', 'footfall'] as const;

function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[random.below(from.length)];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

function orderLines(random: Random): string {
  const lines = Array.from({ length: 1 + random.below(3) }, () => {
    const [name, price] = pick(random, ITEMS);
    const note = random.share() < 0.25 ? `,"note":"${pick(random, NOTES)}"` : '';
    return `{"productId":"<hex:8>","name":"${name}","quantity":${1 + random.below(4)},"price":${price}${note}}`;
  });
  return `[${lines.join(',')}]`;
}

export const SHAPES: readonly Shape[] = [
  {
    type: 'com.example.order.placed',
    weight: 30,
    source: '/pos',
    subject: 'order/<digits:9>',
    data: (random) =>
      `{"number":<digits:6>,"channel":"${pick(random, CHANNELS)}","table":${1 + random.below(40)},"guests":${1 + random.below(6)},"lines":${orderLines(random)},"total":{"amount":<digits:4>,"currency":"EUR"},"placedAt":"<time>"}`,
  },
  {
    type: 'com.example.order.paid',
    weight: 25,
    source: '/pos',
    subject: 'order/<digits:9>',
    data: (random) =>
      `{"number":<digits:6>,"paymentId":"<uuid>","kind":"${pick(random, METHODS)}","amount":{"amount":<digits:4>,"currency":"EUR"},"tip":{"amount":<digits:3>,"currency":"EUR"},"terminal":"T-<digits:4>","authorisation":"<hex:12>","paidAt":"<time>"}`,
  },
  {
    type: 'com.example.meter.read',
    weight: 18,
    source: '/meters',
    subject: 'meter/<digits:5>',
    data: (random) =>
      `{"meter":"${pick(random, METERS)}-<digits:5>","value":<digits:5>.<digits:3>,"unit":"kWh","quality":"${random.share() < 0.97 ? 'good' : 'estimated'}","interval":${pick(random, [60, 300, 900])},"firmware":"4.<digits:1>.<digits:2>","signal":-<digits:2>,"readAt":"<time>","sequence":<digits:8>}`,
  },
  {
    type: 'com.example.loyalty.earned',
    weight: 12,
    source: '/loyalty',
    subject: 'member/<digits:7>',
    data: (random) =>
      `{"memberId":"<uuid>","points":<digits:3>,"reason":"order","orderNumber":<digits:6>,"tier":"${pick(random, TIERS)}","balance":<digits:5>,"campaign":"${pick(random, ['none', 'happy-hour', 'double-points', 'welcome'])}","earnedAt":"<time>"}`,
  },
  {
    type: 'com.example.reservation.made',
    weight: 8,
    source: '/bookings',
    subject: 'reservation/<digits:8>',
    data: (random) =>
      `{"reservationId":"<uuid>","partySize":${1 + random.below(10)},"channel":"${pick(random, CHANNELS)}","area":"${pick(random, ['inside', 'terrace', 'bar'])}","request":"${pick(random, NOTES)}","depositPaid":${random.share() < 0.2},"code":"<hex:10>","madeAt":"<time>"}`,
  },
  {
    type: 'com.example.stock.counted',
    weight: 4,
    source: '/stock',
    subject: 'item/<digits:6>',
    data: (random) =>
      `{"item":"${pick(random, ITEMS)[0]}","sku":"<hex:10>","counted":<digits:3>,"expected":<digits:3>,"unit":"piece","shelf":"${pick(random, ['A', 'B', 'C', 'D'])}-<digits:2>","countedBy":"till-<digits:2>","batch":"<uuid>","countedAt":"<time>"}`,
  },
  {
    type: 'com.example.message.sent',
    weight: 3,
    source: '/messages',
    subject: 'conversation/<digits:8>',
    data: (random) =>
      `{"messageId":"<uuid>","channel":"${pick(random, ['mail', 'text', 'push'])}","template":"${pick(random, ['booking-confirmed', 'order-ready', 'points-expiring'])}","language":"${pick(random, ['en', 'pl', 'pt'])}","parts":<digits:1>,"cost":{"amount":<digits:2>,"currency":"EUR"},"provider":"<hex:16>","sentAt":"<time>"}`,
  },
];

/** Events that a server refuses one by one, while their neighbours in the batch are stored. */
export const MALFORMED: readonly string[] = [
  '{"specversion":"1.0","id":"","source":"/broken","type":"com.example.broken","data":{"fault":"empty id <hex:8>"}}',
  '{"specversion":"1.0","id":"<uuid>","type":"com.example.broken","data":{"fault":"no source"}}',
  '{"specversion":"1.0","id":"<uuid>","source":"/broken","data":{"fault":"no type"}}',
  '{"specversion":"0.1","id":"<uuid>","source":"/broken","type":"com.example.broken","data":{"fault":"version"}}',
  '{"specversion":"1.0","id":"<uuid>","source":"/broken","type":"com.example.broken","time":"yesterday"}',
  '{"specversion":"1.0","id":"<uuid>","source":"/broken","type":"com.example.broken","Uppercase":"name"}',
];
