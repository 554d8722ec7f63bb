/** What loyalty does by itself: points follow payments, refunds and cancellations, and time. */
import type { CommandReaction, Policy } from '../../core/policy.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import { customerRegistered, type CustomerEvent } from '../customers/index.ts';
import {
  orderCancelled,
  orderPaymentTaken,
  orderPointsTakenOff,
  orderRefunded,
  type OrderEvent,
} from '../orders/index.ts';
import { BURNS } from './burns/state.ts';
import { EARNINGS } from './earnings/state.ts';
import { reviewPlanned, type MemberEvent } from './members/events.ts';
import { MEMBERS } from './members/state.ts';

type EventNamed<Type extends string> = Extract<
  OrderEvent | CustomerEvent | MemberEvent,
  { readonly type: Type }
>;
type Seen<Type extends string> = RecordedEvent<EventNamed<Type>>;

/** One command for each payment or refund of a customer's order, whether or not the customer is a member. */
const followOrders: Policy = {
  name: 'loyalty.follow-orders',
  on: [orderPaymentTaken, orderRefunded, orderCancelled, orderPointsTakenOff],
  react(event) {
    switch (event.type) {
      case 'OrderPaymentTaken':
        // safe because events of this name have the data of this type
        return earned(event as Seen<'OrderPaymentTaken'>);
      case 'OrderRefunded':
        // safe because events of this name have the data of this type
        return refunded(event as Seen<'OrderRefunded'>);
      case 'OrderPointsTakenOff':
        // safe because events of this name have the data of this type
        return takenOff(event as Seen<'OrderPointsTakenOff'>);
      default:
        // safe because it is the only type left
        return cancelled(event as Seen<'OrderCancelled'>);
    }
  },
};

function earned({ data, at }: Seen<'OrderPaymentTaken'>): readonly CommandReaction[] {
  const { orderId, paymentId, currency, businessDay, customerId, imported } = data;
  // Points used on a line leave nothing of it that was paid with money.
  const lines = data.lines
    .filter(({ amount }) => amount > 0)
    .map(({ lineId, productId, categoryId, amount }) => ({
      lineId,
      productId,
      categoryId,
      amount,
    }));
  if (customerId === null || imported || lines.length === 0) return [];
  const movement = { kind: 'payment', paymentId, currency, businessDay, paidAt: at, lines };
  return [earnForOrder(orderId, { memberId: customerId, movement })];
}

function refunded({ data }: Seen<'OrderRefunded'>): readonly CommandReaction[] {
  const { orderId, refundId, customerId, burns = [] } = data;
  // Points are taken back from whoever earned them, also when the order is somebody else's by now, or nobody's.
  const { payers = customerId === null ? [] : [customerId] } = data;
  const lines = data.lines
    .filter(({ amount }) => amount > 0)
    .map(({ lineId, amount }) => ({ lineId, amount }));
  const returned = burns
    .filter(({ points }) => points > 0)
    .map(({ burnId, memberId, points }) =>
      giveBack(burnId, { memberId, points, causeId: refundId }),
    );
  if (lines.length === 0) return returned;
  const movement = { kind: 'refund', refundId, lines };
  return [...payers.map((memberId) => earnForOrder(orderId, { memberId, movement })), ...returned];
}

function cancelled({ data }: Seen<'OrderCancelled'>): readonly CommandReaction[] {
  return data.burns.map(({ burnId, memberId }) =>
    giveBack(burnId, { memberId, causeId: data.orderId }),
  );
}

/** A use of points leaves its order once: taken off, or with an order that is cancelled, never both. */
function takenOff({ data }: Seen<'OrderPointsTakenOff'>): readonly CommandReaction[] {
  const { burnId, memberId, orderId, points } = data;
  return points > 0 ? [giveBack(burnId, { memberId, causeId: orderId })] : [];
}

function earnForOrder(orderId: string, input: object): CommandReaction {
  return { kind: 'command', category: EARNINGS, command: 'EarnForOrder', id: orderId, input };
}

function giveBack(burnId: string, input: object): CommandReaction {
  return { kind: 'command', category: BURNS, command: 'GiveBackBurn', id: burnId, input };
}

/** At the start of the day on which points become usable or expire, or the tier may change. */
const reviewMembers: Policy = {
  name: 'loyalty.review-members',
  on: [reviewPlanned],
  react(event) {
    // safe because events of this name have the data of this type
    const { memberId, at } = (event as Seen<'ReviewPlanned'>).data;
    const review: CommandReaction = {
      kind: 'command',
      category: MEMBERS,
      command: 'ReviewMember',
      id: memberId,
      input: {},
    };
    return [{ kind: 'timer', timer: 'review', at, command: review }];
  },
};

/** Asks for every new customer; whether they become members is for the rules to say when that is decided. */
const enrolCustomers: Policy = {
  name: 'loyalty.enrol-customers',
  on: [customerRegistered],
  react(event) {
    // safe because events of this name have the data of this type
    const { customerId } = (event as Seen<'CustomerRegistered'>).data;
    const input = { customerId, automatic: true };
    return [{ kind: 'command', category: MEMBERS, command: 'EnrolMember', id: customerId, input }];
  },
};

export const LOYALTY_POLICIES: readonly Policy[] = [followOrders, reviewMembers, enrolCustomers];
