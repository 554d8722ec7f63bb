/** Who waits for this day, and what was offered to them. */
import type { ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable, type Column } from '../../design/data-table.tsx';
import { Badge, EmptyState } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { WaiterRow } from './booking-types.ts';
import { tableNames, WAITER_TONES } from './tones.ts';
import { useMay, type Day } from './use-day.ts';
import { words } from './words.ts';
import { refusals } from './words-refusals.ts';

const AGAIN = [
  'GET /v1/reservations/waitlist',
  'GET /v1/reservations',
  'GET /v1/reservations/days/{id}',
] as const;

/** What WaitlistView works with. */
function useWaitlistView({ day }: { readonly day: Day; onOpen(id: string): void }) {
  const t = useWords(words);
  const may = useMay()('reservations:book');
  const offer = useCommand('POST /v1/reservations/days/{id}/offer-freed', { again: AGAIN });
  const accept = useCommand('POST /v1/reservations/waitlist/{id}/accept', { again: AGAIN });
  const leave = useCommand('POST /v1/reservations/waitlist/{id}/leave', { again: AGAIN });
  const limits = { disabled: may !== 'yes', reason: may === 'yes' ? undefined : t(may) };
  const { place } = day;
  const isWaiting = day.waiters.some(({ status }) => status === 'waiting');
  const language = useLanguage();
  const clock = (at: string): string =>
    formatMoment(at, language, { timeStyle: 'short', timeZone: place.timeZone });
  return { t, offer, accept, leave, limits, place, isWaiting, clock };
}

function waitlistViewColumns({
  t,
  accept,
  leave,
  limits,
  place,
  clock,
}: Pick<
  ReturnType<typeof useWaitlistView>,
  't' | 'accept' | 'leave' | 'limits' | 'place' | 'clock'
>): readonly Column<WaiterRow>[] {
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
          {clock(row.fromTime)} – {clock(row.toTime)}
        </span>
      ),
    },
    {
      key: 'status',
      title: t('status'),
      width: 'minmax(220px, 2fr)',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-x-2">
          <Badge tone={WAITER_TONES[row.status]}>{t(`wait-${row.status}`)}</Badge>
          {row.offer === null || row.status !== 'offered' ? null : (
            <span className="text-12 text-muted">
              {clock(row.offer.startsAt)} · {tableNames(place.tables, row.offer.tableIds)} ·{' '}
              {t('wait-until')} {clock(row.offer.until)}
            </span>
          )}
        </span>
      ),
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
      cell: (row) => (
        <span className="flex gap-1">
          {row.status === 'offered' ? (
            <Button
              size="compact"
              kind="primary"
              {...limits}
              isBusy={accept.isPending && accept.variables.params.id === row.id}
              onClick={() =>
                accept.mutate(
                  { params: { id: row.id }, body: {} },
                  { onSuccess: () => toast(t('wait-accepted-done')) },
                )
              }
            >
              {t('wait-accept')}
            </Button>
          ) : null}
          {row.status === 'waiting' || row.status === 'offered' ? (
            <Button
              size="compact"
              {...limits}
              onClick={() =>
                leave.mutate(
                  { params: { id: row.id }, body: {} },
                  { onSuccess: () => toast(t('wait-left-done')) },
                )
              }
            >
              {t('wait-leave')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ];
}

export function WaitlistView({
  day,
  onOpen,
}: {
  readonly day: Day;
  onOpen(id: string): void;
}): ReactElement {
  const { t, offer, accept, leave, limits, place, isWaiting, clock } = useWaitlistView({
    day,
    onOpen,
  });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {isWaiting ? (
        <div>
          <Button
            icon="bell"
            {...limits}
            isBusy={offer.isPending}
            onClick={() =>
              offer.mutate(
                { params: { id: `${place.id}~${day.date}` }, body: {} },
                { onSuccess: () => toast(t('wait-offered-done')) },
              )
            }
          >
            {t('wait-offer')}
          </Button>
        </div>
      ) : null}
      <Refusal error={offer.error ?? accept.error ?? leave.error} words={refusals} />
      <DataTable<WaiterRow>
        label={t('waitlist')}
        density="touch"
        rows={day.waiters}
        rowKey={({ id }) => id}
        onOpen={(row) => (row.status === 'accepted' ? onOpen(row.id) : undefined)}
        empty={
          <EmptyState icon="clock" title={t('wait-empty-title')} text={t('wait-empty-text')} />
        }
        columns={waitlistViewColumns({ t, accept, leave, limits, place, clock })}
      />
    </div>
  );
}
