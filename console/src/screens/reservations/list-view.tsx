/** The day by time. */
import type { ReactElement } from 'react';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { SelectField } from '../../design/fields.tsx';
import { Badge, EmptyState } from '../../design/marks.tsx';
import { Money } from '../../design/texts.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import { BOOKING_STATES, type BookingRow } from './booking-types.ts';
import { TONES, tableNames } from './tones.ts';
import type { Day } from './use-day.ts';
import { words } from './words.ts';

function bookingColumns(of: {
  readonly t: Speak<keyof typeof words.en>;
  readonly place: Day['place'];
}): readonly Column<BookingRow>[] {
  const { t, place } = of;
  return [
    {
      key: 'startsAt',
      title: t('time'),
      width: 88,
      sortable: true,
      cell: (row) => <Start at={row.startsAt} zone={place.timeZone} />,
    },
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(140px, 2fr)',
      sortable: true,
      cell: (row) => (
        <span dir="auto" className="truncate">
          {row.name ?? t('no-name')}
        </span>
      ),
    },
    {
      key: 'partySize',
      title: t('guests'),
      numeric: true,
      width: 80,
      sortable: true,
      cell: (row) => row.partySize,
    },
    {
      key: 'tables',
      title: t('tables'),
      width: 110,
      cell: (row) => tableNames(place.tables, row.tableIds),
    },
    {
      key: 'status',
      title: t('status'),
      width: 220,
      sortable: true,
      cell: (row) => <Standing row={row} />,
    },
    {
      key: 'phone',
      title: t('phone'),
      width: 150,
      cell: (row) => row.phone ?? row.email ?? '–',
    },
    {
      key: 'due',
      title: t('due'),
      numeric: true,
      width: 104,
      cell: ({ amountsDue: [due] }) => (due === undefined ? '–' : <Money value={due.amount} />),
    },
  ];
}

function Start({ at, zone }: { readonly at: string; readonly zone: string }): ReactElement {
  const language = useLanguage();
  return (
    <span className="font-semibold">
      {formatMoment(at, language, { timeStyle: 'short', timeZone: zone })}
    </span>
  );
}

/** The state and, beside it, that they come later. */
function Standing({ row }: { readonly row: BookingRow }): ReactElement {
  const t = useWords(words);
  return (
    <span className="flex gap-1">
      <Badge tone={TONES[row.status]}>{t(`status-${row.status}`)}</Badge>
      {row.lateMinutes === null ? null : (
        <Badge tone="waiting">{t('late', { count: row.lateMinutes })}</Badge>
      )}
    </span>
  );
}

export function ListView({
  day,
  onOpen,
}: {
  readonly day: Day;
  onOpen(id: string): void;
}): ReactElement {
  const t = useWords(words);
  const [status, setStatus] = useUrlState('status', '*');
  const rows = day.bookings.filter((row) => status === '*' || row.status === status);
  const { place } = day;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <SelectField
        className="w-48"
        label={t('status')}
        isLabelHidden
        value={status}
        onChange={setStatus}
        options={[
          { value: '*', label: t('any') },
          ...BOOKING_STATES.map((each) => ({ value: String(each), label: t(`status-${each}`) })),
        ]}
      />
      <DataTable<BookingRow>
        label={t('title')}
        rows={rows}
        rowKey={({ id }) => id}
        isLoading={day.isLoading}
        onOpen={({ id }) => onOpen(id)}
        empty={<EmptyState icon="reservations" title={t('empty-title')} text={t('empty-text')} />}
        footer={t('summary', { count: rows.length })}
        columns={bookingColumns({ t, place })}
      />
    </div>
  );
}
