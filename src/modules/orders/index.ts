/** Orders: what was sold, how it was paid, what the stations are told. The only door of this folder. */
import { defineAggregate } from '../../core/aggregate.ts';
import { defineModule } from '../../core/module.ts';
import { allowanceAggregate } from './allowances/aggregate.ts';
import { allowanceList } from './allowances/read-models/allowance-list.ts';
import { attributes, consults, ORDERS, series, streams } from './beside.ts';
import { ORDER_COMMANDS, type OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import { ORDER_EVENTS, type OrderEvent } from './events.ts';
import { importBatchAggregate } from './import-batches/aggregate.ts';
import { importList } from './import-batches/read-models/import-list.ts';
import { orderList } from './read-models/order-list.ts';
import { ORDER_REFUSALS } from './refusals.ts';
import { evolve, initialState } from './state.ts';
import { type OrderState } from './order-state.ts';
import { tableAggregate } from './tables/aggregate.ts';
import { floorList } from './tables/read-models/floor-list.ts';
import { ticketAggregate } from './tickets/aggregate.ts';
import { ticketList } from './tickets/read-models/ticket-list.ts';
import { responds } from './answers.ts';
import { respond, view } from './view.ts';

export { orderFrom, ORDERS, orderStream } from './beside.ts';
export { totalsOf, type Totals } from './amounts.ts';
export { usePointsOnOrder, type PointsUse } from './decide-discounts.ts';
export { orderRoutes } from './routes.ts';
export { receiptOf, receiptText, RECEIPT_COLUMNS, type Receipt } from './receipt.ts';
export { receiptPaper } from './receipt-paper.ts';
export { POINTS_REFUSALS } from './refusals.ts';
export type { KnownOrder, LineState, OrderState } from './order-state.ts';
export {
  ORDER_EVENTS,
  linesAdded,
  orderCancelled,
  orderClosed,
  orderPaymentTaken,
  orderPlaced,
  orderPointsUsed,
  orderRefunded,
  type OrderEvent,
} from './events.ts';
export {
  orderPaymentCorrected,
  orderPointsTakenOff,
  orderRefundCorrected,
} from './events-corrections.ts';
export {
  billAsked,
  discountGiven,
  discountWithdrawn,
  lineChanged,
  linesMovedIn,
  linesMovedOut,
  linesVoided,
  orderCustomerSet,
  orderMerged,
  orderMoved,
} from './events-bill.ts';
export {
  linesBumped,
  linesFired,
  linesHeld,
  linesRecalled,
  linesRushed,
} from './events-kitchen.ts';
export { TABLE_EVENTS, type TableEvent } from './tables/events.ts';
export type { FloorRow } from './tables/read-models/floor-list.ts';
export type { TicketLine, TicketRow } from './tickets/ticket-row.ts';
export type { KitchenLine, KitchenStatus, LinePart, MovedLine, OrderLine } from './shapes.ts';

const orderAggregate = defineAggregate<OrderState, OrderCommand, OrderEvent>({
  category: ORDERS,
  stateVersion: 5,
  events: ORDER_EVENTS,
  commands: ORDER_COMMANDS,
  refusals: ORDER_REFUSALS,
  initialState,
  decide,
  evolve,
  consults,
  streams,
  series,
  attributes,
  locationOf: (state) => (state.status === 'unknown' ? null : state.locationId),
  view,
  respond,
  responds,
});

export const orders = defineModule({
  name: 'orders',
  title: 'Orders',
  summary:
    'What is sold: lines, discounts, payments, refunds, bills that are split; kitchen boards and the floor.',
  aggregates: [
    {
      aggregate: orderAggregate,
      singular: 'order',
      list: orderList,
      money: [
        'unitPrice',
        'price',
        'discount',
        'net',
        'tax',
        'gross',
        'paid',
        'refunded',
        'refundedTax',
        'change',
        'settled',
        'amountBack',
      ],
    },
    { aggregate: ticketAggregate, singular: 'ticket', list: ticketList },
    { aggregate: tableAggregate, singular: 'table', list: floorList },
    {
      aggregate: allowanceAggregate,
      singular: 'allowance',
      list: allowanceList,
      money: ['refund', 'discount'],
    },
    { aggregate: importBatchAggregate, singular: 'import batch', list: importList },
  ],
});
