import type { Recorded } from '../../../../core/recorded-event.ts';
import { defineReadModel } from '../../../../core/read-model.ts';
import { EARNING_EVENTS, type EarningEvent } from '../events.ts';

interface EarningRow {
  readonly member_id: string;
  readonly earned: number;
  readonly taken_back: number;
  readonly last_at: string;
  readonly [column: string]: unknown;
}

/** What each order earned; its key is the id of the order. */
export const earningList = defineReadModel<Recorded<EarningEvent>, EarningRow>({
  name: 'loyalty.earning-list',
  version: 1,
  columns: { member_id: 'text', earned: 'bigint', taken_back: 'bigint', last_at: 'timestamptz' },
  indexes: [['member_id', 'last_at'], ['last_at']],
  on: EARNING_EVENTS,
  keys: ({ data }) => [data.orderId],
  // The first of the order's own stream.
  begins: ({ version }) => version === 1,
  project(row, event) {
    const { earned, taken_back } = row ?? { earned: 0, taken_back: 0 };
    const member = { member_id: event.data.memberId, last_at: event.at };
    if (event.type === 'RefundDebited')
      return { ...member, earned, taken_back: taken_back + event.data.points };
    const points = event.data.parts.reduce((sum, part) => sum + part.points, 0);
    return { ...member, earned: earned + points, taken_back };
  },
  personal: 'none',
  list: {
    filters: { memberId: 'member_id' },
    order: [{ column: 'last_at', descending: true }],
  },
});
