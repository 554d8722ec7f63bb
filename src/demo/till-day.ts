/** A morning at the demo's bar till: sales over the counter, cash to the safe, the count, the first Z report. */
import { addDays } from '../core/calendar.ts';
import { demoRandom } from './demo-random.ts';
import {
  CLOSED_WEEKDAY,
  DEMO_LOCATION,
  demoMoment,
  weekdayOf,
  type DatedStep,
} from './demo-steps.ts';
import { DEMO_PRODUCTS, MORNINGS } from './menu.ts';

const TILL = 'till-bar';
const SEED = 5;
const SALES = 18;
const OPENS = 8 * 60 + 15;
const FIRST_SALE = 8 * 60 + 20;
const MINUTES_BETWEEN = 9;
const CLOSES = 11 * 60 + 20;
const FLOAT = 20_000;
const TO_THE_SAFE = 2_000;
/** The drawer has a little less than it should. */
const SHORT = 50;
/** Handed over the counter: no station has to be told. */
const GOODS = DEMO_PRODUCTS.filter(({ categoryId }) => categoryId === MORNINGS);

/** In the order of their moments. */
export function tillSteps(today: string): readonly DatedStep[] {
  const day = lastOpenDay(today);
  const random = demoRandom(SEED);
  const till = (minute: number, command: string, input: object): DatedStep => ({
    category: 'business.tills',
    command,
    id: TILL,
    input,
    once: `demo-${command}`,
    atMs: demoMoment(day, minute),
  });
  let cash = FLOAT - TO_THE_SAFE;
  const sales = Array.from({ length: SALES }, (_, index): DatedStep => {
    const product = random.one(GOODS);
    const quantity = 1 + random.below(3);
    const amount = product.price * quantity;
    const kind = random.one(['cash', 'cash', 'card']);
    if (kind === 'cash') cash += amount;
    return {
      category: 'orders',
      command: 'PlaceOrder',
      id: `demo-till-${index + 1}`,
      input: {
        locationId: DEMO_LOCATION,
        channel: 'take-away',
        lines: [{ productId: product.id, quantity, expectedPrice: product.price }],
        payments: [{ id: `demo-till-${index + 1}`, kind, amount, tillId: TILL }],
      },
      atMs: demoMoment(day, FIRST_SALE + index * MINUTES_BETWEEN),
    };
  });
  // Added on that day too: what is decided over a stream never happens before what is in it.
  const added: DatedStep = {
    category: 'business.tills',
    command: 'AddTill',
    id: TILL,
    input: { locationId: DEMO_LOCATION, name: 'Caisse bar' },
    atMs: demoMoment(day, OPENS - 60),
  };
  return [
    added,
    till(OPENS, 'OpenTillSession', { float: FLOAT }),
    ...sales,
    till(CLOSES, 'TakeCash', { amount: TO_THE_SAFE, reason: 'Au coffre' }),
    till(CLOSES + 5, 'CountTill', { counted: cash - SHORT }),
    till(CLOSES + 10, 'CloseTillSession', {}),
  ];
}

function lastOpenDay(today: string): string {
  const yesterday = addDays(today, -1);
  return weekdayOf(yesterday) === CLOSED_WEEKDAY ? addDays(today, -2) : yesterday;
}
