/** The part of other modules in a till: an order rings up what it was paid or paid back, in the same unit. */
import type { Refusal, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import type { Currency } from '../../../core/money.ts';
import type { TaxTotal } from '../../../core/tax.ts';
import type { TenderKind, TillEvent } from './events.ts';
import { rungName, type KnownTill, type TillState } from './state.ts';

/** Category of the streams of tills. */
export const TILLS = 'business.tills';

/** The till beside a command, whose `streams` must have named it. */
export function tillFrom(around: Surroundings, id: string): TillState {
  // safe because streams of this category are folded by the aggregate of tills alone
  return around.stateOf({ category: TILLS, id }) as TillState;
}

/** A payment of an order or a refund; amounts in minor units, none negative. */
export interface TillSale {
  readonly tillId: string;
  readonly locationId: string;
  readonly currency: Currency;
  readonly orderId: string;
  /** One of the two. */
  readonly sale: { readonly paymentId: string } | { readonly refundId: string };
  readonly kind: TenderKind;
  /** Handed over, tip and change included; or paid back, with the tip in it. */
  readonly amount: number;
  readonly tip: number;
  /** 0 for a refund. */
  readonly change: number;
  /** Its part of the order's tax by rate; empty where the order does not know it yet. */
  readonly taxes: readonly TaxTotal[];
}

/** Refusals of `ringOnTill`, for the tables of the modules that decide with it. */
export const RING_REFUSALS = {
  TILL_UNKNOWN: {
    sentence: 'There is no such till at this location.',
    remedy: 'Choose a till of the location where the order is.',
  },
  TILL_RETIRED: {
    sentence: 'The till is no longer used.',
    remedy: 'Choose a till that is in use.',
  },
  TILL_SESSION_CLOSED: {
    sentence: 'No session is open at the till.',
    remedy: 'Open a session with the float that lies in the drawer.',
  },
} as const satisfies Record<string, Refusal>;

/** Who holds the open session of a till: `shiftOf` for the rules of roles. Null when none is open. */
export function shiftOf(till: TillState): string | null {
  return till.status === 'unknown' ? null : (till.session?.openedBy ?? null);
}

/** When the open session of a till was opened, RFC 3339; null when none is open. */
export function sessionOpenedAt(till: TillState): string | null {
  return till.status === 'unknown' ? null : (till.session?.openedAt ?? null);
}

/** The till with its open session, for an order at the location in the currency. Refused with a code of RING_REFUSALS. */
export function openTill(
  state: TillState,
  { tillId, locationId, currency }: Pick<TillSale, 'tillId' | 'locationId' | 'currency'>,
): { readonly till: KnownTill; readonly sessionId: string } | Rejected {
  if (state.status === 'unknown') return rejected('TILL_UNKNOWN', { tillId });
  if (state.locationId !== locationId || state.currency !== currency)
    return rejected('TILL_UNKNOWN', { tillId });
  if (state.status === 'retired') return rejected('TILL_RETIRED', { tillId });
  if (state.session === null) return rejected('TILL_SESSION_CLOSED', { tillId });
  return { till: state, sessionId: state.session.sessionId };
}

/**
 * Rings up a payment or a refund on the open session; the events belong on the till's stream. A sale that the till
 * remembers (RUNG_KEPT_MAX) adds nothing. Refused with a code of RING_REFUSALS.
 */
export function ringOnTill(state: TillState, rung: TillSale): Decision<TillEvent> {
  const { tillId, locationId, orderId, sale, kind, amount, tip, change } = rung;
  const open = openTill(state, rung);
  if ('outcome' in open) return open;
  const { till, sessionId } = open;
  const ids = {
    paymentId: 'paymentId' in sale ? sale.paymentId : null,
    refundId: 'refundId' in sale ? sale.refundId : null,
  };
  if (till.rung.includes(rungName({ orderId, ...ids }))) return accepted([]);
  const settled = amount - tip - change;
  const taxes = [...rung.taxes];
  const whole = { tillId, locationId, sessionId, orderId, ...ids };
  const data = { ...whole, kind, amount, change, tip, settled, taxes };
  return accepted([{ type: 'TillSaleRung', data }]);
}
