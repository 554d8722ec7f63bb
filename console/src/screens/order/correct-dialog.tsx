/** Puts right how a payment of a bill came in; asks for an approval where the role needs one. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import { billNumber, type OrderView, type PaymentKind } from './order-types.ts';
import { useOpenTills, type OrderDialogProps } from './pay-dialog.tsx';
import { Segments } from './segments.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-correct.ts';

/** Of the till that the payment itself names. */
const OWN_TILL = '-';

interface Wish {
  readonly paymentId: string;
  readonly kind: PaymentKind;
  readonly tillId: string;
  readonly reason: string;
}

/** Another kind than the one that was recorded, which is most often the right one. */
function firstWish({ payments: [first] }: OrderView): Wish {
  const kind = first?.kind === 'card' ? 'cash' : 'card';
  return { paymentId: first?.paymentId ?? '', kind, tillId: OWN_TILL, reason: '' };
}

export function CorrectDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const [wish, setWish] = useState(() => firstWish(order));
  const { give, isBusy, error } = useGive();
  const { paymentId, kind, tillId } = wish;
  const reason = wish.reason.trim();
  const recorded = order.payments.find((each) => each.paymentId === paymentId)?.kind;
  const fault = kind === recorded ? 'same' : reason === '' ? 'no-reason' : null;
  const correct = async (): Promise<void> => {
    const till = tillId === OWN_TILL ? {} : { tillId };
    const given = await give({
      operation: 'POST /v1/orders/{id}/correct-payment',
      params: { id: order.id },
      body: { paymentId, kind, reason, ...till },
      label: { key: 'change', values: { number: billNumber(order) } },
    });
    if (given === null) return;
    if (given.kind === 'done') toast(t('done'));
    onClose();
  };
  return (
    <Dialog
      title={t('title', { number: billNumber(order) })}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          size="touch"
          isBusy={isBusy}
          disabled={fault !== null}
          reason={fault === null ? undefined : t(fault)}
          onClick={() => void correct()}
        >
          {t('do', { kind: t(kind) })}
        </Button>
      }
    >
      <WishFields order={order} wish={wish} onChange={setWish} />
      <FailureNote error={error} />
    </Dialog>
  );
}

function WishFields(props: {
  readonly order: OrderView;
  readonly wish: Wish;
  onChange(wish: Wish): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { order, wish, onChange } = props;
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={t('which')}
        value={wish.paymentId}
        onChange={(paymentId) => onChange({ ...wish, paymentId })}
        options={order.payments.map((each) => ({
          value: each.paymentId,
          label: `${t(each.kind)} · ${formatMoney(each.amount, language)}`,
        }))}
      />
      <Segments
        label={t('really')}
        value={wish.kind}
        onChange={(kind) => onChange({ ...wish, kind })}
        options={(['cash', 'card', 'other'] as const).map((value) => ({ value, label: t(value) }))}
      />
      <TillChoice
        locationId={order.locationId}
        value={wish.tillId}
        onChange={(tillId) => onChange({ ...wish, tillId })}
      />
      <TextField
        label={t('reason')}
        hint={t('reason-hint')}
        required
        maxLength={200}
        value={wish.reason}
        onChange={(reason) => onChange({ ...wish, reason })}
      />
      <p className="text-13 text-muted">{t('hint')}</p>
    </div>
  );
}

function TillChoice(props: {
  readonly locationId: string;
  readonly value: string;
  onChange(tillId: string): void;
}): ReactElement | null {
  const t = useWords(words);
  const open = useOpenTills(props.locationId);
  if (open.length === 0) return null;
  return (
    <SelectField
      label={t('till')}
      value={props.value}
      onChange={props.onChange}
      options={[{ value: OWN_TILL, label: t('own-till') }, ...open]}
    />
  );
}
