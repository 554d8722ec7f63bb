/**
 * What imports of a file have in common: rows that were refused, and a large file in parts, so that whoever sends it sees it
 * move. Each part comes with the whole file: lines are told, and rows that come twice are found, as in one request.
 */
import { Type } from 'typebox';
import { FieldErrorJson } from '../../contract.ts';
import type { FieldError } from '../../core/field-faults.ts';
import type { RowFault } from '../../core/row-fault.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';

/** Enough to put a file right; the counts tell of all of them. */
const REJECTIONS_SHOWN_MAX = 1000;

export interface NumberedRow<Said> {
  readonly line: number;
  /** From 0, without the header. */
  readonly row: number;
  readonly said: Said | RowFault;
}

/** What became of the rows of a part. */
export interface ImportOutcome {
  created: number;
  changed: number;
  unchanged: number;
  rejected: number;
  readonly rejections: Rejection[];
  /** Highest position appended; 0n for none. */
  position: bigint;
}

export interface Rejection {
  /** Of the text, from 1. */
  readonly line: number;
  /** From 0, without the header. */
  readonly row: number;
  readonly code: string;
  /** In English. */
  readonly detail: string;
  /** Where the code is INPUT_INVALID: which cells, for words in any language. */
  readonly errors: readonly FieldError[];
}

const count = Type.Integer({ minimum: 0 });

/** Members of an answer. */
export const IMPORT_COUNTS = {
  rows: Type.Integer({ minimum: 0, description: 'Of the file.' }),
  created: count,
  changed: count,
  unchanged: count,
  rejected: count,
  rejections: Type.Array(
    Type.Object({
      line: Type.Integer({ minimum: 0, description: 'Of the text, from 1.' }),
      row: Type.Integer({ minimum: 0, description: 'From 0, without the header.' }),
      code: Type.String(),
      detail: Type.String({ description: 'In English.' }),
      errors: Type.Array(FieldErrorJson, {
        description: 'Of INPUT_INVALID: the cells, by the names of their columns.',
      }),
    }),
    { description: 'The first thousand, by line.' },
  ),
  next: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: 'The row to go on from, with the same file; null at its end.',
  }),
  cursor: Type.String(),
} as const;

/** Members of a body: a part of the file, all of it by default. */
export const PART_INPUT = {
  from: {
    type: 'integer',
    minimum: 0,
    description: 'The first row to take, from 0: `next` of the answer before.',
  },
  most: { type: 'integer', minimum: 1, description: 'Rows to take at most.' },
} as const;

export interface PartInput {
  readonly from?: number;
  readonly most?: number;
}

export function newOutcome(): ImportOutcome {
  return { created: 0, changed: 0, unchanged: 0, rejected: 0, rejections: [], position: 0n };
}

/** `detail` goes on after "Line 7". */
export function rejectRow(
  outcome: ImportOutcome,
  { line, row }: Pick<NumberedRow<unknown>, 'line' | 'row'>,
  { code, detail, errors }: Pick<Rejection, 'code' | 'detail' | 'errors'>,
): void {
  outcome.rejected += 1;
  if (outcome.rejections.length < REJECTIONS_SHOWN_MAX)
    outcome.rejections.push({ line, row, code, detail: `Line ${line} ${detail}.`, errors });
}

export function noteAnswer(outcome: ImportOutcome, answer: CommandAnswer): void {
  if (answer.status === 'done' && answer.position > outcome.position)
    outcome.position = answer.position;
}

/** The rows of a part, those before it, and where the next begins. */
export function partOf<Row>(
  rows: readonly Row[],
  { from = 0, most = rows.length }: PartInput,
): {
  readonly before: readonly Row[];
  readonly part: readonly Row[];
  readonly next: number | null;
} {
  const end = from + most;
  return {
    before: rows.slice(0, from),
    part: rows.slice(from, end),
    next: end < rows.length ? end : null,
  };
}
