/** A small world for tests: one location, a few products, a till; commands are decided over all of it as the pipeline does. */
import type { Aggregate, StreamReference, Surroundings } from '../../core/aggregate.ts';
import type { DecidedEvent } from '../../core/decision.ts';
import type { TaxMode } from '../../core/tax.ts';
import { business, type KnownLocation } from '../business/index.ts';
import { catalog } from '../catalog/index.ts';
import type { OrderCommand, OrderCommandNamed } from './commands.ts';
import type { OrderEvent } from './events.ts';
import { orders } from './index.ts';
import type { LineInput } from './inputs.ts';
import type { KnownOrder, OrderState } from './order-state.ts';

export const AT = '2026-11-21T18:30:00.000Z';
export const LOCATION = 'centro';

/** What a test says of a command; its input is checked by the tests over HTTP. */
export interface Said {
  readonly type: OrderCommand['type'];
  readonly input: object;
  readonly id?: string;
  readonly at?: string;
  readonly commandId?: string;
}

export type Outcome =
  | { readonly outcome: 'done'; readonly events: readonly OrderEvent[] }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
    };

export interface OrderWorld {
  run(said: Said): Outcome;
  /** Throws when it is refused. */
  done(said: Said): readonly OrderEvent[];
  /** The code of its refusal; throws when it is accepted. */
  refused(said: Said): string;
  order(id?: string): KnownOrder;
  stateOf(stream: StreamReference): unknown;
  set(stream: StreamReference, state: unknown): void;
  /** Events that another module decided for the stream. */
  put(stream: StreamReference, events: readonly DecidedEvent[]): void;
  /** All events, with the stream they are on. */
  readonly log: readonly { readonly stream: string; readonly event: DecidedEvent }[];
}

const nameOf = ({ category, id }: StreamReference): string => `${category}/${id}`;

const AGGREGATES = [...business.aggregates, ...catalog.aggregates, ...orders.aggregates].map(
  ({ aggregate }) => aggregate,
);

export function orderWorld({ mode = 'inclusive' }: { readonly mode?: TaxMode } = {}): OrderWorld {
  const states = new Map<string, unknown>();
  const log: { stream: string; event: DecidedEvent }[] = [];
  const stateOf = (stream: StreamReference): unknown => {
    const { initialState } = aggregateOf(stream.category);
    return states.get(nameOf(stream)) ?? initialState;
  };
  let commands = 0;

  function put(stream: StreamReference, events: readonly DecidedEvent[], at: string): void {
    const aggregate = aggregateOf(stream.category);
    for (const event of events) {
      log.push({ stream: nameOf(stream), event });
      const state = aggregate.evolve(stateOf(stream), structuredClone(event), { at, version: 1 });
      states.set(nameOf(stream), JSON.parse(JSON.stringify(state)));
    }
  }

  function run(said: Said): Outcome {
    commands += 1;
    const command = commandOf(said, commands);
    const aggregate = aggregateOf('orders');
    const around = listed(aggregate, command, stateOf);
    aggregate.attributes?.(stateOf({ category: 'orders', id: command.id }), command, around);
    const own = { category: 'orders', id: command.id };
    const decision = aggregate.decide(stateOf(own), command, around);
    if (decision.outcome === 'rejected') {
      const { code, details } = decision;
      return { outcome: 'refused', code, details };
    }
    put(own, decision.events, command.at);
    for (const other of decision.elsewhere) put(other, other.events, command.at);
    // safe because the aggregate of orders decides events of orders only
    return { outcome: 'done', events: decision.events as readonly OrderEvent[] };
  }

  const world: OrderWorld = {
    log,
    run,
    done(said) {
      const ran = run(said);
      if (ran.outcome === 'done') return ran.events;
      throw new Error(`${said.type} was refused: ${ran.code} ${JSON.stringify(ran.details)}`);
    },
    refused(said) {
      const ran = run(said);
      if (ran.outcome === 'refused') return ran.code;
      throw new Error(`${said.type} was accepted`);
    },
    order(id = 'o1') {
      // safe because it is the state of an order
      const state = stateOf({ category: 'orders', id }) as OrderState;
      if (state.status === 'unknown') throw new Error(`there is no order ${id}`);
      return state;
    },
    stateOf,
    put: (stream, events) => put(stream, events, AT),
    set: (stream, state) => void states.set(nameOf(stream), state),
  };
  stock(world, mode);
  return world;
}

function commandOf(said: Said, count: number): OrderCommand {
  const standard = {
    id: 'o1',
    at: AT,
    commandId: `c${count}`,
    secret: 's',
    actor: 'key-1',
    approver: null,
    number: count,
  };
  // safe because tests say inputs of the command they name
  return { ...standard, ...structuredClone(said) } as unknown as OrderCommand;
}

function aggregateOf(category: string): Aggregate {
  const found = AGGREGATES.find((aggregate) => aggregate.category === category);
  if (found === undefined) throw new Error(`${category} is no category`);
  return found;
}

