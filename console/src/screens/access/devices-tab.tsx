/** Devices of the house: enrol this tablet or another, revoke. */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { deviceKey, keepDeviceKey } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { ConfirmDialog, Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { Badge, EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { SecretNote } from './link-note.tsx';
import { words } from './words.ts';

export function DevicesTab(): ReactElement {
  const t = useWords(words);
  const devices = useRead('GET /v1/access/devices', {});
  const revoke = useCommand('DELETE /v1/access/devices/{id}', {
    again: ['GET /v1/access/devices'],
  });
  const [enrolling, setEnrolling] = useState<'here' | 'other' | null>(null);
  const [revoking, setRevoking] = useState<{ readonly id: string; readonly name: string } | null>(
    null,
  );
  const [isDevice, setDevice] = useState(() => deviceKey() !== null);
  const here = (
    <Button kind="primary" icon="device" onClick={() => setEnrolling('here')}>
      {t('enrol')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-end gap-2">
        {isDevice ? (
          <>
            <p className="mr-auto text-13 text-muted">{t('enrolled-here')}</p>
            <Button
              onClick={() => {
                keepDeviceKey(null);
                setDevice(false);
              }}
            >
              {t('leave-device')}
            </Button>
          </>
        ) : (
          here
        )}
        <Button icon="plus" onClick={() => setEnrolling('other')}>
          {t('enrol-other')}
        </Button>
      </div>
      {devices.error === null ? null : (
        <ErrorNote error={devices.error} onRetry={() => void devices.refetch()} />
      )}
      {revoke.error === null ? null : <ErrorNote error={revoke.error} />}
      <DataTable
        label={t('devices')}
        rows={devices.data?.items ?? []}
        rowKey={({ id }) => id}
        isLoading={devices.isLoading}
        empty={
          <EmptyState icon="device" title={t('devices')} text={t('enrol-hint')} action={here} />
        }
        columns={[
          {
            key: 'name',
            title: t('device-name'),
            width: '2fr',
            sortable: true,
            cell: ({ name }) => name,
          },
          {
            key: 'locationId',
            title: t('location'),
            cell: ({ locationId }) => locationId ?? t('any-location'),
          },
          {
            key: 'lastUsedOn',
            title: t('last-used'),
            cell: ({ lastUsedOn }) => <Moment at={lastUsedOn} only="date" />,
          },
          {
            key: 'revoke',
            title: t('status'),
            cell: ({ id, name, revokedAt }) =>
              revokedAt === null ? (
                <Button size="compact" onClick={() => setRevoking({ id, name })}>
                  {t('revoke')}
                </Button>
              ) : (
                <Badge tone="bad">{t('revoked')}</Badge>
              ),
          },
        ]}
      />
      {enrolling === null ? null : (
        <EnrolDialog
          isHere={enrolling === 'here'}
          onKept={() => setDevice(true)}
          onClose={() => setEnrolling(null)}
        />
      )}
      <ConfirmDialog
        title={`${t('revoke')}: ${revoking?.name ?? ''}`}
        text={t('revoke-text')}
        action={t('revoke')}
        isOpen={revoking !== null}
        onClose={() => setRevoking(null)}
        onConfirm={async () => {
          if (revoking !== null)
            await revoke.mutateAsync({ params: { id: revoking.id } }).catch(() => undefined);
          setRevoking(null);
        }}
      />
    </div>
  );
}

/** The choice for a device that moves between all locations. */
const ANY = 'any';

function EnrolDialog({
  isHere,
  onKept,
  onClose,
}: {
  readonly isHere: boolean;
  onKept(): void;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const [name, setName] = useState('');
  const [place, setPlace] = useState(ANY);
  const places = useRead('GET /v1/business/locations', {});
  const enrol = useCommand('POST /v1/access/devices', { again: ['GET /v1/access/devices'] });
  return (
    <Dialog title={t(isHere ? 'enrol' : 'enrol-other')} isOpen onClose={onClose} size="small">
      {enrol.data !== undefined && !isHere ? (
        <SecretNote title={t('device-key')} hint={t('device-key-hint')} secret={enrol.data.key} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(submit) => {
            submit.preventDefault();
            if (enrol.isPending) return;
            const body = { name: name.trim(), locationId: place === ANY ? null : place };
            enrol.mutate(
              { body },
              {
                onSuccess: ({ key }) => {
                  if (!isHere) return;
                  keepDeviceKey(key);
                  toast(t('enrolled-here'));
                  onKept();
                  onClose();
                },
              },
            );
          }}
        >
          <p className="text-muted">{t('enrol-hint')}</p>
          <TextField
            label={t('device-name')}
            value={name}
            onChange={setName}
            maxLength={100}
            required
            autoFocus
          />
          <SelectField
            label={t('location')}
            value={place}
            onChange={setPlace}
            options={[
              { value: ANY, label: t('any-location') },
              ...(places.data?.items ?? []).map((each) => ({
                value: each.id,
                label: each.name ?? each.id,
              })),
            ]}
          />
          {enrol.error === null ? null : <ErrorNote error={enrol.error} />}
          <Button kind="primary" type="submit" isBusy={enrol.isPending}>
            {t('enrol')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
