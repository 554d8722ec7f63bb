/** A payment or a refund that was recorded at a till in the wrong kind: put right on the session that is open now. */
import { accepted, type Decision } from '../../../core/decision.ts';
import type { Currency } from '../../../core/money.ts';
import type { TenderKind, TillEvent } from './events.ts';
import { openTill } from './ring-on-till.ts';
import type { TillState } from './state.ts';

/** Amounts in minor units, none negative. */
interface Correction {
  readonly tillId: string;
  readonly locationId: string;
  readonly currency: Currency;
  readonly orderId: string;
  readonly from: TenderKind;
  readonly kind: TenderKind;
  /** What was kept of a payment, or given back by a refund; tip included. */
  readonly amount: number;
  readonly tip: number;
}
export type TillCorrection = Correction & { readonly paymentId: string };
export type TillRefundCorrection = Correction & { readonly refundId: string };

/**
 * The correction as a line of its own on the open session, whichever session the payment was rung in: closed ones and Z
 * reports stay. Whether it was made already is for the order to know. Refused with a code of RING_REFUSALS.
 */
export function correctOnTill(state: TillState, correction: TillCorrection): Decision<TillEvent> {
  const { tillId, locationId, orderId, paymentId, from, kind, amount, tip } = correction;
  const open = openTill(state, correction);
  if ('outcome' in open) return open;
  const { sessionId } = open;
  const of = { tillId, locationId, sessionId, orderId, paymentId };
  return accepted([{ type: 'TillPaymentCorrected', data: { ...of, from, kind, amount, tip } }]);
}

/** The same of a refund: what went out of `kind` is in `from` again. Refused with a code of RING_REFUSALS. */
export function correctRefundOnTill(
  state: TillState,
  correction: TillRefundCorrection,
): Decision<TillEvent> {
  const { tillId, locationId, orderId, refundId, from, kind, amount, tip } = correction;
  const open = openTill(state, correction);
  if ('outcome' in open) return open;
  const { sessionId } = open;
  const of = { tillId, locationId, sessionId, orderId, refundId };
  return accepted([{ type: 'TillRefundCorrected', data: { ...of, from, kind, amount, tip } }]);
}