/** Only what the aggregate lists can be seen, round after round, as in the pipeline. */
function listed(
  aggregate: Aggregate,
  command: OrderCommand,
  stateOf: (stream: StreamReference) => unknown,
): Surroundings {
  const names = new Set<string>();
  for (let before = -1; before < names.size;) {
    before = names.size;
    const seen: Surroundings = {
      stateOf: (stream) =>
        names.has(nameOf(stream)) ? stateOf(stream) : aggregateOf(stream.category).initialState,
      versionOf: () => 0,
    };
    for (const stream of aggregate.consults?.(command, seen) ?? []) names.add(nameOf(stream));
  }
  const around: Surroundings = {
    stateOf(stream) {
      if (!names.has(nameOf(stream))) throw new Error(`${nameOf(stream)} was not listed`);
      return stateOf(stream);
    },
    versionOf: () => 0,
  };
  const further = aggregate.streams?.(command, around) ?? [];
  if (further.length > 7) throw new Error(`${further.length} further streams`);
  for (const stream of further) names.add(nameOf(stream));
  return around;
}

const NOTHING = {
  payments: 0,
  received: 0,
  change: 0,
  tips: 0,
  settled: 0,
  refunds: 0,
  refunded: 0,
  refundedTips: 0,
};
const SESSION = {
  sessionId: 's-1',
  businessDay: '2026-11-21',
  openedAt: AT,
  openedBy: 'user:ana',
  float: 0,
  putIn: 0,
  takenOut: 0,
  taxes: [],
  untaxed: 0,
  refundTaxes: [],
  corrections: null,
  counted: null,
  tenders: {
    cash: NOTHING,
    card: NOTHING,
    other: NOTHING,
  },
};

/** A till with a session, unless it is said to be shut. */
export function putTill(world: OrderWorld, { id = 'bar', isShut = false } = {}): void {
  const added = { tillId: id, locationId: LOCATION, name: 'Bar', currency: 'PLN' };
  const rest = { status: 'active', zNumber: 0, grandTotal: 0, rung: [] };
  const session = isShut ? null : SESSION;
  world.set({ category: 'business.tills', id }, { ...added, ...rest, session });
}

/** Prices in cents; food 8 %, wine 23 %, coffee eat-in 8 % and else 23 %. */
function stock(world: OrderWorld, mode: TaxMode): void {
  const location: KnownLocation = {
    status: 'open',
    locationId: LOCATION,
    name: 'Centro',
    timeZone: 'Europe/Warsaw',
    currency: 'PLN',
    dayCutOff: '05:00',
    languages: ['en', 'pl'],
    address: null,
    taxes: {
      mode,
      rates: [
        {
          taxClass: 'food',
          channel: null,
          label: 'B',
          rate: 8e3,
        },
        {
          taxClass: 'drink',
          channel: null,
          label: 'A',
          rate: 23e3,
        },
        {
          taxClass: 'drink',
          channel: 'eat-in',
          label: 'B',
          rate: 8e3,
        },
      ],
    },
    areas: [
      {
        areaId: 'hall',
        name: 'Hall',
      },
    ],
    tables: ['t1', 't2'].map((tableId) => ({
      tableId,
      areaId: 'hall',
      name: tableId,
      seats: 4,
      joinableWith: [],
    })),
    stations: ['grill', 'bar'].map((stationId) => ({
      stationId,
      name: stationId,
      slowAfterSeconds: 600,
      lateAfterSeconds: 900,
    })),
  };
  world.set({ category: 'business.locations', id: LOCATION }, location);
  product(world, 'steak', { price: 4999, taxClass: 'food', stationId: 'grill' });
  product(world, 'coffee', { price: 1001, taxClass: 'drink', stationId: 'bar' });
  product(world, 'water', { price: 333, taxClass: 'drink', stationId: null });
}

function product(
  world: OrderWorld,
  id: string,
  facts: { readonly price: number; readonly taxClass: string; readonly stationId: string | null },
): void {
  const rest = { categoryId: null, variants: [], groupIds: [], ingredients: [], allergens: [] };
  const state = { status: 'active', name: { en: id }, windows: [], ...rest, ...facts };
  world.set({ category: 'catalog.products', id }, state);
}

const PRICES: Readonly<Record<string, number>> = { steak: 4999, coffee: 1001, water: 333 };

export function line(productId: string, quantity = 1, more: Partial<LineInput> = {}): LineInput {
  return { productId, quantity, expectedPrice: PRICES[productId] ?? 0, ...more };
}

/** PlaceOrder of these lines. */
export function place(
  lines: readonly LineInput[],
  more: Partial<OrderCommandNamed<'PlaceOrder'>['input']> = {},
  command: Partial<Said> = {},
): Said {
  const input = { locationId: LOCATION, channel: 'eat-in' as const, lines: [...lines], ...more };
  return { ...command, type: 'PlaceOrder', input };
}
