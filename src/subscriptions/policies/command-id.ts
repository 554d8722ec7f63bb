/** Ids that derive from what a policy answers, so that answering again gives the same ones. */
import { createHash } from 'node:crypto';
import type { StoredEvent } from '../../core/event.ts';

/**
 * SHA-256 over the parts with their lengths, in the form of a UUID version 8 (RFC 9562, section 5.8). The source
 * belongs to it because ids of received events are unique only with their source. `place` is the index of the reaction,
 * or the name of the timer.
 */
export function derivedCommandId(policy: string, event: StoredEvent, place: string): string {
  const { tenant, source, id } = event;
  const hash = digestOf([policy, tenant, source, id, place]);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/** Key of the job of a timer: short, whatever the length of its parts, and telling nothing. */
export function timerJobKey(parts: {
  readonly policy: string;
  readonly tenant: string;
  readonly lane: string;
  readonly timer: string;
}): string {
  const { policy, tenant, lane, timer } = parts;
  return digestOf([policy, tenant, lane, timer]).toString('hex', 0, 16);
}

/** With lengths, so that no two lists of parts give the same bytes. */
function digestOf(parts: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return hash.digest();
}
