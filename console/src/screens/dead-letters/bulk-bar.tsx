/** What can be done with the selected dead letters at once. */
import { useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { Button, ConfirmDialog, ErrorNote, toast } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import type { DeadLetter } from './groups.ts';
import { useSettle, type Settling } from './use-settle.ts';
import { words } from './words.ts';

export interface BulkBarProps {
  readonly letters: readonly DeadLetter[];
  readonly mayWrite: boolean;
  onDone(): void;
}

export function BulkBar({ letters, mayWrite, onDone }: BulkBarProps): ReactElement {
  const t = useWords(words);
  const settle = useSettle();
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<CallFailed | null>(null);
  const { running } = settle;
  const state = { disabled: !mayWrite, reason: mayWrite ? undefined : t('no-permission') };
  const give = async (how: Settling): Promise<void> => {
    const { done, failed, error: first } = await settle.give(letters, how);
    setAsking(false);
    setError(first);
    toast(t('bulk-done', { done, failed }), { tone: failed === 0 ? 'good' : 'bad' });
    if (failed === 0) onDone();
  };
  return (
    <div className="flex flex-col gap-2">
      <div
        role="toolbar"
        aria-label={t('selected', { count: letters.length })}
        className="flex flex-wrap items-center gap-2 rounded-card border border-brand bg-brand-soft px-3 py-2"
      >
        <span className="mr-auto">{t('selected', { count: letters.length })}</span>
        {running === null ? null : (
          <output className="text-13">
            {t('bulk-running', { done: running.done, all: running.all })}
          </output>
        )}
        <Button
          {...state}
          icon="refresh"
          isBusy={running !== null}
          onClick={() => void give('retry')}
        >
          {t('retry')}
        </Button>
        <Button {...state} icon="trash" onClick={() => setAsking(true)}>
          {t('discard')}
        </Button>
      </div>
      {error === null ? null : <ErrorNote error={error} />}
      <ConfirmDialog
        title={t('discard-title', { count: letters.length })}
        text={t('discard-text')}
        word={t('discard-word')}
        action={t('discard')}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => give('discard')}
      />
    </div>
  );
}
