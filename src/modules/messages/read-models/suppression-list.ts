import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { SUPPRESSION_EVENTS, type SuppressionEvent } from '../suppressions/events.ts';

export interface SuppressionRow {
  readonly status: string;
  readonly channel: string;
  readonly reason: string;
  readonly scope: string;
  readonly customer_id: string | null;
  readonly origin: string | null;
  readonly since: string;
  readonly [column: string]: unknown;
}

export const suppressionList = defineReadModel<Recorded<SuppressionEvent>, SuppressionRow>({
  name: 'messages.suppressions',
  version: 1,
  columns: {
    status: 'text',
    channel: 'text',
    reason: 'text',
    scope: 'text',
    customer_id: 'text',
    origin: 'text',
    since: 'timestamptz',
  },
  indexes: [['since'], ['customer_id']],
  on: SUPPRESSION_EVENTS,
  keys: (event) => [event.data.suppressionId],
  project(row, event) {
    if (event.type === 'AddressSuppressed') {
      const { channel, reason, scope, customerId, origin } = event.data;
      const why = { channel, reason, scope, customer_id: customerId, origin };
      return { status: 'suppressed', ...why, since: event.at };
    }
    return row === null ? null : { ...row, status: 'lifted', since: event.at };
  },
  personal: 'none',
  list: {
    filters: {
      status: 'status',
      channel: 'channel',
      reason: 'reason',
      scope: 'scope',
      customerId: 'customer_id',
    },
    order: [{ column: 'since', descending: true }],
    range: { column: 'since' },
  },
});
