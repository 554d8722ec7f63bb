/**
 * What a station says of a ticket as a whole. Lines are bumped and recalled on their order; but lines that were voided,
 * and orders that were cancelled, have nobody left who could take them off the board.
 */
import { Type } from 'typebox';
import {
  defineAggregate,
  type CommandAttributes,
  type Refusal,
  type StreamReference,
  type Surroundings,
} from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { orderFrom, orderStream } from '../beside.ts';
import { idInput } from '../inputs.ts';
import { ORDER_REFUSALS } from '../refusals.ts';
import { TICKET_EVENTS, type TicketEvent } from './events.ts';
import { ticketKeyOf } from './ticket-row.ts';

export const TICKETS = 'orders.tickets';

export type TicketState =
  | { readonly status: 'standing' }
  | { readonly status: 'acknowledged'; readonly locationId: string; readonly at: string };

const initialState: TicketState = { status: 'standing' };

export const acknowledgeStops = defineCommand({
  name: 'AcknowledgeStops',
  summary: 'The station has seen which lines of a ticket are not wanted any more',
  permission: 'cook',
  input: Type.Object(
    {
      ticketId: idInput,
      stationId: idInput,
      /** Any bill that the ticket was of. */
      orderId: idInput,
    },
    { additionalProperties: false },
  ),
  examples: [{ ticketId: 'c1', stationId: 'bar', orderId: 'o1' }],
});
export type TicketCommand = CommandFor<typeof acknowledgeStops>;

const NONE: Refusal = { sentence: '', remedy: '' };
const { ORDER_UNKNOWN = NONE } = ORDER_REFUSALS;

function consults({ input }: TicketCommand): readonly StreamReference[] {
  return [orderStream(input.orderId)];
}

function decide(
  _state: TicketState,
  { id, input }: TicketCommand,
  around: Surroundings,
): Decision<TicketEvent> {
  if (id !== ticketKeyOf(input)) return rejected('TICKET_OF_ANOTHER_STATION');
  const order = orderFrom(around, input.orderId);
  if (order.status === 'unknown') return rejected('ORDER_UNKNOWN');
  const data = { ...input, locationId: order.locationId };
  return accepted([{ type: 'StopsAcknowledged', data }]);
}

function attributes(
  _state: TicketState,
  { input }: TicketCommand,
  around: Surroundings,
): CommandAttributes {
  const order = orderFrom(around, input.orderId);
  const locationId = order.status === 'unknown' ? null : order.locationId;
  return { locationId, amount: null, shiftOf: null };
}

export const ticketAggregate = defineAggregate<TicketState, TicketCommand, TicketEvent>({
  category: TICKETS,
  stateVersion: 1,
  events: TICKET_EVENTS,
  commands: [acknowledgeStops],
  refusals: {
    ORDER_UNKNOWN,
    TICKET_OF_ANOTHER_STATION: {
      sentence: 'The id is that of another ticket.',
      remedy: 'Leave the id to the server: it follows from ticket and station.',
    },
  },
  initialState,
  consults,
  attributes,
  decide,
  evolve: (_state, { data }, { at }) => ({
    status: 'acknowledged',
    locationId: data.locationId,
    at,
  }),
  locationOf: (state) => (state.status === 'standing' ? null : state.locationId),
});
