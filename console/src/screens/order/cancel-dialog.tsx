/** Cancels an order: without an approval as long as no station was told of it. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { isUntold } from './courses.ts';
import { FailureNote } from './failure-note.tsx';
import { ReasonField } from './line-dialog.tsx';
import { billNumber } from './order-types.ts';
import type { OrderDialogProps } from './pay-dialog.tsx';
import { useGive } from './use-give.ts';
import { words as billWords } from './words-bill.ts';
import { words } from './words-pay.ts';

export function CancelDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const say = useWords(billWords);
  const [reason, setReason] = useState('');
  const { give, isBusy, error } = useGive();
  const cancel = async (): Promise<void> => {
    const given = await give({
      operation: order.lines.every(isUntold)
        ? 'POST /v1/orders/{id}/discard'
        : 'POST /v1/orders/{id}/cancel',
      params: { id: order.id },
      body: { reason: reason.trim() },
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given === null) return;
    if (given.kind === 'done') toast(t('cancel-done'));
    onClose();
  };
  return (
    <Dialog
      title={t('cancel-title', { number: billNumber(order) })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <Button
          kind="danger"
          size="touch"
          isBusy={isBusy}
          disabled={reason.trim() === ''}
          onClick={() => void cancel()}
        >
          {t('cancel-do')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p>{t('cancel-text')}</p>
        <ReasonField
          value={reason}
          reasons={[say('reason-left'), say('reason-mistake')]}
          onChange={setReason}
        />
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}
