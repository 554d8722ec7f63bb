/** The head of a table: titles that sort, and the box that selects all. */
import type { ReactElement } from 'react';
import { classes } from './classes.ts';
import type { Column, Selection } from './table-parts.ts';
import { Icon } from './icons.tsx';
import type { Order } from './table-order.ts';
import { words } from './words.ts';
import { useWords } from '../words/language.ts';

/** A text that follows a number at its right edge stands off from it, or both read as one. */
export const AFTER_NUMBER = '[.text-right+&]:pl-4';

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  /** Pixels. */
  readonly minWidth: number;
  readonly isCards: boolean;
  readonly order: Order | null;
  onOrder(key: string): void;
  readonly selection: Selection | null;
}

export function TableHead<Row>(props: TableHeadProps<Row>): ReactElement {
  const { columns, template, isCards, selection } = props;
  return (
    <div
      role="rowgroup"
      className={isCards ? 'sr-only' : 'sticky top-0 z-10 bg-raised'}
      style={{ minWidth: props.minWidth }}
    >
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-9 items-center gap-x-3 border-b border-line px-3"
        style={{ gridTemplateColumns: template }}
      >
        {selection === null ? null : <SelectAll selection={selection} />}
        {columns.map((column) => (
          <HeadCell key={column.key} column={column} order={props.order} onOrder={props.onOrder} />
        ))}
      </div>
    </div>
  );
}

function SelectAll({ selection }: { readonly selection: Selection }): ReactElement {
  const t = useWords(words);
  return (
    <span role="columnheader">
      <input
        type="checkbox"
        aria-label={t('select-all')}
        checked={selection.isAll}
        ref={(box) => {
          if (box !== null) box.indeterminate = selection.isSome;
        }}
        onChange={() => selection.toggleAll()}
        className="block size-[18px] accent-brand"
      />
    </span>
  );
}

function HeadCell<Row>({
  column,
  order,
  onOrder,
}: {
  readonly column: Column<Row>;
  readonly order: Order | null;
  onOrder(key: string): void;
}): ReactElement {
  const t = useWords(words);
  const { key, title, numeric = false, sortable = false } = column;
  const direction = order?.key === key ? (order.isDescending ? 'descending' : 'ascending') : 'none';
  const look = classes(
    'min-w-0 truncate text-12 font-medium text-muted',
    numeric ? 'text-right' : AFTER_NUMBER,
  );
  if (sortable === false)
    return (
      <span role="columnheader" className={look}>
        {title}
      </span>
    );
  return (
    <span role="columnheader" aria-sort={direction} className={look}>
      <button
        type="button"
        title={t('sort-by', { column: title })}
        onClick={() => onOrder(key)}
        className="inline-flex h-6 max-w-full items-center gap-1 hover:text-ink"
      >
        <span className="truncate">{title}</span>
        {direction === 'none' ? (
          <Icon name="sort" size={12} className="opacity-50" />
        ) : (
          <Icon name={direction === 'ascending' ? 'arrow-up' : 'arrow-down'} size={12} />
        )}
      </button>
    </span>
  );
}
