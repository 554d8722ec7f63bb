/** What a table is told of its columns and of the rows that are chosen. */
import type { ReactNode } from 'react';
import type { SortValue } from './table-order.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  cell(row: Row): ReactNode;
  readonly numeric?: boolean | undefined;
  /** Pixels, or a grid track such as `2fr` or `minmax(120px, 2fr)`. */
  readonly width?: number | string | undefined;
  /** Sorts the rows that are loaded: by the field named as the column, or by what the function gives. */
  readonly sortable?: boolean | ((row: Row) => SortValue) | undefined;
}

export interface Selection {
  readonly isAll: boolean;
  readonly isSome: boolean;
  toggleAll(): void;
}
