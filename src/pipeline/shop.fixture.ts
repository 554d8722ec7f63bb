/** A shop whose sales are decided beside prices: for tests of consulted streams, series, permissions and approvals. */
import { Type } from 'typebox';
import { defineAggregate, type StreamReference, type Surroundings } from '../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../core/command-type.ts';
import { accepted, rejected, type Decision } from '../core/decision.ts';
import { defineEvent, type EventOf } from '../core/event-type.ts';
import { defineModule, type BusinessModule } from '../core/module.ts';
import { defineReadModel } from '../core/read-model.ts';

const amount = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const id = Type.String({ minLength: 1 });

const priced = defineEvent({
  name: 'PriceSet',
  wireName: 'comptoir.shop.price-set',
  data: Type.Object({ price: Type.Number(), linked: Type.Array(Type.String()) }),
});
const portionTaken = defineEvent({
  name: 'PortionTaken',
  wireName: 'comptoir.shop.portion-taken',
  data: Type.Object({}),
});
const setPrice = defineCommand({
  name: 'SetPrice',
  summary: 'Sets a price and what belongs to it',
  permission: 'prices',
  input: Type.Object(
    { price: amount, linked: Type.Optional(Type.Array(id)) },
    { additionalProperties: false },
  ),
  examples: [{ price: 5 }],
});

export interface PriceState {
  readonly price: number | null;
  readonly linked: readonly string[];
  readonly taken: number;
}

const prices = defineAggregate<
  PriceState,
  CommandFor<typeof setPrice>,
  EventOf<typeof priced> | EventOf<typeof portionTaken>
>({
  category: 'shop.prices',
  stateVersion: 1,
  events: [priced, portionTaken],
  commands: [setPrice],
  refusals: {},
  initialState: { price: null, linked: [], taken: 0 },
  decide: (_state, { input }) =>
    accepted([{ type: 'PriceSet', data: { price: input.price, linked: input.linked ?? [] } }]),
  evolve: (state, event) =>
    event.type === 'PriceSet'
      ? { ...state, price: event.data.price, linked: event.data.linked }
      : { ...state, taken: state.taken + 1 },
});

const sold = defineEvent({
  name: 'Sold',
  wireName: 'comptoir.shop.sold',
  data: Type.Object({
    total: Type.Number(),
    number: Type.Number(),
    locationId: Type.Union([Type.String(), Type.Null()]),
    by: Type.String(),
  }),
});
const refunded = defineEvent({
  name: 'Refunded',
  wireName: 'comptoir.shop.refunded',
  data: Type.Object({ amount: Type.Number(), approver: Type.Union([Type.String(), Type.Null()]) }),
});
const sell = defineCommand({
  name: 'Sell',
  summary: 'Sells a product with all that belongs to it',
  input: Type.Object(
    {
      product: id,
      expected: amount,
      portion: Type.Optional(id),
      series: Type.Optional(id),
      locationId: Type.Optional(id),
    },
    { additionalProperties: false },
  ),
  examples: [{ product: 'tea', expected: 5 }],
});
const refund = defineCommand({
  name: 'Refund',
  word: 'refund',
  summary: 'Gives money back',
  permission: 'refund',
  approvable: true,
  input: Type.Object({ amount }, { additionalProperties: false }),
  examples: [{ amount: 5 }],
});
const close = defineCommand({
  name: 'CloseSale',
  word: 'close',
  summary: 'Is refused beside the price of tea',
  permission: 'close',
  input: Type.Object({}, { additionalProperties: false }),
  examples: [{}],
});

export interface SaleState {
  readonly total: number | null;
  readonly number: number;
  readonly refunded: number;
  readonly locationId: string | null;
  readonly by: string | null;
}
type SaleCommand = CommandFor<typeof sell> | CommandFor<typeof refund> | CommandFor<typeof close>;
type SaleEvent = EventOf<typeof sold> | EventOf<typeof refunded>;

