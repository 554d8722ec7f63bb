import { createHash } from 'node:crypto';
import { SUBJECTS_PER_ENTRY_MAX } from '../core/audit.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Audited } from './route.ts';

/** Enough to recognise a subject by, 128 bits. */
const HASH_LENGTH = 32;

/**
 * Whom events are about: streams of decided ones, whose ids tell nothing of a person, and hashes of the subjects of
 * received ones, which may be an e-mail and would outlive an erasure in clear.
 */
export function auditedEvents(events: readonly StoredEvent[]): Audited {
  const subjects = new Set<string>();
  for (const { stream, subject } of events) {
    if (subjects.size >= SUBJECTS_PER_ENTRY_MAX) break;
    if (stream !== null) subjects.add(stream);
    else if (subject !== null) subjects.add(`sha256:${hashOf(subject)}`);
  }
  return { count: events.length, subjects: [...subjects] };
}

function hashOf(subject: string): string {
  return createHash('sha256').update(subject).digest('hex').slice(0, HASH_LENGTH);
}
