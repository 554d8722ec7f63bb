/** What is asked of the house: large parties and events, with their offers. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { Drawer } from '../../design/dialogs.tsx';
import { Badge, EmptyState } from '../../design/marks.tsx';
import { Facts } from '../../design/page.tsx';
import { Moment, Money } from '../../design/texts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import type { EnquiryRow } from './booking-types.ts';
import { EnquiryActions } from './enquiry-actions.tsx';
import { EnquiryDialog } from './enquiry-dialog.tsx';
import { ENQUIRY_TONES } from './tones.ts';
import { useMay } from '../lists/use-limits.ts';
import type { Day } from './use-day.ts';
import { words } from './words.ts';

/** What EnquiriesView works with. */
function useEnquiriesView({ day }: { readonly day: Day }) {
  const t = useWords(words);
  const may = useMay()('reservations:book');
  const [openId, setOpen] = useState<string | null>(null);
  const [isWriting, setWriting] = useState(false);
  const open = day.enquiries.find(({ id }) => id === openId);
  const write = (
    <Button
      icon="plus"
      disabled={may !== 'yes'}
      reason={may === 'yes' ? undefined : t(may)}
      onClick={() => setWriting(true)}
    >
      {t('enq-write')}
    </Button>
  );
  return { t, openId, setOpen, isWriting, setWriting, open, write };
}

function enquiriesViewColumns({
  t,
}: Pick<ReturnType<typeof useEnquiriesView>, 't'>): readonly Column<EnquiryRow>[] {
  return [
    {
      key: 'date',
      title: t('day'),
      width: 120,
      sortable: true,
      cell: (row) => <Moment at={`${row.date}T12:00:00Z`} zone="UTC" only="date" />,
    },
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(140px, 2fr)',
      cell: (row) => <span dir="auto">{row.name ?? t('no-name')}</span>,
    },
    {
      key: 'guests',
      title: t('guests'),
      numeric: true,
      width: 80,
      sortable: true,
      cell: (row) => row.guests,
    },
    {
      key: 'status',
      title: t('status'),
      width: 140,
      cell: (row) => <Badge tone={ENQUIRY_TONES[row.status]}>{t(`enq-${row.status}`)}</Badge>,
    },
    {
      key: 'budget',
      title: t('budget'),
      numeric: true,
      width: 120,
      cell: (row) => <Money value={row.budget} />,
    },
    {
      key: 'offer',
      title: t('offer'),
      numeric: true,
      width: 120,
      cell: (row) => <Money value={row.offer} />,
    },
    {
      key: 'sentAt',
      title: t('sent'),
      width: 140,
      sortable: true,
      cell: (row) => <Moment at={row.sentAt} relative />,
    },
  ];
}

export function EnquiriesView({ day }: { readonly day: Day }): ReactElement {
  const { t, openId, setOpen, isWriting, setWriting, open, write } = useEnquiriesView({ day });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {day.enquiries.length === 0 ? null : <div>{write}</div>}
      <DataTable<EnquiryRow>
        label={t('enquiries')}
        rows={day.enquiries}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpen(id)}
        openKey={openId}
        empty={
          <EmptyState
            icon="mail"
            title={t('enq-empty-title')}
            text={t('enq-empty-text')}
            action={write}
          />
        }
        columns={enquiriesViewColumns({ t })}
      />
      {open === undefined ? null : (
        <EnquiryDrawer key={open.id} row={open} onClose={() => setOpen(null)} />
      )}
      {isWriting ? <EnquiryDialog place={day.place} onClose={() => setWriting(false)} /> : null}
    </div>
  );
}

interface EnquiryState {
  readonly version: number;
  readonly message?: string | null;
  readonly answer?: string | null;
}

function EnquiryDrawer({
  row,
  onClose,
}: {
  readonly row: EnquiryRow;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const read = useRead('GET /v1/reservations/enquiries/{id}', {
    params: { id: row.id },
    query: { at: at ?? undefined },
  });
  const state = shaped<EnquiryState | undefined>(read.data);
  return (
    <Drawer title={row.name ?? t('no-name')} isOpen onClose={onClose}>
      <div className="flex flex-col gap-5">
        <EnquiryActions row={row} />
        <Facts
          facts={[
            [
              t('status'),
              <Badge key="status" tone={ENQUIRY_TONES[row.status]}>
                {t(`enq-${row.status}`)}
              </Badge>,
            ],
            [t('day'), <Moment key="day" at={`${row.date}T12:00:00Z`} zone="UTC" only="date" />],
            [t('guests'), t('size', { count: row.guests })],
            [t('budget'), row.budget === null ? null : <Money key="budget" value={row.budget} />],
            [t('package'), row.packageName],
            [t('message'), state?.message],
            [t('offer'), row.offer === null ? null : <Money key="offer" value={row.offer} />],
            [t('phone'), row.phone ?? row.email],
            [t('sent'), <Moment key="sent" at={row.sentAt} />],
          ]}
        />
      </div>
    </Drawer>
  );
}
