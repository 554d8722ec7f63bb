/** Ids that derive from what a policy answers, so that answering again gives the same ones. */
import { hash } from 'node:crypto';
import type { StoredEvent } from '../../core/event.ts';

/**
 * SHA-256 over the parts with their lengths, in the form of a UUID version 8 (RFC 9562, section 5.8). The source
 * belongs to it because ids of received events are unique only with their source. `place` is the index of the reaction,
 * or the name of the timer.
 */
export function derivedCommandId(policy: string, event: StoredEvent, place: string): string {
  const { tenant, source, id } = event;
  const digest = digestOf([policy, tenant, source, id, place]);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
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
  let text = '';
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`;
  return hash('sha256', text, 'buffer');
}
