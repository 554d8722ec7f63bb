/** What stations are told and what they answer. Repeated, each changes nothing; a closed order is still cooked. */
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { OrderCommandNamed } from './commands.ts';
import { lineMissing } from './decide-discounts.ts';
import type { OrderEvent } from './events.ts';
import { kitchenLineOf } from './line-choice.ts';
import type { KitchenLine } from './shapes.ts';
import type { KnownOrder, LineState } from './state.ts';

export type KitchenCommand = OrderCommandNamed<
  'FireLines' | 'HoldLines' | 'RushLines' | 'BumpLines' | 'RecallLines' | 'ServeLines'
>;

export function decideKitchen(order: KnownOrder, command: KitchenCommand): Decision<OrderEvent> {
  if (order.status !== 'open' && order.status !== 'closed')
    return rejected('ORDER_NOT_OPEN', { status: order.status });
  const { lineIds = [] } = command.input;
  const unknown = lineIds.find((id) => !order.lines.some(({ lineId }) => lineId === id));
  if (unknown !== undefined) return lineMissing(order, unknown);
  const lines = order.lines
    .filter((line) => isMeant(line, command.input) && changes(line, command.type))
    .map(kitchenLineOf);
  return accepted(lines.length === 0 ? [] : [eventOf(command, lines)]);
}

function isMeant(line: LineState, input: KitchenCommand['input']): boolean {
  const { lineIds, course, stationId, ticketId } = input;
  return (
    (lineIds?.includes(line.lineId) ?? true) &&
    (course === undefined || line.course === course) &&
    (stationId === undefined || line.stationId === stationId) &&
    (ticketId === undefined || line.ticketId === ticketId)
  );
}

/** Whether the command means something for a line in its state. */
function changes({ kitchen, rushed }: LineState, command: KitchenCommand['type']): boolean {
  switch (command) {
    case 'FireLines':
      return kitchen === 'held';
    case 'HoldLines':
    case 'BumpLines':
      return kitchen === 'fired';
    case 'RushLines':
      return kitchen === 'fired' && !rushed;
    case 'RecallLines':
      return kitchen === 'ready' || kitchen === 'served';
    case 'ServeLines':
      return kitchen === 'fired' || kitchen === 'ready';
  }
}

function eventOf(command: KitchenCommand, lines: KitchenLine[]): OrderEvent {
  const orderId = command.id;
  switch (command.type) {
    case 'FireLines': {
      const ticketId = command.commandId;
      const sent = lines.map((line) => ({ ...line, ticketId }));
      const { rush = false } = command.input;
      return { type: 'LinesFired', data: { orderId, ticketId, lines: sent, rush } };
    }
    case 'HoldLines':
      return { type: 'LinesHeld', data: { orderId, lines } };
    case 'RushLines':
      return { type: 'LinesRushed', data: { orderId, lines } };
    case 'BumpLines':
    case 'ServeLines': {
      const to = command.type === 'BumpLines' ? 'ready' : 'served';
      const { stationId = null } = command.input;
      return { type: 'LinesBumped', data: { orderId, lines, to, stationId } };
    }
    case 'RecallLines': {
      const { reason = null } = command.input;
      return { type: 'LinesRecalled', data: { orderId, lines, reason } };
    }
  }
}
