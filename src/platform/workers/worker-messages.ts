/** What parent and child of a worker pool say to each other. */

/** Parent to child: one job at a time. */
export interface WorkerTask {
  readonly task: unknown;
  /** Private folder of the job: what it reads lies there, and what it writes must. */
  readonly folder: string;
}

/** Child to parent. `refused` is an answer about the input; the parent ends the child after it all the same. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  /** The task was taken up. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

/** Thrown by a task for input that it will not take. */
export class TaskRefused extends Error {
  override readonly name = 'TaskRefused';
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}
