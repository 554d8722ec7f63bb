/** Segments: filters under a name, and who is in each now. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { DataTable } from '../../design/data-table.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { usePages } from '../lists/use-pages.ts';
import { guestColumns } from './all-guests.tsx';
import type { GuestRow, SegmentRow } from './guest-types.ts';
import { SegmentDialog } from './segment-dialog.tsx';
import { segmentLine } from './segment-words.ts';
import { useLimits } from '../lists/use-limits.ts';
import { words } from './words.ts';

/** What SegmentsView works with. */
function useSegmentsView() {
  const t = useWords(words);
  const limits = useLimits()('customers:write');
  const [chosen, choose] = useUrlState('segment');
  const [isNew, setNew] = useState(false);
  const list = usePages<SegmentRow>(
    'GET /v1/customers/segments',
    {},
    { live: 'GET /v1/customers/segments/live' },
  );
  const segment = list.rows.find(({ id }) => id === chosen) ?? list.rows[0];
  const make = (
    <Button icon="plus" {...limits} onClick={() => setNew(true)}>
      {t('segment-new')}
    </Button>
  );
  return { t, choose, isNew, setNew, list, segment, make };
}

export function SegmentsView(): ReactElement {
  const { t, choose, isNew, setNew, list, segment, make } = useSegmentsView();
  if (list.isLoading && list.rows.length === 0) return <Skeleton lines={6} />;
  return (
    <>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      {segment === undefined ? (
        <EmptyState
          icon="filter"
          title={t('segment-empty-title')}
          text={t('segment-empty-text')}
          action={make}
        />
      ) : (
        <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[280px_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-2">
            {list.rows.map((row) => (
              <button
                key={row.id}
                type="button"
                aria-current={row.id === segment.id}
                onClick={() => choose(row.id)}
                className={classes(
                  'rounded-card border px-3 py-2 text-left',
                  row.id === segment.id
                    ? 'border-brand bg-brand-soft'
                    : 'border-line bg-raised hover:bg-sunken',
                )}
              >
                <span dir="auto" className="block truncate font-medium">
                  {row.name}
                </span>
                <span className="line-clamp-2 text-12 text-muted-on-soft">
                  {segmentLine(row.filter, t)}
                </span>
              </button>
            ))}
            <div>{make}</div>
          </div>
          <Members key={segment.id} segment={segment} />
        </div>
      )}
      {isNew ? (
        <SegmentDialog segment={null} onClose={() => setNew(false)} onSaved={choose} />
      ) : null}
    </>
  );
}

/** What Members works with. */
function useMembers({ segment }: { readonly segment: SegmentRow }) {
  const t = useWords(words);
  const navigate = useNavigate();
  const limits = useLimits()('customers:write');
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const members = usePages<GuestRow>(
    'GET /v1/customers/segments/{id}/members',
    {},
    { params: { id: segment.id } },
  );
  const remove = useCommand('POST /v1/customers/segments/{id}/remove', {
    again: ['GET /v1/customers/segments'],
  });
  const count = t('rows', { count: members.rows.length });
  return { t, navigate, limits, open, setOpen, members, remove, count };
}

function RemoveSegment({
  t,
  open,
  setOpen,
  remove,
  segment,
}: Pick<ReturnType<typeof useMembers>, 't' | 'open' | 'setOpen' | 'remove'> &
  Pick<Parameters<typeof Members>[0], 'segment'>): ReactElement {
  return (
    <ConfirmDialog
      title={t('segment-remove')}
      text={t('segment-remove-text')}
      action={t('segment-remove')}
      isOpen={open === 'remove'}
      isBusy={remove.isPending}
      onClose={() => setOpen(null)}
      onConfirm={() =>
        followUp(remove.mutateAsync({ params: { id: segment.id }, body: {} }), () => {
          toast(t('segment-removed'));
          setOpen(null);
        })
      }
    />
  );
}

function Members({ segment }: { readonly segment: SegmentRow }): ReactElement {
  const { t, navigate, limits, open, setOpen, members, remove, count } = useMembers({ segment });
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex items-center gap-2">
        <h2 dir="auto" className="min-w-0 flex-1 truncate text-16">
          {segment.name}
        </h2>
        <IconButton
          icon="edit"
          label={t('segment-change')}
          {...limits}
          onClick={() => setOpen('change')}
        />
        <IconButton
          icon="trash"
          label={t('segment-remove')}
          {...limits}
          onClick={() => setOpen('remove')}
        />
      </div>
      <p className="text-13 text-muted">{segmentLine(segment.filter, t)}</p>
      {members.error === null ? null : (
        <ErrorNote error={members.error} onRetry={members.readAgain} />
      )}
      <DataTable<GuestRow>
        label={t('members')}
        rows={members.rows}
        rowKey={({ id }) => id}
        isLoading={members.isLoading}
        loadMore={members.loadMore}
        onOpen={({ id }) => void navigate({ to: `/guests/${encodeURIComponent(id)}` })}
        empty={<p className="py-8 text-center text-muted">{t('members-none')}</p>}
        footer={members.loadMore === undefined ? count : t('rows-more', { rows: count })}
        columns={guestColumns(t).filter(({ key }) => key !== 'status')}
      />
      {open === 'change' ? (
        <SegmentDialog
          segment={segment}
          onClose={() => setOpen(null)}
          onSaved={() => members.readAgain()}
        />
      ) : null}
      <RemoveSegment t={t} open={open} setOpen={setOpen} remove={remove} segment={segment} />
    </section>
  );
}
