/** A file that is sent in parts, so that whoever waits sees rows done of all. Pure. */
import type { InputError } from '../../../../src/client/client.ts';

/** The first part is done within a second: then it is known how many rows there are. */
const FIRST_ROWS = 200;
/** A second or two of the server's time. */
const ROWS_MIN = 500;
/** Each part comes with the whole file, so even a large one is sent about ten times only. */
const PARTS = 10;

export interface RefusedRow {
  /** Of the file, from 1. */
  readonly line: number;
  readonly code: string;
  /** In English. */
  readonly detail: string;
  readonly errors: readonly InputError[];
}

export interface PartAnswer {
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly rejections: readonly RefusedRow[];
  readonly next: number | null;
}

export interface Part {
  readonly from: number;
  readonly most: number;
}

/** What the next part asks for; null at the end of the file. */
export function nextPart(sums: PartAnswer | null): Part | null {
  if (sums === null) return { from: 0, most: FIRST_ROWS };
  if (sums.next === null) return null;
  return { from: sums.next, most: Math.max(ROWS_MIN, Math.ceil(sums.rows / PARTS)) };
}

/** All parts so far together. */
export function withPart(sums: PartAnswer | null, part: PartAnswer): PartAnswer {
  if (sums === null) return part;
  return {
    rows: part.rows,
    created: sums.created + part.created,
    changed: sums.changed + part.changed,
    unchanged: sums.unchanged + part.unchanged,
    rejected: sums.rejected + part.rejected,
    rejections: [...sums.rejections, ...part.rejections],
    next: part.next,
  };
}
