/** Orders that were really decided, from random wishes of guests and staff: for tests of what reports make of them. */
import fc from 'fast-check';
import { recordedOf } from '../../../test/support/module-folds.ts';
import type { StreamReference } from '../../core/aggregate.ts';
import type { CommandOf } from '../../core/command-type.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import type { ReadModel, Row } from '../../core/read-model.ts';
import type { TaxMode } from '../../core/tax.ts';
import {
  ORDERS,
  orders,
  usePointsOnOrder,
  type OrderEvent,
  type OrderLine,
  type OrderState,
} from '../orders/index.ts';

export const LOCATION_ID = 'loc-1';

const [{ aggregate }] = orders.aggregates as [(typeof orders.aggregates)[number]];

/** A wish: which command, and numbers from which its input follows. */
interface Wish {
  readonly what:
    | 'pay'
    | 'payAll'
    | 'refund'
    | 'refundTip'
    | 'refundAll'
    | 'void'
    | 'discount'
    | 'points'
    | 'correct'
    | 'correctBack'
    | 'cancel';
  readonly line: number;
  readonly part: number;
  readonly tip: number;
  readonly kind: 'cash' | 'card' | 'other';
  readonly hours: number;
}

export interface Story {
  readonly mode: TaxMode;
  readonly lines: readonly {
    readonly product: number;
    readonly price: number;
    readonly quantity: number;
  }[];
  readonly wishes: readonly Wish[];
  readonly startMs: number;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  what: fc.constantFrom<Wish['what'][]>(
    ...(['pay', 'pay', 'payAll', 'payAll', 'refund', 'refundTip'] as const),
    ...(['void', 'discount', 'points', 'correct', 'correct', 'correctBack', 'cancel'] as const),
  ),
  line: fc.nat(9),
  part: fc.integer({ min: 1, max: 100 }),
  tip: fc.nat(300),
  kind: fc.constantFrom<Wish['kind'][]>('cash', 'card', 'other'),
  hours: fc.nat(30),
});

