/**
 * Events as the server itself decided them, one of each kind: history is made of these with other ids, days and people,
 * so it has the shape that the code of today writes.
 */
import type { Asking } from './asking.ts';
import { create, done, phoneOf, type House } from './house.ts';
import { saleOf } from './sales.ts';

export interface TemplateEvent {
  readonly type: string;
  readonly source: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Templates {
  /** Of one quick sale each: placed, paid, closed. */
  readonly sales: readonly (readonly TemplateEvent[])[];
  readonly customer: TemplateEvent;
  readonly member: TemplateEvent;
  /** Of one reservation in each location. */
  readonly reservations: readonly ReservationTemplate[];
}

export interface ReservationTemplate {
  readonly locationId: string;
  readonly made: TemplateEvent;
  readonly taken: TemplateEvent;
}

/** Different sales that come round in turn: enough for every location and product. */
const SALES = 64;

export async function makeTemplates(asking: Asking, house: House): Promise<Templates> {
  const [memberId = ''] = house.memberIds;
  const sales = await Promise.all(
    Array.from({ length: SALES }, async (_, number) => {
      const reply = await done(asking, {
        method: 'POST',
        path: '/v1/orders',
        body: saleOf({ ...house, memberIds: [memberId] }, number),
      });
      // safe because a placed order is answered with its id
      const { id } = JSON.parse(reply.body) as { readonly id: string };
      return await eventsOf(asking, `orders/${id}`);
    }),
  );
  const reservations: ReservationTemplate[] = [];
  for (const locationId of house.locationIds)
    reservations.push(await reservationTemplate(asking, locationId));
  return {
    sales,
    customer: first(await eventsOf(asking, `customers/${memberId}`)),
    member: first(await eventsOf(asking, `loyalty.members/${memberId}`)),
    reservations,
  };
}

async function reservationTemplate(
  asking: Asking,
  locationId: string,
): Promise<ReservationTemplate> {
  const date = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  const id = await create(asking, '/v1/reservations', {
    locationId,
    startsAt: `${date}T19:00`,
    partySize: 2,
    contact: { name: 'Guest', phone: phoneOf(0) },
  });
  return {
    locationId,
    made: first(await eventsOf(asking, `reservations/${id}`)),
    taken: first(await eventsOf(asking, `reservations.days/${locationId}~${date}`)),
  };
}

async function eventsOf(asking: Asking, stream: string): Promise<readonly TemplateEvent[]> {
  const { body } = await done(asking, { method: 'GET', path: `/v1/streams/${stream}` });
  // safe because a stream is answered with its events
  return (JSON.parse(body) as { readonly events: readonly TemplateEvent[] }).events;
}

function first(events: readonly TemplateEvent[]): TemplateEvent {
  const [event] = events;
  if (event === undefined) throw new Error('A stream that was just written has no events.');
  return event;
}
