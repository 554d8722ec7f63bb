/**
 * What a refund or discount adds to the day of whoever gives it. The sum is decided over a stream of its own in the same
 * unit as the order, so that ten at once are counted one after the other: a limit of a day lets none through too much.
 */
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import type { OrderCommandNamed } from '../commands.ts';
import { planDiscount } from '../decide-discounts.ts';
import { dayOf } from '../decide-payments.ts';
import { planRefund } from '../decide-refunds.ts';
import type { OrderEvent } from '../events.ts';
import type { KnownOrder, OrderState } from '../order-state.ts';
import type { AllowanceEvent } from './events.ts';
import { ALLOWANCES, allowanceFrom, allowanceStream, givenAt } from './state.ts';

export type GivingCommand = OrderCommandNamed<'RefundOrder'> | OrderCommandNamed<'GiveDiscount'>;

/** None for an order that is not known beside the command: `withGivenAway` then refuses, and the pipeline looks again. */
export function streamsOfGiving(
  order: OrderState,
  command: GivingCommand,
): readonly StreamReference[] {
  return order.status === 'unknown' ? [] : [streamOf(order, command)];
}

function streamOf(order: KnownOrder, { actor, at }: GivingCommand): StreamReference {
  return allowanceStream({ person: actor, businessDay: dayOf(order, at) });
}

const GIVEN = { RefundOrder: 'refund', GiveDiscount: 'discount' } as const;

function amountOf(order: KnownOrder, command: GivingCommand): number {
  const plan =
    command.type === 'RefundOrder'
      ? planRefund(order, command.input)
      : planDiscount(order, command.input);
  return plan.outcome === 'planned' ? plan.amount : 0;
}

/** What the person will have given of it on the day at the location, this command included. */
export function givenOnDay(
  order: KnownOrder,
  command: GivingCommand,
  around: Surroundings,
): number {
  const held = allowanceFrom(around, streamOf(order, command));
  // What cannot be counted is above every limit; decided again, it can be.
  if (held === null) return Number.MAX_SAFE_INTEGER;
  const given = GIVEN[command.type];
  return givenAt(held, { locationId: order.locationId, given }) + amountOf(order, command);
}

/** The decision with the note of it on the day of who gives. ORDER_CHANGED where the day is not beside the command. */
export function withGivenAway(
  order: KnownOrder,
  command: GivingCommand,
  { decision, around }: { readonly decision: Decision<OrderEvent>; readonly around: Surroundings },
): Decision<OrderEvent> {
  const amount = amountOf(order, command);
  if (decision.outcome === 'rejected' || amount === 0) return decision;
  const stream = streamOf(order, command);
  if (allowanceFrom(around, stream) === null) return rejected('ORDER_CHANGED');
  const { locationId, currency } = order;
  const noted: AllowanceEvent = {
    type: 'AmountGivenAwayNoted',
    data: {
      person: command.actor,
      locationId,
      businessDay: dayOf(order, command.at),
      orderId: command.id,
      given: GIVEN[command.type],
      currency,
      amount,
    },
  };
  return accepted(decision.events, [
    ...decision.elsewhere,
    { category: ALLOWANCES, id: stream.id, events: [noted] },
  ]);
}
