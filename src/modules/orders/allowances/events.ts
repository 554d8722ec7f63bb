import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { currencySchema } from '../../../core/money.ts';

const of = {
  /** `user:ID`, or the id of a key. */
  person: Type.String(),
  locationId: Type.String(),
  businessDay: Type.String(),
};

/** In the same unit as the refund or discount on the order. */
export const amountGivenAwayNoted = defineEvent({
  name: 'AmountGivenAwayNoted',
  wireName: 'comptoir.allowance.amount-noted',
  data: Type.Object({
    ...of,
    orderId: Type.String(),
    /** Which of the two was given: each has a limit of its own. */
    given: Type.Union([Type.Literal('refund'), Type.Literal('discount')]),
    currency: currencySchema,
    amount: Type.Integer(),
  }),
});

/** What was given at the location until now does not count against the limits of the day any more. */
export const allowanceRestarted = defineEvent({
  name: 'AllowanceRestarted',
  wireName: 'comptoir.allowance.restarted',
  data: Type.Object({ ...of, reason: Type.String() }),
});

export const ALLOWANCE_EVENTS = [amountGivenAwayNoted, allowanceRestarted] as const;
export type AllowanceEvent = EventOf<(typeof ALLOWANCE_EVENTS)[number]>;
