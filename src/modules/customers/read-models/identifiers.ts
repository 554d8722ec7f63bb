/**
 * Who may be found by what: a row for each phone, e-mail and messenger id of each customer. The key names the customer,
 * never the value. Equal values lie side by side under their fingerprint, so that duplicates are found in one pass.
 */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { customerContactChanged, customerRegistered, type CustomerEvent } from '../events.ts';
import { identifierAdded, identifierRemoved } from '../events-identifiers.ts';
import { lookUpValue, type Identifier } from '../identifiers.ts';

export interface IdentifierRow {
  readonly customer_id: string;
  readonly kind: Identifier['kind'];
  readonly channel: string | null;
  /** As it is looked up. */
  readonly value: string | null;
  readonly fingerprint: number | null;
  readonly [column: string]: unknown;
}

type Seen = Extract<
  CustomerEvent,
  {
    readonly type:
      | 'CustomerRegistered'
      | 'CustomerContactChanged'
      | 'CustomerIdentifierAdded'
      | 'CustomerIdentifierRemoved';
  }
>;

const CONTACT_KINDS = ['phone', 'email'] as const;

export const identifierRows = defineReadModel<Recorded<Seen>, IdentifierRow>({
  name: 'customers.identifiers',
  version: 1,
  columns: {
    customer_id: 'text',
    kind: 'text',
    channel: 'text',
    value: 'text',
    fingerprint: 'integer',
  },
  indexes: [['kind', 'value', 'fingerprint'], ['fingerprint'], ['customer_id', 'fingerprint']],
  on: [customerRegistered, customerContactChanged, identifierAdded, identifierRemoved],
  keys({ data }) {
    if ('identifierId' in data) return [keyOf(data.customerId, data.identifierId)];
    return CONTACT_KINDS.filter((kind) => data[kind] !== undefined).map((kind) =>
      keyOf(data.customerId, kind),
    );
  },
  project(_row, { type, data }, key) {
    switch (type) {
      case 'CustomerIdentifierRemoved':
        return null;
      case 'CustomerIdentifierAdded':
        return rowOf(data.customerId, data);
      default: {
        const kind = key === keyOf(data.customerId, 'phone') ? 'phone' : 'email';
        return rowOf(data.customerId, { kind, channel: null, value: data[kind] ?? null });
      }
    }
  },
  personal: { person: 'customer_id', columns: ['value', 'fingerprint'] },
  list: {
    filters: { kind: 'kind', channel: 'channel', value: 'value', customerId: 'customer_id' },
    order: [{ column: 'fingerprint' }],
    range: { column: 'fingerprint' },
  },
});

const keyOf = (customerId: string, identifierId: string): string => `${customerId}~${identifierId}`;

function rowOf(
  customerId: string,
  { kind, channel, value }: Omit<Identifier, 'id'>,
): IdentifierRow {
  const held = value === null ? null : lookUpValue(kind, value);
  const fingerprint = held === null ? null : fingerprintOf(`${kind}:${channel ?? ''}:${held}`);
  return { customer_id: customerId, kind, channel, value: held, fingerprint };
}

/** One in a million: a few thousand phones of the world share one, so it says little about anybody's. */
export const FINGERPRINTS = 2 ** 20;

/** FNV-1a (Fowler, Noll, Vo), folded to 20 bits. */
export function fingerprintOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return ((hash >>> 20) ^ hash) & (FINGERPRINTS - 1);
}
