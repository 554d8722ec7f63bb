/** What the server answers about documents. */
import type { Tone } from '../../design/marks.tsx';

export interface DocumentRow {
  readonly id: string;
  readonly status: 'judging' | 'judged';
  readonly verdict: 'clean' | 'disarmed' | 'locked' | 'refused' | null;
  readonly reasons: readonly { readonly code: string; readonly detail: string }[];
  readonly removed: readonly { readonly code: string; readonly count: number }[];
  readonly sha256: string;
  readonly pages: number | null;
  readonly bytes: number;
  readonly createdAt: string;
  readonly expiresAt: string | null;
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

/** Those that need no more than the document; all others are given through the interface. */
export const OPERATIONS = [
  'info',
  'text',
  'thumbnail',
  'sanitise',
  'numberPages',
  'rotate',
] as const;
export type SimpleOperation = (typeof OPERATIONS)[number];
