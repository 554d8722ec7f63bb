/** What clients see of an order: amounts as money. */
import { money, type Currency, type Money } from '../../core/money.ts';
import { discountOf, pointsOf, taxedOf, totalsOf, type Totals } from './amounts.ts';
import type { OrderCommand } from './commands.ts';
import { newBillIds } from './split-bills.ts';
import type { KnownOrder, LineState, OrderState } from './order-state.ts';

export function view(state: OrderState): object {
  if (state.status === 'unknown') return state;
  const {
    currency,
    lines,
    payments,
    refunds,
    corrections,
    burns,
    payers: _payers,
    ...rest
  } = state;
  const of = moneyIn(currency);
  const totals = totalsOf(state);
  return {
    ...rest,
    currency,
    total: of(totals.gross),
    due: of(state.status === 'cancelled' ? 0 : totals.due),
    paid: of(totals.paid),
    refunded: of(totals.refunded),
    discounted: of(totals.discounts),
    pointsDiscount: of(totals.pointsDiscounts),
    tips: of(totals.tips),
    taxes: taxesOf(state, totals),
    lines: lines.map((line) => viewOfLine(line, state)),
    payments: payments.map((payment) => ({
      ...payment,
      amount: of(payment.amount),
      tip: of(payment.tip),
      change: of(payment.change),
      settled: of(payment.settled),
    })),
    refunds: refunds.map((refund) => ({
      ...refund,
      amount: of(refund.amount),
      tip: of(refund.tip),
      tax: of(refund.tax),
    })),
    corrections: corrections.map((each) => ({ ...each, amount: of(each.amount) })),
    burns: burns.map(({ burnId, memberId, points, amount, pointsBack }) => ({
      burnId,
      memberId,
      points,
      amount: of(amount),
      pointsBack,
    })),
  };
}

function viewOfLine(line: LineState, { currency, taxMode }: KnownOrder): object {
  const of = moneyIn(currency);
  const { net, tax, gross } = taxedOf(line, taxMode);
  const { fixed: _fixed, refundedTax: _refundedTax, returned: _returned, ...shown } = line;
  return {
    ...shown,
    unitPrice: of(line.unitPrice),
    modifiers: line.modifiers.map((each) => ({ ...each, price: of(each.price) })),
    amount: of(line.amount),
    discount: of(discountOf(line)),
    pointsDiscount: of(pointsOf(line)),
    discounts: line.discounts.map((each) => ({ ...each, amount: of(each.amount) })),
    points: line.points.map((each) => ({ ...each, amount: of(each.amount) })),
    net: of(net),
    tax: of(tax),
    total: of(gross),
    paid: of(line.paid),
    refunded: of(line.refunded),
  };
}

function taxesOf({ currency }: KnownOrder, { taxes }: Totals) {
  const of = moneyIn(currency);
  return taxes.map(({ label, rate, net, tax, gross }) => ({
    label,
    rate,
    net: of(net),
    tax: of(tax),
    gross: of(gross),
  }));
}

function moneyIn(currency: Currency): (amount: number) => Money {
  return (amount) => money(amount, currency);
}

/** Members of a command's answer beside version and cursor. */
export function respond(
  state: OrderState,
  command: OrderCommand,
): Readonly<Record<string, unknown>> {
  if (state.status === 'unknown') return {};
  const of = moneyIn(state.currency);
  const totals = totalsOf(state);
  const { gross, due } = totals;
  const { number, status } = state;
  const owed = status === 'cancelled' ? 0 : due;
  const change = state.payments.reduce((sum, payment) => sum + payment.change, 0);
  const answer = { number, total: of(gross), taxes: taxesOf(state, totals), status, due: of(owed) };
  switch (command.type) {
    case 'PlaceOrder':
    case 'PayOrder':
      return { ...answer, change: of(change) };
    case 'SplitOrder':
      return { ...answer, bills: newBillIds(command) };
    default:
      return answer;
  }
}
