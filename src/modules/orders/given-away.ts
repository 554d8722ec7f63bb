/** What a command gives away or takes back, in minor units: roles may have a limit for it. Null for all others. */
import { allocate } from '../../core/money.ts';
import { totalsOf } from './amounts.ts';
import type { OrderCommand } from './commands.ts';
import { planDiscount } from './decide-discounts.ts';
import { planRefund } from './decide-refunds.ts';
import { chooseLines, weightsOf } from './line-choice.ts';
import type { KnownOrder } from './state.ts';

/** A command that will be refused gives nothing away. */
export function amountGivenAway(order: KnownOrder, command: OrderCommand): number | null {
  switch (command.type) {
    case 'RefundOrder': {
      const plan = planRefund(order, command.input);
      return plan.outcome === 'planned' ? plan.amount : 0;
    }
    case 'GiveDiscount': {
      const plan = planDiscount(order, command.input);
      return plan.outcome === 'planned' ? plan.amount : 0;
    }
    case 'VoidLines': {
      const chosen = chooseLines(order, command.input.lines);
      if (chosen.outcome === 'rejected') return 0;
      return chosen.lines.reduce((sum, each) => {
        const [, off = 0] = allocate(each.line.amount, weightsOf(each));
        return sum + off;
      }, 0);
    }
    case 'CancelOrder':
      return order.status === 'open' ? totalsOf(order).gross : 0;
    default:
      return null;
  }
}
