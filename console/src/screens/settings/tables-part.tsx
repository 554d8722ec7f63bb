/** The floor on paper: areas, and the tables in each with their seats and joins. */
import { useState, type ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { Icon } from '../../design/icons.tsx';
import { EmptyState } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits, type Limits } from '../lists/use-limits.ts';
import { AreaDialog } from './area-dialog.tsx';
import { joinsOf } from './joins.ts';
import { byName, seatsOf, type Area, type LocationState, type Table } from './location-types.ts';
import { TableDialog } from './table-dialog.tsx';
import { words } from './tables-words.ts';

type Open =
  | { readonly kind: 'area'; readonly area: Area | null }
  | { readonly kind: 'table'; readonly table: Table | null; readonly areaId: string };

export function TablesPart({ location }: { readonly location: LocationState }): ReactElement {
  const t = useWords(words);
  const allowed = useLimits()('business:settings');
  const limits = location.status === 'closed' ? { ...allowed, disabled: true } : allowed;
  const [open, setOpen] = useState<Open | null>(null);
  const { areas, tables } = location;
  const close = (): void => setOpen(null);
  const make = (
    <Button icon="plus" {...limits} onClick={() => setOpen({ kind: 'area', area: null })}>
      {t('area-new')}
    </Button>
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {areas.length === 0 ? (
        <EmptyState icon="floor" title={t('empty-title')} text={t('empty-text')} action={make} />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          {make}
          <p className="text-muted">
            {t('table-count', { count: tables.length })} ·{' '}
            {t('seat-count', { count: seatsOf(tables) })}
          </p>
        </div>
      )}
      {areas.map((area) => (
        <AreaCard
          key={area.areaId}
          area={area}
          location={location}
          limits={limits}
          onOpen={setOpen}
        />
      ))}
      {open?.kind === 'area' ? (
        <AreaDialog location={location} area={open.area} onClose={close} />
      ) : null}
      {open?.kind === 'table' ? (
        <TableDialog location={location} table={open.table} areaId={open.areaId} onClose={close} />
      ) : null}
    </div>
  );
}

function AreaCard(props: {
  readonly area: Area;
  readonly location: LocationState;
  readonly limits: Limits;
  onOpen(open: Open): void;
}): ReactElement {
  const t = useWords(words);
  const { area, location, limits, onOpen } = props;
  const { areaId } = area;
  const tables = byName(location.tables.filter((table) => table.areaId === areaId));
  return (
    <Card
      title={area.name}
      actions={
        <>
          <span className="text-13 text-muted">{t('seat-count', { count: seatsOf(tables) })}</span>
          <IconButton
            icon="edit"
            label={`${t('area-edit')}: ${area.name}`}
            {...limits}
            onClick={() => onOpen({ kind: 'area', area })}
          />
        </>
      }
    >
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(112px,1fr))] gap-2">
        {tables.map((table) => (
          <li key={table.tableId}>
            <TableTile
              table={table}
              location={location}
              isOff={limits.disabled}
              onOpen={() => onOpen({ kind: 'table', table, areaId })}
            />
          </li>
        ))}
        {limits.disabled ? null : (
          <li>
            <button
              type="button"
              aria-label={`${t('table-new')}: ${area.name}`}
              onClick={() => onOpen({ kind: 'table', table: null, areaId })}
              className="flex h-full min-h-20 w-full items-center justify-center rounded-control border border-dashed border-control text-muted hover:bg-sunken hover:text-ink"
            >
              <Icon name="plus" size={20} />
            </button>
          </li>
        )}
      </ul>
      {tables.length === 0 && limits.disabled ? (
        <p className="text-13 text-muted">{t('area-empty')}</p>
      ) : null}
    </Card>
  );
}

function TableTile(props: {
  readonly table: Table;
  readonly location: LocationState;
  readonly isOff: boolean;
  onOpen(): void;
}): ReactElement {
  const t = useWords(words);
  const { table, location, isOff, onOpen } = props;
  const joined = joinsOf(location.tables, table.tableId)
    .map((id) => location.tables.find(({ tableId }) => tableId === id)?.name ?? id)
    .join(', ');
  return (
    <button
      type="button"
      disabled={isOff}
      onClick={onOpen}
      className="flex h-full min-h-20 w-full min-w-0 flex-col items-start gap-0.5 rounded-control border border-control bg-raised px-3 py-2 text-left enabled:hover:bg-sunken"
    >
      <span dir="auto" className="max-w-full truncate text-16 font-semibold">
        {table.name}
      </span>
      <span className="text-12 text-muted">{t('seat-count', { count: table.seats })}</span>
      {joined === '' ? null : (
        <span className="flex max-w-full items-center gap-1 text-12 text-muted">
          <Icon name="link" size={12} />
          <span className="sr-only">{t('joins')}: </span>
          <span className="min-w-0 truncate">{joined}</span>
        </span>
      )}
    </button>
  );
}
