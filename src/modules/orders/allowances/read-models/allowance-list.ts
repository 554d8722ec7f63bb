import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { ALLOWANCE_EVENTS, type AllowanceEvent } from '../events.ts';

/** What a person gave away on a day at one location: minor units of `currency`. */
interface AllowanceRow {
  readonly allowance_id: string;
  readonly person: string;
  readonly location_id: string;
  readonly business_day: string;
  readonly currency: string | null;
  readonly refund: number;
  readonly discount: number;
  readonly [column: string]: unknown;
}

export const allowanceList = defineReadModel<Recorded<AllowanceEvent>, AllowanceRow>({
  name: 'orders.allowances',
  version: 1,
  columns: {
    allowance_id: 'text',
    person: 'text',
    location_id: 'text',
    business_day: 'date',
    currency: 'text',
    refund: 'bigint',
    discount: 'bigint',
  },
  indexes: [['business_day'], ['location_id', 'business_day'], ['person', 'business_day']],
  on: ALLOWANCE_EVENTS,
  keys: ({ id, data }) => [`${id}~${data.locationId}`],
  project(row, { id, type, data }) {
    const { person, locationId, businessDay } = data;
    const of = { person, location_id: locationId, business_day: businessDay };
    const { refund = 0, discount = 0, currency = null } = row ?? {};
    const sums = { ...of, allowance_id: id, currency, refund, discount };
    if (type === 'AllowanceRestarted') return { ...sums, refund: 0, discount: 0 };
    return { ...sums, currency: data.currency, [data.given]: sums[data.given] + data.amount };
  },
  personal: 'none',
  list: {
    filters: { person: 'person', locationId: 'location_id', businessDay: 'business_day' },
    order: [{ column: 'business_day', descending: true }],
    location: 'location_id',
  },
});
