/** What a campaign has come to, from the counts of its messages. Pure. */
import { divideHalfEven, type Money } from '../../../core/money.ts';
import type { StatusCounts } from '../read-models/campaign-pages.ts';

export interface CampaignTotals {
  /** Each includes those that came further: what was read was delivered, what was delivered was sent. */
  readonly accepted: number;
  readonly sent: number;
  readonly delivered: number;
  readonly read: number;
  readonly failed: number;
  /** Dropped, cancelled or given up: they were not written to. */
  readonly notSent: number;
  readonly unknown: number;
  /** Not gone out yet. */
  readonly open: number;
}

export function totalsOf(counts: StatusCounts): CampaignTotals {
  const { read } = counts;
  const delivered = counts.delivered + read;
  const failed = counts.failed + counts.bounced;
  const sent = counts.sent + delivered;
  return {
    accepted: counts.accepted + sent + failed,
    sent,
    delivered,
    read,
    failed,
    notSent: counts.dropped + counts.cancelled + counts['given-up'],
    unknown: counts.unknown,
    open: counts.requested + counts.held + counts.sending,
  };
}

/** Estimated, to the nearest minor unit; null where nobody knows the price. */
export function costOf(perThousand: Money | null, messages: number): Money | null {
  if (perThousand === null) return null;
  const amount = divideHalfEven(BigInt(perThousand.amount) * BigInt(messages), 1000n);
  return { amount, currency: perThousand.currency };
}
