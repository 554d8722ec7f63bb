/**
 * A table of any length: at most some sixty rows are in the document. Arrows move between rows, Enter opens, Space
 * selects. Narrower than 480 px each row becomes a card; otherwise a wide table scrolls inside itself.
 */
import { useLayoutEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Skeleton } from './marks.tsx';
import { nextOrder, ordered, type Order, type SortValue } from './table-order.ts';
import { TableHead } from './table-head.tsx';
import { TableRow, type RowActs } from './table-row.tsx';
import { useRowKeys, type RowKeys } from './table-keys.ts';
import { useShownRows, type ShownRows } from './table-window.ts';
import { useWidth } from './use-width.ts';
import { words } from './words.ts';
import { Button } from './buttons.tsx';
import { useWords } from '../words/language.ts';
import type { Column, Selection } from './table-parts.ts';

export interface DataTableProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  rowKey(row: Row): string;
  /** Said to screen readers. */
  readonly label?: string | undefined;
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly isLoading?: boolean | undefined;
  /** Shown when there are no rows: an EmptyState. */
  readonly empty?: ReactNode;
  /** Totals. */
  readonly footer?: ReactNode;
  readonly density?: 'compact' | 'normal' | 'touch' | undefined;
  readonly selected?: ReadonlySet<string> | undefined;
  readonly onSelect?: ((selected: ReadonlySet<string>) => void) | undefined;
  /** More rows are to be had: called when the end comes near. */
  readonly loadMore?: (() => void) | undefined;
  /** CSS height it may take at most before it scrolls inside itself. */
  readonly maxHeight?: string | undefined;
  /** The row that is shown elsewhere on the screen. */
  readonly openKey?: string | null | undefined;
}

export const ROW_HEIGHTS = { compact: 28, normal: 36, touch: 48 } as const;
/** Below this a row is a card. */
const CARD_WIDTH_PX = 480;

