/** What a bill comes to: the amount that is left to pay as its hero. */
import type { ReactElement } from 'react';
import { formatMoney, type Money } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { OrderView } from './order-types.ts';
import { words } from './words-bill.ts';

export function BillTotals({ order }: { readonly order: OrderView }): ReactElement {
  const t = useWords(words);
  const { total, due, paid, discounted, pointsDiscount, tips, refunded, taxes } = order;
  const isOpen = order.status === 'open';
  return (
    <dl className="flex flex-col gap-1 border-t border-line pt-3">
      <Row name={t('discounts')} value={discounted} sign="−" isOptional />
      <Row name={t('points')} value={pointsDiscount} sign="−" isOptional />
      {taxes.map(({ label, tax }) => (
        <Row key={label} name={t('tax-in', { label })} value={tax} isQuiet />
      ))}
      <Row name={t('total')} value={total} isStrong={!isOpen} />
      {order.payments.map(({ paymentId, kind, amount }) => (
        <Row key={paymentId} name={t(kind)} value={amount} isQuiet />
      ))}
      <Corrections order={order} of="payment" />
      <Row
        name={t('change')}
        value={{
          ...total,
          amount: order.payments.reduce((sum, { change }) => sum + change.amount, 0),
        }}
        sign="−"
        isOptional
      />
      <Row name={t('tips')} value={tips} isOptional />
      <Row name={t('paid-so-far')} value={paid} isOptional />
      <Row name={t('refunded')} value={refunded} sign="−" isOptional />
      {order.refunds.map(({ refundId, kind, amount }) => (
        <Row
          key={refundId}
          name={t('refunded-as', { kind: t(kind) })}
          value={amount}
          sign="−"
          isQuiet
          isOptional
        />
      ))}
      <Corrections order={order} of="refund" />
      {isOpen ? (
        <div className="flex items-baseline justify-between gap-3 pt-1">
          <dt className="text-16 font-semibold">{t('due')}</dt>
          <dd className="text-28 leading-tight font-semibold">
            <Amount value={due} />
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

function Corrections(props: {
  readonly order: OrderView;
  readonly of: 'payment' | 'refund';
}): ReactElement {
  const t = useWords(words);
  const key = props.of === 'payment' ? 'was-corrected' : 'refund-corrected';
  return (
    <>
      {props.order.corrections
        .filter(({ refundId }) => (refundId === null) === (props.of === 'payment'))
        .map(({ from, kind, amount, at }) => (
          <Row key={at} name={t(key, { from: t(from), kind: t(kind) })} value={amount} isQuiet />
        ))}
    </>
  );
}

function Row(props: {
  readonly name: string;
  readonly value: Money;
  readonly sign?: string;
  readonly isOptional?: boolean;
  readonly isQuiet?: boolean;
  readonly isStrong?: boolean;
}): ReactElement | null {
  const { name, value, sign = '', isOptional = false, isQuiet = false, isStrong = false } = props;
  if (isOptional && value.amount === 0) return null;
  return (
    <div
      className={`flex items-baseline justify-between gap-3 ${isQuiet ? 'text-13 text-muted' : ''} ${isStrong ? 'text-16 font-semibold' : ''}`}
    >
      <dt className="min-w-0 truncate">{name}</dt>
      <dd className="shrink-0">
        {sign}
        <Amount value={value} />
      </dd>
    </div>
  );
}

function Amount({ value }: { readonly value: Money }): ReactElement {
  return <>{formatMoney(value, useLanguage())}</>;
}
