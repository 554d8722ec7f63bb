/** Puts right how a payment of a bill came in or a refund was given; asks for an approval where the role needs one. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney, type Money } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import type { Intent } from './outbox.ts';
import { billNumber, type OrderView, type PaymentKind } from './order-types.ts';
import { useOpenTills, type OrderDialogProps } from './pay-dialog.tsx';
import { Segments } from './segments.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-correct.ts';

/** Of what was at no till: it is put right at none. */
const NO_TILL = '-';

/** What was recorded in a kind that may be wrong. */
interface Entry {
  readonly of: 'payment' | 'refund';
  readonly id: string;
  readonly kind: PaymentKind;
  readonly amount: Money;
  readonly tillId: string | null;
}

interface Wish {
  readonly entry: string;
  readonly kind: PaymentKind;
  /** Null as long as nobody chose: then where it was recorded, or where a session is open. */
  readonly tillId: string | null;
  readonly reason: string;
}

const keyOf = ({ of, id }: Entry): string => `${of}:${id}`;

function entriesOf({ payments, refunds }: OrderView): readonly Entry[] {
  return [
    ...payments.map(({ paymentId: id, ...rest }) => ({ of: 'payment' as const, id, ...rest })),
    ...refunds
      // Points alone may have gone back.
      .filter(({ amount }) => amount.amount > 0)
      .map(({ refundId: id, ...rest }) => ({ of: 'refund' as const, id, ...rest })),
  ];
}

/** Another kind than the one that was recorded, which is most often the right one. */
function otherKind(entry: Entry | undefined): PaymentKind {
  return entry?.kind === 'card' ? 'cash' : 'card';
}

function firstWish([first]: readonly Entry[]): Wish {
  const entry = first === undefined ? '' : keyOf(first);
  return { entry, kind: otherKind(first), tillId: null, reason: '' };
}

function intentOf(
  order: OrderView,
  { of, id }: Entry,
  said: { readonly kind: PaymentKind; readonly reason: string; readonly tillId?: string },
): Intent {
  const about = {
    params: { id: order.id },
    label: { key: 'change', values: { number: billNumber(order) } },
  } as const;
  return of === 'payment'
    ? {
        operation: 'POST /v1/orders/{id}/correct-payment',
        body: { ...said, paymentId: id },
        ...about,
      }
    : {
        operation: 'POST /v1/orders/{id}/correct-refund',
        body: { ...said, refundId: id },
        ...about,
      };
}

function tillOf(entry: Entry | undefined, open: readonly { readonly value: string }[]): string {
  const own = entry?.tillId ?? null;
  if (own === null) return NO_TILL;
  return open.some(({ value }) => value === own) ? own : (open[0]?.value ?? own);
}

export function CorrectDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const entries = entriesOf(order);
  const open = useOpenTills(order.locationId);
  const [wish, setWish] = useState(() => firstWish(entries));
  const { give, isBusy, error } = useGive();
  const entry = entries.find((each) => keyOf(each) === wish.entry);
  const { kind } = wish;
  const reason = wish.reason.trim();
  const till = wish.tillId ?? tillOf(entry, open);
  const fault = kind === entry?.kind ? 'same' : reason === '' ? 'no-reason' : null;
  const correct = async (): Promise<void> => {
    if (entry === undefined) return;
    const said = { kind, reason, ...(till === NO_TILL ? {} : { tillId: till }) };
    const given = await give(intentOf(order, entry, said));
    if (given === null) return;
    if (given.kind === 'done') toast(t(`done-${entry.of}`));
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
      <WishFields entries={entries} entry={entry} wish={wish} onChange={setWish}>
        <TillChoice
          entry={entry}
          open={open}
          value={till}
          onChange={(tillId) => setWish({ ...wish, tillId })}
        />
      </WishFields>
      <FailureNote error={error} />
    </Dialog>
  );
}

function WishFields(props: {
  readonly entries: readonly Entry[];
  readonly entry: Entry | undefined;
  readonly wish: Wish;
  readonly children: ReactNode;
  onChange(wish: Wish): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { entries, entry, wish, onChange } = props;
  const choose = (key: string): void => {
    const kind = otherKind(entries.find((each) => keyOf(each) === key));
    onChange({ ...wish, entry: key, kind, tillId: null });
  };
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={t('which')}
        value={wish.entry}
        onChange={choose}
        options={entries.map((each) => ({
          value: keyOf(each),
          label: t(each.of, { kind: t(each.kind), amount: formatMoney(each.amount, language) }),
        }))}
      />
      <Segments
        label={t(`really-${entry?.of ?? 'payment'}`)}
        value={wish.kind}
        onChange={(kind) => onChange({ ...wish, kind })}
        options={(['cash', 'card', 'other'] as const).map((value) => ({ value, label: t(value) }))}
      />
      {props.children}
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

/** Tills with an open session; without one the server says that a session must be opened first. */
function TillChoice(props: {
  readonly entry: Entry | undefined;
  readonly open: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  onChange(tillId: string): void;
}): ReactElement | null {
  const t = useWords(words);
  const { entry, open } = props;
  if (open.length === 0) return null;
  const none = entry?.tillId === null ? [{ value: NO_TILL, label: t('no-till') }] : [];
  return (
    <SelectField
      label={t('till')}
      value={props.value}
      onChange={props.onChange}
      options={[...none, ...open]}
    />
  );
}
