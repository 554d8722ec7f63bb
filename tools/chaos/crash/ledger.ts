/**
 * The client's own account of what it sent and what it was told, kept apart from the server so that the server cannot
 * excuse itself. One JSON object a line, in two kinds: `sent` is durable before the request leaves, `told` follows the
 * answer. A `sent` without `told` is an unknown outcome.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { jsonObject } from '../http-client.ts';

/** What one answer says about one event. `created` and `duplicate` acknowledge; `unknown` promises nothing. */
export const TOLD = ['created', 'duplicate', 'conflict', 'refused', 'unknown'] as const;
export type Told = (typeof TOLD)[number];

/** Which content went out under an event's id: `other` must end as a conflict, `invalid` must be refused. */
export const VARIANTS = ['true', 'other', 'invalid'] as const;
export type Variant = (typeof VARIANTS)[number];

export interface SentEvent {
  /** Number of the event within its tenant; with the seed it gives id and content. */
  readonly number: number;
  readonly variant: Variant;
}

export interface Attempt {
  readonly attempt: number;
  readonly tenant: string;
  readonly events: readonly SentEvent[];
  /** One per event, or null when the process ended before an answer came. */
  readonly told: readonly ToldEvent[] | null;
}

export interface ToldEvent {
  readonly told: Told;
  /** Position in the bucket where the answer gave one. */
  readonly position: number | null;
}

export interface LedgerWriter {
  /** Resolves when the line is on disk. */
  sent(attempt: Omit<Attempt, 'told'>): Promise<void>;
  told(attempt: number, outcomes: readonly ToldEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** Lines that wait while the disk is busy share the next fdatasync. */
export async function openLedger(path: string): Promise<LedgerWriter> {
  const file = await open(path, 'a');
  const write = groupCommit(file);
  return {
    sent: ({ attempt, tenant, events }) =>
      write(`${JSON.stringify({ kind: 'sent', attempt, tenant, events: events.map(sentPair) })}\n`),
    told: (attempt, outcomes) =>
      write(`${JSON.stringify({ kind: 'told', attempt, outcomes: outcomes.map(toldPair) })}\n`),
    close: async () => {
      await write('');
      await file.close();
    },
  };
}

const sentPair = (event: SentEvent): unknown[] => [event.number, VARIANTS.indexOf(event.variant)];
const toldPair = (event: ToldEvent): unknown[] => [TOLD.indexOf(event.told), event.position];

function groupCommit(file: FileHandle): (line: string) => Promise<void> {
  let waiting = '';
  let next: Promise<void> | null = null;
  let busy: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await busy.catch(() => {});
    const lines = waiting;
    waiting = '';
    next = null;
    busy = file.appendFile(lines).then(() => file.datasync());
    await busy;
  };
  return (line) => {
    waiting += line;
    next ??= flush();
    return next;
  };
}

/** Reads a ledger back. A last line cut short by the end of its process was never relied upon and is skipped. */
export async function readLedger(path: string): Promise<Attempt[]> {
  const text = await readFile(path, 'utf8');
  const attempts = new Map<number, Attempt>();
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    if (line === '') continue;
    const entry = jsonObject(line);
    const attempt = Number(entry['attempt']);
    const before = attempts.get(attempt);
    if (entry['kind'] === 'sent')
      attempts.set(attempt, {
        attempt,
        tenant: String(entry['tenant']),
        events: sentOf(entry['events']),
        told: null,
      });
    else if (before !== undefined)
      attempts.set(attempt, { ...before, told: toldOf(entry['outcomes']) });
  }
  return [...attempts.values()];
}

function pairs(value: unknown): unknown[][] {
  return Array.isArray(value) ? value.filter((pair) => Array.isArray(pair)) : [];
}

function sentOf(value: unknown): SentEvent[] {
  return pairs(value).map(([number, variant]) => ({
    number: Number(number),
    variant: VARIANTS[Number(variant)] ?? 'true',
  }));
}

function toldOf(value: unknown): ToldEvent[] {
  return pairs(value).map(([told, position]) => ({
    told: TOLD[Number(told)] ?? 'unknown',
    position: typeof position === 'number' ? position : null,
  }));
}
