/** What a document turned out to be, and how it is shown. */
import type { ResultType } from './task.ts';
import type { Reason } from './worker/envelope.ts';
import type { Removed } from './worker/judge.ts';

export type Verdict = 'clean' | 'disarmed' | 'locked' | 'refused';

export interface DocumentView {
  readonly id: string;
  /** As the sender named the file; null where it did not, and for what an operation made. */
  readonly name: string | null;
  readonly status: 'judging' | 'judged';
  /** Null while it is judged. */
  readonly verdict: Verdict | null;
  readonly reasons: readonly Reason[];
  readonly removed: readonly Removed[];
  readonly sha256: string;
  /** Null for what is no open PDF. */
  readonly pages: number | null;
  readonly bytes: number;
  readonly mediaType: ResultType;
  /** The job that made it; null for uploads. */
  readonly madeBy: string | null;
  /** RFC 3339. */
  readonly createdAt: string;
  /** RFC 3339, when its bytes go; null for what stays. */
  readonly expiresAt: string | null;
}
