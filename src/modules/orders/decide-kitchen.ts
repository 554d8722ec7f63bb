/** What stations are told and what they answer. Repeated, each changes nothing; a closed order is still cooked. */
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { OrderCommandNamed } from './commands.ts';
import { lineMissing } from './decide-discounts.ts';
import type { OrderEvent } from './events.ts';
import { firedLineOf, headingOf, kitchenLineOf } from './line-choice.ts';
import type { KnownOrder, LineState } from './order-state.ts';

export type KitchenCommand = OrderCommandNamed<
  'FireLines' | 'HoldLines' | 'RushLines' | 'BumpLines' | 'RecallLines' | 'ServeLines'
>;

export function decideKitchen(order: KnownOrder, command: KitchenCommand): Decision<OrderEvent> {
  if (order.status !== 'open' && order.status !== 'closed')
    return rejected('ORDER_NOT_OPEN', { status: order.status });
  const { lineIds = [] } = command.input;
  const unknown = lineIds.find((id) => !order.lines.some(({ lineId }) => lineId === id));
  if (unknown !== undefined) return lineMissing(order, unknown);
  const meant = order.lines.filter(
    (line) => isMeant(line, command.input) && changes(line, command.type),
  );
  if (meant.length === 0) return accepted([]);
  return accepted([
    command.type === 'FireLines' ? fired(order, command, meant) : eventOf(command, meant),
  ]);
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

/** Boards show what was fired as it stands here: they do not see the order. */
function fired(
  order: KnownOrder,
  { id, commandId: ticketId, input }: OrderCommandNamed<'FireLines'>,
  meant: readonly LineState[],
): OrderEvent {
  const lines = meant.map((line) => ({ ...firedLineOf(line), ticketId }));
  const { rush = false } = input;
  return {
    type: 'LinesFired',
    data: { orderId: id, ticketId, lines, rush, bill: headingOf(order) },
  };
}

function eventOf(
  command: Exclude<KitchenCommand, { readonly type: 'FireLines' }>,
  meant: readonly LineState[],
): OrderEvent {
  const orderId = command.id;
  const lines = meant.map(kitchenLineOf);
  switch (command.type) {
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
