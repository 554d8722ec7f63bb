/** Devices of the house: enrol this tablet or another, revoke. */
import { useState, type ReactElement } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { useCommand, useRead } from '../../api/api.ts';
import { keepDeviceKey, useDeviceKey } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { useWords, type Speak } from '../../words/language.ts';
import { EnrolDialog } from './enrol-dialog.tsx';
import { usePlaceNames } from './place-names.ts';
import { revokeColumn } from './revoke-column.tsx';
import { RevokeDialog, type Revocable } from './revoke-dialog.tsx';
import { words } from './words.ts';

export function DevicesTab(): ReactElement {
  const t = useWords(words);
  const devices = useRead('GET /v1/access/devices', {});
  const revoke = useCommand('DELETE /v1/access/devices/{id}', {
    again: ['GET /v1/access/devices'],
  });
  const placeName = usePlaceNames();
  const [enrolling, setEnrolling] = useState<'here' | 'other' | null>(null);
  const [revoking, setRevoking] = useState<Revocable | null>(null);
  const isDevice = useDeviceKey() !== null;
  const here = (
    <Button kind="primary" icon="device" onClick={() => setEnrolling('here')}>
      {t('enrol')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-end gap-2">
        {isDevice ? <HereNote /> : here}
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
        columns={columnsOf({ t, placeName }, setRevoking)}
      />
      {enrolling === null ? null : (
        <EnrolDialog isHere={enrolling === 'here'} onClose={() => setEnrolling(null)} />
      )}
      <RevokeDialog
        thing={revoking}
        onClose={() => setRevoking(null)}
        onRevoke={(id) => revoke.mutateAsync({ params: { id } })}
      />
    </div>
  );
}

/** This computer is a device already; it can stop being one. */
function HereNote(): ReactElement {
  const t = useWords(words);
  return (
    <>
      <p className="mr-auto text-13 text-muted">{t('enrolled-here')}</p>
      <Button onClick={() => keepDeviceKey(null)}>{t('leave-device')}</Button>
    </>
  );
}

type DeviceItem = Operations['GET /v1/access/devices']['answer']['items'][number];

function columnsOf(
  {
    t,
    placeName,
  }: { readonly t: Speak<keyof (typeof words)['en']>; placeName(id: string): string },
  onRevoke: (device: Revocable) => void,
): readonly Column<DeviceItem>[] {
  return [
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
      cell: ({ locationId }) => (locationId === null ? t('any-location') : placeName(locationId)),
    },
    {
      key: 'lastUsedOn',
      title: t('last-used'),
      cell: ({ lastUsedOn }) => <Moment at={lastUsedOn} only="date" />,
    },
    revokeColumn(t, onRevoke),
  ];
}
