import { expect, test } from 'vitest';
import { AT, rowAfter } from '../../../test/support/given.ts';
import { checkModule } from '../../../test/support/module-checks.ts';
import type { GiftVoucherEvent } from './events.ts';
import { giftVouchers } from './index.ts';
import { giftVoucherList } from './read-models/gift-voucher-list.ts';

test('holds what every module must hold', () => {
  checkModule(giftVouchers);
});

test('the list shows what is left', () => {
  const giftVoucherId = 'g1';
  const value = { amount: 5000, currency: 'BRL' };
  const expiresAt = '2027-12-31T23:59:59Z';
  const events: readonly GiftVoucherEvent[] = [
    { type: 'GiftVoucherIssued', data: { giftVoucherId, value, expiresAt, recipient: 'Ana' } },
    { type: 'GiftVoucherRedeemed', data: { giftVoucherId, amount: 1500, orderId: 'o1' } },
  ];
  expect(rowAfter(giftVoucherList, giftVoucherId, events)).toEqual({
    recipient: 'Ana',
    currency: 'BRL',
    value: 5000,
    left_over: 3500,
    status: 'valid',
    issued_at: AT,
    expires_at: expiresAt,
  });
});
