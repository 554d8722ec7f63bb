/** What stations are told and what they answer. Lines that are moved between bills keep their ticket. */
import { Type } from 'typebox';
import { defineEvent } from '../../core/event-type.ts';
import { billHeading, firedLine, kitchenLine, nullable, orderId } from './shapes.ts';

const lines = Type.Array(kitchenLine);

/** Sent to the stations: a held course, or one that is wanted sooner. */
export const linesFired = defineEvent({
  name: 'LinesFired',
  wireName: 'comptoir.order.lines-fired',
  data: Type.Object({
    orderId,
    ticketId: Type.String(),
    lines: Type.Array(firedLine),
    rush: Type.Boolean(),
    bill: Type.Optional(billHeading),
  }),
});

/** Not to be made yet, although they were new; only what no station has been told of can be held. */
export const linesHeld = defineEvent({
  name: 'LinesHeld',
  wireName: 'comptoir.order.lines-held',
  data: Type.Object({ orderId, lines }),
});

/** What was sent already is wanted first. */
export const linesRushed = defineEvent({
  name: 'LinesRushed',
  wireName: 'comptoir.order.lines-rushed',
  data: Type.Object({ orderId, lines }),
});

/** A station is done with them (`ready`), or they went to the guest (`served`). */
export const linesBumped = defineEvent({
  name: 'LinesBumped',
  wireName: 'comptoir.order.lines-bumped',
  data: Type.Object({
    orderId,
    lines,
    to: Type.Union([Type.Literal('ready'), Type.Literal('served')]),
    stationId: nullable(Type.String()),
  }),
});

/** Bumped by mistake: back to the station. */
export const linesRecalled = defineEvent({
  name: 'LinesRecalled',
  wireName: 'comptoir.order.lines-recalled',
  data: Type.Object({ orderId, lines, reason: nullable(Type.String()) }),
});

export const KITCHEN_EVENTS = [
  linesFired,
  linesHeld,
  linesRushed,
  linesBumped,
  linesRecalled,
] as const;
