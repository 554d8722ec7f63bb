/** What is going on at the demo's tables when it is made: some orders that the stations were told of, one session. */
import { DEMO_LOCATION, type DemoStep } from './demo-steps.ts';
import { tableStep } from './evening-plan.ts';
import { DEMO_TABLE_IDS } from './house.ts';
import { DEMO_PRODUCTS } from './menu.ts';

/** The ids of these orders begin with it; the table follows. `evening-first.ts` tells how they end. */
export const FIRST_ORDER = 'demo-open-';

interface Sat {
  readonly tableId: string;
  readonly guests: number;
  /** Product, variant and option ids, of no price of their own. */
  readonly lines: readonly {
    readonly productId: string;
    readonly variantId?: string;
    readonly optionIds?: readonly string[];
    readonly quantity: number;
    readonly course?: number;
  }[];
}

/** Nothing of the happy hour or of the morning: prices must hold whenever the demo is made. */
const SAT: readonly Sat[] = [
  {
    tableId: 't3',
    guests: 3,
    lines: [
      { productId: 'onion-soup', quantity: 2, course: 1 },
      { productId: 'steak-frites', optionIds: ['medium'], quantity: 2, course: 2 },
      { productId: 'mushroom-risotto', quantity: 1, course: 2 },
      { productId: 'house-red', variantId: '75-cl', quantity: 1 },
    ],
  },
  {
    tableId: 't6',
    guests: 2,
    lines: [
      { productId: 'burger', optionIds: ['medium-rare', 'fries'], quantity: 2 },
      { productId: 'house-lemonade', quantity: 2 },
    ],
  },
  {
    tableId: 'b2',
    guests: 2,
    lines: [
      { productId: 'espresso', quantity: 2 },
      { productId: 'creme-brulee', quantity: 1 },
    ],
  },
];

/** Guests of past bookings left; their tables are clean again before anybody sits down. */
export function clearedTableSteps(): readonly DemoStep[] {
  return DEMO_TABLE_IDS.map((tableId) => ({ ...tableStep(tableId, 'free'), once: 'demo-cleared' }));
}

export function openOrderSteps(): readonly DemoStep[] {
  const orders = SAT.map(({ tableId, guests, lines }) => ({
    category: 'orders',
    command: 'PlaceOrder',
    id: `${FIRST_ORDER}${tableId}`,
    input: {
      locationId: DEMO_LOCATION,
      channel: 'eat-in',
      tableId,
      guests,
      lines: lines.map(({ optionIds = [], ...line }) => ({
        ...line,
        modifiers: optionIds.map((optionId) => ({ optionId, quantity: 1 })),
        expectedPrice: priceOf(line),
      })),
    },
  }));
  const session = {
    category: 'business.tills',
    command: 'OpenTillSession',
    id: 'till-hall',
    input: { float: 15_000 },
    once: 'demo-session',
  };
  return [...orders, session];
}

function priceOf({ productId, variantId }: Sat['lines'][number]): number {
  const product = DEMO_PRODUCTS.find(({ id }) => id === productId);
  const variant = product?.variants.find((each) => each.variantId === variantId);
  return variant?.price ?? product?.price ?? 0;
}
