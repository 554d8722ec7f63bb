/** What can be said of a table: guests sit down, they have gone, it is clean; or on to its orders. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Button, LinkButton } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import type { IconName } from '../../design/icons.tsx';
import { formatMoment, formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { billNumber } from '../order/order-types.ts';
import { useGive } from '../order/use-give.ts';
import type { PlanTable, TableAmounts, TableState } from './floor-state.ts';
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
  const [guests, setGuests] = useState(Math.min(2, table.seats));
  const isEmpty = table.state === 'free' || table.state === 'reserved';
  const maySay = allows(permissions, 'orders:serve');
  const mayPlace = allows(permissions, 'orders:place');
  if (!maySay && !mayPlace) return <p className="text-muted">{t('read-only')}</p>;
  const takeOrder = (): void => {
    // safe because routes here take any texts, and the router checks them when it reads them
    const search = { guests: String(guests) } as never;
    void navigate({ to: `/order/new/${location.id}/${table.tableId}`, search });
  };
  return (
    <>
      {table.orders.map((order) => (
        <LinkButton
          key={order.orderId}
          kind="primary"
          size="touch"
          icon="orders"
          to={`/order/${order.orderId}`}
        >
          {t('open', { number: billNumber(order) })}
        </LinkButton>
      ))}
      {isEmpty || table.state === 'seated' ? (
        <Stepper
          label={t('guests_field')}
          value={guests}
          min={1}
          max={GUESTS_MAX}
          onChange={setGuests}
        />
      ) : null}
      {mayPlace && table.state !== 'dirty' && table.orders.length === 0 ? (
        <Button kind="primary" size="touch" icon="plus" onClick={takeOrder}>
          {t('order')}
        </Button>
      ) : null}
      {maySay ? (
        <SayState table={table} location={location} guests={guests} onClose={onClose} />
      ) : null}
    </>
  );
}

/** Larger parties take several tables. */
const GUESTS_MAX = 99;

type Said = 'seated' | 'dirty' | 'free';

/** What people may say of a table in each state. */
const SAYABLE: Readonly<
  Record<TableState, readonly (readonly [Said, 'seat' | 'gone' | 'clear', IconName])[]>
> = {
  free: [['seated', 'seat', 'guests']],
  reserved: [['seated', 'seat', 'guests']],
  seated: [
    ['dirty', 'gone', 'arrow-right'],
    ['free', 'clear', 'check'],
  ],
  dirty: [['free', 'clear', 'check']],
  ordered: [],
  bill: [],
};

function SayState(
  props: Omit<TableDialogProps, 'amounts'> & { readonly guests: number },
): ReactElement {
  const t = useWords(words);
  const { table, location, guests, onClose } = props;
  const { give, isBusy, error } = useGive();
  const say = async (state: Said): Promise<void> => {
    const given = await give({
      operation: 'POST /v1/orders/tables',
      body: {
        locationId: location.id,
        tableId: table.tableId,
        state,
        ...(state === 'seated' ? { partySize: guests } : {}),
      },
      label: { key: 'table', values: { table: table.name, state: t(state) } },
    });
    if (given !== null) onClose();
  };
  const seatExpected = async (id: string): Promise<void> => {
    const given = await give({
      operation: 'POST /v1/reservations/{id}/seat',
      params: { id },
      body: {},
      label: { key: 'table', values: { table: table.name, state: t('seated') } },
    });
    if (given !== null) onClose();
  };
  const expected =
    table.state === 'reserved' && table.next?.kind === 'reservation' ? table.next.key : null;
  return (
    <>
      {expected === null ? null : (
        <Button
          size="touch"
          icon="reservations"
          isBusy={isBusy}
          onClick={() => void seatExpected(expected)}
        >
          {t('seat-them')}
        </Button>
      )}
      {SAYABLE[table.state].map(([state, word, icon]) => (
        <Button
          key={state}
          size="touch"
          icon={icon}
          isBusy={isBusy}
          onClick={() => void say(state)}
        >
          {t(word)}
        </Button>
      ))}
      <FailureNote error={error} />
    </>
  );
}
