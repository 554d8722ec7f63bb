import type { OrderEvent } from './events.ts';
import { changedLines } from './line-state.ts';
import type { KnownOrder, LineState } from './order-state.ts';

const KITCHEN_EVENTS = [
  'LinesFired',
  'LinesHeld',
  'LinesRushed',
  'LinesBumped',
  'LinesRecalled',
] as const;
type KitchenEvent = Extract<OrderEvent, { readonly type: (typeof KITCHEN_EVENTS)[number] }>;
const NAMES: ReadonlySet<string> = new Set(KITCHEN_EVENTS);

export function isKitchenEvent(event: OrderEvent): event is KitchenEvent {
  return NAMES.has(event.type);
}

export function evolveKitchen(state: KnownOrder, event: KitchenEvent): KnownOrder {
  const lines = changedLines(state.lines, event.data.lines, (line) => ({
    ...line,
    ...changeOf(event, line),
  }));
  return { ...state, lines };
}

function changeOf(event: KitchenEvent, line: LineState): Partial<LineState> {
  switch (event.type) {
    case 'LinesFired': {
      const { ticketId, rush } = event.data;
      return { kitchen: 'fired', ticketId, rushed: rush };
    }
    case 'LinesHeld':
      return { kitchen: 'held' };
    case 'LinesRushed':
      return { rushed: true };
    case 'LinesBumped':
      return { kitchen: event.data.to };
    case 'LinesRecalled':
      return { kitchen: line.kitchen === 'none' ? 'none' : 'fired' };
  }
}