export const stories: fc.Arbitrary<readonly Story[]> = fc.array(
  fc.record({
    mode: fc.constantFrom<TaxMode>('inclusive', 'exclusive'),
    lines: fc.array(
      fc.record({
        product: fc.nat(4),
        price: fc.nat(3000),
        quantity: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    wishes: fc.array(wish, { maxLength: 12, size: 'max' }),
    startMs: fc.integer({ min: 0, max: 48 }).map((hour) => Date.UTC(2026, 10, 20, hour)),
  }),
  { minLength: 1, maxLength: 6 },
);

const RATES = [8000, 23_000, 8000, 5000, 0];

function placedOf({ mode, lines }: Story, orderId: string): OrderEvent {
  const sold = lines.map(({ product, price, quantity }, index): OrderLine => {
    const rate = RATES[product] ?? 0;
    return {
      lineId: `l${index}`,
      productId: `p${product}`,
      variantId: null,
      categoryId: 'c',
      name: `Product ${product}`,
      quantity,
      unitPrice: price,
      modifiers: [],
      amount: price * quantity,
      taxLabel: `${rate}`,
      taxRate: rate,
      stationId: null,
      course: null,
      seat: null,
      note: null,
    };
  });
  return {
    type: 'OrderPlaced',
    data: {
      orderId,
      number: 1,
      locationId: LOCATION_ID,
      businessDay: '2026-11-20',
      channel: 'eat-in',
      tableId: null,
      customerId: null,
      currency: 'PLN',
      taxMode: mode,
      lines: sold,
      deviceId: null,
      deviceSequence: null,
      clientTime: null,
      imported: false,
      timeZone: 'Europe/Warsaw',
      dayCutOff: '05:00',
    },
  };
}

/** The same, but the guests leave before the bill is closed, get back what they paid, and the bill is cancelled. */
export function givenUp(story: Story): Story {
  const end: Wish = { what: 'cancel', line: 0, part: 1, tip: 0, kind: 'card', hours: 1 };
  const before = story.wishes.filter(({ what }) => what !== 'payAll');
  return { ...story, wishes: [...before, { ...end, what: 'refundAll' }, end] };
}

/** Everything that happened to the order of a story, and the state it ended in. */
export function tell(story: Story, orderId: string) {
  const events: { event: OrderEvent; at: string; actor: string }[] = [];
  let state = aggregate.initialState as OrderState;
  let ms = story.startMs;
  const happen = (happened: readonly OrderEvent[], actor: string): void => {
    const at = new Date(ms).toISOString();
    for (const event of happened) {
      events.push({ event, at, actor });
      state = aggregate.evolve(state, event, { at, version: events.length }) as OrderState;
    }
  };
  happen([placedOf(story, orderId)], 'user:ana');
  for (const [index, each] of story.wishes.entries()) {
    ms += each.hours * 3_600_000;
    const commandId = `${orderId}-${index}`;
    happen(
      decided(state, each, { orderId, commandId, at: new Date(ms).toISOString() }),
      `user:${each.kind}`,
    );
  }
  return { events, state };
}

interface Asked {
  readonly orderId: string;
  readonly commandId: string;
  readonly at: string;
}

function decided(state: OrderState, each: Wish, asked: Asked): readonly OrderEvent[] {
  if (state.status === 'unknown') return [];
  const { orderId, commandId, at } = asked;
  const said = { orderId, burnId: commandId, memberId: 'm', points: 1, amount: each.part, at };
  const day = { state: { status: 'unknown' }, version: 0 };
  const own = { state, version: 1 };
  // What the person gave before does not matter here, only that the day is beside the command.
  const around = {
    stateOf: ({ category }: StreamReference) => (category === ORDERS ? own : day).state,
    versionOf: ({ category }: StreamReference) => (category === ORDERS ? own : day).version,
  };
  const rest = { id: orderId, at, commandId, secret: 's', actor: 'a', approver: null, number: 1 };
  const decision =
    each.what === 'points'
      ? usePointsOnOrder(state, said)
      : aggregate.decide(state, { ...rest, ...commandOf(state, each) }, around);
  // safe because orders decide events of orders
  return decision.outcome === 'accepted' ? (decision.events as readonly OrderEvent[]) : [];
}

type Known = Exclude<OrderState, { status: 'unknown' }>;

function commandOf(
  { lines, payments, refunds }: Known,
  each: Wish,
): Pick<CommandOf, 'type' | 'input'> {
  const { kind, part, tip } = each;
  const reason = 'r';
  const lineId = lines[each.line % Math.max(lines.length, 1)]?.lineId ?? 'none';
  switch (each.what) {
    case 'pay':
    case 'points':
      return { type: 'PayOrder', input: { kind, tip, amount: tip + part * 10 } };
    case 'payAll':
      return { type: 'PayOrder', input: { kind: 'cash', tip, amount: 1_000_000 } };
    case 'refund':
      return { type: 'RefundOrder', input: { kind, reason, amount: part } };
    case 'refundTip':
      return {
        type: 'RefundOrder',
        input: { kind, reason, lines: [{ lineId }], tip: Math.min(tip, 5) },
      };
    case 'refundAll': {
      const tipOf = (all: readonly { readonly tip: number }[]): number =>
        all.reduce((sum, given) => sum + given.tip, 0);
      const back = tipOf(payments) - tipOf(refunds);
      return { type: 'RefundOrder', input: { kind, reason, tip: back } };
    }
    case 'correct': {
      const paymentId = payments[each.line % Math.max(payments.length, 1)]?.paymentId ?? 'none';
      return { type: 'CorrectPayment', input: { paymentId, kind, reason } };
    }
    case 'correctBack': {
      const refundId = refunds[each.line % Math.max(refunds.length, 1)]?.refundId ?? 'none';
      return { type: 'CorrectRefund', input: { refundId, kind, reason } };
    }
    case 'void':
      return { type: 'VoidLines', input: { reason, lines: [{ lineId, quantity: 1 }] } };
    case 'discount':
      return { type: 'GiveDiscount', input: { reason, rate: part * 500 } };
    case 'cancel':
      return { type: 'CancelOrder', input: { reason } };
  }
}

/** The rows that a read model makes of stories that were told. */
export function rowsOf(
  model: ReadModel,
  told: readonly ReturnType<typeof tell>[],
): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const { event, at, actor } of told.flatMap(({ events }) => events)) {
    if (!model.on.some(({ name }) => name === event.type)) continue;
    const place = { category: ORDERS, id: event.data.orderId, eventId: 'e' };
    const plain = recordedOf({ event, moment: { at, version: 1 }, ...place }, 1);
    const recorded: RecordedEvent = { ...plain, causation: { ...plain.causation, actor } };
    for (const key of model.keys(recorded)) {
      const row = model.project(rows.get(key) ?? null, recorded, key);
      if (row === null) rows.delete(key);
      else rows.set(key, row);
    }
  }
  return rows;
}
