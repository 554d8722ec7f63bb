/** One entry of a guest's timeline from one event of another module. Ids and amounts only: texts stay where they are sealed. */
import { money, type Money } from '../../../core/money.ts';
import type { CustomerEvent } from '../../customers/index.ts';
import type { MemberEvent } from '../../loyalty/index.ts';
import type { OrderEvent } from '../../orders/index.ts';

export interface Entry {
  /** Of the customer whose timeline it is on; null for nobody's. */
  readonly customerId: string | null;
  readonly module: 'customers' | 'orders' | 'loyalty' | 'reservations';
  readonly kind: string;
  /** Stream that says more: `orders/01J9...`. */
  readonly subject: string;
  readonly locationId: string | null;
  readonly amount: Money | null;
  readonly points: number | null;
  /** Parts of a title, by name. */
  readonly details: Readonly<Record<string, unknown>>;
}

const NOTHING = { locationId: null, amount: null, points: null, details: {} };

type CustomerTold = Extract<
  CustomerEvent,
  {
    readonly type:
      | 'CustomerRegistered'
      | 'CustomerConsentGiven'
      | 'CustomerConsentWithdrawn'
      | 'CustomerNoteAdded'
      | 'CustomersMerged'
      | 'CustomersUnmerged'
      | 'CustomerArchived';
  }
>;

export function customerEntry({ type, data }: CustomerTold): Entry {
  const { customerId } = data;
  const base = { ...NOTHING, customerId, module: 'customers', subject: `customers/${customerId}` };
  const entry = (kind: string, details: Entry['details'] = {}): Entry => ({
    ...base,
    module: 'customers',
    kind,
    details,
  });
  switch (type) {
    case 'CustomerRegistered':
      return entry('registered');
    case 'CustomerConsentGiven':
      return entry('consent-given', { channel: data.channel });
    case 'CustomerConsentWithdrawn':
      return entry('consent-withdrawn', { channel: data.channel });
    case 'CustomerNoteAdded':
      return entry('note-added', { noteId: data.noteId });
    case 'CustomersMerged':
      return entry('merged', { otherId: data.otherId });
    case 'CustomersUnmerged':
      return entry('unmerged', { otherId: data.otherId, mergedAt: data.mergedAt });
    case 'CustomerArchived':
      return entry('archived');
  }
}

type OrderTold = Extract<
  OrderEvent,
  {
    readonly type:
      | 'OrderPlaced'
      | 'OrderCustomerSet'
      | 'OrderPaymentTaken'
      | 'OrderRefunded'
      | 'OrderPaymentCorrected'
      | 'OrderRefundCorrected'
      | 'OrderCancelled';
  }
>;

export function orderEntry({ type, data }: OrderTold): Entry {
  const { customerId } = data;
  const base = { ...NOTHING, customerId, module: 'orders' as const };
  const order = { ...base, subject: `orders/${data.orderId}` };
  switch (type) {
    case 'OrderPlaced': {
      const { locationId, number, channel, currency, total } = data;
      const amount = total === undefined ? null : money(total, currency);
      return { ...order, kind: 'order-placed', locationId, amount, details: { number, channel } };
    }
    case 'OrderCustomerSet':
      return { ...order, kind: 'order-joined' };
    case 'OrderPaymentTaken': {
      const { locationId, currency, settled, kind: paidBy, paymentId } = data;
      const amount = money(settled, currency);
      return { ...order, kind: 'paid', locationId, amount, details: { paidBy, paymentId } };
    }
    case 'OrderRefunded': {
      const { locationId, currency, refundId, kind: paidBy } = data;
      const amount = money(data.amount, currency);
      return { ...order, kind: 'refunded', locationId, amount, details: { paidBy, refundId } };
    }
    case 'OrderPaymentCorrected': {
      const { locationId, currency, paymentId, from, kind: paidBy } = data;
      const amount = money(data.amount, currency);
      const details = { paidBy, from, paymentId };
      return { ...order, kind: 'payment-corrected', locationId, amount, details };
    }
    case 'OrderRefundCorrected': {
      const { locationId, currency, refundId, from, kind: paidBy } = data;
      const amount = money(data.amount, currency);
      const details = { paidBy, from, refundId };
      return { ...order, kind: 'refund-corrected', locationId, amount, details };
    }
    case 'OrderCancelled':
      return { ...order, kind: 'order-cancelled', locationId: data.locationId };
  }
}

type MemberTold = Exclude<
  MemberEvent,
  {
    readonly type: 'MemberLabelled' | 'PointsActivated' | 'TierGraceSet' | 'ReviewPlanned';
  }
>;

/** The id of a member is that of the customer. */
export function memberEntry({ type, data }: MemberTold): Entry {
  const { memberId: customerId } = data;
  const base = { ...NOTHING, customerId, module: 'loyalty' as const };
  const member = { ...base, subject: `loyalty.members/${customerId}` };
  switch (type) {
    case 'MemberEnrolled':
      return { ...member, kind: 'enrolled' };
    case 'PointsEarned':
      return { ...member, kind: 'points-earned', points: data.earned, details: ofOrder(data) };
    case 'PointsBurned':
      return { ...member, kind: 'points-used', points: -data.points, details: ofOrder(data) };
    case 'PointsAdjusted':
      return { ...member, kind: 'points-adjusted', points: data.points };
    case 'PointsTakenBack':
      return { ...member, kind: 'points-taken-back', points: -data.points, details: ofOrder(data) };
    case 'PointsReturned':
      return { ...member, kind: 'points-returned', points: data.points };
    case 'PointsExpired':
      return { ...member, kind: 'points-expired', points: -data.points };
    case 'DebtForgiven':
      return { ...member, kind: 'debt-forgiven', points: data.points };
    case 'TierChanged':
      return { ...member, kind: 'tier-changed', details: { from: data.from, to: data.to } };
  }
}

function ofOrder({ orderId }: { readonly orderId: string | null }): Entry['details'] {
  return orderId === null ? {} : { orderId };
}
