/** Takes a payment: what was handed over, a tip, the change. A second click pays nothing twice. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, type Option } from '../../design/fields.tsx';
import { MoneyField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from './failure-note.tsx';
import { billNumber, type OrderView, type PaymentKind } from './order-types.ts';
import { changeOf, likelySums, paymentFault, tipOf, withTip, type Handed } from './payments.ts';
import { Segments } from './segments.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-pay.ts';

const TIPS = [0, 5, 10, 15] as const;
const TILL_KEPT_AS = 'comptoir.till';

export interface OrderDialogProps {
  readonly order: OrderView;
  onClose(): void;
}

export function PayDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { currency, due } = order;
  const [handed, setHanded] = useState<Handed>({ kind: 'card', amount: due.amount, tip: 0 });
  const [tillId, setTillId] = useTill(order.locationId);
  const { give, isBusy, error } = useGive();
  const say = (amount: number): string => formatMoney({ amount, currency }, language);
  const change = changeOf(handed, due.amount);
  const fault = paymentFault(handed, due.amount);
  const pay = async (): Promise<void> => {
    const till = tillId === '' ? {} : { tillId };
    const given = await give({
      operation: 'POST /v1/orders/{id}/pay',
      params: { id: order.id },
      body: { ...handed, ...till },
      label: { key: 'pay', values: { amount: say(handed.amount), number: billNumber(order) } },
    });
    if (given === null) return;
    if (given.kind === 'done')
      toast(
        change > 0
          ? t('paid-toast', { change: say(change) })
          : change < 0
            ? t('paid-part', { due: say(-change) })
            : t('paid-closed'),
      );
    onClose();
  };
  return (
    <Dialog
      title={t('pay-title', { number: billNumber(order) })}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          size="touch"
          isBusy={isBusy}
          disabled={fault !== null}
          reason={fault === null ? undefined : t(`fault-${fault}`)}
          onClick={() => void pay()}
        >
          {t(`take-${handed.kind}`, { amount: say(handed.amount) })}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Sums due={say(due.amount)} change={change} say={say} />
        <HowPaid order={order} handed={handed} onChange={setHanded} />
        <TillField locationId={order.locationId} value={tillId} onChange={setTillId} />
        {fault === null ? null : <p className="text-13 text-wine">{t(`fault-${fault}`)}</p>}
        {change < 0 && fault === null ? (
          <p className="text-13 text-brass-text">{t('part-hint')}</p>
        ) : null}
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}

function Sums({
  due,
  change,
  say,
}: {
  readonly due: string;
  readonly change: number;
  say(amount: number): string;
}): ReactElement {
  const t = useWords(words);
  return (
    <dl className="grid grid-cols-2 gap-3">
      <div className="rounded-card bg-sunken p-3">
        <dt className="text-13 text-muted-on-soft">{t('due')}</dt>
        <dd className="text-28 leading-tight font-semibold">{due}</dd>
      </div>
      <div className="rounded-card bg-sunken p-3" aria-live="polite">
        <dt className="text-13 text-muted-on-soft">{change < 0 ? t('missing') : t('change')}</dt>
        <dd
          className={`text-28 leading-tight font-semibold ${change < 0 ? 'text-brass-text' : ''}`}
        >
          {say(Math.abs(change))}
        </dd>
      </div>
    </dl>
  );
}

function HowPaid(props: {
  readonly order: OrderView;
  readonly handed: Handed;
  onChange(handed: Handed): void;
}): ReactElement {
  const t = useWords(words);
  const { order, handed, onChange } = props;
  const { due } = order;
  const { kind, tip } = handed;
  const setKind = (next: PaymentKind): void =>
    onChange({ ...handed, kind: next, amount: next === 'cash' ? handed.amount : due.amount + tip });
  const setTip = (next: number): void => onChange(withTip(handed, { tip: next, due: due.amount }));
  return (
    <>
      <Segments
        label={t('kind')}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'card', label: t('card'), icon: 'card' },
          { value: 'cash', label: t('cash'), icon: 'cash' },
          { value: 'other', label: t('other'), icon: 'more' },
        ]}
      />
      <Segments
        label={t('tip')}
        value={String(TIPS.find((percent) => tipOf(due.amount, percent) === tip) ?? '')}
        onChange={(percent) => setTip(tipOf(due.amount, Number(percent)))}
        options={TIPS.map((percent) => ({
          value: String(percent),
          label: percent === 0 ? t('no-tip') : t('tip-percent', { percent }),
        }))}
      />
      <HandedFields order={order} handed={handed} onChange={onChange} onTip={setTip} />
    </>
  );
}

function HandedFields(props: {
  readonly order: OrderView;
  readonly handed: Handed;
  onChange(handed: Handed): void;
  onTip(tip: number): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { order, handed, onChange, onTip } = props;
  const { currency, due } = order;
  const { kind, tip } = handed;
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <MoneyField
          label={t('handed')}
          currency={currency}
          value={{ amount: handed.amount, currency }}
          onChange={(value) => onChange({ ...handed, amount: value?.amount ?? 0 })}
        />
        <MoneyField
          label={t('tip')}
          currency={currency}
          value={{ amount: tip, currency }}
          onChange={(value) => onTip(value?.amount ?? 0)}
        />
      </div>
      {kind !== 'cash' ? null : (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(112px,1fr))] gap-2">
          {likelySums(due.amount + tip, currency).map((amount, at) => (
            <Button
              key={amount}
              size="touch"
              isPressed={amount === handed.amount}
              onClick={() => onChange({ ...handed, amount })}
            >
              {at === 0 ? t('exact') : formatMoney({ amount, currency }, language)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

/** The till that this computer rings on. */
export function useTill(locationId: string): readonly [string, (tillId: string) => void] {
  const name = `${TILL_KEPT_AS}.${locationId}`;
  const [tillId, setTillId] = useState(() => localStorage.getItem(name) ?? '');
  return [
    tillId,
    (next) => {
      localStorage.setItem(name, next);
      setTillId(next);
    },
  ];
}

/** Tills of the location with an open session, as choices. */
export function useOpenTills(locationId: string): readonly Option<string>[] {
  const { data } = useRead('GET /v1/business/tills', { query: { locationId, status: 'active' } });
  return (data?.items ?? [])
    .filter(({ sessionId }) => typeof sessionId === 'string')
    .map(({ id, name }) => ({ value: id, label: name ?? id }));
}

export function TillField(props: {
  readonly locationId: string;
  readonly value: string;
  onChange(tillId: string): void;
}): ReactElement | null {
  const t = useWords(words);
  const open = useOpenTills(props.locationId);
  if (open.length === 0) return null;
  const isOpen = open.some(({ value }) => value === props.value);
  return (
    <SelectField
      label={t('till')}
      value={isOpen ? props.value : '-'}
      onChange={(value) => props.onChange(value === '-' ? '' : value)}
      options={[{ value: '-', label: t('no-till') }, ...open]}
    />
  );
}
