/** What can be said of a table: guests sit down, they have gone, it is clean; or on to its orders. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { formatMoment, formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { billNumber } from '../order/order-types.ts';
import { useGive } from '../order/use-give.ts';
import type { PlanTable, TableAmounts } from './floor-state.ts';
import type { Location } from './locations.ts';
import { Stepper } from './stepper.tsx';
import { words } from './words.ts';

export interface TableDialogProps {
  readonly table: PlanTable;
  readonly amounts: TableAmounts | undefined;
  readonly location: Location;
  onClose(): void;
}

export function TableDialog({ table, amounts, location, onClose }: TableDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <Dialog title={t('table', { name: table.name })} isOpen onClose={onClose} size="small">
      <div className="flex flex-col gap-3">
        <p className="text-muted">
          {t(table.state)} · {t('seats', { count: table.seats })}
          {amounts === undefined
            ? ''
            : ` · ${t('all-due', { amount: formatMoney({ ...amounts, amount: amounts.due }, language) })}`}
        </p>
        {table.next === null ? null : (
          <p className="rounded-control bg-blue-soft px-3 py-2 text-blue">
            {t('expected', {
              count: table.next.partySize,
              time: formatMoment(table.next.from, language, {
                timeStyle: 'short',
                timeZone: location.timeZone,
              }),
            })}
          </p>
        )}
        <TableActions table={table} location={location} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function TableActions({
  table,
  location,
  onClose,
}: Omit<TableDialogProps, 'amounts'>): ReactElement {
  const t = useWords(words);
  const navigate = useNavigate();
  const { permissions } = useSession();
  const { give, isBusy, error } = useGive();
  const [guests, setGuests] = useState(Math.min(2, table.seats));
  const isEmpty = table.state === 'free' || table.state === 'reserved';
  const say = async (state: 'seated' | 'dirty' | 'free'): Promise<boolean> => {
    const party = state === 'seated' ? { partySize: guests } : {};
    const given = await give({
      operation: 'POST /v1/orders/tables',
      body: { locationId: location.id, tableId: table.tableId, state, ...party },
      label: { key: 'table', values: { table: table.name, state: t(state) } },
    });
    return given !== null;
  };
  const onSay = (state: 'seated' | 'dirty' | 'free'): void => {
    void say(state).then((isDone) => (isDone ? onClose() : undefined));
  };
  const takeOrder = (): void => {
    void navigate({
      to: `/order/new/${location.id}/${table.tableId}`,
      search: { guests: String(guests) } as never,
    });
  };
  const maySay = allows(permissions, 'orders:serve');
  const mayPlace = allows(permissions, 'orders:place');
  if (!maySay && !mayPlace) return <p className="text-muted">{t('read-only')}</p>;
  return (
    <>
      {table.orders.map((order) => (
        <Button
          key={order.orderId}
          kind="primary"
          size="touch"
          icon="orders"
          onClick={() => void navigate({ to: `/order/${order.orderId}` })}
        >
          {t('open', { number: billNumber(order) })}
        </Button>
      ))}
      {isEmpty || table.state === 'seated' ? (
        <Stepper label={t('guests_field')} value={guests} min={1} max={99} onChange={setGuests} />
      ) : null}
      {mayPlace && table.state !== 'dirty' && table.orders.length === 0 ? (
        <Button kind="primary" size="touch" icon="plus" onClick={takeOrder}>
          {t('order')}
        </Button>
      ) : null}
      {maySay && isEmpty ? (
        <Button size="touch" icon="guests" isBusy={isBusy} onClick={() => onSay('seated')}>
          {t('seat')}
        </Button>
      ) : null}
      {maySay && table.state === 'seated' ? (
        <Button size="touch" icon="arrow-right" isBusy={isBusy} onClick={() => onSay('dirty')}>
          {t('gone')}
        </Button>
      ) : null}
      {maySay && (table.state === 'dirty' || table.state === 'seated') ? (
        <Button size="touch" icon="check" isBusy={isBusy} onClick={() => onSay('free')}>
          {t('clear')}
        </Button>
      ) : null}
      <FailureNote error={error} />
    </>
  );
}
