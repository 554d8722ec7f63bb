/**
 * How long before the first of their moments intents are written. A commit that takes longer makes messages miss their moments,
 * and each that does is queued and claimed again; one that is written early is unknown for longer if the process dies.
 */
import { INTENT_LEAD_MAX_MS, INTENT_LEAD_MS } from '../limits.ts';

export interface IntentLead {
  readonly ms: number;
  /** What the last commit of intents took. */
  observe(tookMs: number): void;
}

/** Of what was observed, for what was not. */
const MARGIN = 1.25;
/** A slow commit counts at once, quick ones little by little. */
const FORGETTING = 0.05;

export function createIntentLead(): IntentLead {
  let expectedMs = 0;
  return {
    get ms() {
      return Math.min(INTENT_LEAD_MAX_MS, Math.max(INTENT_LEAD_MS, expectedMs * MARGIN));
    },
    observe(tookMs) {
      const share = tookMs > expectedMs ? 1 : FORGETTING;
      expectedMs += (tookMs - expectedMs) * share;
    },
  };
}
