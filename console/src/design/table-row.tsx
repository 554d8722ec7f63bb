/** One row of a table, as a line or as a card. */
import { memo, type CSSProperties, type KeyboardEvent, type ReactElement } from 'react';
import { classes } from './classes.ts';
import type { Column } from './table-parts.ts';
import { AFTER_NUMBER } from './table-head.tsx';
import { words } from './words.ts';
import { useWords } from '../words/language.ts';

interface TableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  /** Pixels from the first row; null when rows simply follow each other. */
  readonly start: number | null;
  readonly measure: ((element: HTMLElement | null) => void) | null;
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly isCards: boolean;
  /** Pixels of a line. */
  readonly height: number;
  readonly isFocusStop: boolean;
  readonly isOpen: boolean;
  /** Of the table, the same for all its rows and drawings. */
  readonly acts: RowActs<Row>;
  readonly canOpen: boolean;
  /** null when rows cannot be selected. */
  readonly isSelected: boolean | null;
}

export interface RowActs<Row> {
  focus(index: number): void;
  open(row: Row): void;
  toggle(row: Row): void;
}

function DrawnRow<Row>(props: TableRowProps<Row>): ReactElement {
  const { row, index, start, columns, isCards, acts, canOpen, isSelected, measure } = props;
  const t = useWords(words);
  return (
    <div
      ref={measure ?? undefined}
      role="row"
      data-row={index}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected ?? undefined}
      tabIndex={props.isFocusStop ? 0 : -1}
      onFocus={() => acts.focus(index)}
      onClick={(click) => {
        // Links and buttons within the row do their own; a selection of text is no click.
        const isOwn =
          click.target instanceof Element &&
          click.target.closest('a,button,input,label,select') !== null;
        if (canOpen && !isOwn && getSelection()?.type !== 'Range') acts.open(row);
      }}
      onKeyDown={(press) => handleKey(press, props)}
      className={classes(
        '-outline-offset-2',
        isCards ? 'flex flex-wrap gap-x-4 gap-y-1 px-3 py-2.5' : 'grid items-center gap-x-3 px-3',
        'border-b border-line last:border-b-0',
        canOpen && 'cursor-pointer hover:bg-sunken',
        (isSelected === true || props.isOpen) && 'bg-brand-soft hover:bg-brand-soft',
        // Whatever changes within a row of a long table, the rows beside it are not laid out anew.
        start !== null && classes('absolute inset-x-0 top-0', !isCards && 'contain-strict'),
      )}
      style={styleOf(props)}
    >
      {isSelected === null ? null : (
        <span role="gridcell">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('select-row')}
            checked={isSelected}
            onChange={() => acts.toggle(row)}
            className="block size-[18px] accent-brand"
          />
        </span>
      )}
      {columns.map((column, at) => (
        <Cell key={column.key} column={column} row={row} isCards={isCards} isFirst={at === 0} />
      ))}
    </div>
  );
}

/** Drawn anew only when its row or its place changed: scrolling draws the rows that come, not those that stay. */
// safe because memo keeps the type of what it wraps but for its parameters
export const TableRow = memo(DrawnRow) as typeof DrawnRow;

function Cell<Row>({
  column,
  row,
  isCards,
  isFirst,
}: {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly isCards: boolean;
  readonly isFirst: boolean;
}): ReactElement {
  const content = column.cell(row);
  if (isCards && isFirst)
    return (
      <div
        role="gridcell"
        dir="auto"
        className="line-clamp-2 w-full min-w-0 font-medium break-words"
      >
        {content}
      </div>
    );
  if (isCards)
    return (
      <div role="gridcell" className="flex max-w-full min-w-0 items-center gap-1.5 text-13">
        <span aria-hidden="true" className="shrink-0 text-12 text-muted">
          {column.title}
        </span>
        <span dir="auto" className="min-w-0 truncate">
          {content}
        </span>
      </div>
    );
  return (
    <div
      role="gridcell"
      dir="auto"
      className={classes('min-w-0 truncate', column.numeric === true ? 'text-right' : AFTER_NUMBER)}
    >
      {content}
    </div>
  );
}

function styleOf<Row>({ start, isCards, template, height }: TableRowProps<Row>): CSSProperties {
  return {
    ...(isCards ? {} : { gridTemplateColumns: template, height }),
    ...(start === null ? {} : { transform: `translateY(${String(start)}px)` }),
  };
}

function handleKey<Row>(press: KeyboardEvent<HTMLElement>, props: TableRowProps<Row>): void {
  if (press.target !== press.currentTarget) return;
  if (press.key === 'Enter' && props.canOpen) {
    press.preventDefault();
    props.acts.open(props.row);
  }
  if (press.key === ' ' && props.isSelected !== null) {
    press.preventDefault();
    props.acts.toggle(props.row);
  }
}
