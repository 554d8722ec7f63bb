/** Opens a till with the float that lies in it. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { AGAIN } from './till-reads.ts';
import type { Till } from './till-types.ts';
import { words } from './words.ts';

export interface TillDialogProps {
  readonly till: Till;
  onClose(): void;
}

export function OpenDialog({ till, onClose }: TillDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { id, currency, name } = till;
  const [float, setFloat] = useState<number | null>(null);
  const open = useCommand('POST /v1/business/tills/{id}/open-session', { again: AGAIN });
  const submit = (): void =>
    followUp(open.mutateAsync({ params: { id }, body: { float: float ?? 0 } }), () => {
      toast(t('opened-toast'));
      onClose();
    });
  return (
    <Dialog
      title={t('open-title', { name })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <Button
          kind="primary"
          size="touch"
          isBusy={open.isPending}
          disabled={float === null}
          onClick={submit}
        >
          {t('open-do', { amount: formatMoney({ amount: float ?? 0, currency }, language) })}
        </Button>
      }
    >
      <MoneyField
        label={t('float')}
        hint={t('float-hint')}
        required
        // What the dialog was opened for.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        currency={currency}
        value={float === null ? null : { amount: float, currency }}
        onChange={(value) => setFloat(value?.amount ?? null)}
      />
      <FailureNote error={open.error} />
    </Dialog>
  );
}
