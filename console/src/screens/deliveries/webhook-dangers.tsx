/** What is asked before a webhook changes for its receiver. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { ConfirmDialog, ErrorNote, toast } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { SecretDialog } from './secret-dialog.tsx';
import { words } from './words.ts';

export interface WebhookDangerProps {
  /** Of the webhook. */
  readonly id: string;
  readonly isOpen: boolean;
  onDone(): void;
}

const AGAIN = { again: ['GET /v1/webhooks'] } as const;

export function RotateDialog({ id, isOpen, onDone }: WebhookDangerProps): ReactElement {
  const t = useWords(words);
  const rotate = useCommand('POST /v1/webhooks/{id}/rotate-secret');
  const [made, setMade] = useState<{ readonly secret: string; readonly until: string } | null>(
    null,
  );
  return (
    <>
      <ConfirmDialog
        title={t('rotate-title')}
        text={t('rotate-text')}
        action={t('rotate')}
        kind="primary"
        isOpen={isOpen}
        onClose={onDone}
        onConfirm={() =>
          rotate.mutateAsync({ params: { id } }).then(({ secret, oldSecretUntil }) => {
            setMade({ secret, until: oldSecretUntil });
            onDone();
          })
        }
      >
        {rotate.error === null ? null : <ErrorNote error={rotate.error} />}
      </ConfirmDialog>
      <SecretDialog
        secret={made?.secret ?? null}
        until={made?.until ?? null}
        onClose={() => setMade(null)}
      />
    </>
  );
}

export function DisableDialog({ id, isOpen, onDone }: WebhookDangerProps): ReactElement {
  const t = useWords(words);
  const disable = useCommand('POST /v1/webhooks/{id}/disable', AGAIN);
  return (
    <ConfirmDialog
      title={t('disable-title')}
      text={t('disable-text')}
      action={t('disable')}
      isOpen={isOpen}
      onClose={onDone}
      onConfirm={() => disable.mutateAsync({ params: { id } }).then(onDone)}
    >
      {disable.error === null ? null : <ErrorNote error={disable.error} />}
    </ConfirmDialog>
  );
}

export function DeleteDialog({
  id,
  isOpen,
  onDone,
  onGone,
}: WebhookDangerProps & { onGone(): void }): ReactElement {
  const t = useWords(words);
  const remove = useCommand('DELETE /v1/webhooks/{id}', AGAIN);
  return (
    <ConfirmDialog
      title={t('delete-title')}
      text={t('delete-text')}
      word={t('delete-word')}
      action={t('delete')}
      isOpen={isOpen}
      onClose={onDone}
      onConfirm={() =>
        remove.mutateAsync({ params: { id } }).then(() => {
          toast(t('deleted'));
          onGone();
        })
      }
    >
      {remove.error === null ? null : <ErrorNote error={remove.error} />}
    </ConfirmDialog>
  );
}
