import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { CUSTOMER_EVENTS, type CustomerEvent } from '../events.ts';

/** A row of the list of customers. */
export interface CustomerRow {
  readonly name: string | null;
  readonly kind: string;
  /** Those by which the customer is reached; others are in `customers.identifiers`. */
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string;
  /** IANA; null where nobody said it. */
  readonly time_zone: string | null;
  readonly status: string;
  readonly consents: readonly string[];
  /** Null once the person is erased. */
  readonly tags: readonly string[] | null;
  readonly merged_into: string | null;
  readonly registered_at: string;
  readonly [column: string]: unknown;
}

export const customerList = defineReadModel<Recorded<CustomerEvent>, CustomerRow>({
  name: 'customers.list',
  version: 3,
  columns: {
    name: 'text',
    kind: 'text',
    email: 'text',
    phone: 'text',
    language: 'text',
    time_zone: 'text',
    status: 'text',
    consents: 'jsonb',
    tags: 'jsonb',
    merged_into: 'text',
    registered_at: 'timestamptz',
  },
  indexes: [
    ['phone'],
    ['email'],
    ['registered_at'],
    ['language', 'registered_at'],
    ['status', 'registered_at'],
  ],
  on: CUSTOMER_EVENTS,
  keys: (event) => [event.data.customerId],
  project(row, event) {
    if (event.type === 'CustomerRegistered') {
      const { name, email = null, phone = null, language } = event.data;
      const registered = { registered_at: event.at, status: 'active', merged_into: null };
      const nothing = { kind: 'person', time_zone: null, consents: [], tags: [] };
      return { name, email, phone, language, ...nothing, ...registered };
    }
    return row === null ? null : changed(row, event);
  },
  personal: { person: 'key', columns: ['name', 'email', 'phone', 'tags'] },
  list: {
    filters: {
      phone: 'phone',
      email: 'email',
      status: 'status',
      kind: 'kind',
      language: 'language',
    },
    order: [{ column: 'registered_at', descending: true }],
    range: { column: 'registered_at' },
  },
});

type Later = Exclude<Recorded<CustomerEvent>, { readonly type: 'CustomerRegistered' }>;

function changed(row: CustomerRow, event: Later): CustomerRow {
  switch (event.type) {
    case 'CustomerContactChanged': {
      const { name = row.name, email = row.email, phone = row.phone } = event.data;
      return { ...row, name, email, phone };
    }
    case 'CustomerKindChanged':
      return { ...row, kind: event.data.kind };
    case 'CustomerLanguageChanged':
      return { ...row, language: event.data.language };
    case 'CustomerTimeZoneChanged':
      return { ...row, time_zone: event.data.timeZone };
    case 'CustomerConsentGiven':
      return { ...row, consents: [...new Set([...row.consents, event.data.channel])].sort() };
    case 'CustomerConsentWithdrawn':
      return { ...row, consents: row.consents.filter((held) => held !== event.data.channel) };
    case 'CustomerIdentifierPreferred':
      return { ...row, [event.data.kind]: event.data.value };
    case 'CustomerIdentifierRemoved': {
      const { kind, last } = event.data;
      return last && kind !== 'messenger' ? { ...row, [kind]: null } : row;
    }
    case 'CustomerTagged':
      return { ...row, tags: withTags(row, event.data.tags) };
    case 'CustomerUntagged': {
      const gone = new Set(event.data.tags ?? []);
      return { ...row, tags: (row.tags ?? []).filter((tag) => !gone.has(tag)) };
    }
    case 'CustomerArchived':
      return { ...row, status: 'archived' };
    case 'CustomerMergedInto':
      return { ...row, status: 'merged', merged_into: event.data.survivorId };
    case 'CustomerSeparated':
      return { ...row, status: 'active', merged_into: null };
    default:
      return row;
  }
}

function withTags({ tags }: CustomerRow, added: readonly string[] | null): readonly string[] {
  return [...new Set([...(tags ?? []), ...(added ?? [])])].sort();
}
