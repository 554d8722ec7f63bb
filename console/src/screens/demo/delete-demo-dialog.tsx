/** The end of the demo, for its owner: typed, and for good. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client, queries } from '../../api/api.ts';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { sessionGone } from '../../session/load-session.ts';
import { useWords } from '../../words/language.ts';
import { words } from './words.ts';

/** What the server wants to read, whatever the language of whoever typed. */
const CONFIRM = 'delete the demo';

export function DeleteDemoDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const navigate = useNavigate();
  const [error, setError] = useState<CallFailed | null>(null);
  const end = async (): Promise<void> => {
    setError(null);
    try {
      await client.call('POST /v1/demo/delete', { body: { confirm: CONFIRM } });
    } catch (failure) {
      // safe because the client throws nothing else
      setError(failure as CallFailed);
      return;
    }
    queries.clear();
    sessionGone();
    toast(t('delete-done'));
    await navigate({ to: '/' });
  };
  return (
    <ConfirmDialog
      title={t('delete-title')}
      text={t('delete-text')}
      word={t('delete-words')}
      action={t('delete-demo')}
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={end}
    >
      {error === null ? null : <ErrorNote error={error} />}
    </ConfirmDialog>
  );
}
