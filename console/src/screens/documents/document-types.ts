/** What the server answers about documents. */
import type { Tone } from '../../design/marks.tsx';

export interface DocumentRow {
  readonly id: string;
  /** As it was uploaded; null for what an operation made, and where the sender gave none. */
  readonly name: string | null;
  /** The job that made it. */
  readonly madeBy: string | null;
  readonly status: 'judging' | 'judged';
  readonly verdict: 'clean' | 'disarmed' | 'locked' | 'refused' | null;
  readonly reasons: readonly { readonly code: string; readonly detail: string }[];
  readonly removed: readonly { readonly code: string; readonly count: number }[];
  readonly sha256: string;
  readonly pages: number | null;
  readonly bytes: number;
  readonly mediaType: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

export interface JobRow {
  readonly id: string;
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly progress: number;
  readonly resultIds: readonly string[];
  readonly code?: string;
  readonly createdAt: string;
}

export function isUnderWay({ status }: Pick<JobRow, 'status'>): boolean {
  return status === 'waiting' || status === 'running';
}

export type Verdict = 'judging' | 'clean' | 'disarmed' | 'locked' | 'refused';

export function verdictOf({ status, verdict }: Pick<DocumentRow, 'status' | 'verdict'>): Verdict {
  return status === 'judging' || verdict === null ? 'judging' : verdict;
}

export const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  judging: 'waiting',
  clean: 'good',
  disarmed: 'info',
  locked: 'waiting',
  refused: 'bad',
};

type Judged = Pick<DocumentRow, 'status' | 'verdict' | 'mediaType' | 'expiresAt'>;

/** Operations take it; texts and pictures that one made are documents as well, but end there. */
export function isOpen(document: Judged): boolean {
  const verdict = verdictOf(document);
  return (
    (verdict === 'clean' || verdict === 'disarmed') && document.mediaType === 'application/pdf'
  );
}

/** What is locked only where we locked it ourselves: such a result has an end, a locked upload has none. */
export function isServed(document: Judged): boolean {
  const verdict = verdictOf(document);
  if (verdict === 'locked') return document.expiresAt !== null;
  return verdict === 'clean' || verdict === 'disarmed';
}
