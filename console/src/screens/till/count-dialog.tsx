/** Counts a drawer blind: nothing here says what should be in it. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { MoneyField, NumberField } from '../../design/number-fields.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { denominations } from '../order/payments.ts';
import type { TillDialogProps } from './open-dialog.tsx';
import { denominationsOf, PIECES_MAX, sumOf, type Pieces } from './pieces.ts';
import { AGAIN } from './till-reads.ts';
import { words } from './words.ts';

export function CountDialog({ till, onClose }: TillDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { id, currency, name } = till;
  const [by, setBy] = useState<'pieces' | 'sum'>('pieces');
  const [pieces, setPieces] = useState<Pieces>({});
  const [sum, setSum] = useState<number | null>(null);
  const count = useCommand('POST /v1/business/tills/{id}/count', { again: AGAIN });
  const counted = by === 'pieces' ? sumOf(pieces) : (sum ?? 0);
  const isReady = by === 'pieces' ? Object.keys(pieces).length > 0 : sum !== null;
  const submit = (): void =>
    count.mutate(
      {
        params: { id },
        body: { counted, ...(by === 'pieces' ? { denominations: denominationsOf(pieces) } : {}) },
      },
      {
        onSuccess: () => {
          toast(t('counted-toast'));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t('count-title', { name })}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          size="touch"
          isBusy={count.isPending}
          disabled={!isReady}
          onClick={submit}
        >
          {t('count-do', { amount: formatMoney({ amount: counted, currency }, language) })}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t('count-hint')}</p>
        <Tabs
          value={by}
          onChange={setBy}
          tabs={[
            { value: 'pieces', label: t('by-pieces') },
            { value: 'sum', label: t('by-sum') },
          ]}
        />
        {by === 'sum' ? (
          <MoneyField
            label={t('sum')}
            autoFocus
            currency={currency}
            value={sum === null ? null : { amount: sum, currency }}
            onChange={(value) => setSum(value?.amount ?? null)}
          />
        ) : (
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            {denominations(currency).map((value) => (
              <NumberField
                key={value}
                label={formatMoney({ amount: value, currency }, language)}
                min={0}
                max={PIECES_MAX}
                value={pieces[String(value)] ?? null}
                onChange={(quantity) =>
                  setPieces({ ...pieces, [String(value)]: Math.max(0, Math.floor(quantity ?? 0)) })
                }
              />
            ))}
          </div>
        )}
        <FailureNote error={count.error} />
      </div>
    </Dialog>
  );
}
