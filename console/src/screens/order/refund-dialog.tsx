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
import { billNumber, type OrderLine, type OrderView, type PaymentKind } from './order-types.ts';
import { TillField, useTill, type OrderDialogProps } from './pay-dialog.tsx';
import { Segments } from './segments.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-pay.ts';

export function RefundDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { currency } = order;
  const left = order.paid.amount - order.refunded.amount;
  const [asked, setAsked] = useState<Asked>({ what: 'all', lineIds: [], amount: 0 });
  const [kind, setKind] = useState<PaymentKind>(order.payments[0]?.kind ?? 'cash');
  const [reason, setReason] = useState('');
  const [tillId, setTillId] = useTill(order.locationId);
  const { give, isBusy, error } = useGive();
  const back = backOf(order, asked);
  const say = formatMoney({ amount: back, currency }, language);
  const refund = async (): Promise<void> => {
    const till = tillId === '' ? {} : { tillId };
    const given = await give({
      operation: 'POST /v1/orders/{id}/refund',
      params: { id: order.id },
      body: { ...partOf(asked), ...till, kind, reason: reason.trim() },
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given === null) return;
    if (given.kind === 'done') toast(t('refund-done', { amount: say }));
    onClose();
  };
  const isReady = back > 0 && back <= left && reason.trim() !== '';
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
          disabled={!isReady}
          onClick={() => void refund()}
        >
          {t('refund-do', { amount: say })}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <WhatBack order={order} asked={asked} onChange={setAsked} />
        <KindChoice kind={kind} onChange={setKind} />
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

function KindChoice(props: {
  readonly kind: PaymentKind;
  onChange(kind: PaymentKind): void;
}): ReactElement {
  const t = useWords(words);
  const { kind, onChange } = props;
  return (
    <Segments
      label={t('kind')}
      value={kind}
      onChange={onChange}
      options={(['cash', 'card', 'other'] as const).map((value) => ({ value, label: t(value) }))}
    />
  );
}

interface Asked {
  readonly what: 'all' | 'lines' | 'amount';
  readonly lineIds: readonly string[];
  readonly amount: number;
}

function partOf({ what, lineIds, amount }: Asked): object {
  if (what === 'all') return {};
  return what === 'amount' ? { amount } : { lines: lineIds.map((lineId) => ({ lineId })) };
}

function WhatBack(props: {
  readonly order: OrderView;
  readonly asked: Asked;
  onChange(asked: Asked): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { order, asked, onChange } = props;
  const { currency } = order;
  const left = formatMoney(
    { amount: backOf(order, { ...asked, what: 'all' }), currency },
    language,
  );
  return (
    <>
      <Segments
        label={t('refund-what')}
        value={asked.what}
        onChange={(what) => onChange({ ...asked, what })}
        options={[
          { value: 'all', label: t('refund-all', { amount: left }) },
          { value: 'lines', label: t('refund-lines') },
          { value: 'amount', label: t('refund-amount') },
        ]}
      />
      {asked.what === 'lines' ? (
        <RefundLines
          lines={order.lines}
          value={asked.lineIds}
          onChange={(lineIds) => onChange({ ...asked, lineIds })}
        />
      ) : null}
      {asked.what === 'amount' ? (
        <MoneyField
          label={t('amount')}
          currency={currency}
          value={asked.amount === 0 ? null : { amount: asked.amount, currency }}
          onChange={(value) => onChange({ ...asked, amount: value?.amount ?? 0 })}
        />
      ) : null}
    </>
  );
}

/** What would go back to the guest. */
function backOf(order: OrderView, { what, lineIds, amount }: Asked): number {
  if (what === 'amount') return amount;
  if (what === 'all') return order.paid.amount - order.refunded.amount;
  return order.lines
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
