/** One guest: what they are on the left, everything that happened across the house on the right. */
import { useParams } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { useLiveRefresh } from '../../api/live.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button, LinkButton, TextLink } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote, Figure, Skeleton } from '../../design/marks.tsx';
import { Menu } from '../../design/menus.tsx';
import { Card, Page } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { DemoHint } from '../demo/demo-hint.tsx';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { ContactCard } from './contact-card.tsx';
import { ConsentsCard } from './consents-card.tsx';
import { EraseWizard } from './erase-wizard.tsx';
import { useExportPerson } from './export-person.ts';
import { GuestDialog } from './guest-dialog.tsx';
import type { Guest } from './guest-types.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { NotesCard } from './notes-card.tsx';
import { StoryCard } from './story-card.tsx';
import { useLimits } from '../lists/use-limits.ts';
import { words } from './words.ts';
import { words as guestWords } from './words-guest.ts';

export function GuestScreen(): ReactElement {
  const { id = '' } = useParams({ strict: false });
  return <OfGuest key={id} id={id} />;
}

function OfGuest({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const read = useRead(
    'GET /v1/customers/{id}',
    { params: { id }, query: { at: at ?? undefined } },
    { keep: true },
  );
  useLiveRefresh('GET /v1/customers/live', { query: { limit: 1 } }, [
    'GET /v1/customers/{id}',
    'GET /v1/guests/{id}/timeline',
  ]);
  const above = <TextLink to="/guests">{t('title')}</TextLink>;
  if (read.error?.status === 404)
    return (
      <Page title={t('none-title')} above={above}>
        <EmptyState icon="guests" title={t('none-title')} text={t('empty-text')} />
      </Page>
    );
  if (read.data === undefined)
    return (
      <Page title={t('title')} above={above}>
        {read.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
        )}
      </Page>
    );
  const guest = shaped<Guest>(read.data);
  return (
    <Page
      title={guest.name ?? t('erased')}
      above={above}
      badge={<Badge tone={guest.status === 'active' ? 'good' : 'plain'}>{t(guest.status)}</Badge>}
      actions={<Actions guest={guest} />}
    >
      {guest.mergedInto === null ? null : (
        <p className="flex flex-wrap items-center gap-2 rounded-card border border-brass bg-brass-soft px-4 py-2">
          {t('merged-into')}{' '}
          <TextLink to={`/guests/${encodeURIComponent(guest.mergedInto)}`}>
            {t('to-survivor')}
          </TextLink>
        </p>
      )}
      {guest.status === 'active' ? <DemoHint hint="guest-erase" /> : null}
      <Visits id={id} />
      <div className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <ContactCard guest={guest} />
          <ConsentsCard guest={guest} />
          <NotesCard guest={guest} />
          <Merges guest={guest} />
        </div>
        <StoryCard id={id} />
      </div>
    </Page>
  );
}

function Visits({ id }: { readonly id: string }): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { permissions } = useSession();
  const read = useRead(
    'GET /v1/guests/{id}',
    { params: { id } },
    { enabled: allows(permissions, 'guests:read') },
  );
  const { data } = read;
  if (!allows(permissions, 'guests:read')) return null;
  const spent = (data?.spent ?? []).map((money) => formatMoney(money, language)).join(' + ');
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Figure label={t('visits')} value={data?.visits ?? '–'} />
      <Figure label={t('spent')} value={spent === '' ? '–' : spent} />
      <Figure
        label={t('last-visit')}
        value={
          data === undefined ? (
            '–'
          ) : data.lastVisitAt === null ? (
            t('never')
          ) : (
            <Moment at={data.lastVisitAt} relative />
          )
        }
      />
    </div>
  );
}

type Open = 'edit' | 'merge' | 'erase' | 'archive' | null;

/** What Actions works with. */
function useActions({ guest }: { readonly guest: Guest }) {
  const t = useWords(words);
  const tg = useWords(guestWords);
  const { permissions } = useSession();
  const limits = useLimits();
  const [open, setOpen] = useState<Open>(null);
  const isActive = guest.status === 'active';
  const write = limits('customers:write');
  const mayRead = allows(permissions, 'persons:read');
  const close = (): void => setOpen(null);
  return { t, tg, permissions, limits, open, setOpen, isActive, write, mayRead, close };
}

