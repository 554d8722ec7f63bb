/** An entry as it is kept: nothing in it is longer than it has to be, whoever calls and whatever a client sends. */
import { SUBJECTS_PER_ENTRY_MAX, type AuditEntry } from '../core/audit.ts';

/** Longer than any action, actor, address, code or trace id that is ours. */
const WORD_LENGTH_MAX = 128;
/** A route, a subject such as a stream, a sentence that says why. */
const TEXT_LENGTH_MAX = 300;
/** Ids of persons are at most as long as a subject of an event. */
const PERSON_LENGTH_MAX = 1024;
/** Both together; what changed in a record, not the record of a year. */
export const DETAILS_BYTES_MAX = 16 * 1024;

export interface BoundedEntry {
  readonly action: string;
  readonly actor: string | null;
  readonly address: string | null;
  readonly approver?: string;
  readonly subject?: string;
  readonly route?: string;
  readonly purpose?: string;
  readonly count?: number;
  readonly subjects?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly code?: string;
  readonly traceId?: string;
  /** Why `before` and `after` are missing: they were too large, or about several persons, of whom one may be erased. */
  readonly omitted?: 'too-large' | 'several-persons';
}

/** Cuts what is too long and leaves out what is undefined. Never throws. */
export function bounded(entry: AuditEntry): BoundedEntry {
  const { approver, subject, route, purpose, count, subjects, code, traceId } = entry;
  return {
    action: cut(entry.action, WORD_LENGTH_MAX),
    actor: entry.actor === null ? null : cut(entry.actor, WORD_LENGTH_MAX),
    address: entry.address === null ? null : cut(entry.address, WORD_LENGTH_MAX),
    ...textMember('approver', approver, WORD_LENGTH_MAX),
    ...textMember('subject', subject, TEXT_LENGTH_MAX),
    ...textMember('route', route, TEXT_LENGTH_MAX),
    ...textMember('purpose', purpose, TEXT_LENGTH_MAX),
    ...(count === undefined ? {} : { count }),
    ...(subjects === undefined || subjects.length === 0 ? {} : { subjects: persons(subjects) }),
    ...textMember('code', code, WORD_LENGTH_MAX),
    ...textMember('traceId', traceId, WORD_LENGTH_MAX),
    ...details(entry),
  };
}

function persons(subjects: readonly string[]): readonly string[] {
  const few = subjects.slice(0, SUBJECTS_PER_ENTRY_MAX);
  return few.map((id) => cut(id, PERSON_LENGTH_MAX));
}

function details({ before, after, subjects }: AuditEntry): Partial<BoundedEntry> {
  if (before === undefined && after === undefined) return {};
  if ((subjects?.length ?? 0) > 1) return { omitted: 'several-persons' };
  const text = textOf({ before, after });
  if (text === null || Buffer.byteLength(text) > DETAILS_BYTES_MAX) return { omitted: 'too-large' };
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Null for what JSON cannot hold: a circle, a bigint. */
function textOf(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function textMember(
  name: string,
  text: string | undefined,
  lengthMax: number,
): Readonly<Record<string, string>> {
  return text === undefined ? {} : { [name]: cut(text, lengthMax) };
}

/** Lone surrogates and the character 0 are no text to PostgreSQL. */
function cut(text: string, lengthMax: number): string {
  return text.slice(0, lengthMax).replaceAll('\0', '').toWellFormed();
}