export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { columns, rows, isLoading = false, empty, footer, onSelect } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const [width, place, scroller] = useWidth<HTMLDivElement>();
  const isCards = width > 0 && width < CARD_WIDTH_PX;
  const sorted = sortedRows({ columns, rows, order });
  const rowHeight = ROW_HEIGHTS[props.density ?? 'normal'];
  const shown = useShownRows({
    count: sorted.length,
    scroller,
    rowHeight,
    isCards,
    loadMore: props.loadMore,
  });
  const keys = useRowKeys({ count: sorted.length, scroller, scrollTo: shown.scrollTo });
  if (isLoading && rows.length === 0) return <Skeleton lines={6} />;
  if (rows.length === 0) return <>{empty}</>;
  const template = templateOf(columns, onSelect !== undefined);
  return (
    <div className="min-w-0 overflow-hidden rounded-card border border-line bg-raised">
      {/* Its rows take the focus, one of them at a time. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        ref={place}
        role="grid"
        aria-label={props.label}
        aria-rowcount={sorted.length + 1}
        aria-multiselectable={onSelect === undefined ? undefined : true}
        onKeyDown={keys.onKeyDown}
        className="relative overflow-auto overscroll-contain"
        style={{ maxHeight: props.maxHeight ?? 'max(320px, calc(100dvh - 240px))' }}
      >
        <TableHead
          columns={columns}
          template={template}
          minWidth={isCards ? 0 : leastWidth(template)}
          isCards={isCards}
          order={order}
          onOrder={(key) => setOrder(nextOrder(order, key))}
          selection={selectionOf(props, sorted)}
        />
        <Rows
          {...props}
          sorted={sorted}
          shown={shown}
          keys={keys}
          template={template}
          isCards={isCards}
        />
      </div>
      <TableFoot footer={footer} loadMore={props.loadMore} isLoading={isLoading} />
    </div>
  );
}

interface RowsProps<Row> extends DataTableProps<Row> {
  readonly sorted: readonly Row[];
  readonly shown: ShownRows;
  readonly keys: RowKeys;
  readonly template: string;
  readonly isCards: boolean;
}

function Rows<Row>(props: RowsProps<Row>): ReactElement {
  const { sorted, shown, keys, template, isCards, columns, rowKey, onSelect } = props;
  const acts = useRowActs(props);
  return (
    <div
      role="rowgroup"
      className="relative"
      style={{
        ...(isCards ? {} : { minWidth: leastWidth(template) }),
        ...(shown.totalHeight === null ? {} : { height: shown.totalHeight }),
      }}
    >
      {shown.items.map((item) => {
        const row = sorted[item.index];
        if (row === undefined) return null;
        const key = rowKey(row);
        return (
          <TableRow
            key={key}
            row={row}
            index={item.index}
            start={item.start}
            measure={shown.measure}
            columns={columns}
            template={template}
            isCards={isCards}
            height={ROW_HEIGHTS[props.density ?? 'normal']}
            isFocusStop={item.index === keys.stop}
            isOpen={props.openKey === key}
            acts={acts}
            canOpen={props.onOpen !== undefined}
            isSelected={onSelect === undefined ? null : (props.selected?.has(key) ?? false)}
          />
        );
      })}
    </div>
  );
}

/** One object for the life of the table, which does what the newest drawing of it says. */
function useRowActs<Row>(props: RowsProps<Row>): RowActs<Row> {
  const newest = useRef(props);
  useLayoutEffect(() => {
    newest.current = props;
  });
  const [acts] = useState<RowActs<Row>>(() => ({
    focus: (index) => newest.current.keys.setStop(index),
    open: (row) => newest.current.onOpen?.(row),
    toggle: (row) => {
      const { onSelect, selected, rowKey } = newest.current;
      onSelect?.(toggled(selected, rowKey(row)));
    },
  }));
  return acts;
}

function TableFoot({
  footer,
  loadMore,
  isLoading,
}: {
  readonly footer: ReactNode;
  readonly loadMore: (() => void) | undefined;
  readonly isLoading: boolean;
}): ReactElement | null {
  const t = useWords(words);
  if (footer === undefined && loadMore === undefined) return null;
  return (
    <div className="flex min-h-9 flex-wrap items-center justify-between gap-3 border-t border-line px-3 py-1 text-13 text-muted">
      <div className="min-w-0">{footer}</div>
      {loadMore === undefined ? null : (
        <Button size="compact" isBusy={isLoading} onClick={loadMore}>
          {t(isLoading ? 'loading-more' : 'load-more')}
        </Button>
      )}
    </div>
  );
}

function sortedRows<Row>({
  columns,
  rows,
  order,
}: {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly order: Order | null;
}): readonly Row[] {
  const column = columns.find(({ key }) => key === order?.key);
  if (order === null || column === undefined) return rows;
  const { sortable, key } = column;
  // safe because a column that sorts by itself is named as a field of its rows, and other values sort last
  const valueOf =
    typeof sortable === 'function'
      ? sortable
      : (row: Row) => (row as Readonly<Record<string, SortValue>>)[key];
  return ordered(rows, valueOf, order);
}

function templateOf<Row>(columns: readonly Column<Row>[], hasSelection: boolean): string {
  const tracks = columns.map(({ width, numeric = false }) => {
    if (typeof width === 'number') return `${String(width)}px`;
    if (typeof width === 'string')
      return /^[\d.]+fr$/.test(width) ? `minmax(120px, ${width})` : width;
    return numeric ? 'minmax(96px, 0.6fr)' : 'minmax(120px, 1fr)';
  });
  return [...(hasSelection ? ['40px'] : []), ...tracks].join(' ');
}

const GAP_PX = 12;
const LEAST_TRACK_PX = 96;

/** Head and rows are grids of their own: one least width for all keeps their columns in line. */
function leastWidth(template: string): number {
  const tracks = template.split(/ (?![^(]*\))/);
  const widths = tracks.map((track) => Number(/(\d+)px/.exec(track)?.[1] ?? LEAST_TRACK_PX));
  return widths.reduce((sum, width) => sum + width, 0) + GAP_PX * (tracks.length + 1);
}

function selectionOf<Row>(props: DataTableProps<Row>, rows: readonly Row[]): Selection | null {
  const { selected, onSelect, rowKey } = props;
  if (onSelect === undefined) return null;
  const count = rows.filter((row) => selected?.has(rowKey(row)) === true).length;
  const isAll = count === rows.length;
  return {
    isAll,
    isSome: count > 0 && !isAll,
    toggleAll: () => onSelect(new Set(isAll ? [] : rows.map((row) => rowKey(row)))),
  };
}

function toggled(selected: ReadonlySet<string> | undefined, key: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}
