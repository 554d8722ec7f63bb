import { grossOfOrder } from './amounts.ts';
import type { OrderEvent } from './events.ts';
import { evolve } from './state.ts';
import { type OrderState } from './order-state.ts';

const CHANGING = [
  'OrderPlaced',
  'LinesAdded',
  'LinesVoided',
  'DiscountGiven',
  'DiscountWithdrawn',
  'LinesMovedOut',
  'LinesMovedIn',
  'OrderPointsUsed',
  'OrderPointsTakenOff',
] as const;
type Changing = Extract<OrderEvent, { readonly type: (typeof CHANGING)[number] }>;
const NAMES: ReadonlySet<string> = new Set(CHANGING);

export function changesTotal(event: OrderEvent): event is Changing {
  return NAMES.has(event.type);
}

/** The events, each that changes what the bill comes to with the sum. */
export function withTotals(
  state: OrderState,
  events: readonly OrderEvent[],
  at: string,
): readonly OrderEvent[] {
  // What comes behind the last of them, a payment say, is of no concern here.
  const last = events.findLastIndex(changesTotal);
  if (last < 0) return events;
  let current = state;
  return events.map((event, index) => {
    if (index > last) return event;
    current = evolve(current, event, { at, version: 0 });
    if (!changesTotal(event) || current.status === 'unknown') return event;
    const data = { ...event.data, total: grossOfOrder(current) };
    // safe because data and type are those of one event, the sum added
    return { type: event.type, data } as OrderEvent;
  });
}
