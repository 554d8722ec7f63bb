import type { Policy } from '../../../src/core/policy.ts';
import { giftVoucherCancelled, giftVoucherIssued } from './events.ts';

/**
 * Ends a voucher when its time is over: issuing sets a timer, cancelling it removes the timer. A voucher that is spent
 * keeps its timer, and the command that it gives is then refused, which harms nobody.
 */
export const expireInTime: Policy = {
  name: 'gift-vouchers.expire-in-time',
  on: [giftVoucherIssued, giftVoucherCancelled],
  react(event) {
    const { id } = event;
    if (event.type === giftVoucherCancelled.name) return [{ kind: 'cancel', timer: 'expire' }];
    // safe because a recorded event has the data of its type
    const { expiresAt } = event.data as { readonly expiresAt: string };
    const command = { kind: 'command', category: 'gift-vouchers', id, input: {} } as const;
    return [
      {
        kind: 'timer',
        timer: 'expire',
        at: expiresAt,
        command: { ...command, command: 'ExpireGiftVoucher' },
      },
    ];
  },
};
