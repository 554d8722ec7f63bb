import { accepted, rejected, type Decision } from '../../../src/core/decision.ts';
import type { GiftVoucherCommand } from './commands.ts';
import type { GiftVoucherEvent } from './events.ts';
import type { GiftVoucherState, KnownGiftVoucher } from './state.ts';

export function decide(
  state: GiftVoucherState,
  command: GiftVoucherCommand,
): Decision<GiftVoucherEvent> {
  if (command.type !== 'IssueGiftVoucher') {
    if (state.status !== 'valid') return rejected('GIFT_VOUCHER_ENDED', { status: state.status });
    return decideValid(state, command);
  }
  if (state.status !== 'unknown') return rejected('GIFT_VOUCHER_EXISTS');
  const { value, recipient, expiresAt } = command.input;
  if (isOver(expiresAt, command.at)) return rejected('GIFT_VOUCHER_BORN_EXPIRED', { expiresAt });
  const data = { giftVoucherId: command.id, value, expiresAt, recipient };
  return accepted([{ type: 'GiftVoucherIssued', data }]);
}

type FollowUp = Exclude<GiftVoucherCommand, { readonly type: 'IssueGiftVoucher' }>;

function decideValid(state: KnownGiftVoucher, command: FollowUp): Decision<GiftVoucherEvent> {
  const giftVoucherId = command.id;
  const { left, expiresAt } = state;
  const over = isOver(expiresAt, command.at);
  switch (command.type) {
    case 'RedeemGiftVoucher': {
      const { amount, orderId } = command.input;
      // The policy may be a moment late: what counts is the time, not whether it has come by.
      if (over) return rejected('GIFT_VOUCHER_ENDED', { status: 'expired' });
      if (amount > left) return rejected('GIFT_VOUCHER_TOO_SMALL', { left });
      return accepted([{ type: 'GiftVoucherRedeemed', data: { giftVoucherId, amount, orderId } }]);
    }
    case 'CancelGiftVoucher': {
      if (left < state.value) return rejected('GIFT_VOUCHER_IN_USE', { left });
      const { reason } = command.input;
      return accepted([{ type: 'GiftVoucherCancelled', data: { giftVoucherId, reason } }]);
    }
    case 'ExpireGiftVoucher':
      if (!over) return rejected('GIFT_VOUCHER_NOT_DUE', { expiresAt });
      return accepted([{ type: 'GiftVoucherExpired', data: { giftVoucherId, lapsed: left } }]);
  }
}

function isOver(expiresAt: string, at: string): boolean {
  return Date.parse(expiresAt) <= Date.parse(at);
}
