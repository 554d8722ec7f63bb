/** Drawers that take money, by location: added, called otherwise, taken out of use. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, IconButton, TextLink } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { useLocations, type Location } from '../floor/locations.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import { useLimits, type Limits } from '../lists/use-limits.ts';
import { usePages } from '../lists/use-pages.ts';
import type { TillRow } from '../till/till-types.ts';
import { words as refusals } from './refusal-words.ts';
import { AddTill, RenameTill, TILL_READS } from './till-dialogs.tsx';
import { words } from './tills-words.ts';

/** As the server takes it. */
const REASON_MAX = 200;

export function TillsView(): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const limits = useLimits()('business:settings');
  const { all: locations } = useLocations();
  const list = usePages<TillRow>(
    'GET /v1/business/tills',
    { at: at ?? undefined },
    { live: 'GET /v1/business/tills/live' },
  );
  const [open, setOpen] = useState<TillRow | 'new' | null>(null);
  const close = (): void => setOpen(null);
  const make = (
    <Button
      icon="plus"
      {...limits}
      disabled={limits.disabled || locations.length === 0}
      onClick={() => setOpen('new')}
    >
      {t('add')}
    </Button>
  );
  if (list.isLoading && list.rows.length === 0) return <Skeleton lines={5} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      {list.rows.length === 0 ? (
        <EmptyState icon="till" title={t('empty-title')} text={t('empty-text')} action={make} />
      ) : (
        <div>{make}</div>
      )}
      {locations.map((location) => (
        <TillsOf
          key={location.id}
          location={location}
          tills={list.rows.filter(({ locationId }) => locationId === location.id)}
          limits={limits}
          onRename={setOpen}
        />
      ))}
      {open === 'new' ? <AddTill locations={locations} onClose={close} /> : null}
      {open === null || open === 'new' ? null : <RenameTill id={open.id} onClose={close} />}
    </div>
  );
}

function TillsOf(props: {
  readonly location: Location;
  readonly tills: readonly TillRow[];
  readonly limits: Limits;
  onRename(till: TillRow): void;
}): ReactElement | null {
  const { location, tills, limits, onRename } = props;
  if (tills.length === 0) return null;
  return (
    <Card title={location.name} isFlush>
      <ul className="flex flex-col pt-1">
        {tills
          .toSorted((a, b) => Number(a.status === 'retired') - Number(b.status === 'retired'))
          .map((till) => (
            <TillLine key={till.id} till={till} limits={limits} onRename={() => onRename(till)} />
          ))}
      </ul>
    </Card>
  );
}

function TillLine({
  till,
  limits,
  onRename,
}: {
  readonly till: TillRow;
  readonly limits: Limits;
  onRename(): void;
}): ReactElement {
  const t = useWords(words);
  const [isRetiring, setRetiring] = useState(false);
  const { id, name, status, sessionId, zNumber } = till;
  const isRetired = status === 'retired';
  return (
    <li className="flex min-h-11 min-w-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-1 pr-2 pl-4">
      <TextLink to={`/tills/${encodeURIComponent(id)}`} className="min-w-0 truncate font-medium">
        {name}
      </TextLink>
      {isRetired ? <Badge>{t('retired')}</Badge> : null}
      {sessionId === null ? null : (
        <Badge tone="good" icon="unlock">
          {t('open')}
        </Badge>
      )}
      <span className="ml-auto text-13 text-muted">{t('z-count', { count: zNumber })}</span>
      {isRetired ? null : (
        <span className="flex">
          <IconButton
            icon="edit"
            label={`${t('rename')}: ${name}`}
            {...limits}
            onClick={onRename}
          />
          <IconButton
            icon="archive"
            label={`${t('retire')}: ${name}`}
            hidden={limits.hidden}
            disabled={limits.disabled || sessionId !== null}
            reason={sessionId === null ? limits.reason : t('open-hint')}
            onClick={() => setRetiring(true)}
          />
        </span>
      )}
      {isRetiring ? <RetireDialog till={till} onClose={() => setRetiring(false)} /> : null}
    </li>
  );
}

function RetireDialog({
  till,
  onClose,
}: {
  readonly till: TillRow;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const [reason, setReason] = useState('');
  const text = reason.trim();
  const retire = useCommand('POST /v1/business/tills/{id}/retire', { again: TILL_READS });
  return (
    <ConfirmDialog
      title={t('retire')}
      text={t('retire-text', { name: till.name })}
      word={till.name}
      action={t('retire')}
      isOpen
      isBusy={retire.isPending}
      onClose={onClose}
      onConfirm={() => {
        if (text === '') return;
        const { id } = till;
        followUp(retire.mutateAsync({ params: { id }, body: { reason: text } }), () => {
          toast(t('retired-done'));
          onClose();
        });
      }}
    >
      <TextField
        label={t('reason')}
        required
        maxLength={REASON_MAX}
        value={reason}
        onChange={setReason}
      />
      <Refusal error={retire.error} words={refusals} />
    </ConfirmDialog>
  );
}
