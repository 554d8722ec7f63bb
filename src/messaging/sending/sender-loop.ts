/** Claims grants for one sender, one slice after the other, while it has something due. */
import type { Logger } from '../../core/logger.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { CLAIM_AHEAD_MS, IN_FLIGHT_MAX, SLICE_MS } from '../limits.ts';
import { claimMessages } from '../outbox/claim.ts';
import type { SenderPlace } from '../outbox/outbox-row.ts';
import type { Grant } from './deliver-grant.ts';

const FAILED_PAUSE_MS = 1_000;

export interface SenderLoopDependencies {
  readonly database: Queryable;
  readonly owner: string;
  readonly logger: Logger;
  /** Never throws. */
  readonly deliver: (grant: Grant) => Promise<void>;
  readonly isStopping: () => boolean;
}

/** Resolves when nothing is due any more, or the process stops, and every grant was delivered. */
export async function runSender(deps: SenderLoopDependencies, sender: SenderPlace): Promise<void> {
  const delivering = new Set<Promise<void>>();
  let underWay = 0;
  while (!deps.isStopping()) {
    // A provider that answers slowly gets no more than it can hold.
    if (underWay >= IN_FLIGHT_MAX) {
      await pause(SLICE_MS);
      continue;
    }
    const step = await claimOne(deps, sender);
    if (step === null) {
      await pause(FAILED_PAUSE_MS);
      continue;
    }
    const { grant, drained, waitMs } = step;
    const count = grant.messages.length;
    if (count > 0) {
      underWay += count;
      const work = deps.deliver(grant).finally(() => {
        delivering.delete(work);
        underWay -= count;
      });
      delivering.add(work);
    } else if (drained) break;
    await pause(waitMs);
  }
  await Promise.all(delivering);
}

interface Step {
  readonly grant: Grant;
  readonly drained: boolean;
  /** Until the next claim is worth while. */
  readonly waitMs: number;
}

/** Null when the database could not be asked. */
async function claimOne(
  { database, owner, logger }: SenderLoopDependencies,
  sender: SenderPlace,
): Promise<Step | null> {
  try {
    const before = performance.now();
    const claim = await claimMessages(database, sender, { owner });
    const after = performance.now();
    const nowMs = claim.nowUs / 1000;
    const waitMs = claim.nextAtUs / 1000 - CLAIM_AHEAD_MS - nowMs;
    const aheadMs = nowMs - (before + after) / 2;
    return {
      grant: { sender, messages: claim.messages, aheadMs },
      drained: claim.drained,
      waitMs: Math.min(Math.max(waitMs, SLICE_MS / 4), SLICE_MS * 10),
    };
  } catch (error) {
    logger.warn('messages could not be claimed', { error });
    return null;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
