import type { Recorded } from '../../../../core/recorded-event.ts';
import { defineReadModel } from '../../../../core/read-model.ts';
import { BURN_EVENTS, type BurnEvent } from '../events.ts';

interface BurnRow {
  readonly member_id: string;
  readonly order_id: string;
  readonly points: number;
  readonly amount: number;
  readonly returned: number;
  /** Lots with the order lines that their points had been given for. */
  readonly lots: readonly unknown[];
  readonly used_at: string;
  readonly [column: string]: unknown;
}

export const burnList = defineReadModel<Recorded<BurnEvent>, BurnRow>({
  name: 'loyalty.burn-list',
  version: 1,
  columns: {
    member_id: 'text',
    order_id: 'text',
    points: 'integer',
    amount: 'bigint',
    returned: 'integer',
    lots: 'jsonb',
    used_at: 'timestamptz',
  },
  indexes: [['member_id'], ['order_id'], ['used_at']],
  on: BURN_EVENTS,
  keys: ({ data }) => [data.burnId],
  project(row, event) {
    if (event.type === 'BurnNoted') {
      const { memberId, orderId, points, amount, lots } = event.data;
      const made = { member_id: memberId, order_id: orderId, points, amount, lots };
      return { ...made, returned: 0, used_at: event.at };
    }
    return row === null ? null : { ...row, returned: row.returned + event.data.points };
  },
  personal: 'none',
  list: {
    filters: { memberId: 'member_id', orderId: 'order_id' },
    order: [{ column: 'used_at', descending: true }],
  },
});
