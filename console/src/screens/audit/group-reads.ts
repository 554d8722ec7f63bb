/**
 * The trail has an entry for each request that read personal data; a screen that reads every few seconds fills pages with
 * them. Here those of one person on one thing within a quarter of an hour are one row. Pure: nothing of the trail is changed.
 */
import type { AuditEntry } from './use-entries.ts';

const TOGETHER_MS = 15 * 60_000;

export interface EntryGroup {
  /** The newest of them. */
  readonly entry: AuditEntry;
  readonly count: number;
  /** RFC 3339: when the oldest of them was. */
  readonly since: string;
}

/** `entries` newest first; changes, refusals and whatever tells more than that it was read stay rows of their own. */
export function groupReads(entries: readonly AuditEntry[]): readonly EntryGroup[] {
  const groups: { entry: AuditEntry; count: number; since: string }[] = [];
  const open = new Map<string, (typeof groups)[number]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = key === null ? undefined : open.get(key);
    if (group !== undefined && isNear(group.entry, entry)) {
      group.count += 1;
      group.since = entry.recordedTime;
      continue;
    }
    const own = { entry, count: 1, since: entry.recordedTime };
    groups.push(own);
    if (key !== null) open.set(key, own);
  }
  return groups;
}

export function ungrouped(entries: readonly AuditEntry[]): readonly EntryGroup[] {
  return entries.map((entry) => ({ entry, count: 1, since: entry.recordedTime }));
}

/** Null for what is never put together. */
function keyOf(entry: AuditEntry): string | null {
  const { class: kind, action, actor, subject, address, purpose, code, damaged } = entry;
  const isRead = kind === 'access' && entry.before === undefined && entry.after === undefined;
  if (!isRead || code !== undefined || damaged === true || entry.omitted !== undefined) return null;
  return JSON.stringify([action, actor, subject, address, purpose]);
}

function isNear(newest: AuditEntry, entry: AuditEntry): boolean {
  return Date.parse(newest.recordedTime) - Date.parse(entry.recordedTime) <= TOGETHER_MS;
}