const priceOf = (product: string): StreamReference => ({ category: 'shop.prices', id: product });

/** The product and, link by link, everything that belongs to it as far as it is known yet. */
function productsOf(product: string, around: Surroundings): readonly string[] {
  const found = new Set([product]);
  for (const each of found) {
    // safe because streams of this category have this state
    const { linked } = around.stateOf(priceOf(each)) as PriceState;
    for (const link of linked) found.add(link);
  }
  return [...found];
}

function decideSale(
  state: SaleState,
  command: SaleCommand,
  around: Surroundings,
): Decision<SaleEvent> {
  if (command.type === 'CloseSale') return rejected('SALE_OPEN');
  if (command.type === 'Refund') {
    const { approver } = command;
    return accepted([{ type: 'Refunded', data: { amount: command.input.amount, approver } }]);
  }
  if (state.total !== null) return rejected('SALE_OPEN');
  const { product, expected, portion, locationId = null } = command.input;
  const total = productsOf(product, around)
    // safe because streams of this category have this state
    .map((each) => (around.stateOf(priceOf(each)) as PriceState).price ?? 0)
    .reduce((sum, price) => sum + price, 0);
  if (total !== expected) return rejected('PRICE_CHANGED', { current: total });
  const { number, actor: by } = command;
  const events = [{ type: 'Sold', data: { total, number, locationId, by } }] as const;
  if (portion === undefined) return accepted(events);
  // safe because streams of this category have this state
  if ((around.stateOf(priceOf(portion)) as PriceState).taken >= 3) return rejected('PORTION_GONE');
  const taken = { type: 'PortionTaken', data: {} };
  return accepted(events, [{ ...priceOf(portion), events: [taken] }]);
}

const sales = defineAggregate<SaleState, SaleCommand, SaleEvent>({
  category: 'shop.sales',
  stateVersion: 1,
  events: [sold, refunded],
  commands: [sell, refund, close],
  refusals: {
    PRICE_CHANGED: { sentence: 'The price changed.', remedy: 'Take the current one.' },
    SALE_OPEN: { sentence: 'The sale is open.', remedy: 'Go on with it.' },
    PORTION_GONE: { sentence: 'None is left.', remedy: 'Take another one.' },
  },
  initialState: { total: null, number: 0, refunded: 0, locationId: null, by: null },
  decide: decideSale,
  evolve: (state, event) =>
    event.type === 'Sold'
      ? { ...state, ...event.data }
      : { ...state, refunded: state.refunded + event.data.amount },
  consults(command, consulted) {
    if (command.type === 'CloseSale') return [priceOf('tea')];
    if (command.type === 'Refund') return [];
    return productsOf(command.input.product, consulted).map(priceOf);
  },
  streams: (command) =>
    command.type === 'Sell' && command.input.portion !== undefined
      ? [priceOf(command.input.portion)]
      : [],
  series: (command) => (command.type === 'Sell' ? (command.input.series ?? null) : null),
  attributes: (state, command) => ({
    locationId: command.type === 'Sell' ? (command.input.locationId ?? null) : state.locationId,
    amount: command.type === 'Refund' ? command.input.amount : null,
    shiftOf: state.by,
  }),
  locationOf: (state) => state.locationId,
  respond: ({ number, total }) => ({ number, total }),
});

const list = (name: string) =>
  defineReadModel({
    name,
    version: 1,
    columns: { total: 'bigint' },
    on: [sold],
    keys: () => [],
    project: () => null,
    personal: 'none',
    list: { filters: {}, order: [] },
  });

export const shopModule: BusinessModule = defineModule({
  name: 'shop',
  title: 'Shop',
  summary: 'A shop of a test.',
  aggregates: [
    { aggregate: prices, singular: 'price', list: list('shop.prices') },
    { aggregate: sales, singular: 'sale', list: list('shop.sales') },
  ],
});
