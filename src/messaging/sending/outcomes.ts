/**
 * Gathers what came of messages and records it in heaps: facts into the log first, then the outbox. A crash in between
 * leaves the message `sending`; whoever finds it asks the log. What cannot be recorded is tried again until it can.
 */
import type { Logger } from '../../core/logger.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { OUTCOME_SPAN_MS } from '../limits.ts';
import type { FactAppender, NewFacts } from '../message-facts.ts';
import type { MessagePlace } from '../outbox/outbox-row.ts';
import { recordOutcomes, type Outcome } from '../outbox/transitions.ts';

export interface RecordedOutcome extends NewFacts {
  readonly outcome: Outcome;
  /** Called once facts and outbox have it; never throws. */
  readonly onRecorded?: () => void;
}

export interface Outcomes {
  add(place: MessagePlace, outcome: RecordedOutcome): void;
  /** Waits until everything added before is recorded. */
  drain(): Promise<void>;
}

const RETRY_MS = 500;
/** Until recorded they only lie in memory; then recovery finds them as lost intents, which is slower. */
const RETRIES_MAX = 20;

export function createOutcomes(deps: {
  readonly database: Database;
  readonly facts: FactAppender;
  readonly logger: Logger;
}): Outcomes {
  const waiting = new Map<string, { place: MessagePlace; items: RecordedOutcome[] }>();
  const recording = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    for (const { place, items } of waiting.values()) {
      const work = record(place, items).finally(() => recording.delete(work));
      recording.add(work);
    }
    waiting.clear();
  }

  async function record(place: MessagePlace, items: readonly RecordedOutcome[]): Promise<void> {
    for (let round = 1; ; round += 1)
      try {
        await deps.facts.append(place.tenant, items);
        await recordOutcomes(
          deps.database,
          place,
          items.map(({ outcome }) => outcome),
        );
        for (const { onRecorded } of items) onRecorded?.();
        return;
      } catch (error) {
        deps.logger.warn('outcomes of messages could not be recorded', {
          error,
          count: items.length,
        });
        if (round === RETRIES_MAX) return;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
  }

  return {
    add(place, outcome) {
      const key = `${place.bucket} ${place.tenant}`;
      const held = waiting.get(key);
      if (held === undefined) waiting.set(key, { place, items: [outcome] });
      else held.items.push(outcome);
      timer ??= setTimeout(flush, OUTCOME_SPAN_MS);
    },
    async drain() {
      clearTimeout(timer);
      flush();
      while (recording.size > 0) await Promise.all(recording);
    },
  };
}
