/** Gives a discount on a bill, or takes one back. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import { billNumber } from './order-types.ts';
import type { OrderDialogProps } from './pay-dialog.tsx';
import { Segments } from './segments.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-pay.ts';

/** Rates are hundred-thousandths. */
const RATE_OF_PERCENT = 1000;
const PERCENTS = ['5', '10', '15', '20', '50', '100'] as const;

export function DiscountDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const { currency } = order;
  const [by, setBy] = useState<'percent' | 'amount'>('percent');
  const [percent, setPercent] = useState<(typeof PERCENTS)[number]>('10');
  const [amount, setAmount] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const { give, isBusy, error } = useGive();
  const run = async (
    operation: 'POST /v1/orders/{id}/discount' | 'POST /v1/orders/{id}/withdraw-discount',
    body: unknown,
  ): Promise<void> => {
    const given = await give({
      operation,
      params: { id: order.id },
      body,
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given !== null) onClose();
  };
  const much =
    by === 'percent' ? { rate: Number(percent) * RATE_OF_PERCENT } : { amount: amount ?? 0 };
  const isReady = reason.trim() !== '' && (by === 'percent' || (amount ?? 0) > 0);
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
        <Segments
          label={t('discount-title', { number: billNumber(order) })}
          isLabelHidden
          value={by}
          onChange={setBy}
          options={[
            { value: 'percent', label: t('by-percent') },
            { value: 'amount', label: t('by-amount') },
          ]}
        />
        {by === 'percent' ? (
          <Segments
            label={t('by-percent')}
            value={percent}
            onChange={setPercent}
            options={PERCENTS.map((value) => ({ value, label: t('percent', { percent: value }) }))}
          />
        ) : (
          <MoneyField
            label={t('by-amount')}
            currency={currency}
            value={amount === null ? null : { amount, currency }}
            onChange={(value) => setAmount(value?.amount ?? null)}
          />
        )}
        <TextField
          label={t('reason')}
          hint={t('reason-hint')}
          maxLength={200}
          value={reason}
          onChange={setReason}
        />
        {order.discounts.length === 0 ? null : (
          <section className="flex flex-col gap-2">
            <h3 className="text-14">{t('given-discounts')}</h3>
            {order.discounts.map(({ discountId, rate, reason: why }) => (
              <div key={discountId} className="flex items-center gap-3">
                <p dir="auto" className="min-w-0 flex-1 truncate">
                  {rate === null ? '' : `${t('percent', { percent: rate / RATE_OF_PERCENT })} · `}
                  {why}
                </p>
                <Button
                  size="compact"
                  disabled={isBusy || reason.trim() === ''}
                  reason={t('reason-hint')}
                  onClick={() =>
                    void run('POST /v1/orders/{id}/withdraw-discount', {
                      discountId,
                      reason: reason.trim(),
                    })
                  }
                >
                  {t('withdraw')}
                </Button>
              </div>
            ))}
          </section>
        )}
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}