function Actions({ guest }: { readonly guest: Guest }): ReactElement {
  const { t, tg, permissions, limits, open, setOpen, isActive, write, mayRead, close } = useActions(
    { guest },
  );
  const exportPerson = useExportPerson();
  return (
    <>
      {allows(permissions, 'loyalty:read') ? (
        <LinkButton to={`/loyalty/${encodeURIComponent(guest.id)}`} icon="loyalty">
          {tg('loyalty')}
        </LinkButton>
      ) : null}
      <Button
        icon="edit"
        {...write}
        disabled={write.disabled || !isActive}
        onClick={() => setOpen('edit')}
      >
        {t('edit')}
      </Button>
      <Menu
        trigger={<Button icon="more">{t('more')}</Button>}
        items={[
          {
            label: t('merge-other'),
            icon: 'merge',
            ...limits('customers:merge'),
            onSelect: () => setOpen('merge'),
          },
          {
            label: t('export-person'),
            icon: 'download',
            disabled: !mayRead,
            reason: t('not-allowed'),
            onSelect: () => exportPerson(guest.id),
          },
          null,
          { label: t('archive'), icon: 'archive', ...write, onSelect: () => setOpen('archive') },
          {
            label: t('erase'),
            icon: 'trash',
            kind: 'danger',
            ...limits('persons:erase'),
            onSelect: () => setOpen('erase'),
          },
        ]}
      />
      {open === 'edit' ? <GuestDialog guest={guest} onClose={close} /> : null}
      {open === 'merge' ? <MergeDialog people={[guest]} onClose={close} /> : null}
      {open === 'archive' ? <ArchiveDialog id={guest.id} onClose={close} /> : null}
      {open === 'erase' ? <EraseWizard guest={guest} onClose={close} /> : null}
    </>
  );
}

function ArchiveDialog({ id, onClose }: { readonly id: string; onClose(): void }): ReactElement {
  const t = useWords(words);
  const [reason, setReason] = useState('');
  const archive = useCommand('POST /v1/customers/{id}/archive', {
    again: ['GET /v1/customers/{id}', 'GET /v1/customers'],
  });
  return (
    <ConfirmDialog
      title={t('archive')}
      text={t('archive-text')}
      action={t('archive')}
      isOpen
      isBusy={archive.isPending}
      onClose={onClose}
      onConfirm={() => {
        if (reason.trim() === '') return;
        followUp(archive.mutateAsync({ params: { id }, body: { reason: reason.trim() } }), () => {
          toast(t('archive-done'));
          onClose();
        });
      }}
    >
      <TextField label={t('reason')} required maxLength={200} value={reason} onChange={setReason} />
      <FailureNote error={archive.error} />
    </ConfirmDialog>
  );
}

function Merges({ guest }: { readonly guest: Guest }): ReactElement | null {
  const t = useWords(words);
  const limits = useLimits()('customers:merge');
  const unmerge = useCommand('POST /v1/customers/{id}/unmerge', {
    again: ['GET /v1/customers/{id}', 'GET /v1/guests/{id}', 'GET /v1/guests/{id}/timeline'],
  });
  if (guest.merges.length === 0) return null;
  return (
    <Card title={t('stands-for')}>
      <ul className="flex flex-col gap-2">
        {guest.merges.map(({ otherId, at }) => (
          <li key={otherId} className="flex min-w-0 items-center gap-2">
            <TextLink
              className="min-w-0 flex-1 truncate"
              to={`/guests/${encodeURIComponent(otherId)}`}
            >
              {otherId}
            </TextLink>
            <span className="text-12 text-muted">
              <Moment at={at} />
            </span>
            <Button
              size="compact"
              {...limits}
              isBusy={unmerge.isPending}
              onClick={() =>
                followUp(unmerge.mutateAsync({ params: { id: guest.id }, body: { otherId } }), () =>
                  toast(t('separated')),
                )
              }
            >
              {t('separate')}
            </Button>
          </li>
        ))}
      </ul>
      <FailureNote error={unmerge.error} />
    </Card>
  );
}
