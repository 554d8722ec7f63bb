import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';

/** The station knows that lines of the ticket are not wanted any more. */
export const stopsAcknowledged = defineEvent({
  name: 'StopsAcknowledged',
  wireName: 'comptoir.ticket.stops-acknowledged',
  data: Type.Object({
    ticketId: Type.String(),
    stationId: Type.String(),
    /** The bill that the ticket was of. */
    orderId: Type.String(),
    locationId: Type.String(),
  }),
});

export const TICKET_EVENTS = [stopsAcknowledged] as const;
export type TicketEvent = EventOf<(typeof TICKET_EVENTS)[number]>;
