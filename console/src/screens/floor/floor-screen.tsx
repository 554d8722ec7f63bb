/** The floor of a location: tables by area as they are at this moment, and orders without a table. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button, LinkButton } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card, Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { useNow } from '../../design/texts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { DemoHint } from '../demo/demo-hint.tsx';
import { billNumber, type OrderRow } from '../order/order-types.ts';
import { UnsentNote } from '../order/unsent-note.tsx';
import { floorCounts, type FloorAnswer, type PlanTable } from './floor-state.ts';
import { LocationSwitch } from './location-switch.tsx';
import { useLocations, type Location } from './locations.ts';
import { TableDialog } from './table-dialog.tsx';
import { TableTile } from './table-tile.tsx';
import { useFloor, type Floor } from './use-floor.ts';
import { words } from './words.ts';

/** Minutes on the plan are written again so often. */
const CLOCK_MS = 15_000;

export function FloorScreen(): ReactElement {
  const t = useWords(words);
  const locations = useLocations();
  const { permissions } = useSession();
  const { here } = locations;
  const floor = useFloor(here?.id ?? null);
  const mayPlace = allows(permissions, 'orders:place');
  return (
    <Page
      title={t('title')}
      badge={here === null || floor.floor === null ? null : <Summary floor={floor} />}
      actions={
        <>
          <LocationSwitch locations={locations} />
          {here === null || !mayPlace ? null : (
            <LinkButton to={`/order/new/${here.id}/-`} kind="primary" icon="plus">
              {t('take-away')}
            </LinkButton>
          )}
        </>
      }
    >
      <UnsentNote />
      <DemoHint hint="floor-take-an-order" />
      <Content floor={floor} here={here} isLoading={locations.isLoading} error={locations.error} />
    </Page>
  );
}

function Content(props: {
  readonly floor: Floor;
  readonly here: Location | null;
  readonly isLoading: boolean;
  readonly error: Error | null;
}): ReactElement {
  const t = useWords(words);
  const { floor, here, isLoading } = props;
  const error = props.error ?? floor.error;
  if (error !== null && floor.floor === null)
    return <ErrorNote error={error} onRetry={floor.readAgain} />;
  if (isLoading || (here !== null && floor.floor === null)) return <Skeleton lines={6} />;
  if (here === null || floor.floor === null)
    return (
      <EmptyState
        title={t('no-location-title')}
        text={t('no-location-text')}
        icon="business"
        action={
          <LinkButton to="/set-up" kind="primary">
            {t('empty-action')}
          </LinkButton>
        }
      />
    );
  return (
    <>
      {floor.floor.tables.length === 0 ? (
        <EmptyState
          title={t('empty-title')}
          text={t('empty-text')}
          icon="floor"
          action={
            <LinkButton to="/settings" kind="primary">
              {t('empty-action')}
            </LinkButton>
          }
        />
      ) : (
        <Plan floor={floor} answer={floor.floor} location={here} />
      )}
      <WithoutTable orders={floor.orders} />
    </>
  );
}

function Summary({ floor }: { readonly floor: Floor }): ReactElement {
  const t = useWords(words);
  const counts = floorCounts(floor.floor?.tables ?? [], floor.amounts);
  const guests = t('guests', { count: counts.guests });
  return (
    <p className="text-13 text-muted">
      {t('summary', { taken: counts.taken, tables: counts.tables, guests })}
      {counts.bills === 0 ? '' : ` · ${t('summary-bills', { count: counts.bills })}`}
    </p>
  );
}

function Plan(props: {
  readonly floor: Floor;
  readonly answer: FloorAnswer;
  readonly location: Location;
}): ReactElement {
  const t = useWords(words);
  const { floor, answer, location } = props;
  const [area, setArea] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const open = answer.tables.find(({ tableId }) => tableId === openId) ?? null;
  const areas = answer.areas.filter(({ areaId }) =>
    answer.tables.some((table) => table.areaId === areaId),
  );
  const shown = areas.filter(({ areaId }) => area === '' || area === areaId);
  return (
    <>
      {areas.length < 2 ? null : (
        <Tabs
          label={t('area')}
          value={area}
          onChange={setArea}
          tabs={[
            { value: '', label: t('all') },
            ...areas.map(({ areaId, name }) => ({ value: areaId, label: name })),
          ]}
        />
      )}
      {shown.map(({ areaId, name }) => (
        <AreaGrid
          key={areaId}
          name={name}
          tables={answer.tables.filter((table) => table.areaId === areaId)}
          floor={floor}
          location={location}
          onOpen={setOpenId}
        />
      ))}
      {open === null ? null : (
        <TableDialog
          key={open.tableId}
          table={open}
          amounts={floor.amounts.get(open.tableId)}
          location={location}
          onClose={() => setOpenId(null)}
        />
      )}
    </>
  );
}

function AreaGrid(props: {
  readonly name: string;
  readonly tables: readonly PlanTable[];
  readonly floor: Floor;
  readonly location: Location;
  onOpen(tableId: string): void;
}): ReactElement {
  const { name, tables, floor, location, onOpen } = props;
  const nowMs = useNow(CLOCK_MS);
  const navigate = useNavigate();
  return (
    <section className="flex flex-col gap-2">
      <h2 dir="auto" className="truncate text-14 text-muted">
        {name}
      </h2>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(132px,1fr))] gap-3 md:grid-cols-[repeat(auto-fill,minmax(160px,1fr))]">
        {tables.map((table) => {
          const [only, ...others] = table.orders;
          return (
            <TableTile
              key={table.tableId}
              table={table}
              amounts={floor.amounts.get(table.tableId)}
              nowMs={nowMs}
              timeZone={location.timeZone}
              onOpen={() => {
                if (only !== undefined && others.length === 0)
                  void navigate({ to: `/order/${only.orderId}` });
                else onOpen(table.tableId);
              }}
            />
          );
        })}
      </div>
    </section>
  );
}

function WithoutTable({ orders }: { readonly orders: readonly OrderRow[] }): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const navigate = useNavigate();
  const shown = orders.filter(({ tableId }) => tableId === null);
  if (shown.length === 0) return null;
  return (
    <Card title={t('without')}>
      <div className="flex flex-wrap gap-3">
        {shown.map((order) => (
          <Button
            key={order.id}
            size="touch"
            icon="orders"
            onClick={() => void navigate({ to: `/order/${order.id}` })}
          >
            {`${billNumber(order)} · ${order.channel === 'delivery' ? t('delivery') : t('take-away')} · ${formatMoney(order.due, language)}`}
          </Button>
        ))}
      </div>
    </Card>
  );
}
