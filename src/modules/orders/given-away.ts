/**
 * What a command gives away or takes back, in minor units: roles may have a limit for it. Null for all others. A refund
 * counts with the refunds of the same order before it, a discount with the order's discounts: a limit that counted each by
 * itself would be passed by giving the same away in small parts.
 */
import { allocate } from '../../core/money.ts';
import { totalsOf } from './amounts.ts';
import type { OrderCommand } from './commands.ts';
import { keptOf } from './decide-corrections.ts';
import { planDiscount } from './decide-discounts.ts';
import { planRefund } from './decide-refunds.ts';
import { chooseLines, weightsOf } from './line-choice.ts';
import type { KnownOrder } from './order-state.ts';

/** A command that will be refused gives nothing away. */
export function amountGivenAway(order: KnownOrder, command: OrderCommand): number | null {
  switch (command.type) {
    case 'RefundOrder': {
      const plan = planRefund(order, command.input);
      const before = order.refunds.reduce((sum, { amount }) => sum + amount, 0);
      return plan.outcome === 'planned' ? before + plan.amount : 0;
    }
    case 'GiveDiscount': {
      const plan = planDiscount(order, command.input);
      return plan.outcome === 'planned' ? totalsOf(order).discounts + plan.amount : 0;
    }
    case 'VoidLines': {
      const chosen = chooseLines(order, command.input.lines);
      if (chosen.outcome === 'rejected') return 0;
      return chosen.lines.reduce((sum, each) => {
        const [, off = 0] = allocate(each.line.amount, weightsOf(each));
        return sum + off;
      }, 0);
    }
    case 'CorrectPayment': {
      const { paymentId, kind } = command.input;
      const payment = order.payments.find((held) => held.paymentId === paymentId);
      return payment === undefined || payment.kind === kind ? 0 : keptOf(payment);
    }
    case 'CorrectRefund': {
      const { refundId, kind } = command.input;
      const refund = order.refunds.find((held) => held.refundId === refundId);
      return refund === undefined || refund.kind === kind ? 0 : refund.amount;
    }
    case 'CancelOrder':
      return order.status === 'open' ? totalsOf(order).gross : 0;
    default:
      return null;
  }
}
