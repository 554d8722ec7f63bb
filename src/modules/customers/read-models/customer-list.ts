import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { CUSTOMER_EVENTS, type CustomerEvent } from '../events.ts';

/** A row of the list of customers. */
interface CustomerRow {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string;
  readonly status: string;
  readonly consents: readonly string[];
  readonly registered_at: string;
  readonly [column: string]: unknown;
}

export const customerList = defineReadModel<Recorded<CustomerEvent>, CustomerRow>({
  name: 'customers.list',
  version: 1,
  columns: {
    name: 'text',
    email: 'text',
    phone: 'text',
    language: 'text',
    status: 'text',
    consents: 'jsonb',
    registered_at: 'timestamptz',
  },
  indexes: [['phone'], ['email'], ['registered_at']],
  on: CUSTOMER_EVENTS,
  keys: (event) => [event.data.customerId],
  project(row, event) {
    if (event.type === 'CustomerRegistered') {
      const { name, email = null, phone = null, language } = event.data;
      const registered = { registered_at: event.at, status: 'active', consents: [] };
      return { name, email, phone, language, ...registered };
    }
    if (row === null) return null;
    switch (event.type) {
      case 'CustomerContactChanged': {
        const { name = row.name, email = row.email, phone = row.phone } = event.data;
        return { ...row, name, email, phone };
      }
      case 'CustomerConsentGiven':
        return { ...row, consents: [...new Set([...row.consents, event.data.channel])].sort() };
      case 'CustomerConsentWithdrawn':
        return { ...row, consents: row.consents.filter((held) => held !== event.data.channel) };
      case 'CustomerArchived':
        return { ...row, status: 'archived' };
    }
  },
  personal: { person: 'key', columns: ['name', 'email', 'phone'] },
  list: {
    filters: { phone: 'phone', email: 'email', status: 'status' },
    order: [{ column: 'registered_at', descending: true }],
  },
});
