import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { OPT_IN_EVENTS, type OptInEvent } from '../opt-ins/events.ts';

export interface OptInRow {
  readonly status: string;
  readonly customer_id: string;
  readonly channel: string;
  readonly asked_at: string;
  readonly confirmed_at: string | null;
  readonly [column: string]: unknown;
}

export const optInList = defineReadModel<Recorded<OptInEvent>, OptInRow>({
  name: 'messages.opt-ins',
  version: 1,
  columns: {
    status: 'text',
    customer_id: 'text',
    channel: 'text',
    asked_at: 'timestamptz',
    confirmed_at: 'timestamptz',
  },
  indexes: [['asked_at'], ['customer_id']],
  on: OPT_IN_EVENTS,
  keys: (event) => [event.data.optInId],
  project(row, event) {
    const { customerId, channel } = event.data;
    if (event.type === 'OptInAsked') {
      const asked = { status: 'asked', customer_id: customerId, channel, asked_at: event.at };
      return { ...asked, confirmed_at: null };
    }
    return row === null ? null : { ...row, status: 'confirmed', confirmed_at: event.at };
  },
  // The token of an event is not kept here.
  personal: { person: 'customer_id', columns: [] },
  list: {
    filters: { status: 'status', customerId: 'customer_id', channel: 'channel' },
    order: [{ column: 'asked_at', descending: true }],
    range: { column: 'asked_at' },
  },
});
