/**
 * What this process sent a moment ago: the provider's statuses come within seconds, and need no look into the outbox then. Only
 * what was accepted is remembered, of which nothing changes any more.
 */
import type { MessagePlace } from './outbox-row.ts';
import type { OutboxEntry } from './receipts.ts';

export interface SentEntries {
  add(place: MessagePlace, entry: OutboxEntry): void;
  get(place: MessagePlace, messageId: string): OutboxEntry | undefined;
  clear(): void;
}

/** Twenty seconds of the largest budget, 300 bytes each. */
const KEPT_MAX = 20_000;

export function createSentEntries(): SentEntries {
  const held = new Map<string, OutboxEntry>();
  const keyOf = ({ tenant }: MessagePlace, messageId: string): string => `${tenant}\0${messageId}`;
  return {
    add(place, entry) {
      // The oldest go first.
      if (held.size >= KEPT_MAX)
        for (const oldest of held.keys()) {
          held.delete(oldest);
          break;
        }
      held.set(keyOf(place, entry.messageId), entry);
    },
    get: (place, messageId) => held.get(keyOf(place, messageId)),
    clear: () => held.clear(),
  };
}
