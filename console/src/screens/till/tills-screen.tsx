/** The drawers of a location. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { useWords } from '../../words/language.ts';
import { LocationSwitch } from '../floor/location-switch.tsx';
import { useLocations, type Location } from '../floor/locations.ts';
import { useRefresh } from '../floor/use-refresh.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import type { TillRow } from './till-types.ts';
import { words } from './words.ts';

export function TillsScreen(): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const locations = useLocations();
  const { here } = locations;
  const [isAdding, setAdding] = useState(false);
  const may = allows(permissions, 'business:settings');
  const add = (
    <Button kind="primary" icon="plus" hidden={!may} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      above={<TextLink to="/orders">{t('orders')}</TextLink>}
      actions={
        <>
          <LocationSwitch locations={locations} />
          {here === null ? null : add}
        </>
      }
    >
      {locations.error === null ? null : <ErrorNote error={locations.error} />}
      {here === null ? null : <List location={here} add={add} />}
      {here === null || !isAdding ? null : (
        <AddDialog locationId={here.id} onClose={() => setAdding(false)} />
      )}
    </Page>
  );
}

function List({
  location,
  add,
}: {
  readonly location: Location;
  readonly add: ReactElement;
}): ReactElement {
  const t = useWords(words);
  const navigate = useNavigate();
  const query = { locationId: location.id };
  const { data, isPending, error, refetch } = useRead('GET /v1/business/tills', { query });
  useRefresh(
    'GET /v1/business/tills/live',
    { query: { ...query, limit: 1 } },
    { again: ['GET /v1/business/tills'], enabled: true },
  );
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  return (
    <DataTable<TillRow>
      label={t('title')}
      density="touch"
      rows={shaped<readonly TillRow[]>(data?.items ?? [])}
      rowKey={({ id }) => id}
      isLoading={isPending}
      onOpen={({ id }) => void navigate({ to: `/tills/${id}` })}
      empty={
        <EmptyState title={t('empty-title')} text={t('empty-text')} icon="cash" action={add} />
      }
      columns={[
        { key: 'name', title: t('till'), cell: ({ name }) => <strong dir="auto">{name}</strong> },
        { key: 'state', title: t('state'), width: 140, cell: (row) => <TillState row={row} /> },
        {
          key: 'since',
          title: t('since'),
          width: 200,
          cell: ({ openedAt }) =>
            openedAt === null ? '–' : <Moment at={openedAt} zone={location.timeZone} />,
        },
        {
          key: 'z',
          title: t('last-z'),
          numeric: true,
          width: 120,
          cell: ({ zNumber }) => (zNumber === 0 ? t('no-z') : zNumber),
        },
      ]}
    />
  );
}

function TillState({ row: { status, sessionId } }: { readonly row: TillRow }): ReactElement {
  const t = useWords(words);
  if (status === 'retired') return <Badge>{t('retired')}</Badge>;
  if (sessionId === null) return <Badge icon="lock">{t('shut')}</Badge>;
  return (
    <Badge tone="good" icon="unlock">
      {t('open')}
    </Badge>
  );
}

function AddDialog({
  locationId,
  onClose,
}: {
  readonly locationId: string;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const [name, setName] = useState('');
  const add = useCommand('POST /v1/business/tills', { again: ['GET /v1/business/tills'] });
  const submit = (): void =>
    add.mutate({ body: { locationId, name: name.trim() } }, { onSuccess: onClose });
  return (
    <Dialog
      title={t('add')}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <Button
          kind="primary"
          isBusy={add.isPending}
          disabled={name.trim() === ''}
          onClick={submit}
        >
          {t('add')}
        </Button>
      }
    >
      <TextField
        label={t('name')}
        required
        maxLength={60}
        // What the dialog was opened for.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={name}
        onChange={setName}
        onEnter={() => (name.trim() === '' ? undefined : submit())}
      />
      <FailureNote error={add.error} />
    </Dialog>
  );
}
