/** Notes cash that was put into the drawer or taken out, with the reason. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { ReasonField } from '../order/line-dialog.tsx';
import type { TillDialogProps } from './open-dialog.tsx';
import { AGAIN } from './till-reads.ts';
import { words } from './words.ts';

export function CashDialog({
  till,
  way,
  onClose,
}: TillDialogProps & { readonly way: 'put' | 'take' }): ReactElement {
  const t = useWords(words);
  const { id, currency } = till;
  const [amount, setAmount] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const put = useCommand('POST /v1/business/tills/{id}/put-cash', { again: AGAIN });
  const take = useCommand('POST /v1/business/tills/{id}/take-cash', { again: AGAIN });
  const command = way === 'put' ? put : take;
  const title = way === 'put' ? t('put-in') : t('take-out');
  const submit = (): void =>
    followUp(
      command.mutateAsync({ params: { id }, body: { amount: amount ?? 0, reason: reason.trim() } }),
      () => {
        toast(t('moved-toast'));
        onClose();
      },
    );
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <Button
          kind="primary"
          size="touch"
          isBusy={command.isPending}
          disabled={(amount ?? 0) <= 0 || reason.trim() === ''}
          onClick={submit}
        >
          {title}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <MoneyField
          label={t('amount')}
          required
          // What the dialog was opened for.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          currency={currency}
          value={amount === null ? null : { amount, currency }}
          onChange={(value) => setAmount(value?.amount ?? null)}
        />
        <ReasonField
          value={reason}
          reasons={way === 'put' ? [t('reason-change')] : [t('reason-safe'), t('reason-supplier')]}
          onChange={setReason}
        />
        <FailureNote error={command.error} />
      </div>
    </Dialog>
  );
}
