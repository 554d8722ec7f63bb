/** A command that needs a colleague's approval: by their PIN here, or on their own screen. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../src/client/client.ts';
import { client, useRead } from '../api/api.ts';
import { useWaitingForApproval, type WaitingForApproval } from '../api/approval.ts';
import { deviceKey, useSession } from '../api/session.ts';
import { Button } from '../design/buttons.tsx';
import { Dialog } from '../design/dialogs.tsx';
import { ErrorNote, Skeleton } from '../design/marks.tsx';
import { Tabs } from '../design/tabs.tsx';
import { PinPad } from '../screens/sign-in/pin-pad.tsx';
import { PeopleTiles } from '../screens/sign-in/people-tiles.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { permissionWords } from '../words/permissions.ts';
import { commandOf } from './approval-command.ts';
import { words } from './words.ts';

export function ApprovalDialog(): ReactElement {
  const t = useWords(words);
  const waiting = useWaitingForApproval();
  return (
    <Dialog
      title={t('approval-title')}
      isOpen={waiting !== null}
      onClose={() => waiting?.settle(null)}
      size="small"
    >
      {waiting === null ? null : <Asking key={waiting.digest} waiting={waiting} />}
    </Dialog>
  );
}

/** The request is made once, when the dialog opens: both ways need it. */
function useAsked(waiting: WaitingForApproval): {
  readonly id: string | null;
  readonly error: Error | null;
} {
  const modules = useRead('GET /v1/modules', {});
  const items = modules.data?.items;
  const asked = useQuery<string, CallFailed>({
    queryKey: ['approval', waiting.digest],
    enabled: items !== undefined,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async () => {
      const { permission, digest, command } = waiting;
      const body = { permission, digest, ...commandOf(items ?? [], command) };
      return (await client.call('POST /v1/access/approvals', { body })).body.id;
    },
  });
  return { id: asked.data ?? null, error: modules.error ?? asked.error };
}

function Asking({ waiting }: { readonly waiting: WaitingForApproval }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const hasDevice = deviceKey() !== null;
  const [way, setWay] = useState<'here' | 'elsewhere'>(hasDevice ? 'here' : 'elsewhere');
  const { id, error } = useAsked(waiting);
  return (
    <div className="flex flex-col gap-4">
      <p>{t('approval-text', { permission: permissionWords(waiting.permission, language) })}</p>
      {error === null ? null : <ErrorNote error={error} />}
      {id === null && error === null ? <Skeleton lines={3} /> : null}
      {id === null ? null : hasDevice ? (
        <Tabs
          value={way}
          onChange={setWay}
          tabs={[
            { value: 'here', label: t('approval-here') },
            { value: 'elsewhere', label: t('approval-ask') },
          ]}
        >
          {way === 'here' ? (
            <ByPin id={id} waiting={waiting} />
          ) : (
            <Elsewhere id={id} waiting={waiting} />
          )}
        </Tabs>
      ) : (
        <Elsewhere id={id} waiting={waiting} />
      )}
      <div className="flex justify-end">
        <Button onClick={() => waiting.settle(null)}>{t('approval-let-go')}</Button>
      </div>
    </div>
  );
}

interface WayProps {
  readonly id: string;
  readonly waiting: WaitingForApproval;
}

function ByPin({ id, waiting }: WayProps): ReactElement {
  const t = useWords(words);
  const { user } = useSession();
  const [userId, setUserId] = useState<string | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  const device = useRead('GET /v1/session/device', {});
  const people = (device.data?.people ?? []).filter(({ id: each }) => each !== user.id);
  const approve = async (pin: string): Promise<void> => {
    if (userId === null) return;
    setBusy(true);
    try {
      await client.call('POST /v1/access/approvals/{id}/approve', {
        params: { id },
        body: { userId, pin },
      });
      waiting.settle(id);
    } catch (failed) {
      setError(failed instanceof Error ? failed : new Error(String(failed)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-4">
      <PeopleTiles label={t('approval-who')} people={people} chosen={userId} onChoose={setUserId} />
      {error === null ? null : <ErrorNote error={error} />}
      {userId === null ? null : (
        <PinPad isBusy={isBusy} action={t('approval-approve')} onPin={(pin) => void approve(pin)} />
      )}
    </div>
  );
}

/** How often the request is looked at while a colleague thinks. */
const LOOK_MS = 2000;

function Elsewhere({ id, waiting }: WayProps): ReactElement {
  const t = useWords(words);
  const request = useRead(
    'GET /v1/access/approvals/{id}',
    { params: { id } },
    { everyMs: LOOK_MS },
  );
  const status = request.data?.status ?? 'open';
  useEffect(() => {
    if (status === 'approved') waiting.settle(id);
  }, [status, id, waiting]);
  if (status === 'refused') return <p role="status">{t('approval-refused')}</p>;
  if (request.error !== null) return <p role="status">{t('approval-expired')}</p>;
  return (
    <p role="status" className="text-muted">
      {t('approval-waiting')}
    </p>
  );
}
