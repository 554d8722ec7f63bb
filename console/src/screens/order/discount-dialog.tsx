/** Gives a discount on a bill, or takes one back. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import { billNumber, type OrderView } from './order-types.ts';
import type { OrderDialogProps } from './pay-dialog.tsx';
import { Segments } from './segments.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-pay.ts';

/** Rates are hundred-thousandths. */
const RATE_OF_PERCENT = 1000;
const PERCENTS = ['5', '10', '15', '20', '50', '100'] as const;

export function DiscountDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const [much, setMuch] = useState<Much>({ rate: 10 * RATE_OF_PERCENT });
  const [reason, setReason] = useState('');
  const { give, isBusy, error } = useGive();
  const run = async (operation: DiscountOperation, body: unknown): Promise<void> => {
    const label = { key: 'change', values: { number: billNumber(order) } };
    if ((await give({ operation, params: { id: order.id }, body, label })) !== null) onClose();
  };
  const isReady = reason.trim() !== '' && ('rate' in much || much.amount > 0);
  return (
    <Dialog
      title={t('discount-title', { number: billNumber(order) })}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          size="touch"
          isBusy={isBusy}
          disabled={!isReady}
          onClick={() =>
            void run('POST /v1/orders/{id}/discount', { ...much, reason: reason.trim() })
          }
        >
          {t('give-discount')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <HowMuch currency={order.currency} much={much} onChange={setMuch} />
        <TextField
          label={t('reason')}
          hint={t('reason-hint')}
          required
          maxLength={200}
          value={reason}
          onChange={setReason}
        />
        <GivenDiscounts
          order={order}
          isOff={isBusy || reason.trim() === ''}
          onWithdraw={(discountId) =>
            void run('POST /v1/orders/{id}/withdraw-discount', {
              discountId,
              reason: reason.trim(),
            })
          }
        />
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}

type DiscountOperation = 'POST /v1/orders/{id}/discount' | 'POST /v1/orders/{id}/withdraw-discount';
type Much = { readonly rate: number } | { readonly amount: number };

function HowMuch(props: {
  readonly currency: string;
  readonly much: Much;
  onChange(much: Much): void;
}): ReactElement {
  const t = useWords(words);
  const { currency, much, onChange } = props;
  const isRate = 'rate' in much;
  return (
    <>
      <Segments
        label={t('give-discount')}
        isLabelHidden
        value={isRate ? 'percent' : 'amount'}
        onChange={(by) =>
          onChange(by === 'percent' ? { rate: 10 * RATE_OF_PERCENT } : { amount: 0 })
        }
        options={[
          { value: 'percent', label: t('by-percent') },
          { value: 'amount', label: t('by-amount') },
        ]}
      />
      {isRate ? (
        <Segments
          label={t('by-percent')}
          value={String(much.rate / RATE_OF_PERCENT)}
          onChange={(percent) => onChange({ rate: Number(percent) * RATE_OF_PERCENT })}
          options={PERCENTS.map((value) => ({ value, label: t('percent', { percent: value }) }))}
        />
      ) : (
        <MoneyField
          label={t('by-amount')}
          currency={currency}
          value={much.amount === 0 ? null : { amount: much.amount, currency }}
          onChange={(value) => onChange({ amount: value?.amount ?? 0 })}
        />
      )}
    </>
  );
}

function GivenDiscounts(props: {
  readonly order: OrderView;
  readonly isOff: boolean;
  onWithdraw(discountId: string): void;
}): ReactElement | null {
  const t = useWords(words);
  const { order, isOff, onWithdraw } = props;
  if (order.discounts.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-14">{t('given-discounts')}</h3>
      {order.discounts.map(({ discountId, rate, reason }) => (
        <div key={discountId} className="flex items-center gap-3">
          <p dir="auto" className="min-w-0 flex-1 truncate">
            {rate === null ? '' : `${t('percent', { percent: rate / RATE_OF_PERCENT })} · `}
            {reason}
          </p>
          <Button
            size="compact"
            disabled={isOff}
            reason={t('reason-hint')}
            onClick={() => onWithdraw(discountId)}
          >
            {t('withdraw')}
          </Button>
        </div>
      ))}
    </section>
  );
}
