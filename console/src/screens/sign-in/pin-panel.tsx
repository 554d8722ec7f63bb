/** Switching on an enrolled device: who is here, then their PIN. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CallFailed, Operations } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import { takeSession } from '../../session/load-session.ts';
import { PeopleTiles } from './people-tiles.tsx';
import { PinPad } from './pin-pad.tsx';
import { words } from './words.ts';

type Device = Operations['GET /v1/session/device']['answer'];

/** Only the person whose screen is locked, when `personId` is given. */
export function PinPanel({ personId }: { readonly personId?: string }): ReactElement {
  const t = useWords(words);
  const [chosen, setChosen] = useState<string | null>(personId ?? null);
  const device = useQuery<Device, CallFailed>({
    queryKey: ['own device'],
    queryFn: async () => (await client.call('GET /v1/session/device')).body,
    retry: false,
  });
  const enter = useMutation<void, CallFailed, string>({
    mutationFn: async (pin) => {
      const body = { userId: chosen ?? '', pin };
      takeSession((await client.call('POST /v1/session/pin', { body })).body);
    },
  });
  if (device.error?.status === 401)
    return <EmptyState icon="device" title={t('device-gone')} text={t('device-gone-text')} />;
  if (device.error !== null)
    return <ErrorNote error={device.error} onRetry={() => void device.refetch()} />;
  if (device.data === undefined) return <Skeleton lines={4} />;
  const people = device.data.people.filter(({ id }) => personId === undefined || id === personId);
  return (
    <div className="flex flex-col gap-5">
      {people.length === 0 ? (
        <p className="text-muted">{t('who-none')}</p>
      ) : (
        <PeopleTiles label={t('who-label')} people={people} chosen={chosen} onChoose={setChosen} />
      )}
      {enter.error === null ? null : (
        <ErrorNote
          title={enter.error.status === 401 ? t('pin-wrong') : undefined}
          meaning={enter.error.status === 401 ? t('pin-again') : undefined}
          error={enter.error}
        />
      )}
      {chosen === null ? null : (
        <PinPad key={chosen} isBusy={enter.isPending} onPin={(pin) => enter.mutate(pin)} />
      )}
    </div>
  );
}
