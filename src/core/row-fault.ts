/** Why a row of a file is not taken, as a fault that has words in any language. Pure. */
import type { FieldError, FieldFault } from './field-faults.ts';

export interface RowFault {
  /** Its message goes on after "Line 7"; `at` is empty for the row as a whole. */
  readonly fault: FieldError;
}

export function rowFault(at: string, message: string, said: FieldFault): RowFault {
  return { fault: { at, message, ...said } };
}

export function isRowFault(row: object): row is RowFault {
  return 'fault' in row;
}

export function wrongCells(cells: number, columns: number): RowFault {
  return rowFault('', `has ${cells} cells where the header has ${columns}`, {
    code: 'ROW_CELLS',
    params: { cells, columns },
  });
}
