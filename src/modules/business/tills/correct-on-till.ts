/** A payment that was recorded at a till in the wrong kind: put right on the session that is open now. */
import { accepted, type Decision } from '../../../core/decision.ts';
import type { Currency } from '../../../core/money.ts';
import type { TenderKind, TillEvent } from './events.ts';
import { openTill } from './ring-on-till.ts';
import type { TillState } from './state.ts';

/** Amounts in minor units, none negative. */
export interface TillCorrection {
  readonly tillId: string;
  readonly locationId: string;
  readonly currency: Currency;
  readonly orderId: string;
  readonly paymentId: string;
  readonly from: TenderKind;
  readonly kind: TenderKind;
  /** What was kept of it, tip included. */
  readonly amount: number;
  readonly tip: number;
}

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
