/** What the server asks of a worker and what it answers with. Files lie in the job's folder. */
import type { Paper } from '../core/paper.ts';
import type { Request } from './operations.ts';
import type { Reason } from './worker/envelope.ts';
import type { DocumentInfo, Removed } from './worker/judge.ts';

export const UPLOADED_FILE = 'uploaded';
/** A JPEG; may be missing or broken, and the paper is printed without it then. */
export const LOGO_FILE = 'logo';
export const inputFile = (index: number): string => `input-${index}`;

export type Task =
  | { readonly kind: 'judge' }
  | {
      readonly kind: 'print';
      readonly paper: Paper;
      /** What the picture in LOGO_FILE says; null where there is none. */
      readonly logo: string | null;
    }
  | {
      readonly kind: 'operate';
      readonly request: Request;
      /** Of each input, as its verdict knows them; none for what is locked. */
      readonly inputs: readonly { readonly info: DocumentInfo | null }[];
    };

export type Judgement =
  | {
      readonly verdict: 'clean' | 'disarmed';
      readonly removed: readonly Removed[];
      readonly info: DocumentInfo;
      /** Name of the file to serve instead of the uploaded one; null where that one is clean. */
      readonly file: string | null;
    }
  | { readonly verdict: 'locked' }
  | { readonly verdict: 'refused'; readonly reasons: readonly Reason[] };

export type ResultType = 'application/pdf' | 'image/png' | 'text/plain' | 'application/json';

export interface MadeFile {
  readonly file: string;
  readonly type: ResultType;
  readonly verdict: 'clean' | 'disarmed' | 'locked';
  readonly removed: readonly Removed[];
  /** Of PDFs that can be worked on further. */
  readonly info: DocumentInfo | null;
}
