/** The port of the PDF service: what it takes, what it says, what it gives out. */
import type { ForgetsPersons } from '../core/personal-data.ts';
import type { PrintRequest, Request, Requested } from './operations.ts';
import type { RequestKey } from './request-rows.ts';
import type { ResultType } from './task.ts';
import type { DocumentView } from './verdict.ts';

export interface JobView {
  readonly id: string;
  readonly operation: Requested['operation'];
  /** Documents that it works on, in order; none for what is printed. */
  readonly inputs: readonly string[];
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** 0 to 1. */
  readonly progress: number;
  /** Documents that were made, in order; gone after a day. */
  readonly resultIds: readonly string[];
  /** Why it failed. */
  readonly code: string | null;
  /** RFC 3339. */
  readonly createdAt: string;
  /** RFC 3339; null while it waits or runs. */
  readonly endedAt: string | null;
}

export interface Upload {
  readonly tenant: string;
  /** Whose document it is; null for the tenant's own. */
  readonly personId: string | null;
  readonly content: AsyncIterable<Uint8Array>;
  /** As the sender says; null when it does not. */
  readonly bytes: number | null;
  /** Of the file, to be shown; null where the sender gave none. */
  readonly name: string | null;
  readonly asked: RequestKey | null;
}

/** What was made for a request; `replayed`: by an earlier one with the same key. */
export interface Accepted {
  readonly id: string;
  readonly replayed: boolean;
}

export interface Served {
  readonly content: AsyncIterable<Uint8Array>;
  readonly bytes: number;
  readonly mediaType: ResultType;
  /** Without anything that the sender chose. */
  readonly fileName: string;
  /** As the sender named it; null where it did not. */
  readonly givenName: string | null;
}

export interface DocumentList {
  readonly items: readonly DocumentView[];
  readonly next: string | null;
  readonly more: boolean;
}

export interface JobList {
  readonly items: readonly JobView[];
  readonly next: string | null;
  readonly more: boolean;
}

/** `after` is the id that ended the page before. */
export interface Page {
  readonly after: string | null;
  readonly limit: number;
}

export interface Documents extends ForgetsPersons {
  /**
   * Durable, and waiting for its verdict. Errors: TOO_LARGE, QUOTA_REACHED, OVERLOADED, PERSON_ERASED, STORAGE_FULL,
   * IDEMPOTENCY_MISMATCH.
   */
  receive(upload: Upload): Promise<Accepted>;
  find(tenant: string, id: string): Promise<DocumentView | null>;
  /** Newest first. Errors: CURSOR_INVALID. */
  list(tenant: string, page: Page): Promise<DocumentList>;
  /** False when there is none. */
  remove(tenant: string, id: string): Promise<boolean>;
  /** Errors: NOT_FOUND for an unknown input, INPUT_INVALID for one that cannot be used so, OVERLOADED. */
  submit(
    tenant: string,
    job: {
      readonly request: Request;
      readonly inputs: readonly string[];
      readonly asked: RequestKey | null;
    },
  ): Promise<Accepted>;
  /**
   * Has a paper printed; a job like those of `submit`. `locations` are those that whoever asks may see, null for all.
   * Null when there is no such thing. Errors: OVERLOADED, UNAVAILABLE.
   */
  print(
    tenant: string,
    paper: PrintRequest['options'] & {
      readonly locations: readonly string[] | null;
      readonly asked: RequestKey | null;
    },
  ): Promise<Accepted | null>;
  job(tenant: string, id: string): Promise<JobView | null>;
  /** Newest first, of the last week. Errors: CURSOR_INVALID. */
  jobs(tenant: string, page: Page): Promise<JobList>;
  /** What the job is afterwards: one that has ended stays what it is. Null when there is none. */
  cancel(tenant: string, id: string): Promise<JobView | null>;
  /** A token for `open`. Null when there is nothing to be served under the id. */
  link(
    tenant: string,
    id: string,
    seconds: number,
  ): Promise<{ readonly token: string; readonly expiresAt: string } | null>;
  /** Null for a token that was changed or is late, and for what is not there any more. */
  open(token: string): Promise<Served | null>;
}

export interface RunningDocuments extends Documents {
  /** Takes on verdicts and operations; before the jobs are started. */
  work(): void;
  /** Begins to remove what has expired. */
  start(): void;
  /** Ends what runs; it runs again elsewhere or after the next start. */
  stop(): Promise<void>;
  /** Removes what has expired and what a crash left. */
  sweep(): Promise<void>;
}
