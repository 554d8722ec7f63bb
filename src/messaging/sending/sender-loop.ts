/** Claims messages and moments for one sender, one slice after the other, while it has something due. */
import { CLAIM_AHEAD_MS, SLICE_MS } from '../limits.ts';
import { claimMessages, type Claim } from '../outbox/claim.ts';
import type { SenderPlace } from '../outbox/outbox-row.ts';
import { readClock, type ClockOffset } from './clock-offset.ts';
import { SendLane, type Grant } from './send-lane.ts';
import type { LaneDependencies } from './lane-ports.ts';

const FAILED_PAUSE_MS = 1_000;

export interface SenderLoopDependencies extends LaneDependencies {
  readonly onClaim: (count: number) => void;
  readonly isStopping: () => boolean;
}

/** Resolves when nothing is due any more, or the process stops, and every request was answered. */
export async function runSender(deps: SenderLoopDependencies, sender: SenderPlace): Promise<void> {
  const offset = await readClock(deps.database);
  const lane = new SendLane(deps, sender);
  let last: Claim | null = null;
  while (!deps.isStopping()) {
    if (lane.waitsForProvider) {
      await pause(SLICE_MS);
      continue;
    }
    const step = await claimOne(deps, sender, { spare: lane.spare, offset });
    if (step === null) {
      await pause(FAILED_PAUSE_MS);
      continue;
    }
    deps.onClaim(step.grant.messages.length);
    const between = last === null ? 0 : momentsBetween(last, step.claim);
    deps.onMomentsLost(last?.filled === true ? 'unclaimed' : 'not-due', between);
    last = step.claim;
    lane.add(step.grant);
    if (step.drained && lane.held === 0) break;
    await pause(step.waitMs);
  }
  await lane.end();
}

/** Moments after those of one claim and before those of the next. */
function momentsBetween({ nextAtUs }: Claim, { momentsUs }: Claim): number {
  const [first, second] = momentsUs;
  if (first === undefined || second === undefined) return 0;
  return Math.max(0, Math.round((first - nextAtUs) / (second - first)));
}

interface Step {
  readonly claim: Claim;
  readonly grant: Grant;
  readonly drained: boolean;
  /** Until the next claim is worth while. */
  readonly waitMs: number;
}

/** Null when the database could not be asked. */
async function claimOne(
  { database, owner, logger }: SenderLoopDependencies,
  sender: SenderPlace,
  { spare, offset }: { readonly spare: number; readonly offset: ClockOffset },
): Promise<Step | null> {
  try {
    const beforeMs = performance.now();
    const claim = await claimMessages(database, sender, { owner, spare });
    const nowMs = claim.nowUs / 1000;
    const waitMs = claim.nextAtUs / 1000 - CLAIM_AHEAD_MS - nowMs;
    const aheadMs = offset.observe({ beforeMs, afterMs: performance.now(), nowMs });
    return {
      claim,
      grant: {
        messages: claim.messages,
        moments: claim.momentsUs.map((momentUs) => momentUs / 1000 - aheadMs),
        claimedMs: beforeMs,
      },
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
