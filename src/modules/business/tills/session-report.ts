/** What a session comes to at a moment: the X report of an open one, and the body of the Z report that ends it. */
import type { SessionReport } from './events.ts';
import type { KnownTill, TillSession } from './state.ts';

/** Cash that should lie in the drawer; negative when more was taken out than the till knows of. */
export function expectedCash(session: TillSession): number {
  const { float, putIn, takenOut, corrections } = session;
  const { cash } = session.tenders;
  const corrected = corrections?.cash ?? 0;
  return float + putIn - takenOut + cash.received - cash.change - cash.refunded + corrected;
}

export function reportOf(till: KnownTill, session: TillSession): SessionReport {
  const { tillId, locationId, currency } = till;
  const { sessionId, businessDay, openedAt, openedBy } = session;
  const { float, putIn, takenOut, untaxed, corrections } = session;
  const { cash, card, other } = session.tenders;
  return {
    tillId,
    locationId,
    sessionId,
    businessDay,
    currency,
    openedAt,
    openedBy,
    float,
    putIn,
    takenOut,
    tenders: { cash, card, other },
    taxes: [...session.taxes],
    untaxed,
    refundTaxes: [...session.refundTaxes],
    ...(corrections === null ? {} : { corrections }),
    expected: expectedCash(session),
  };
}

/** What the session adds to the till's grand total: settled less refunded, tips left out. */
export function turnoverOf({ tenders }: TillSession): number {
  return Object.values(tenders).reduce(
    (sum, { settled, refunded, refundedTips }) => sum + settled - (refunded - refundedTips),
    0,
  );
}
