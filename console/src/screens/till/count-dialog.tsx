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
  const [counting, setCounting] = useState<Counting>({ by: 'pieces', pieces: {}, sum: null });
  const count = useCommand('POST /v1/business/tills/{id}/count', { again: AGAIN });
  const { by, pieces, sum } = counting;
  const counted = by === 'pieces' ? sumOf(pieces) : (sum ?? 0);
  const isReady = by === 'pieces' ? Object.keys(pieces).length > 0 : sum !== null;
  const submit = (): void => {
    const body =
      by === 'pieces' ? { counted, denominations: denominationsOf(pieces) } : { counted };
    const onSuccess = (): void => {
      toast(t('counted-toast'));
      onClose();
    };
    count.mutate({ params: { id }, body }, { onSuccess });
  };
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
          onChange={(next) => setCounting({ ...counting, by: next })}
          tabs={[
            { value: 'pieces', label: t('by-pieces') },
            { value: 'sum', label: t('by-sum') },
          ]}
        />
        <CountFields currency={currency} counting={counting} onChange={setCounting} />
        <FailureNote error={count.error} />
      </div>
    </Dialog>
  );
}

interface Counting {
  readonly by: 'pieces' | 'sum';
  readonly pieces: Pieces;
  readonly sum: number | null;
}

function CountFields(props: {
  readonly currency: string;
  readonly counting: Counting;
  onChange(counting: Counting): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { currency, counting, onChange } = props;
  const { by, pieces, sum } = counting;
  if (by === 'sum')
    return (
      <MoneyField
        label={t('sum')}
        currency={currency}
        value={sum === null ? null : { amount: sum, currency }}
        onChange={(value) => onChange({ ...counting, sum: value?.amount ?? null })}
      />
    );
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      {denominations(currency).map((value) => (
        <NumberField
          key={value}
          label={formatMoney({ amount: value, currency }, language)}
          min={0}
          max={PIECES_MAX}
          value={pieces[String(value)] ?? null}
          onChange={(quantity) => {
            const whole = Math.max(0, Math.floor(quantity ?? 0));
            onChange({ ...counting, pieces: { ...pieces, [String(value)]: whole } });
          }}
        />
      ))}
    </div>
  );
}
