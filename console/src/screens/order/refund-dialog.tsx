/** Gives money back for everything, for lines, or an amount; asks for an approval where the role needs one. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import { billNumber, type OrderLine, type PaymentKind } from './order-types.ts';
import { TillField, useTill, type OrderDialogProps } from './pay-dialog.tsx';
import { Segments } from './segments.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-pay.ts';

type What = 'all' | 'lines' | 'amount';

export function RefundDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { currency } = order;
  const left = order.paid.amount - order.refunded.amount;
  const [what, setWhat] = useState<What>('all');
  const [kind, setKind] = useState<PaymentKind>(order.payments[0]?.kind ?? 'cash');
  const [lineIds, setLineIds] = useState<readonly string[]>([]);
  const [amount, setAmount] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [tillId, setTillId] = useTill(order.locationId);
  const { give, isBusy, error } = useGive();
  const back =
    what === 'all' ? left : what === 'amount' ? (amount ?? 0) : backOf(order.lines, lineIds);
  const say = formatMoney({ amount: back, currency }, language);
  const part =
    what === 'all'
      ? {}
      : what === 'amount'
        ? { amount: amount ?? 0 }
        : { lines: lineIds.map((lineId) => ({ lineId })) };
  const refund = async (): Promise<void> => {
    const till = tillId === '' ? {} : { tillId };
    const given = await give({
      operation: 'POST /v1/orders/{id}/refund',
      params: { id: order.id },
      body: { ...part, ...till, kind, reason: reason.trim() },
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given === null) return;
    if (given.kind === 'done') toast(t('refund-done', { amount: say }));
    onClose();
  };
  return (
    <Dialog
      title={t('refund-title', { number: billNumber(order) })}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="danger"
          size="touch"
          isBusy={isBusy}
          disabled={back <= 0 || back > left || reason.trim() === ''}
          onClick={() => void refund()}
        >
          {t('refund-do', { amount: say })}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Segments
          label={t('refund-what')}
          value={what}
          onChange={setWhat}
          options={[
            {
              value: 'all',
              label: t('refund-all', { amount: formatMoney({ amount: left, currency }, language) }),
            },
            { value: 'lines', label: t('refund-lines') },
            { value: 'amount', label: t('refund-amount') },
          ]}
        />
        {what === 'lines' ? (
          <RefundLines lines={order.lines} value={lineIds} onChange={setLineIds} />
        ) : null}
        {what === 'amount' ? (
          <MoneyField
            label={t('amount')}
            currency={currency}
            value={amount === null ? null : { amount, currency }}
            onChange={(value) => setAmount(value?.amount ?? null)}
          />
        ) : null}
        <Segments
          label={t('kind')}
          value={kind}
          onChange={setKind}
          options={(['cash', 'card', 'other'] as const).map((value) => ({
            value,
            label: t(value),
          }))}
        />
        <TillField locationId={order.locationId} value={tillId} onChange={setTillId} />
        <TextField
          label={t('reason')}
          hint={t('reason-hint')}
          required
          maxLength={200}
          value={reason}
          onChange={setReason}
        />
        <p className="text-13 text-muted">{t('refund-hint')}</p>
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}

function backOf(lines: readonly OrderLine[], lineIds: readonly string[]): number {
  return lines
    .filter(({ lineId }) => lineIds.includes(lineId))
    .reduce((sum, { paid, refunded }) => sum + paid.amount - refunded.amount, 0);
}

function RefundLines(props: {
  readonly lines: readonly OrderLine[];
  readonly value: readonly string[];
  onChange(lineIds: readonly string[]): void;
}): ReactElement {
  const language = useLanguage();
  const { lines, value, onChange } = props;
  const shown = lines.filter(({ paid, refunded }) => paid.amount > refunded.amount);
  return (
    <ul className="divide-y divide-line rounded-card border border-line">
      {shown.map(({ lineId, name, quantity, paid, refunded }) => (
        <li key={lineId}>
          <label className="flex min-h-14 min-w-0 cursor-pointer items-center gap-3 px-3">
            <input
              type="checkbox"
              className="size-5 shrink-0 accent-brand"
              checked={value.includes(lineId)}
              onChange={({ target }) =>
                onChange(target.checked ? [...value, lineId] : value.filter((id) => id !== lineId))
              }
            />
            <span dir="auto" className="line-clamp-2 min-w-0 flex-1 break-words">
              {quantity} × {name}
            </span>
            <span>
              {formatMoney(
                { amount: paid.amount - refunded.amount, currency: paid.currency },
                language,
              )}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
