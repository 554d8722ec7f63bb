/** Makes a guest a member: found by phone, e-mail or name, or registered first. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SearchField } from '../../design/fields.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { GuestDialog } from '../guests/guest-dialog.tsx';
import type { GuestRow } from '../guests/guest-types.ts';
import { useGuestSearch } from '../guests/use-guest-search.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { words } from './words.ts';

/** Whoever is meant is typed further; a longer list is not read at a counter. */
const SHOWN_MAX = 8;
/** Less finds half the house. */
const TYPED_MIN = 2;

function useEnrol(onClose: () => void) {
  const t = useWords(words);
  const navigate = useNavigate();
  const enrol = useCommand('POST /v1/loyalty/members', { again: ['GET /v1/loyalty/members'] });
  const give = (id: string, name: string): void =>
    enrol.mutate(
      { body: { customerId: id } },
      {
        onSuccess: () => {
          toast(t('enrolled', { name }));
          onClose();
          void navigate({ to: `/loyalty/${encodeURIComponent(id)}` });
        },
      },
    );
  return { give, isBusy: enrol.isPending, error: enrol.error };
}

export function EnrolDialog({ onClose }: { onClose(): void }): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('customers:write');
  const [typed, setTyped] = useState('');
  const [isNew, setNew] = useState(false);
  const { give, isBusy, error } = useEnrol(onClose);
  if (isNew)
    return (
      <GuestDialog
        guest={null}
        onClose={() => setNew(false)}
        onRegistered={({ id, name }) => give(id, name)}
      />
    );
  return (
    <Dialog
      title={t('enrol')}
      isOpen
      onClose={onClose}
      footer={
        <Button icon="person-add" {...limits} onClick={() => setNew(true)}>
          {t('enrol-new')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-muted">{t('enrol-text')}</p>
        <SearchField label={t('enrol-search')} value={typed} onChange={setTyped} />
        <Found typed={typed} isBusy={isBusy} onChoose={give} />
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}

function Found(props: {
  readonly typed: string;
  readonly isBusy: boolean;
  onChoose(id: string, name: string): void;
}): ReactElement | null {
  const t = useWords(words);
  const { typed, isBusy, onChoose } = props;
  const isTyped = typed.trim().length >= TYPED_MIN;
  const { rows, list } = useGuestSearch(isTyped ? typed : '', {
    status: 'active',
    at: undefined,
    enabled: isTyped,
  });
  if (!isTyped) return null;
  if (list.error !== null) return <ErrorNote error={list.error} onRetry={list.readAgain} />;
  const open = rows.filter(({ status }) => status === 'active');
  if (open.length === 0)
    return list.isLoading ? <Skeleton lines={3} /> : <p role="status">{t('enrol-none')}</p>;
  return (
    <>
      <ul className="divide-y divide-line rounded-control border border-line">
        {open.slice(0, SHOWN_MAX).map((guest) => (
          <Guest key={guest.id} guest={guest} isBusy={isBusy} onChoose={onChoose} />
        ))}
      </ul>
      {open.length > SHOWN_MAX ? (
        <p className="text-13 text-muted">{t('enrol-more', { count: open.length - SHOWN_MAX })}</p>
      ) : null}
    </>
  );
}

function Guest(props: {
  readonly guest: GuestRow;
  readonly isBusy: boolean;
  onChoose(id: string, name: string): void;
}): ReactElement {
  const t = useWords(words);
  const { guest, isBusy, onChoose } = props;
  const name = guest.name ?? '–';
  return (
    <li className="flex min-w-0 items-center gap-3 px-3 py-2">
      <span className="flex min-w-0 flex-1 flex-col">
        <bdi className="truncate font-medium">{name}</bdi>
        <span className="truncate text-13 text-muted">
          {[guest.phone, guest.email].filter((each) => (each ?? '') !== '').join(' · ')}
        </span>
      </span>
      <Button
        size="compact"
        isBusy={isBusy}
        aria-label={`${t('enrol-one')}: ${name}`}
        onClick={() => onChoose(guest.id, name)}
      >
        {t('enrol-one')}
      </Button>
    </li>
  );
}
