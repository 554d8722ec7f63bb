import type { IdKind } from '../options.ts';

export interface CopyJob {
  readonly url: string;
  /** Time spent copying; making the events is not counted. */
  readonly seconds: number;
  readonly rowsMax?: number;
  readonly seed: number;
  readonly ids: IdKind;
}

export interface CopyResult {
  readonly rows: number;
  readonly seconds: number;
  /** CPU of the copying process, without making the events. */
  readonly cpuSeconds: number;
  /** Table and indexes. */
  readonly bytes: number;
}

export type CopyReport =
  | { readonly kind: 'done'; readonly result: CopyResult }
  | { readonly kind: 'failed'; readonly message: string };
