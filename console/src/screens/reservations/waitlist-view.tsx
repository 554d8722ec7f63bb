/** Who waits for this day, and what was offered to them. */
import type { ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { Badge, EmptyState } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Place, WaiterRow } from './booking-types.ts';
import { tableNames, WAITER_TONES } from './tones.ts';
import { useLimits } from '../lists/use-limits.ts';
import type { Day } from './use-day.ts';
import { words } from './words.ts';
import { refusals } from './words-refusals.ts';

const AGAIN = [
  'GET /v1/reservations/waitlist',
  'GET /v1/reservations',
  'GET /v1/reservations/days/{id}',
] as const;

/** The commands of the list; what the last of them was refused stands above the table. */
function useWaitlist() {
  const t = useWords(words);
  const offer = useCommand('POST /v1/reservations/days/{id}/offer-freed', { again: AGAIN });
  const accept = useCommand('POST /v1/reservations/waitlist/{id}/accept', { again: AGAIN });
  const leave = useCommand('POST /v1/reservations/waitlist/{id}/leave', { again: AGAIN });
  return {
    error: offer.error ?? accept.error ?? leave.error,
    isOffering: offer.isPending,
    /** Whose offer is being taken at the moment. */
    accepting: accept.isPending ? accept.variables.params.id : null,
    offerFreed: ({ place, date }: Day): void =>
      offer.mutate(
        { params: { id: `${place.id}~${date}` }, body: {} },
        { onSuccess: () => toast(t('wait-offered-done')) },
      ),
    accept: (id: string): void =>
      accept.mutate(
        { params: { id }, body: {} },
        { onSuccess: () => toast(t('wait-accepted-done')) },
      ),
    leave: (id: string): void =>
      leave.mutate({ params: { id }, body: {} }, { onSuccess: () => toast(t('wait-left-done')) }),
  };
}

type Waitlist = ReturnType<typeof useWaitlist>;

function waiterColumns(of: {
  readonly t: Speak<keyof typeof words.en>;
  readonly place: Place;
  readonly list: Waitlist;
}): readonly Column<WaiterRow>[] {
  const { t, place, list } = of;
  return [
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(140px, 2fr)',
      cell: (row) => <span dir="auto">{row.name ?? t('no-name')}</span>,
    },
    {
      key: 'partySize',
      title: t('guests'),
      numeric: true,
      width: 72,
      cell: (row) => row.partySize,
    },
    {
      key: 'window',
      title: t('wait-at'),
      width: 130,
      cell: (row) => (
        <span>
          <Clock at={row.fromTime} place={place} /> – <Clock at={row.toTime} place={place} />
        </span>
      ),
    },
    {
      key: 'status',
      title: t('status'),
      width: 'minmax(220px, 2fr)',
      cell: (row) => <Standing row={row} place={place} />,
    },
    {
      key: 'phone',
      title: t('phone'),
      width: 150,
      cell: (row) => row.phone ?? row.email ?? '–',
    },
    {
      key: 'actions',
      title: '',
      width: 280,
      cell: (row) => <WaiterActions row={row} list={list} />,
    },
  ];
}

function Clock({ at, place }: { readonly at: string; readonly place: Place }): ReactElement {
  const language = useLanguage();
  return <>{formatMoment(at, language, { timeStyle: 'short', timeZone: place.timeZone })}</>;
}

/** The state and, while it lasts, what was offered. */
function Standing({
  row,
  place,
}: {
  readonly row: WaiterRow;
  readonly place: Place;
}): ReactElement {
  const t = useWords(words);
  const { status, offer } = row;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Badge tone={WAITER_TONES[status]}>{t(`wait-${status}`)}</Badge>
      {offer === null || status !== 'offered' ? null : (
        <span className="text-12 text-muted">
          <Clock at={offer.startsAt} place={place} /> · {tableNames(place.tables, offer.tableIds)} ·{' '}
          {t('wait-until')} <Clock at={offer.until} place={place} />
        </span>
      )}
    </span>
  );
}

function WaiterActions({
  row,
  list,
}: {
  readonly row: WaiterRow;
  readonly list: Waitlist;
}): ReactElement | null {
  const t = useWords(words);
  const limits = useLimits()('reservations:book');
  const { id, status } = row;
  if (status !== 'offered' && status !== 'waiting') return null;
  return (
    <span className="flex gap-1">
      {status === 'offered' ? (
        <Button
          size="compact"
          kind="primary"
          {...limits}
          isBusy={list.accepting === id}
          onClick={() => list.accept(id)}
        >
          {t('wait-accept')}
        </Button>
      ) : null}
      <Button size="compact" {...limits} onClick={() => list.leave(id)}>
        {t('wait-leave')}
      </Button>
    </span>
  );
}

export function WaitlistView({
  day,
  onOpen,
}: {
  readonly day: Day;
  onOpen(id: string): void;
}): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('reservations:book');
  const list = useWaitlist();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {day.waiters.some(({ status }) => status === 'waiting') ? (
        <div>
          <Button
            icon="bell"
            {...limits}
            isBusy={list.isOffering}
            onClick={() => list.offerFreed(day)}
          >
            {t('wait-offer')}
          </Button>
        </div>
      ) : null}
      <Refusal error={list.error} words={refusals} />
      <DataTable<WaiterRow>
        label={t('waitlist')}
        density="touch"
        rows={day.waiters}
        rowKey={({ id }) => id}
        onOpen={(row) => (row.status === 'accepted' ? onOpen(row.id) : undefined)}
        empty={
          <EmptyState icon="clock" title={t('wait-empty-title')} text={t('wait-empty-text')} />
        }
        columns={waiterColumns({ t, place: day.place, list })}
      />
    </div>
  );
}
