/** What commands answer beside version and cursor, as it is documented. Links that routes add are told there. */
import { Type, type TObject } from 'typebox';

const status = Type.String();
const moment = Type.String({ format: 'date-time' });
const orNull = (schema: typeof moment) => Type.Union([schema, Type.Null()]);

export function ofBooking(command: string): TObject {
  const hasPlace = ['MakeReservation', 'ChangeReservation', 'SeatReservation'].includes(command);
  if (!hasPlace) return Type.Object({ status });
  return Type.Object({
    status,
    startsAt: moment,
    endsAt: moment,
    partySize: Type.Integer(),
    tableIds: Type.Array(Type.String()),
    heldUntil: orNull(moment),
  });
}

export function ofDay(command: string): TObject {
  return Type.Object(command === 'BlockTables' ? { blockId: Type.String() } : {});
}

export function ofWaiter(): TObject {
  return Type.Object({ status, reservationId: orNull(Type.String()) });
}

export function ofEnquiry(): TObject {
  return Type.Object({ status });
}
