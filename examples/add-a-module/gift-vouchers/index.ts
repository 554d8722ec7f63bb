/** Gift vouchers: money paid now to be spent later. The only door of this folder. */
import { defineAggregate } from '../../../src/core/aggregate.ts';
import { defineModule } from '../../../src/core/module.ts';
import {
  GIFT_VOUCHER_COMMANDS,
  GIFT_VOUCHER_REFUSALS,
  type GiftVoucherCommand,
} from './commands.ts';
import { decide } from './decide.ts';
import { GIFT_VOUCHER_EVENTS, type GiftVoucherEvent } from './events.ts';
import { expireInTime } from './policies.ts';
import { giftVoucherList } from './read-models/gift-voucher-list.ts';
import { evolve, initialState, type GiftVoucherState } from './state.ts';

export { giftVoucherRedeemed } from './events.ts';

export const giftVouchers = defineModule({
  name: 'gift-vouchers',
  title: 'Gift vouchers',
  summary: 'Vouchers that are issued for money, redeemed in parts, cancelled, or expire.',
  aggregates: [
    {
      aggregate: defineAggregate<GiftVoucherState, GiftVoucherCommand, GiftVoucherEvent>({
        category: 'gift-vouchers',
        stateVersion: 1,
        events: GIFT_VOUCHER_EVENTS,
        commands: GIFT_VOUCHER_COMMANDS,
        refusals: GIFT_VOUCHER_REFUSALS,
        initialState,
        decide,
        evolve,
      }),
      singular: 'gift voucher',
      list: giftVoucherList,
    },
  ],
  policies: [expireInTime],
});
