/** Closes a counted till: over or short is told, and the next Z report is made. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextAreaField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import type { TillDialogProps } from './open-dialog.tsx';
import { AGAIN } from './till-reads.ts';
import { words } from './words.ts';

export function CloseDialog({ till, onClose }: TillDialogProps): ReactElement {
  const t = useWords(words);
  const [note, setNote] = useState('');
  const close = useCommand('POST /v1/business/tills/{id}/close-session', { again: AGAIN });
  const submit = (): void =>
    followUp(
      close.mutateAsync({
        params: { id: till.id },
        body: note.trim() === '' ? {} : { note: note.trim() },
      }),
      () => {
        toast(t('closed-toast'));
        onClose();
      },
    );
  return (
    <Dialog
      title={t('close-title', { name: till.name })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <Button kind="primary" size="touch" isBusy={close.isPending} onClick={submit}>
          {t('close')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p>{t('close-text')}</p>
        <TextAreaField label={t('note')} maxLength={500} value={note} onChange={setNote} />
        <FailureNote error={close.error} />
      </div>
    </Dialog>
  );
}
