/** Finds a member by phone number, says that the order is theirs, and uses their points on it. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { Badge } from '../../design/marks.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useTierNames } from '../loyalty/use-tier-names.ts';
import { FailureNote } from './failure-note.tsx';
import { pointsFor, pointsWorth } from './points.ts';
import { billNumber, type OrderView } from './order-types.ts';
import type { OrderDialogProps } from './pay-dialog.tsx';
import { UsedPoints } from './used-points.tsx';
import { useGive } from './use-give.ts';
import { words } from './words-pay.ts';

export function MemberDialog({ order, onClose }: OrderDialogProps): ReactElement {
  const t = useWords(words);
  const [phone, setPhone] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const query = asked === null ? { customerId: order.customerId ?? undefined } : { phone: asked };
  const isAsked = asked !== null || order.customerId !== null;
  const { data, error, isFetching } = useRead(
    'GET /v1/loyalty/members',
    { query },
    { enabled: isAsked },
  );
  const member = isAsked ? data?.items[0] : undefined;
  return (
    <Dialog title={t('member-title')} isOpen onClose={onClose}>
      <UsedPoints order={order} onClose={onClose} />
      <form
        className="flex items-end gap-2"
        onSubmit={(submit) => {
          submit.preventDefault();
          if (phone.trim() !== '') setAsked(phone.replaceAll(/[^\d+]/g, ''));
        }}
      >
        <TextField
          className="flex-1"
          label={t('phone')}
          hint={t('phone-hint')}
          type="tel"
          inputMode="tel"
          value={phone}
          onChange={setPhone}
          // What the dialog was opened for.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
        <Button type="submit" kind="primary" icon="search" isBusy={isFetching} className="mb-6">
          {t('find')}
        </Button>
      </form>
      <FailureNote error={error} />
      {isAsked && data !== undefined && member === undefined ? (
        <p className="pt-2 text-muted">{t('not-found')}</p>
      ) : null}
      {member === undefined ? null : (
        <Member
          key={member.id}
          order={order}
          memberId={member.id}
          customerId={member.customerId ?? member.id}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function Member(props: {
  readonly order: OrderView;
  readonly memberId: string;
  readonly customerId: string;
  onClose(): void;
}): ReactElement | null {
  const t = useWords(words);
  const { order, memberId, customerId, onClose } = props;
  const { data: balance } = useRead('GET /v1/loyalty/members/{id}/balance', {
    params: { id: memberId },
  });
  const { give, isBusy, error } = useGive();
  const label = { key: 'change', values: { number: billNumber(order) } };
  const isTheirs = order.customerId === customerId;
  const setCustomer = (next: string | null): void =>
    void give({
      operation: 'POST /v1/orders/{id}/set-customer',
      params: { id: order.id },
      body: { customerId: next },
      label,
    });
  const use = async (points: number): Promise<void> => {
    const given = await give({
      operation: 'POST /v1/loyalty/members/{id}/burn',
      params: { id: memberId },
      body: { points, reason: t('use-points'), orderId: order.id },
      label,
    });
    if (given === null) return;
    if (given.kind === 'done') toast(t('points-used'));
    onClose();
  };
  if (balance === undefined) return null;
  return (
    <section className="mt-4 flex flex-col gap-3 rounded-card border border-line p-4">
      <Balance {...balance} />
      <Whose
        isTheirs={isTheirs}
        isBusy={isBusy}
        onSet={(isSet) => setCustomer(isSet ? customerId : null)}
      />
      <UsePoints
        order={order}
        balance={balance}
        isBusy={isBusy}
        isTheirs={isTheirs}
        onUse={(points) => void use(points)}
      />
      <FailureNote error={error} />
    </section>
  );
}

function Balance(props: {
  readonly points: number;
  readonly pending: number;
  readonly tier: string;
}): ReactElement {
  const t = useWords(words);
  const { points, pending, tier } = props;
  const tierName = useTierNames();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="text-28 font-semibold">{t('points', { count: points })}</p>
      <Badge tone="waiting" icon="loyalty">
        {t('tier', { tier: tierName(tier) })}
      </Badge>
      {pending > 0 ? (
        <span className="text-13 text-muted">{t('points-pending', { count: pending })}</span>
      ) : null}
    </div>
  );
}

function Whose(props: {
  readonly isTheirs: boolean;
  readonly isBusy: boolean;
  onSet(isSet: boolean): void;
}): ReactElement {
  const t = useWords(words);
  const { isTheirs, isBusy, onSet } = props;
  if (!isTheirs)
    return (
      <Button size="touch" kind="primary" isBusy={isBusy} onClick={() => onSet(true)}>
        {t('set-member')}
      </Button>
    );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Badge tone="good">{t('is-member')}</Badge>
      <Button size="compact" disabled={isBusy} onClick={() => onSet(false)}>
        {t('unset-member')}
      </Button>
    </div>
  );
}

function UsePoints(props: {
  readonly order: OrderView;
  readonly balance: { readonly points: number; readonly value: number };
  readonly isBusy: boolean;
  readonly isTheirs: boolean;
  onUse(points: number): void;
}): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { order, balance, isBusy, isTheirs, onUse } = props;
  const most = pointsFor(balance, order.due.amount);
  const [points, setPoints] = useState<number | null>(most);
  if (!isTheirs || most < 1) return null;
  const worth = formatMoney(
    { amount: pointsWorth(balance, points ?? 0), currency: order.currency },
    language,
  );
  return (
    <div className="flex flex-wrap items-end gap-2">
      <NumberField
        className="w-36"
        label={t('points-field')}
        hint={t('points-worth', { amount: worth })}
        min={1}
        max={most}
        value={points}
        onChange={setPoints}
      />
      <Button
        kind="primary"
        className="mb-6"
        isBusy={isBusy}
        disabled={points === null || points < 1}
        onClick={() => onUse(points ?? 0)}
      >
        {t('use-do', { count: points ?? 0 })}
      </Button>
    </div>
  );
}
